"""The printed cells of tables, and what kinds of things they are."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from kmtui.model.numbers import Number

Column = Annotated[str, Meta(pattern=r"^[0-9]+\.[a-z0-9-]+\Z")]
"""A table's number and an indicator's id."""


class CellStatus(StrEnum):
    """What kind of thing a printed cell is."""

    NUMBER = "number"
    UNKNOWN = "unknown"
    NOT_GIVEN = "not-given"
    EMPTY = "empty"
    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    RANGE = "range"
    """Two numbers with a dash between them; `parts` are the lower and the higher."""
    DOUBLE = "double"
    """A number and another in brackets; `parts` are the two, the second None where it is not given."""
    MIXED = "mixed"
    """Words with numbers among them; `parts` are the numbers."""
    TEXT = "text"


class Cell(msgspec.Struct, frozen=True):
    """One printed cell. `year` is None where the source gives none; `footnote` is the number of the note, or empty."""

    indicator: str
    subject: str
    year: int | None
    raw: str
    value: Number | None
    status: CellStatus
    parts: tuple[Number | None, ...]
    footnote: str

    def number(self, reading: int = 0) -> Number | None:
        """The number that the cell gives; of a double cell the first or (reading 1) the second."""
        if self.status is CellStatus.DOUBLE:
            return self.parts[reading]
        return self.value
