"""Find plugins without importing any of their code.

A plugin is a Python project whose pyproject.toml has an entry point in the group `kmtui`: the name is the plugin's id,
the value its module. It is found as an installed distribution, among the bundled plugins, or in a folder that the user
names. A single Python file is a plugin too, with the file's name as its id: one that the user names, and one that marks
hooks in a folder that the user names.
"""

import contextlib
import importlib
import importlib.util
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
from msgspec.structs import replace

from kmtui.files.faults import Fault
from kmtui.files.reading import is_there, read_text, read_toml
from kmtui.model.validation import shown

MANIFEST = "pyproject.toml"
PACKAGE = "__init__.py"
GROUP = "kmtui"
MARKER = "hookimpl"
"""What stands in a Python file that has hooks."""
DISTRIBUTIONS = (".dist-info", ".egg-info", ".egg")
"""Ends the names of folders that say what is installed."""
BUNDLED, INSTALLED, FOLDER, FILE = "bundled", "installed", "folder", "file"


class Found(msgspec.Struct, frozen=True):
    """A plugin that could be loaded, or `error`, why it is not to be imported at all."""

    id: str
    version: str
    source: str
    """`bundled`, `installed`, `folder` or `file`."""
    location: str
    load: Callable[[], ModuleType]
    error: str = ""
    code: Path | None = None
    """The module's file, or its package's folder, where kmtui imports it from there itself."""


def bundled_folder(kind: str) -> Path:
    """Where this copy of kmtui keeps its own `plugins` or `editions`: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "bundled" / kind
    return inside if inside.is_dir() else package.parents[1] / kind


def discover(paths: Iterable[Path] = (), *, bundled: bool = True, installed: bool = True) -> list[Found]:
    """All plugins: bundled, installed, in the named folders and files; by id within each, whatever the disk's order."""
    return [
        *(_sorted(_read(_in_folder, bundled_folder("plugins"), BUNDLED)) if bundled else ()),
        *(_sorted(_installed()) if installed else ()),
        *(found for path in paths for found in discover_at(path)),
    ]


def discover_at(path: Path) -> list[Found]:
    """The plugins in a folder or file that the user named."""
    return _sorted(_read(_named, Path(os.path.realpath(path)), FOLDER))


def _sorted(plugins: Iterable[Found]) -> list[Found]:
    return sorted(plugins, key=lambda plugin: (plugin.id, plugin.location))


def _read(plugins: Callable[[Path, str], Iterable[Found]], path: Path, source: str) -> list[Found]:
    """The plugins at a place, or that it cannot be read."""
    try:
        return list(plugins(path, source))
    except OSError as error:
        return [_broken(path, source, f"{error.filename or path} cannot be read: {error.strerror or error}")]


def _installed() -> Iterator[Found]:
    if not _some_are_installed():
        return
    import importlib.metadata

    for entry_point in importlib.metadata.entry_points(group=GROUP):
        metadata = entry_point.dist.metadata if entry_point.dist else None
        name, version = (metadata[key] if metadata and key in metadata else "" for key in ("Name", "Version"))
        yield Found(entry_point.name, version, INSTALLED, name, entry_point.load)


def _some_are_installed() -> bool:
    """Whether a distribution may have plugins; what says so for certain takes ten times as long to import."""
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        return True
    for place in sys.path:
        if Path(place).is_file():
            return True
        with contextlib.suppress(OSError):
            found = [folder for folder in Path(place).iterdir() if folder.name.lower().endswith(DISTRIBUTIONS)]
            if any(map(_names_plugins, found)):
                return True
    return False


def _names_plugins(distribution: Path) -> bool:
    """Whether the entry points of a distribution name a plugin; of one that holds them elsewhere nobody knows."""
    if distribution.suffix.lower() == ".egg":
        return True
    try:
        return f"[{GROUP}]".encode() in (distribution / "entry_points.txt").read_bytes()
    except OSError:
        return False


def _named(path: Path, source: str) -> Iterator[Found]:
    """The plugins in a folder or file that the user named, unless somebody else could have put them there."""
    found = [_single(path)] if path.suffix == ".py" and path.is_file() else list(_in_folder(path, source))
    for plugin in found:
        yield plugin if plugin.error else replace(plugin, error=_open_to_others(plugin))


def _open_to_others(plugin: Found) -> str:
    """Why a plugin is refused: another user could change it, or put something else in its place."""
    home = Path(plugin.location)
    inside = [home, home / MANIFEST, *(_code(plugin.code, home) if plugin.code else ())]
    above = [place for place in (*home.parents, *home.resolve().parents) if not _mode(place) & stat.S_ISVTX]
    for place in (*inside, *above):
        if _mode(place) & stat.S_IWOTH:
            return f"every user may write to {place}; take that right away (chmod o-w) to use the plugin"
    return ""


def _code(code: Path, home: Path) -> Iterator[Path]:
    """A plugin's code, the folders that lead to it from its home, and what lies in it."""
    yield from (place for place in (*reversed(code.parents), code) if place.is_relative_to(home))
    yield from sorted(code.rglob("*"))


def _mode(place: Path) -> int:
    """The rights on a place, none where there is nothing that could be read."""
    try:
        return place.stat().st_mode
    except OSError:
        return 0


def _in_folder(folder: Path, source: str) -> Iterator[Found]:
    """The plugin that the folder is, or the plugins that it holds."""
    if not folder.is_dir():
        there = "this is no folder and no .py file" if folder.exists() else "there is no such folder or file"
        yield _broken(folder, source, there)
    elif is_there(folder / MANIFEST):
        yield from _project(folder, source)
    else:
        entries = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
        found = [plugin for entry in entries for plugin in _read(_held, entry, source)]
        if entries and not found:
            wanted = f"{MANIFEST}, folders with one, or .py files with hooks (@{MARKER})"
            yield _broken(folder, source, f"there is no plugin in this folder, expected {wanted}")
        yield from found


def _held(entry: Path, source: str) -> Iterator[Found]:
    """The plugins that an entry of a folder is; a Python file without hooks is none, and is not told of."""
    if is_there(entry / MANIFEST):
        yield from _project(entry, source)
    elif entry.suffix == ".py" and not entry.is_dir():
        file = entry.resolve()
        text = read_text(file, file.parent)
        if isinstance(text, Fault):
            yield _broken(entry, FILE, text.problem)
        elif MARKER in text:
            yield _single(entry)


def _single(file: Path) -> Found:
    load = partial(_import_file, file.stem, file)
    return Found(file.stem.replace("_", "-"), "", FILE, str(file), load, code=file)


def _project(folder: Path, source: str) -> Iterator[Found]:
    data = read_toml(folder / MANIFEST, folder)
    if isinstance(data, Fault):
        yield _broken(folder, source, str(replace(data, file=Path(MANIFEST))))
        return
    project = _table(data, "project")
    version = project.get("version")
    version = version if isinstance(version, str) else ""
    entry_points = _table(_table(project, "entry-points"), GROUP)
    if not entry_points:
        yield _broken(folder, source, f"{MANIFEST}: no [project.entry-points.{GROUP}]")
    for plugin_id, module in entry_points.items():
        if isinstance(module, str):
            code = _module(folder, module)
            yield Found(plugin_id, version, source, str(folder), partial(_import, folder, module, code), code=code)
        else:
            key = f"project.entry-points.{GROUP}.{plugin_id}"
            told = f"{MANIFEST}: {key}: found {shown(module)}, expected the name of a module"
            yield replace(_broken(folder, source, told), id=plugin_id, version=version)


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _broken(folder: Path, source: str, error: str) -> Found:
    def load() -> ModuleType:
        raise ImportError(error)

    return Found(folder.name, "", source, str(folder), load, error)


def _module(folder: Path, name: str) -> Path | None:
    """Where a project has a module: its file, or its package's folder."""
    for root in (folder / "src", folder) if name.isidentifier() else ():
        if (root / name / PACKAGE).is_file():
            return root / name
        if (root / f"{name}.py").is_file():
            return root / f"{name}.py"
    return None


def _import(folder: Path, name: str, code: Path | None) -> ModuleType:
    """Import a module from the project in the folder, without putting the folder on the search path of all others."""
    if code is None:
        raise ImportError(f"module '{name}' is neither in {folder / 'src'} nor in {folder}")
    return _import_file(name, code / PACKAGE if code.is_dir() else code)


def _refuse_hiding(name: str, file: Path) -> None:
    """Raise ImportError where others who import a module of this name would get the plugin in its place."""
    if name in sys.stdlib_module_names:
        raise ImportError(f"module '{name}' would hide Python's own")
    spec = importlib.util.find_spec(name)
    if spec is not None and spec.origin != str(file):
        raise ImportError(f"module '{name}' would hide the one in {spec.origin}")


def _import_file(name: str, file: Path) -> ModuleType:
    there = sys.modules.get(name)
    if there is not None:
        if getattr(there, "__file__", None) == str(file):
            return there
        raise ImportError(f"a module '{name}' from {getattr(there, '__file__', 'elsewhere')} is loaded already")
    _refuse_hiding(name, file)
    search = [str(file.parent)] if file.name == PACKAGE else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=search)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} is no Python module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module
