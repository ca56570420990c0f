"""Import a plugin from its own folder, and read what it declares without importing it."""

import contextlib
import importlib
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kmtui.plugins.found import GROUP

PACKAGE = "__init__.py"
DECLARED = "KMTUI_API"
"""The name in a plugin's module that says which versions of the plugin interface it works with."""
_API = re.compile(rf"^{DECLARED}[ \t]*(?::[^=\n]+)?=\s*\(\s*(\d+)\s*,\s*(\d+)\s*,?\s*\)", re.MULTILINE)
_ENTRY = re.compile(r"(?P<module>[^\s:\[\]]+)\s*(?::\s*(?P<attribute>[^\s:\[\]]+))?\s*(?:\[.*\])?")
MOST_SOURCE = 2**20
"""Bytes of a module in which a declaration is looked for."""


def split_entry(value: str) -> tuple[str, str]:
    """Module and attribute of an entry point's value (raises ImportError)."""
    match = _ENTRY.fullmatch(value.strip())
    module, attribute = (match["module"], match["attribute"] or "") if match else ("", "")
    if not all(part.isidentifier() for part in (*module.split("."), *(attribute or "x").split("."))):
        raise ImportError(f"found '{value}', expected a module such as 'name' or 'package.name', or 'module:object'")
    return module, attribute


def declared_versions(file: Path) -> tuple[int, int] | None:
    """The versions of the plugin interface that a module's source declares; None where it does not do so plainly."""
    with contextlib.suppress(OSError), file.open("rb") as raw:
        match = _API.search(raw.read(MOST_SOURCE).decode("utf-8", "replace"))
        return (int(match[1]), int(match[2])) if match else None
    return None


def code_of(folder: Path, value: str) -> Path | None:
    """Where a project has the module of an entry point: a single file, or the folder of its top package."""
    try:
        top = split_entry(value)[0].partition(".")[0]
    except ImportError:
        return None
    for root in (folder / "src", folder):
        if (root / top / PACKAGE).is_file():
            return root / top
        if (root / f"{top}.py").is_file():
            return root / f"{top}.py"
    return None


def file_of(code: Path, module: str) -> Path | None:
    """The file of a module, of which `code` is the single file or the folder of its top package."""
    if code.is_file():
        return code
    place = code.joinpath(*module.split(".")[1:])
    return next((file for file in (place / PACKAGE, place.with_suffix(".py")) if file.is_file()), None)


def installed_file(value: str) -> Path | None:
    """The file of an installed module, found without importing it or its packages."""
    with contextlib.suppress(ImportError, ValueError, AttributeError):
        module = split_entry(value)[0]
        spec = importlib.util.find_spec(module.partition(".")[0])
        if spec is not None and spec.origin is not None:
            origin = Path(spec.origin)
            return file_of(origin.parent if origin.name == PACKAGE else origin, module)
    return None


def import_entry(folder: Path, plugin_id: str, value: str, code: Path | None) -> Any:
    """Import what an entry point of the project in the folder names, without putting the folder on the search path.

    Raises ImportError, and whatever the code raises.
    """
    module, attribute = split_entry(value)
    top = module.partition(".")[0]
    if code is None:
        raise ImportError(f"module '{top}' is neither in {folder / 'src'} nor in {folder}")
    with _undone_on_error(top):
        found: Any = import_file(top, code / PACKAGE if code.is_dir() else code, plugin_id)
        if module != top:
            found = importlib.import_module(module)
        for name in filter(None, attribute.split(".")):
            found = getattr(found, name)
        return found


@contextlib.contextmanager
def _undone_on_error(top: str) -> Iterator[None]:
    """Forget the modules of a package that was not loaded before, where one of them cannot be imported."""
    is_new = top not in sys.modules
    try:
        yield
    except BaseException:
        for name in [name for name in sys.modules if is_new and (name == top or name.startswith(f"{top}."))]:
            del sys.modules[name]
        raise


def import_file(name: str, file: Path, plugin_id: str = "") -> Any:
    """Import a file as the module of this name (raises ImportError, and whatever the code raises)."""
    there = sys.modules.get(name)
    if there is not None:
        if getattr(there, "__file__", None) == str(file):
            return there
        raise ImportError(f"a module '{name}' from {getattr(there, '__file__', 'elsewhere')} is loaded already")
    _refuse_hiding(name, file, plugin_id)
    search = [str(file.parent)] if file.name == PACKAGE else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=search)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    with _undone_on_error_of(name):
        spec.loader.exec_module(module)
    return module


@contextlib.contextmanager
def _undone_on_error_of(name: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        sys.modules.pop(name, None)
        raise


def _refuse_hiding(name: str, file: Path, plugin_id: str) -> None:
    """Raise ImportError where others who import a module of this name would get the plugin in its place.

    The installed copy of the same plugin may be hidden: its author works on the folder.
    """
    if name in sys.stdlib_module_names:
        raise ImportError(f"module '{name}' would hide Python's own")
    spec = importlib.util.find_spec(name)
    if spec is not None and spec.origin != str(file) and not _is_own(name, plugin_id):
        raise ImportError(f"module '{name}' would hide the one in {spec.origin}")


def _is_own(name: str, plugin_id: str) -> bool:
    """Whether the installed module is that of the installed plugin with this id."""
    import importlib.metadata

    points = importlib.metadata.entry_points(group=GROUP, name=plugin_id)
    return any(point.value.partition(":")[0].partition(".")[0].strip() == name for point in points)
