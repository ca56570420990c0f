"""Find the next cell of a kind: worst level, middle level, open, changed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kmtui.pages.grids import Grid

if TYPE_CHECKING:
    from kmtui.pages.grids import Changes

Fits = Callable[[str, int], bool]
"""Predicate on a cell, by the id of its row and the number of its column."""

JUMPS = ("worst", "middle", "undecided", "changed")


def fits(kind: str, grid: Grid, changes: "Changes | None") -> Fits:
    """The predicate of a kind of cells."""
    if kind == "changed":
        return lambda row_id, column: changes is not None and changes.at(row_id, column) is not None
    if kind == "undecided":
        return lambda row_id, column: len(grid.judged(row_id, column) or ()) > 1
    worst, *middle, _ = grid.scale.ids
    wanted = {(worst,)} if kind == "worst" else {(level,) for level in middle}
    return lambda row_id, column: grid.judged(row_id, column) in wanted


def next_cell(rows: Sequence[str], width: int, start: tuple[int, int], step: int, fits: Fits) -> tuple[int, int] | None:
    """The next or previous matching cell in reading order, wrapping around to the start; None if none matches."""
    count = len(rows) * width
    at = start[0] * width + start[1]
    for further in range(1, count + 1):
        row, column = divmod((at + step * further) % count, width)
        if fits(rows[row], column):
            return row, column
    return None
