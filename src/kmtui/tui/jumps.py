"""The kinds of cells that jump keys go to, and the next cell of a kind."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kmtui.pages.grids import Grid

if TYPE_CHECKING:
    from kmtui.pages.grids import Changes

Predicate = Callable[[str, int], bool]
"""Whether a cell, by the id of its row and the number of its column, is of the kind."""

JUMPS = ("worst", "middle", "undecided", "changed")


def fits(kind: str, grid: Grid, changes: "Changes | None") -> Predicate:
    """The predicate of a kind: the worst level, a level between worst and best, several levels, or a change."""
    if kind == "changed":
        return lambda row_id, column: changes is not None and changes.at(row_id, column) is not None
    if kind == "undecided":
        return lambda row_id, column: len(grid.judged(row_id, column) or ()) > 1
    worst, *middle, _ = grid.scale.ids
    wanted = {(worst,)} if kind == "worst" else {(level,) for level in middle}
    return lambda row_id, column: grid.judged(row_id, column) in wanted


def next_cell(
    rows: Sequence[str], width: int, start: tuple[int, int], step: int, fits: Predicate
) -> tuple[int, int] | None:
    """The next matching cell in reading order (`step` 1) or backwards (-1), wrapping around; None if none matches."""
    count = len(rows) * width
    at = start[0] * width + start[1]
    for further in range(1, count + 1):
        row, column = divmod((at + step * further) % count, width)
        if fits(rows[row], column):
            return row, column
    return None
