"""Positions of the lines of a list that flows through columns and pages."""

import msgspec

NARROWEST = 38
"""Minimum width of a column."""


class Flow(msgspec.Struct, frozen=True):
    """Lines on a screen of so many rows and cells: down each column, on to the next one, then to the next page."""

    lines: int
    height: int
    width: int

    @property
    def columns(self) -> int:
        """The number of columns: as many as fit, but no more than are needed."""
        needed = -(-self.lines // max(1, self.height))
        return max(1, min(needed, self.width // NARROWEST))

    @property
    def column_width(self) -> int:
        """The cells of each column."""
        return self.width // self.columns

    @property
    def page(self) -> int:
        """The lines of a page."""
        return max(1, self.height) * self.columns

    def place(self, line: int) -> tuple[int, int]:
        """The column and row of a line on its page."""
        return divmod(line % self.page, max(1, self.height))

    def on_row(self, row: int, line: int) -> list[int]:
        """The lines on a row of the page that `line` is on, column by column."""
        top = line // self.page * self.page
        starts = (top + column * max(1, self.height) + row for column in range(self.columns))
        return [at for at in starts if at < self.lines]
