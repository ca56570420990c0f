"""Why an edition cannot be opened."""

from kmtui.files.faults import FaultyFilesError


class EditionError(FaultyFilesError):
    """An edition, or a part of it, cannot be read or written."""


class EditionChangedError(EditionError):
    """Files of an edition have changed since it was read; `EditionStore.reload` reads them again."""
