"""Notice that files of an edition change while it is open, so that no two states of it are mixed."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import iglob
from pathlib import Path

from kmtui.editions.errors import EditionError
from kmtui.editions.layout import FILES
from kmtui.files.faults import Fault
from kmtui.files.reading import Stamp, stamp

State = Mapping[str, Stamp]
"""What tells one state of an edition's files from another, by their names in its folder."""


@contextmanager
def unchanged(folder: Path, since: State | None = None) -> Iterator[State]:
    """Read from an edition's folder while all of its files stay as they are, or as they were `since`.

    Raises EditionError where they do not, in the place of whatever was found wrong with them meanwhile.
    """
    before = state_of(folder) if since is None else since
    try:
        yield before
    finally:
        changed = changes(folder, before)
        if changed:
            raise EditionError(folder, changed)


def state_of(folder: Path) -> State:
    """The state of each file that kmtui reads in an edition's folder."""
    found: dict[str, Stamp] = {}
    for pattern in FILES:  # there may be ten thousand, for which paths would take longer than the disk
        for name in iglob(pattern, root_dir=folder, include_hidden=True):  # noqa: PTH207
            with suppress(OSError):
                found[name] = stamp(os.stat(f"{folder}{os.sep}{name}"))  # noqa: PTH116
    return found


def changes(folder: Path, before: State) -> list[Fault]:
    """A fault for each file that is not as it was."""
    now = state_of(folder)
    return [
        Fault(
            folder / file,
            "",
            f"it was {_happened(file, before, now)} while the edition was open; open the edition again",
        )
        for file in sorted(before.keys() | now.keys())
        if before.get(file) != now.get(file)
    ]


def _happened(file: str, before: State, now: State) -> str:
    return "added" if file not in before else "taken away" if file not in now else "changed"
