"""Edition folders on disk: read and validate."""

from kmtui.editions.context import Context
from kmtui.editions.faults import EditionError, Fault
from kmtui.editions.parts import read_part
from kmtui.editions.reader import check_edition, read_edition, read_head

__all__ = [
    "Context",
    "EditionError",
    "Fault",
    "check_edition",
    "read_edition",
    "read_head",
    "read_part",
]
