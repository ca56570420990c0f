"""An upgrade of Textual that takes a private name away fails here first."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
import textual.app
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

import kmtui.tui
from kmtui.tui.terminal import app as terminal_app
from kmtui.tui.terminal import private

OURS = Path(terminal_app.__file__).parent
LISTED = [
    *(f"{module}:{name}" for module, names in private.MODULES.items() for name in names),
    *(
        f"{place}.{name}"
        for table in (private.CLASSES, private.INSTANCES)
        for place, names in table.items()
        for name in names
    ),
]


def test_textual_has_every_private_name() -> None:
    assert list(private.missing()) == []


@pytest.mark.parametrize("name", [name for names in private.MODULES.values() for name in names])
def test_a_missing_name_of_a_module_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (module,) = (module for module, names in private.MODULES.items() if name in names)
    monkeypatch.delattr(importlib.import_module(module), name)
    assert list(private.missing()) == [f"{module}:{name}"]


def test_a_missing_method_or_attribute_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(LinuxDriver, "_get_terminal_size")
    monkeypatch.setattr(Driver, "__init__", lambda self: None)
    found = set(private.missing())
    assert "textual.drivers.linux_driver:LinuxDriver._get_terminal_size" in found
    assert {"textual.driver:Driver._app", "textual.driver:Driver._loop"} <= found


def test_without_a_private_name_textual_s_own_driver_is_used(make_app, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    assert make_app().get_driver_class().__name__ == "TerminalDriver"
    assert make_app(driver="textual").get_driver_class() is LinuxDriver
    monkeypatch.setattr(private, "missing", lambda: iter(["textual.app:App._driver"]))
    assert make_app().get_driver_class() is LinuxDriver


def private_names(file: Path) -> set[str]:
    """Private attributes of Textual's classes that a module uses, and its private modules."""
    theirs = {name for kind in (textual.app.App, LinuxDriver, Driver) for name in vars(kind)}
    theirs |= set(
        re.findall(r"self\.(_\w+)", inspect.getsource(textual.app) + inspect.getsource(inspect.getmodule(LinuxDriver)))
    )
    theirs |= set(re.findall(r"self\.(_\w+)", inspect.getsource(inspect.getmodule(Driver))))
    tree, used = ast.parse(file.read_text()), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            used.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and re.match("_[a-z]", node.name):
            used.add(node.name)
    return used & theirs


def test_every_private_name_in_use_is_listed_and_stands_in_this_package() -> None:
    listed = {re.split(r"[.:]", name)[-1] for name in LISTED}
    inside = set().union(*(private_names(file) for file in OURS.glob("*.py")))
    assert inside <= listed | {"_flush", "_size", "_stop"}, "list these in private.py, or rename your own"
    described = importlib.import_module("kmtui.tui.terminal").__doc__ or ""
    assert [name for name in listed if name not in described] == [], "the page says why each is needed"


def test_no_private_module_of_textual_is_imported_elsewhere() -> None:
    root = Path(kmtui.tui.__file__).parent
    others = [file for file in root.rglob("*.py") if OURS not in file.parents]
    assert [file.name for file in others if re.search(r"textual\._|textual import _", file.read_text())] == []
