"""Bundled plugins are plugins like any other."""

import ast
import sys

import pytest

import kmtui
from kmtui.plugins.discovery import bundled_folder

PROJECTS = sorted(file.parent for file in bundled_folder("plugins").glob("*/pyproject.toml"))


def imports(tree):
    """Every module that is imported, and every name that is taken from `kmtui`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, ()
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), [alias.name for alias in node.names]


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_a_bundled_plugin_uses_the_front_door_and_the_standard_library_only(project):
    files = list((project / "src").rglob("*.py"))
    own = {package.name for package in (project / "src").iterdir()}
    assert files
    for file in files:
        for module, names in imports(ast.parse(file.read_text("utf-8"))):
            if module == "kmtui":
                assert set(names) <= set(kmtui.__all__), file
            else:
                assert module.startswith(".") or module.partition(".")[0] in {*own, *sys.stdlib_module_names}, file


def test_all_bundled_plugins_load(monitor):
    bundled = [plugin for plugin in monitor.registry.plugins if plugin.source == "bundled"]
    assert len(bundled) == len(PROJECTS) >= 1
    assert [plugin.error for plugin in bundled] == [""] * len(PROJECTS)
    assert all(plugin.hooks and plugin.version for plugin in bundled)


def test_every_name_of_the_front_door_is_there():
    assert [name for name in kmtui.__all__ if not hasattr(kmtui, name)] == []
    assert set(dir(kmtui)) == set(kmtui.__all__)
    assert not hasattr(kmtui, "no_such_name")
