"""A grid of judgements: rows of things that are judged, columns of what they are judged on."""

from collections.abc import Callable, Iterable, Mapping

import msgspec
from msgspec import field

from kmtui.elements import Line, Target
from kmtui.model.scale import Scale

Possible = tuple[str, ...]
Judged = Possible | None
"""The levels that are possible, none of them for a withheld judgement; None where nobody was asked for one."""


class Column(msgspec.Struct, frozen=True):
    """What is judged, its code, and the group that it stands in."""

    id: str
    short: str
    name: str
    group: str


class Row(msgspec.Struct, frozen=True):
    """The judgements of one row; `agreement` says how those at its end relate."""

    cells: tuple[Judged, ...]
    ends: tuple[Judged, ...] = ()
    agreement: str = ""


class Grid(msgspec.Struct, frozen=True, dict=True):
    """Rows and columns; a row is made when it is first asked for, so that many rows cost what is shown of them.

    `ends` are the columns after the others by id; they hold the judgement of the whole row and count as one. `sections`
    say under which head a row stands where rows are grouped. Summary and target are those of a cell, by the ids of its
    row and its column, which is None for the end; of a summary, as many lines are taken as there is room for.
    """

    kind: str
    head: str
    scale: Scale
    groups: Mapping[str, str]
    columns: tuple[Column, ...]
    names: Mapping[str, str]
    row: Callable[[str], Row]
    summary: Callable[[str, str | None], Iterable[Line]]
    target: Callable[[str, str | None], Target]
    row_target: Callable[[str], Target]
    column_target: Callable[[str], Target]
    end_head: str = ""
    ends: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    agreement: bool = False
    """Whether rows say how the judgements at their end relate."""
    empty: str = ""
    """What is said where there are no rows."""

    @property
    def width(self) -> int:
        """The columns that a cursor can stand on."""
        return len(self.columns) + bool(self.ends)

    def column_id(self, column: int) -> str | None:
        """The id of a column, or None for the end."""
        return self.columns[column].id if column < len(self.columns) else None

    def column_name(self, column: int) -> str:
        """The name of a column."""
        return self.columns[column].name if column < len(self.columns) else self.end_head

    def judged(self, row_id: str, column: int) -> Judged:
        """What stands in a cell; at the end, the first that stands there."""
        row = self.row(row_id)
        return row.cells[column] if column < len(row.cells) else row.ends[0]
