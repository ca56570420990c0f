"""Detect that files of an edition changed since it was read, so that two states of it are never mixed."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import iglob
from pathlib import Path

from kmtui.editions.errors import EditionChangedError
from kmtui.editions.parts import FILES
from kmtui.files.faults import Fault
from kmtui.files.reading import Stamp, stamp

FileStates = Mapping[str, Stamp]
"""The state of each file of an edition, by its path in the folder."""


@contextmanager
def unchanged(folder: Path, since: FileStates | None = None) -> Iterator[FileStates]:
    """Require that the files of an edition stay as they are, or as they were `since`, while the block reads them.

    Raises EditionChangedError where they do not; it replaces any error of the block.
    """
    before = file_states(folder) if since is None else since
    try:
        yield before
    finally:
        changed = changes(folder, before)
        if changed:
            raise EditionChangedError(folder, changed)


def file_states(folder: Path) -> FileStates:
    """The state of each file that kmtui reads in an edition's folder."""
    found: dict[str, Stamp] = {}
    for pattern in FILES:  # there may be ten thousand files: building Path objects would take longer than the disk
        for name in iglob(pattern, root_dir=folder, include_hidden=True):  # noqa: PTH207
            with suppress(OSError):
                found[name] = stamp(os.stat(f"{folder}{os.sep}{name}"))  # noqa: PTH116
    return found


def changes(folder: Path, before: FileStates) -> list[Fault]:
    """A fault for each file whose state differs."""
    now = file_states(folder)
    return [
        Fault(
            folder / file,
            "",
            f"it was {_change(file, before, now)} while the edition was open; reload the edition",
        )
        for file in sorted(before.keys() | now.keys())
        if before.get(file) != now.get(file)
    ]


def _change(file: str, before: FileStates, now: FileStates) -> str:
    return "added" if file not in before else "taken away" if file not in now else "changed"
