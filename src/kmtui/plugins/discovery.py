"""Find plugins without importing any of their code.

A plugin is a Python project whose pyproject.toml has an entry point in the group `kmtui`: the name is the plugin's id,
the value its module. It is found as an installed distribution, among the bundled plugins, or in a folder that the user
names.
"""

import importlib
import importlib.metadata
import importlib.util
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

GROUP = "kmtui"


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that could be loaded, or `error`, why not even its description can be read."""

    id: str
    version: str
    source: str
    """`bundled`, `installed` or `folder`."""
    location: str
    load: Callable[[], ModuleType]
    error: str = ""


def bundled_folder(kind: str) -> Path:
    """Where this copy of kmtui keeps its own `plugins` or `editions`: in the package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "bundled" / kind
    return inside if inside.is_dir() else package.parents[1] / kind


def discover(folders: Iterable[Path] = ()) -> list[Found]:
    """All plugins: bundled, installed, in the named folders; by id within each, whatever the disk's order is."""
    return [
        *_sorted(_in_folder(bundled_folder("plugins"), "bundled")),
        *_sorted(_installed()),
        *(found for folder in folders for found in _sorted(_in_folder(folder.resolve(), "folder"))),
    ]


def _sorted(plugins: Iterable[Found]) -> list[Found]:
    return sorted(plugins, key=lambda plugin: (plugin.id, plugin.location))


def _installed() -> Iterator[Found]:
    for entry_point in importlib.metadata.entry_points(group=GROUP):
        distribution = entry_point.dist
        name, version = (distribution.name, distribution.version) if distribution else ("", "")
        yield Found(entry_point.name, version, "installed", name, entry_point.load)


def _in_folder(folder: Path, source: str) -> Iterator[Found]:
    """The plugin that the folder is, or the plugins that it holds."""
    if not folder.is_dir():
        yield _broken(folder, source, "there is no such folder")
    elif (folder / "pyproject.toml").is_file():
        yield from _project(folder, source)
    else:
        for project in folder.iterdir():
            if (project / "pyproject.toml").is_file():
                yield from _project(project, source)


def _project(folder: Path, source: str) -> Iterator[Found]:
    try:
        data = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
        version = str(data["project"].get("version", ""))
        entry_points = dict(data["project"]["entry-points"][GROUP])
    except (KeyError, TypeError, ValueError) as error:
        missing = f"no [project.entry-points.{GROUP}]" if isinstance(error, KeyError) else str(error)
        yield _broken(folder, source, f"pyproject.toml: {missing}")
        return
    except (OSError, UnicodeDecodeError) as error:
        yield _broken(folder, source, f"pyproject.toml cannot be read: {error}")
        return
    for plugin_id, module in entry_points.items():
        yield Found(plugin_id, version, source, str(folder), _importer(folder, str(module)))


def _broken(folder: Path, source: str, error: str) -> Found:
    def load() -> ModuleType:
        raise ImportError(error)

    return Found(folder.name, "", source, str(folder), load, error)


def _importer(folder: Path, name: str) -> Callable[[], ModuleType]:
    """Import a module from the project in the folder, without putting the folder on the search path of all others."""

    def load() -> ModuleType:
        for root in (folder / "src", folder):
            for file in (root / name / "__init__.py", root / f"{name}.py"):
                if file.is_file():
                    return _import_file(name, file)
        raise ImportError(f"module '{name}' is neither in {folder / 'src'} nor in {folder}")

    return load


def _import_file(name: str, file: Path) -> ModuleType:
    there = sys.modules.get(name)
    if there is not None:
        if getattr(there, "__file__", None) == str(file):
            return there
        raise ImportError(f"a module '{name}' from {getattr(there, '__file__', 'elsewhere')} is loaded already")
    search = [str(file.parent)] if file.name == "__init__.py" else None
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
