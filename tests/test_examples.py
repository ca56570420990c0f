"""The examples are what they say: projects that install, load, and pass their own tests; a script that runs."""

import ast
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kmtui

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
PROJECTS = sorted(file.parent for file in EXAMPLES.glob("*/pyproject.toml"))
BIN = Path(sys.executable).parent
names = pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)


def run(*command, cwd, **environment):
    """Run it without anything of the developer's own settings; it must succeed."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("KMTUI_", "PYTHON", "PYTEST_"))}
    bare |= {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "KMTUI_CONFIG": str(cwd), "KMTUI_STATE": str(cwd)}
    done = subprocess.run(command, cwd=cwd, env=bare | environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Install an example into a folder of its own, as pip does, and give its tests in a copy beside it."""
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    offline = ("--no-index", "--no-deps", "--no-build-isolation")

    def install(project):
        place = tmp_path_factory.mktemp(project.name)
        shutil.copytree(project, place / "project", ignore=shutil.ignore_patterns("__pycache__"))
        run(*pip, *offline, "--target", place / "site", place / "project", cwd=place)
        shutil.rmtree(place / "project" / "src")
        return place

    return install


@names
def test_an_installed_example_passes_its_own_tests(installed, project):
    place = installed(project)
    run(sys.executable, "-m", "pytest", "-q", cwd=place / "project", PYTHONPATH=str(place / "site"))
    listed = run(BIN / "kmtui", "plugins", "list", "--json", cwd=place, PYTHONPATH=str(place / "site"))
    (plugin_id,) = tomllib.loads((project / "pyproject.toml").read_text())["project"]["entry-points"]["kmtui"]
    (plugin,) = (plugin for plugin in json.loads(listed) if plugin["id"] == plugin_id)
    assert (plugin["source"], plugin["status"]) == ("installed", "loaded")


def test_all_examples_go_together(tmp_path):
    command = (BIN / "kmtui", "--plugin-dir", EXAMPLES)
    listed = json.loads(run(*command, "plugins", "list", "--json", cwd=tmp_path))
    assert [plugin["id"] for plugin in listed if plugin["source"] == "folder"] == [
        "ggd",
        "overige-uitbuiting",
        "strafpunten",
    ]
    assert {plugin["status"] for plugin in listed} == {"loaded"}
    run(*command, "editions", "check", cwd=tmp_path)


@names
def test_an_example_uses_the_front_door_only(project):
    for file in (project / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "kmtui":
                assert {alias.name for alias in node.names} <= set(kmtui.__all__)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
                assert {module.partition(".")[0] for module in modules} <= sys.stdlib_module_names


@names
def test_an_example_declares_the_interface_it_works_with(project):
    (file,) = (project / "src").glob("*/__init__.py")
    assert "\nKMTUI_API = (1, 1)\n" in file.read_text("utf-8")


@names
def test_every_command_in_a_readme_that_needs_no_installation_works(project, tmp_path):
    commands = [line.strip() for line in (project / "README.md").read_text("utf-8").splitlines() if "kmtui " in line]
    commands = [line for line in commands if line.startswith("kmtui ")]
    assert len(commands) >= 2
    (tmp_path / "scores.csv").write_text(scores())
    for command in commands:
        _, *arguments = command.split()
        assert run(BIN / "kmtui", "--plugin-dir", project, *arguments, cwd=tmp_path)


def scores():
    """A file of scores for `kmtui weigh`: one corps, all green but one."""
    framework = kmtui.open_monitor().registry.frameworks["referentiekader-2008"]
    cells = {name: "rood" if name == "weging" else "groen" for name in framework.dimension_ids}
    return ",".join(("corps", *cells)) + "\n" + ",".join(("voorbeeld", *cells.values())) + "\n"


def test_the_script_says_who_is_red(tmp_path):
    told = run(sys.executable, EXAMPLES / "who_is_red.py", cwd=tmp_path)
    assert [line for line in told.splitlines() if line in ("Gelderland-Zuid", "Kennemerland", "Zeeland")] == [
        "Gelderland-Zuid",
        "Kennemerland",
    ]
    assert "Rood op financieel rechercheren" in told
    assert "laten het ook toe bij: Groningen, " in run(sys.executable, EXAMPLES / "who_is_red.py", "2010", cwd=tmp_path)
