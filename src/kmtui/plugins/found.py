"""A plugin that was found, before any of its code is imported."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

GROUP = "kmtui"
"""The group of entry points that name plugins."""
BUNDLED, INSTALLED, FOLDER, FILE = "bundled", "installed", "folder", "file"
LONGEST_ID = 80
"""Characters of an id, as many as the list of disabled plugins takes."""


class FoundPlugin(msgspec.Struct, frozen=True):
    """A discovered plugin; `error` is the reason why it must not be imported."""

    id: str
    version: str
    source: str
    """`bundled`, `installed`, `folder` or `file`."""
    location: str
    load: Callable[[], Any]
    """Import the plugin: its module, or the object that its entry point names."""
    error: str = ""
    code: Path | None = None
    """The module's file, or its package's folder, where kmtui imports it from there itself."""
    source_file: Callable[[], Path | None] = lambda: None
    """Find the module's file without importing it; None where it has none."""


def broken(place: Path | str, source: str, error: str) -> FoundPlugin:
    """A place that should hold a plugin but has an unusable one."""

    def load() -> Any:
        raise ImportError(error)

    return FoundPlugin(Path(place).name, "", source, str(place), load, error)


def with_usable_id(plugin: FoundPlugin) -> FoundPlugin:
    """The plugin, with an error if its id could not be used to disable it."""
    if plugin.id.strip() and len(plugin.id) <= LONGEST_ID:
        return plugin
    id_ = plugin.id if len(plugin.id) <= LONGEST_ID else f"{plugin.id[:LONGEST_ID]}..."
    problem = f"found '{id_}' as its id, expected 1 to {LONGEST_ID} characters that are not blank"
    return replace(plugin, id=Path(plugin.location).name, error=plugin.error or problem)
