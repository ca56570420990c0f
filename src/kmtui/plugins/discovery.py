"""Find plugins without importing any of their code.

A plugin is a Python project whose pyproject.toml has an entry point in the group `kmtui`: the name is the plugin's id,
the value its module. It is found as an installed distribution, among the bundled plugins, or in a folder that the user
names. A single Python file is a plugin too, with the file's name as its id: one that the user names, and one that marks
hooks in a folder that the user names.
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kmtui.files.faults import Fault
from kmtui.files.reading import is_there, read_text, read_toml
from kmtui.model.validation import shown
from kmtui.plugins.failure import error_text
from kmtui.plugins.found import BUNDLED, FILE, FOLDER, GROUP, FoundPlugin, broken, with_usable_id
from kmtui.plugins.importing import code_of, file_of, import_entry, import_file, split_entry

MANIFEST = "pyproject.toml"
MARKER = "hookimpl"
"""What stands in a Python file that has hooks."""


def bundled_folder(kind: str) -> Path:
    """Where this copy of kmtui keeps its own `plugins` or `editions`: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "bundled" / kind
    if inside.is_dir():
        return inside
    archive = next((place for place in package.parents if place.is_file()), None)
    return _unpacked(archive) / kind if archive else package.parents[1] / kind


@cache
def _unpacked(archive: Path) -> Path:
    """The bundled files of a zip archive that kmtui runs from, in a folder that lasts as long as the process."""
    import tempfile
    import zipfile

    folder = tempfile.TemporaryDirectory(prefix="kmtui-", ignore_cleanup_errors=True)
    _UNPACKED.append(folder)
    with zipfile.ZipFile(archive) as files:
        inside = f"{__name__.partition('.')[0]}/bundled/"
        files.extractall(folder.name, [name for name in files.namelist() if name.startswith(inside)])
    return Path(folder.name) / inside


_UNPACKED: list[object] = []
"""Temporary folders, which are removed when the process ends."""


def discover(paths: Iterable[Path] = (), *, bundled: bool = True, installed: bool = True) -> list[FoundPlugin]:
    """All plugins: bundled, installed, in the named folders and files; by id within each, whatever the disk's order."""
    return [
        *(_sorted(_read(_in_folder, bundled_folder("plugins"), BUNDLED)) if bundled else ()),
        *(_sorted(_installed()) if installed else ()),
        *(found for path in paths for found in discover_at(path)),
    ]


def discover_at(path: Path) -> list[FoundPlugin]:
    """The plugins in a folder or file that the user named."""
    return _sorted(_read(_named, path, FOLDER))


def _sorted(plugins: Iterable[FoundPlugin]) -> list[FoundPlugin]:
    return sorted(map(with_usable_id, plugins), key=lambda plugin: (plugin.id, plugin.location))


def _installed() -> Iterable[FoundPlugin]:
    from kmtui.plugins.installed import installed_plugins

    return installed_plugins()


def _read(plugins: Callable[[Path, str], Iterable[FoundPlugin]], path: Path, source: str) -> list[FoundPlugin]:
    """The plugins at a place, or that it cannot be read."""
    try:
        return list(plugins(path, source))
    except OSError as error:
        return [broken(path, source, f"{error.filename or path} cannot be read: {error.strerror or error}")]
    except Exception as error:
        return [broken(path, source, f"it cannot be looked into: {error_text(error)}")]


def _named(path: Path, source: str) -> Iterator[FoundPlugin]:
    """The plugins in a folder or file that the user named; refused where other users may write to them."""
    path = Path(os.path.realpath(path))
    found = [_single(path)] if path.suffix == ".py" and path.is_file() else list(_in_folder(path, source))
    for plugin in found:
        yield plugin if plugin.error else replace(plugin, error=_open_to_others(plugin))


def _open_to_others(plugin: FoundPlugin) -> str:
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


def _in_folder(folder: Path, source: str) -> Iterator[FoundPlugin]:
    """The plugin that the folder is, or the plugins that it holds."""
    if not folder.is_dir():
        there = "this is no folder and no .py file" if folder.exists() else "there is no such folder or file"
        yield broken(folder, source, there)
    elif is_there(folder / MANIFEST):
        yield from _project(folder, source)
    else:
        entries = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
        found = [plugin for entry in entries for plugin in _read(_held, entry, source)]
        if entries and not found:
            wanted = f"{MANIFEST}, folders with one, or .py files with hooks (@{MARKER})"
            yield broken(folder, source, f"there is no plugin in this folder, expected {wanted}")
        yield from found


def _held(entry: Path, source: str) -> Iterator[FoundPlugin]:
    """The plugins that an entry of a folder is; a Python file without hooks is none."""
    if is_there(entry / MANIFEST):
        yield from _project(entry, source)
    elif entry.suffix == ".py" and not entry.is_dir():
        file = entry.resolve()
        text = read_text(file, file.parent)
        if isinstance(text, Fault):
            yield broken(entry, FILE, text.problem)
        elif MARKER in text:
            yield _single(entry)


def _single(file: Path) -> FoundPlugin:
    load = partial(import_file, file.stem, file)
    return FoundPlugin(file.stem.replace("_", "-"), "", FILE, str(file), load, code=file, source_file=lambda: file)


def _project(folder: Path, source: str) -> Iterator[FoundPlugin]:
    data = read_toml(folder / MANIFEST, folder)
    if isinstance(data, Fault):
        yield broken(folder, source, str(replace(data, file=Path(MANIFEST))))
        return
    project = _table(data, "project")
    version = project.get("version")
    version = version if isinstance(version, str) else ""
    entry_points = _table(_table(project, "entry-points"), GROUP)
    if not entry_points:
        yield broken(folder, source, f"{MANIFEST}: no [project.entry-points.{GROUP}]")
    for plugin_id, module in entry_points.items():
        if isinstance(module, str):
            code = code_of(folder, module)
            load = partial(import_entry, folder, plugin_id, module, code)
            find = partial(file_of, code, split_entry(module)[0]) if code else lambda: None
            yield FoundPlugin(plugin_id, version, source, str(folder), load, code=code, source_file=find)
        else:
            key = f"project.entry-points.{GROUP}.{plugin_id}"
            problem = f"{MANIFEST}: {key}: found {shown(module)}, expected the name of a module"
            yield replace(broken(folder, source, problem), id=plugin_id, version=version)


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}
