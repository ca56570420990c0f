"""The matrix: corps down, dimensions across in their focus areas, the end score at the side.

Only what is on the screen is drawn, and a step of the cursor redraws two cells. Pages turn; lines do not crawl.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kmtui.model import Level
from kmtui.pages import View
from kmtui.tui.drawing import Signs, paint, sign_cell
from kmtui.tui.widgets.columns import VERDICT_WIDTH, Columns, lay_out

HEADER_LINES = 3
PLAIN, BOLD, DIM = Style(), Style(bold=True), Style(dim=True)
AREA = Style(bold=True, underline=True)
CURSOR = Style(bold=True, reverse=True)


class MatrixView(Widget, can_focus=True):
    """A matrix of scores with a cursor on one cell; the column after the last dimension is the end score."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1, 0)", "up", id="matrix.up", show=False),
        Binding("down,j", "step(1, 0)", "down", id="matrix.down", show=False),
        Binding("left,h", "step(0, -1)", "left", id="matrix.left", show=False),
        Binding("right,l", "step(0, 1)", "right", id="matrix.right", show=False),
        Binding("pageup,b", "turn(-1)", "page up", id="matrix.page_up", show=False),
        Binding("pagedown,space", "turn(1)", "page down", id="matrix.page_down", show=False),
        Binding("home", "column(0)", "first column", id="matrix.first_column", show=False),
        Binding("end,dollar_sign", "column(-1)", "last column", id="matrix.last_column", show=False),
        Binding("g", "row(0)", "first corps", id="matrix.first_row", show=False),
        Binding("G", "row(-1)", "last corps", id="matrix.last_row", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another cell; `dimension` is None on the end score, `corps` where none is shown."""

        corps: str | None
        dimension: str | None

    @dataclass
    class Opened(Message):
        """The cell under the cursor was chosen."""

        corps: str
        dimension: str | None

    def __init__(self, view: View, signs: Signs, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.signs = signs
        self.row = 0
        self.column = 0
        self.empty_text = ""
        self._look_at(view)
        self._corps = list(view.corps)
        self._sorted_column: int | None = None

    def show(self, view: View, corps: Sequence[str], sorted_column: int | None = None) -> None:
        """Show these corps of a view in this order; the cursor stays on its corps where that is still there."""
        before = self.corps
        if view is not self._view:
            self._look_at(view)
        self._corps = list(corps)
        self._sorted_column = sorted_column
        self.row = self._corps.index(before) if before in self._corps else 0
        self.column = min(self.column, len(self._dimensions))
        self.refresh()
        self._tell()

    def _look_at(self, view: View) -> None:
        """Take from the view what stays the same as long as it is looked at."""
        self._view = view
        self._dimensions = list(view.dimensions.values())
        self._areas = [dimension.area for dimension in self._dimensions]
        self._longest = max((self.signs.width(found.name) for found in view.corps.values()), default=0)

    @property
    def corps(self) -> str | None:
        """The corps under the cursor."""
        return self._corps[self.row] if self._corps else None

    @property
    def dimension(self) -> str | None:
        """The dimension under the cursor, or None on the end score."""
        return self._dimensions[self.column].id if self.column < len(self._dimensions) else None

    def go_to(self, corps: str, dimension: str | None) -> None:
        """Put the cursor on a cell; a corps or dimension that is not shown leaves it where it is."""
        names = [found.id for found in self._dimensions]
        row = self._corps.index(corps) if corps in self._corps else self.row
        self._move(row, len(names) if dimension is None else names.index(dimension))

    def action_step(self, rows: int, columns: int) -> None:
        """Move by cells."""
        self._move(self.row + rows, self.column + columns)

    def action_turn(self, pages: int) -> None:
        """Move by pages."""
        self._move(self.row + pages * self._page_length, self.column)

    def action_column(self, column: int) -> None:
        """Move to a column, counted from the end if negative."""
        self._move(self.row, column if column >= 0 else len(self._dimensions) + 1 + column)

    def action_row(self, row: int) -> None:
        """Move to a row, counted from the end if negative."""
        self._move(row if row >= 0 else len(self._corps) + row, self.column)

    def key_enter(self) -> None:
        """Open the cell under the cursor."""
        if self.corps is not None:
            self.post_message(self.Opened(self.corps, self.dimension))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click opens the cell."""
        row = self._first_row + event.y - HEADER_LINES
        if event.y < HEADER_LINES or row >= len(self._corps):
            return
        columns = self._columns
        found = [column for column, x in columns.shown if x <= event.x < x + columns.cell_width]
        column = found[0] if found else len(self._dimensions) if event.x >= columns.verdict_x else self.column
        if (row, column) == (self.row, self.column) and event.chain > 1:
            self.key_enter()
        self._move(row, column)

    def _move(self, row: int, column: int) -> None:
        row = max(0, min(row, len(self._corps) - 1))
        column = max(0, min(column, len(self._dimensions)))
        if (row, column) == (self.row, self.column):
            return
        before, page, columns = (self.row, self.column), self._first_row, self._columns
        self.row, self.column = row, column
        if page != self._first_row or columns != self._columns:
            self.refresh()
        else:
            for cell in (before, (row, column)):
                self.refresh(*self._regions(*cell))
        self._tell()

    def _tell(self) -> None:
        self.post_message(self.Moved(self.corps, self.dimension))

    @property
    def _page_length(self) -> int:
        return max(1, self.size.height - HEADER_LINES)

    @property
    def _first_row(self) -> int:
        return self.row // self._page_length * self._page_length

    @property
    def _columns(self) -> Columns:
        return lay_out(self.size.width, self._longest, self._areas, min(self.column, len(self._areas) - 1))

    def _regions(self, row: int, column: int) -> list[Region]:
        """What a cursor on this cell lights up: the cell, the corps's name, the heads of the column."""
        columns, y = self._columns, row - self._first_row + HEADER_LINES
        name = Region(0, y, columns.name_width, 1)
        if column == len(self._dimensions):
            x, cell, head = columns.verdict_x, VERDICT_WIDTH, VERDICT_WIDTH
        elif (found := columns.x(column)) is not None:
            x, cell, head = found, columns.cell_width, _code_room(columns, found)
        else:
            return [name]
        return [name, Region(x, y, cell, 1), Region(x, 1, head, HEADER_LINES - 1)]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        columns = self._columns
        if y == 0:
            segments = self._area_line(columns)
        elif y < HEADER_LINES:
            segments = self._code_line(columns, y - 1)
        elif self._first_row + y - HEADER_LINES < len(self._corps):
            segments = self._row_line(columns, self._first_row + y - HEADER_LINES)
        elif not self._corps and y == HEADER_LINES + 1:
            segments = [Segment(self.empty_text, BOLD)]
        else:
            segments = []
        return (
            Strip(segments).simplify().adjust_cell_length(self.size.width, self.rich_style).apply_style(self.rich_style)
        )

    def _area_line(self, columns: Columns) -> list[Segment]:
        corps = self.signs.fit(self._view.say("corps"), columns.name_width)
        segments = [Segment(corps, BOLD)]
        ends = [*columns.gaps[1:], columns.verdict_x]
        starts = {x - 1: column for column, x in columns.shown if x - 1 in columns.gaps}
        for gap, end in zip(columns.gaps, ends, strict=True):
            area = self._view.framework.area(self._areas[starts[gap]])
            segments.append(Segment(self.signs.bar, DIM))
            segments.append(Segment(self.signs.fit(self._view.say.of(area.name), end - gap - 1), AREA))
        return [*segments, Segment(self.signs.bar, DIM), Segment(self._view.say("verdict"), AREA)]

    def _code_line(self, columns: Columns, line: int) -> list[Segment]:
        """Codes of the dimensions; where cells are narrow, every other one a line lower."""
        cells = [Segment(" ", PLAIN)] * (columns.verdict_x + VERDICT_WIDTH)

        def put(x: int, text: str, style: Style) -> None:
            width = cell_len(text)
            cells[x : x + width] = [Segment(text, style), *[Segment("")] * (width - 1)]

        for gap in (*columns.gaps, columns.verdict_x):
            put(gap, self.signs.bar, DIM)
        for place, (column, x) in enumerate(columns.shown):
            if place % 2 == line if _staggered(columns) else line == 1:
                code = self.signs.text(self._dimensions[column].short)
                put(x, set_cell_size(code, min(cell_len(code), _code_room(columns, x))), self._head_style(column))
        if line == 1:
            heads = f"{self._view.say('computed')[0]}  {self._view.say('published')[0]}"
            put(columns.verdict_x + 2, heads, self._head_style(len(self._dimensions)))
        return cells

    def _head_style(self, column: int) -> Style:
        return CURSOR if column == self.column else AREA if column == self._sorted_column else PLAIN

    def _row_line(self, columns: Columns, row: int) -> list[Segment]:
        corps = self._view.corps[self._corps[row]]
        here = row == self.row
        name = self.signs.fit(corps.name, columns.name_width - 1) + " "
        segments = [Segment(name, CURSOR if here else PLAIN)]
        gaps = set(columns.gaps)
        for column, x in columns.shown:
            if x - 1 in gaps:
                segments.append(Segment(self.signs.bar, DIM))
            levels = self._levels(corps.scores[self._dimensions[column].id].possible)
            text = sign_cell(self.signs, levels, columns.cell_width)
            style = paint(levels[0]) if len(levels) == 1 else BOLD
            segments.append(Segment(text, CURSOR if here and column == self.column else style))
        segments.append(Segment(self.signs.bar, DIM))
        return segments + self._verdict_cells(corps.id, here and self.column == len(self._dimensions))

    def _levels(self, possible: Sequence[str]) -> list[Level]:
        """The levels that are possible, or the blank."""
        scale = self._view.scale
        return [scale[level_id] for level_id in possible] or [scale.blank]

    def _verdict_cells(self, corps_id: str, cursor: bool) -> list[Segment]:
        found = self._view.verdicts[corps_id]
        segments = []
        published = found.published.possible if found.published else ()
        for possible in (found.weighing.possible, published):
            levels = self._levels(possible)
            style = CURSOR if cursor else paint(levels[0]) if len(levels) == 1 else BOLD
            segments.append(Segment(sign_cell(self.signs, levels, 3), style))
        segments.append(Segment(f" {self.signs.agreement(found.agreement)}", CURSOR if cursor else BOLD))
        return segments


def _staggered(columns: Columns) -> bool:
    """Whether cells are too narrow for codes side by side."""
    return columns.cell_width < 4


def _code_room(columns: Columns, x: int) -> int:
    """The cells that the code of the column at x may take; a rule gives way to the end of a code."""
    return min(columns.cell_width * (2 if _staggered(columns) else 1), columns.verdict_x + 1 - x)
