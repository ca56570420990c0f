"""Edition folders on disk: read and validate."""

from kmtui.editions.context import Context
from kmtui.editions.errors import EditionError
from kmtui.editions.layout import HEAD
from kmtui.editions.parts import read_part
from kmtui.editions.reader import check_edition, read_edition, read_head
from kmtui.editions.watch import State, unchanged
from kmtui.files.faults import Fault

__all__ = [
    "HEAD",
    "Context",
    "EditionError",
    "Fault",
    "State",
    "check_edition",
    "read_edition",
    "read_head",
    "read_part",
    "unchanged",
]
