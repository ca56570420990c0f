"""Rows, optionally grouped under heads, split into pages."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import msgspec


class Sheet(msgspec.Struct, frozen=True):
    """The rows by id; each line is the number of a row, or the text of a head; `places` are the lines of the rows."""

    rows: Sequence[str]
    lines: Sequence[int | str]
    places: Sequence[int]

    @classmethod
    def plain(cls, rows: Iterable[str]) -> "Sheet":
        """Rows without heads."""
        rows = tuple(rows)
        return cls(rows, range(len(rows)), range(len(rows)))

    @classmethod
    def grouped(cls, rows: Iterable[str], head: Callable[[str], str]) -> "Sheet":
        """Rows that come in the order of their heads."""
        rows = tuple(rows)
        lines: list[int | str] = []
        for text, members in groupby(range(len(rows)), key=lambda row: head(rows[row])):
            lines += [text, *members]
        return cls(rows, lines, [at for at, line in enumerate(lines) if isinstance(line, int)])

    def row_near(self, line: int) -> int:
        """The row on a line, else the one before, else the first."""
        return max(0, bisect_right(self.places, line) - 1)

    def top(self, row: int, page: int) -> int:
        """The first line of the page with this row, in pages of so many lines."""
        return self.places[row] // page * page if self.rows else 0
