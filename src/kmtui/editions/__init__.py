"""Edition folders on disk: read and validate."""

from kmtui.editions.faults import EditionError, Fault
from kmtui.editions.reader import EditionHead, read_edition, read_head

__all__ = ["EditionError", "EditionHead", "Fault", "read_edition", "read_head"]
