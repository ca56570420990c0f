"""Rows of wrapped lines, and the row at the top of the screen: pure arithmetic."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec

OVERLAP = 2
"""Rows that stay visible when the page turns."""


class Rows(msgspec.Struct, frozen=True):
    """The first row of each line and the row after the last, on a screen of `height` rows."""

    starts: Sequence[int]
    height: int

    @classmethod
    def of(cls, lengths: Iterable[int], height: int) -> "Rows":
        """From the number of rows of each line, at least one."""
        return cls(tuple(accumulate(lengths, initial=0)), max(1, height))

    @property
    def page(self) -> int:
        """The number of rows by which a page turns."""
        return max(1, self.height - OVERLAP)

    def line_at(self, row: int) -> int:
        """The line of a row; the number of lines for rows after the last."""
        return bisect_right(self.starts, row) - 1

    def of_line(self, line: int) -> range:
        """The rows of a line; empty if there are no lines."""
        return range(self.starts[line], self.starts[min(line + 1, len(self.starts) - 1)])

    def in_sight(self, top: int) -> range:
        """The lines that are at least partly visible."""
        bottom = min(top + self.height, self.starts[-1])
        return range(self.line_at(top), self.line_at(bottom - 1) + 1)

    def bounded(self, top: int) -> int:
        """The nearest top that leaves no avoidable empty rows below."""
        return max(0, min(top, self.starts[-1] - self.height))

    def reveal(self, line: int, top: int) -> int:
        """The top that makes the whole line visible, or its beginning if it is longer than the screen."""
        rows = self.of_line(line)
        if top <= rows.start and rows.stop <= top + self.height:
            return top
        fits = len(rows) + OVERLAP <= self.height
        if rows.start < top and fits:
            return self.bounded(rows.stop - self.height + OVERLAP)
        return self.bounded(rows.start - OVERLAP if fits else rows.start)

    def read_on(self, line: int, top: int, direction: int) -> int:
        """The top that shows more of a line longer than the screen; unchanged at its end."""
        rows = self.of_line(line)
        if direction > 0 and rows.stop > top + self.height:
            return min(top + self.page, rows.stop - self.height)
        if direction < 0 and rows.start < top:
            return max(top - self.page, rows.start)
        return top
