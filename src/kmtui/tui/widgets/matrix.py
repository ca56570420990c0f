"""A grid on the screen: names at the left, columns in their groups, the end of the row at the side.

Only visible rows are drawn, and a cursor step redraws two cells. The matrix turns pages; it does not scroll by line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, cast

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kmtui.pages.grids import Grid, Judged
from kmtui.render.signs import Signs
from kmtui.tui.colours import Colours
from kmtui.tui.context import Interface
from kmtui.tui.drawing import paint, sign_cell
from kmtui.tui.themes import CURSOR_INK
from kmtui.tui.widgets.columns import END_WIDTH, Columns, lay_out
from kmtui.tui.widgets.row_lines import RowLines

HEADER_LINES = 3
END_CELL = 3
PLAIN, BOLD, DIM = Style(), Style(bold=True), Style(dim=True)
GROUP = Style(bold=True, underline=True)
CURSOR = Style(bold=True, reverse=True)

Change = Callable[[str, int], str | None]
"""Whether a cell, by the id of its row and the number of its column, became `better` or `worse`."""


class MatrixView(Widget, can_focus=True):
    """A grid with a cursor on one cell; the column after the last is the end of the row, if it has one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1, 0)", "up", id="matrix.up", show=False),
        Binding("down,j", "step(1, 0)", "down", id="matrix.down", show=False),
        Binding("left,h", "step(0, -1)", "left", id="matrix.left", show=False),
        Binding("right,l", "step(0, 1)", "right", id="matrix.right", show=False),
        Binding("pageup,b", "turn(-1)", "page up", id="matrix.page_up", show=False),
        Binding("pagedown,space", "turn(1)", "page down", id="matrix.page_down", show=False),
        Binding("home", "column(0)", "first column", id="matrix.first_column", show=False),
        Binding("end,dollar_sign", "column(-1)", "last column", id="matrix.last_column", show=False),
        Binding("g", "row(0)", "first row", id="matrix.first_row", show=False),
        Binding("G", "row(-1)", "last row", id="matrix.last_row", show=False),
        Binding("enter", "open", "open", id="open", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor moved; `column` is None at the end of the row, `row` is None if no row is shown."""

        row: str | None
        column: str | None

    @dataclass
    class Opened(Message):
        """The cell under the cursor was chosen."""

        row: str
        column: str | None

    def __init__(self, grid: Grid, signs: Signs, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.signs = signs
        self.row = 0
        self.column = 0
        self.empty_text = ""
        self._look_at(grid)
        self.row_lines = RowLines.plain(grid.names)
        self._sorted_column: int | None = None
        self._change: Change = _unknown

    def show(self, grid: Grid, row_lines: RowLines, sorted_column: int | None = None) -> None:
        """Show these rows of a grid; the cursor stays on its row if that is shown."""
        before = self.row_id
        if grid is not self._grid:
            self._look_at(grid)
        self.row_lines = row_lines
        self._sorted_column = sorted_column
        self.row = row_lines.rows.index(before) if before in row_lines.rows else 0
        self.column = self._bounded(self.column)
        self.refresh()
        self._tell()

    def mark(self, change: Change) -> None:
        """Mark the cells that became better or worse."""
        self._change = change
        self.refresh()

    def _look_at(self, grid: Grid) -> None:
        """Cache what depends on the grid alone."""
        self._grid = grid
        self._groups = [column.group for column in grid.columns]
        self._longest = max(map(self.signs.width, grid.names.values()), default=0)
        self._laid_out: dict[tuple[int, int], Columns] = {}
        self._change = _unknown

    @property
    def row_id(self) -> str | None:
        """The row under the cursor."""
        return self.row_lines.rows[self.row] if self.row_lines.rows else None

    @property
    def column_id(self) -> str | None:
        """The column under the cursor, or None at the end of the row."""
        return self._grid.column_id(self.column)

    def go_to(self, row_id: str, column_id: str | None) -> None:
        """Move the cursor to a cell; if its row is not shown, keep the present row."""
        names = [column.id for column in self._grid.columns]
        row = self.row_lines.rows.index(row_id) if row_id in self.row_lines.rows else self.row
        self.move(row, names.index(column_id) if column_id in names else len(names))

    def action_step(self, rows: int, columns: int) -> None:
        """Move by cells."""
        self.move(self.row + rows, self.column + columns)

    def action_turn(self, pages: int) -> None:
        """Move by pages."""
        if self.row_lines.rows:
            self.move(self.row_lines.row_near(self.row_lines.places[self.row] + pages * self._page_length), self.column)

    def action_column(self, column: int) -> None:
        """Move to a column, counted from the end if negative."""
        self.move(self.row, column if column >= 0 else self._grid.width + column)

    def action_row(self, row: int) -> None:
        """Move to a row, counted from the end if negative."""
        self.move(row if row >= 0 else len(self.row_lines.rows) + row, self.column)

    def action_open(self) -> None:
        """Open the cell under the cursor."""
        if self.row_id is not None:
            self.post_message(self.Opened(self.row_id, self.column_id))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the mouse; a second click opens the cell."""
        found = self._line(event.y)
        if not isinstance(found, int):
            return
        columns = self._columns
        under = [column for column, x in columns.shown if x <= event.x < x + columns.cell_width]
        at_end = self._grid.ends and event.x >= columns.end_x
        column = under[0] if under else len(self._grid.columns) if at_end else self.column
        if (found, column) == (self.row, self.column) and event.chain > 1:
            self.action_open()
        self.move(found, column)

    def move(self, row: int, column: int) -> None:
        """Move the cursor to the cell nearest to these indexes."""
        row = max(0, min(row, len(self.row_lines.rows) - 1))
        column = self._bounded(column)
        if (row, column) == (self.row, self.column):
            return
        before, page, columns = (self.row, self.column), self._top, self._columns
        self.row, self.column = row, column
        if page != self._top or columns != self._columns:
            self.refresh()
        else:
            for cell in (before, (row, column)):
                self.refresh(*self._regions(*cell))
        self._tell()

    def _bounded(self, column: int) -> int:
        return max(0, min(column, self._grid.width - 1))

    def _tell(self) -> None:
        self.post_message(self.Moved(self.row_id, self.column_id))

    @property
    def _page_length(self) -> int:
        return max(1, self.size.height - HEADER_LINES)

    @property
    def _top(self) -> int:
        return self.row_lines.top(self.row, self._page_length)

    def _line(self, y: int) -> int | str | None:
        """The row index or head text on a screen line."""
        at = self._top + y - HEADER_LINES
        return self.row_lines.lines[at] if y >= HEADER_LINES and at < len(self.row_lines.lines) else None

    @property
    def _columns(self) -> Columns:
        at = self.size.width, min(self.column, max(0, len(self._groups) - 1))
        if at not in self._laid_out:
            end = END_WIDTH if self._grid.ends else 0
            self._laid_out[at] = lay_out(self.size.width, self._longest, self._groups, at[1], end)
        return self._laid_out[at]

    def _regions(self, row: int, column: int) -> list[Region]:
        """The regions that a cursor on this cell highlights: the cell, the row name, the column heads."""
        if not self.row_lines.rows:
            return []
        columns, y = self._columns, self.row_lines.places[row] - self._top + HEADER_LINES
        name = Region(0, y, columns.name_width, 1)
        if column == len(self._grid.columns):
            x, cell, head = columns.end_x, END_WIDTH, END_WIDTH
        elif (found := columns.x(column)) is not None:
            x, cell, head = found, columns.cell_width, _code_room(columns, found)
        else:
            return [name]
        return [name, Region(x, y, cell, 1), Region(x, 1, head, HEADER_LINES - 1)]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        columns, found = self._columns, self._line(y)
        if y == 0:
            segments = self._group_line(columns)
        elif y < HEADER_LINES:
            segments = self._code_line(columns, y - 1)
        elif isinstance(found, int):
            segments = self._row_line(columns, found)
        elif found is not None:
            segments = [Segment(self.signs.fit(found, self.size.width), BOLD)]
        elif not self.row_lines.rows and y == HEADER_LINES + 1:
            segments = [Segment(self.empty_text, BOLD)]
        else:
            segments = []
        return (
            Strip(segments).simplify().adjust_cell_length(self.size.width, self.rich_style).apply_style(self.rich_style)
        )

    def _group_line(self, columns: Columns) -> list[Segment]:
        segments = [Segment(self.signs.fit(self._grid.head, columns.name_width), BOLD)]
        ends = [*columns.gaps[1:], columns.end_x if self._grid.ends else self.size.width]
        starts = {x - 1: column for column, x in columns.shown if x - 1 in columns.gaps}
        for gap, end in zip(columns.gaps, ends, strict=False):
            group = self._grid.groups[self._groups[starts[gap]]]
            segments.append(Segment(self.signs.bar, DIM))
            segments.append(Segment(self.signs.fit(group, end - gap - 1), GROUP))
        if self._grid.ends:
            segments += [Segment(self.signs.bar, DIM), Segment(self._grid.end_head, GROUP)]
        return segments

    def _code_line(self, columns: Columns, line: int) -> list[Segment]:
        """Codes of the columns; if cells are narrow, every other one is a line lower."""
        cells = [Segment(" ", PLAIN)] * (columns.end_x + END_WIDTH)

        def put(x: int, text: str, style: Style) -> None:
            width = cell_len(text)
            cells[x : x + width] = [Segment(text, style), *[Segment("")] * (width - 1)]

        for gap in (*columns.gaps, *([columns.end_x] if self._grid.ends else [])):
            put(gap, self.signs.bar, DIM)
        for place, (column, x) in enumerate(columns.shown):
            if place % 2 == line if _staggered(columns) else line == 1:
                code = self.signs.text(self._grid.columns[column].short)
                put(x, set_cell_size(code, min(cell_len(code), _code_room(columns, x))), self._head_style(column))
        if line == 1 and self._grid.ends:
            heads = "  ".join(name[0] for name in self._grid.ends.values())
            put(columns.end_x + 2, heads, self._head_style(len(self._grid.columns)))
        return cells

    def _head_style(self, column: int) -> Style:
        return CURSOR if column == self.column else GROUP if column == self._sorted_column else PLAIN

    def _row_line(self, columns: Columns, row: int) -> list[Segment]:
        row_id = self.row_lines.rows[row]
        here = row == self.row
        name = self.signs.fit(self._grid.names[row_id], columns.name_width - 1) + " "
        segments = [Segment(name, CURSOR if here else PLAIN)]
        cells, gaps = self._grid.row(row_id).cells, set(columns.gaps)
        for column, x in columns.shown:
            if x - 1 in gaps:
                segments.append(Segment(self.signs.bar, DIM))
            cursor = here and column == self.column
            segments.append(self._cell(cells[column], columns.cell_width, cursor, self._change(row_id, column)))
        if self._grid.ends:
            segments += self._end_cells(row_id, here and self.column == len(self._grid.columns))
        return segments

    def _end_cells(self, row_id: str, cursor: bool) -> list[Segment]:
        """The judgements at the end of a row; what changed is marked at the last of them."""
        row = self._grid.row(row_id)
        change = self._change(row_id, len(self._grid.columns))
        last = len(row.ends) - 1
        cells = [
            self._cell(judged, END_CELL, cursor, change if at == last else None) for at, judged in enumerate(row.ends)
        ]
        agreement = Segment(f" {self.signs.agreement(row.agreement)}", CURSOR if cursor else BOLD)
        return [Segment(self.signs.bar, DIM), *cells, agreement]

    def _cell(self, judged: Judged, width: int, cursor: bool, change: str | None) -> Segment:
        if judged is None:
            return Segment(" " * width, CURSOR if cursor else PLAIN)
        scale = self._grid.scale
        levels = [scale[level_id] for level_id in judged] or [scale.blank]
        text = sign_cell(self.signs, levels, width, self.signs.change(change) if change else "")
        return Segment(text, self._on_cell if cursor else paint(levels[0], scale) if len(levels) == 1 else BOLD)

    @property
    def _on_cell(self) -> Style:
        """The style of the cursor on a level: the accent of the theme if there are colours for it."""
        accent = self.app.current_theme.accent
        many = cast(Interface, self.app).colours is Colours.MANY
        return Style(bold=True, color=CURSOR_INK, bgcolor=accent) if many and accent else CURSOR


def _unknown(_row_id: str, _column: int) -> None:
    """The default: no changes."""


def _staggered(columns: Columns) -> bool:
    """Whether cells are too narrow for codes side by side."""
    return columns.cell_width < 4


def _code_room(columns: Columns, x: int) -> int:
    """The width available for the code of the column at x; a code may cover the rule after it."""
    return min(columns.cell_width * (2 if _staggered(columns) else 1), columns.end_x + 1 - x)
