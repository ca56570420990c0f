"""Positions of list lines that flow through columns and pages: pure arithmetic."""

import msgspec

NARROWEST = 38
"""Minimum width of a column, in cells."""


class ColumnFlow(msgspec.Struct, frozen=True):
    """Lays `lines` out on a screen of `height` rows and `width` cells: by column, then by page."""

    lines: int
    height: int
    width: int

    @property
    def columns(self) -> int:
        """The number of columns: as many as needed, at most as many as fit."""
        needed = -(-self.lines // max(1, self.height))
        return max(1, min(needed, self.width // NARROWEST))

    @property
    def column_width(self) -> int:
        """The width of each column, in cells."""
        return self.width // self.columns

    @property
    def page(self) -> int:
        """The number of lines on a page."""
        return max(1, self.height) * self.columns

    def place(self, line: int) -> tuple[int, int]:
        """(column, row) of a line on its page."""
        return divmod(line % self.page, max(1, self.height))

    def on_row(self, row: int, line: int) -> list[int]:
        """The lines on row `row` of the page with `line`, by column."""
        top = line // self.page * self.page
        starts = (top + column * max(1, self.height) + row for column in range(self.columns))
        return [at for at in starts if at < self.lines]
