"""Where the columns of the matrix stand, for any width of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

VERDICT_WIDTH = 10
"""Cells of the end score: a gap, computed, published, and how they relate."""
NARROWEST_NAME = 12
CELL_WIDTHS = (5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns on the screen now.

    `shown` holds (column, x) of each column; `gaps` the x of the rules between focus areas.
    """

    name_width: int
    cell_width: int
    shown: tuple[tuple[int, int], ...]
    gaps: tuple[int, ...]
    verdict_x: int

    def x(self, column: int) -> int | None:
        """Where a column stands, or None where it is on another page."""
        return dict(self.shown).get(column)


def lay_out(width: int, longest_name: int, areas: Sequence[str], cursor: int) -> Columns:
    """Columns for a screen of so many cells, given the longest name, and the area of each column in order.

    Cells get as wide as fits. Where even the narrowest do not fit, the columns are split into pages, of whole areas
    where possible, and the page with the cursor is shown; the end score is always there.
    """
    groups = len(list(groupby(areas)))
    name = longest_name + 1
    for cell in CELL_WIDTHS:
        left = width - VERDICT_WIDTH - groups - len(areas) * cell
        if left >= name:
            return _place(list(range(len(areas))), areas, name, cell)
    cell = CELL_WIDTHS[-1]
    left = width - VERDICT_WIDTH - groups - len(areas) * cell
    if left >= NARROWEST_NAME:
        return _place(list(range(len(areas))), areas, left, cell)
    name = min(name, NARROWEST_NAME)
    for page in _pages(areas, max(cell + 1, width - VERDICT_WIDTH - name), cell):
        if cursor <= page[-1]:
            return _place(page, areas, name, cell)
    return _place([], areas, name, cell)


def _pages(areas: Sequence[str], room: int, cell: int) -> list[list[int]]:
    """Runs of columns that fit into the room, broken between areas where an area fits."""
    pages: list[list[int]] = [[]]
    for _, members in groupby(range(len(areas)), key=lambda column: areas[column]):
        group = list(members)
        if pages[-1] and _needs(pages[-1] + group, areas, cell) > room:
            pages.append([])
        for column in group:
            if pages[-1] and _needs([*pages[-1], column], areas, cell) > room:
                pages.append([])
            pages[-1].append(column)
    return pages


def _needs(columns: list[int], areas: Sequence[str], cell: int) -> int:
    return len(columns) * cell + len(list(groupby(columns, key=lambda column: areas[column])))


def _place(columns: list[int], areas: Sequence[str], name: int, cell: int) -> Columns:
    shown, gaps, x = [], [], name
    for _, members in groupby(columns, key=lambda column: areas[column]):
        gaps.append(x)
        x += 1
        for column in members:
            shown.append((column, x))
            x += cell
    return Columns(name, cell, tuple(shown), tuple(gaps), x)
