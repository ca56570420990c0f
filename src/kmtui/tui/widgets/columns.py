"""Column positions of the matrix for any screen width: pure arithmetic."""

from collections.abc import Sequence
from itertools import groupby

import msgspec

END_WIDTH = 10
"""Cells at the end of a row: a rule, two judgements, and how they relate."""
NARROWEST_NAME = 12
CELL_WIDTHS = (5, 4, 3, 2)


class Columns(msgspec.Struct, frozen=True):
    """The columns on the screen now.

    `shown` holds (column, x) of each column; `gaps` the x of the rules before groups of columns; the end of
    the row, if it has any, begins at `end_x`.
    """

    name_width: int
    cell_width: int
    shown: tuple[tuple[int, int], ...]
    gaps: tuple[int, ...]
    end_x: int

    def x(self, column: int) -> int | None:
        """The x of a column; None if it is on another page."""
        return dict(self.shown).get(column)


def lay_out(width: int, longest_name: int, groups: Sequence[str], cursor: int, end: int) -> Columns:
    """Columns for a screen of so many cells, from the longest name, the group of each column, and the width of the end.

    Cells get as wide as fits. Where even the narrowest do not fit, the columns are split into pages, of whole groups
    where possible, and the page with the cursor is shown; the end of the row is always there.
    """
    rules = len(list(groupby(groups)))
    name = longest_name + 1
    for cell in CELL_WIDTHS:
        left = width - end - rules - len(groups) * cell
        if left >= name:
            return _place(list(range(len(groups))), groups, name, cell)
    cell = CELL_WIDTHS[-1]
    left = width - end - rules - len(groups) * cell
    if left >= NARROWEST_NAME:
        return _place(list(range(len(groups))), groups, left, cell)
    name = min(name, NARROWEST_NAME)
    for page in _pages(groups, max(cell + 1, width - end - name), cell):
        if cursor <= page[-1]:
            return _place(page, groups, name, cell)
    return _place([], groups, name, cell)


def _pages(groups: Sequence[str], room: int, cell: int) -> list[list[int]]:
    """Runs of columns that fit into the room, broken between groups where a group fits."""
    pages: list[list[int]] = [[]]
    for _, members in groupby(range(len(groups)), key=lambda column: groups[column]):
        together = list(members)
        if pages[-1] and _needs(pages[-1] + together, groups, cell) > room:
            pages.append([])
        for column in together:
            if pages[-1] and _needs([*pages[-1], column], groups, cell) > room:
                pages.append([])
            pages[-1].append(column)
    return pages


def _needs(columns: list[int], groups: Sequence[str], cell: int) -> int:
    return len(columns) * cell + len(list(groupby(columns, key=lambda column: groups[column])))


def _place(columns: list[int], groups: Sequence[str], name: int, cell: int) -> Columns:
    shown, gaps, x = [], [], name
    for _, members in groupby(columns, key=lambda column: groups[column]):
        gaps.append(x)
        x += 1
        for column in members:
            shown.append((column, x))
            x += cell
    return Columns(name, cell, tuple(shown), tuple(gaps), x)
