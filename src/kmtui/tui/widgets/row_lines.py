"""Lines of the matrix: rows and group heads, cut into pages: pure arithmetic."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import msgspec


class RowLines(msgspec.Struct, frozen=True):
    """Row ids; lines, each the index of a row or the text of a head; `places`, the line of each row."""

    rows: Sequence[str]
    lines: Sequence[int | str]
    places: Sequence[int]

    @classmethod
    def plain(cls, rows: Iterable[str]) -> "RowLines":
        """Lines for rows without groups."""
        rows = tuple(rows)
        return cls(rows, range(len(rows)), range(len(rows)))

    @classmethod
    def grouped(cls, rows: Iterable[str], head: Callable[[str], str]) -> "RowLines":
        """Lines for rows that are sorted by group, with a head above each group."""
        rows = tuple(rows)
        lines: list[int | str] = []
        for text, members in groupby(range(len(rows)), key=lambda row: head(rows[row])):
            lines += [text, *members]
        return cls(rows, lines, [at for at, line in enumerate(lines) if isinstance(line, int)])

    def row_near(self, line: int) -> int:
        """The row on a line, else the last one above it, else the first."""
        return max(0, bisect_right(self.places, line) - 1)

    def top(self, row: int, page: int) -> int:
        """The first line of the page with this row; `page` is the number of lines on a page."""
        return self.places[row] // page * page if self.rows else 0
