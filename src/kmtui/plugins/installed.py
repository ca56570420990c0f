"""Find the plugins of installed distributions, one distribution at a time, so that a damaged one hides no other."""

import contextlib
import re
import sys
from collections.abc import Iterator
from functools import partial
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from kmtui.plugins.failure import error_text
from kmtui.plugins.found import GROUP, INSTALLED, FoundPlugin, broken
from kmtui.plugins.importing import installed_file

if TYPE_CHECKING:
    from importlib.metadata import Distribution

DESCRIPTIONS = {".dist-info": "METADATA", ".egg-info": "PKG-INFO"}
"""Ends the names of folders that describe what is installed, each with the file that such a folder must have."""
EGG = ".egg"
ENTRY_POINTS = "entry_points.txt"


def installed_plugins() -> Iterator[FoundPlugin]:
    """The plugins of all distributions on the search path; a damaged distribution is named as one that failed."""
    if not _some_are_installed():
        return
    seen: set[str] = set()
    try:
        import importlib.metadata

        for distribution in importlib.metadata.distributions():
            yield from _plugins_of(distribution, seen)
    except Exception as error:  # in a path finder, which no distribution is to blame for
        yield broken("installed distributions", INSTALLED, f"they cannot be listed: {error_text(error)}")


def _plugins_of(distribution: "Distribution", seen: set[str]) -> list[FoundPlugin]:
    """The plugins of a distribution, unless one of its name was `seen` sooner on the search path."""
    place = getattr(distribution, "_path", None)
    folder = Path(str(place)) if place is not None else Path("a distribution")
    try:
        if _is_damaged(folder):
            problem = f"a damaged installation, without {DESCRIPTIONS[_kind(folder)]}"
            return [broken(folder, INSTALLED, f"{problem}; install the package again, or remove the folder")]
        if _kind(folder) in DESCRIPTIONS:
            name = folder.name.removesuffix(_kind(folder)).partition("-")[0]
        else:
            name = distribution.metadata["Name"] or str(folder)
        name = re.sub(r"[-_.]+", "-", name).lower()
        if name in seen:
            return []
        seen.add(name)
        points = [point for point in distribution.entry_points if point.group == GROUP]
        if not points:
            return []
        metadata = distribution.metadata
        title, version = (metadata[key] if metadata and key in metadata else "" for key in ("Name", "Version"))
        return [
            FoundPlugin(
                point.name,
                version,
                INSTALLED,
                title or str(folder),
                point.load,
                source_file=partial(installed_file, point.value),
            )
            for point in points
        ]
    except Exception as error:
        return [broken(folder, INSTALLED, f"a damaged installation: {error_text(error)}")]


def _kind(folder: Path) -> str:
    """How the name of a folder ends that describes a distribution; empty for any other."""
    return next((ending for ending in (*DESCRIPTIONS, EGG) if folder.name.lower().endswith(ending)), "")


def _is_damaged(folder: Path) -> bool:
    """Whether a folder that should describe a distribution lacks its description and says nothing of plugins either."""
    wanted = DESCRIPTIONS.get(_kind(folder))
    return (
        wanted is not None and folder.is_dir() and not any((folder / name).exists() for name in (wanted, ENTRY_POINTS))
    )


def _some_are_installed() -> bool:
    """Whether a distribution may have plugins or is damaged; importlib.metadata takes ten times as long to import."""
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        return True
    for place in sys.path:
        if Path(place).is_file():
            return True
        with contextlib.suppress(OSError):
            for folder in Path(place).iterdir():
                kind = _kind(folder)
                if kind and (kind == EGG or _names_plugins(folder)):
                    return True
    return False


def _names_plugins(folder: Path) -> bool:
    """Whether the description of a distribution names a plugin, or is damaged."""
    try:
        return f"[{GROUP}]".encode() in (folder / ENTRY_POINTS).read_bytes()
    except OSError:
        return _is_damaged(folder)
