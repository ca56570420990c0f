"""What keeps an edition from being opened."""

from kmtui.files.faults import FaultyFilesError


class EditionError(FaultyFilesError):
    """An edition, or a part of it, cannot be opened."""
