"""A page of lines to read: the cursor goes from line to line, and enter follows a line that leads somewhere.

A page that is longer than the screen has a row above it for the head of what is read there, and how far that is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kmtui.charts import chart_rows
from kmtui.elements import Line, Page, Target
from kmtui.tui.drawing import Signs, drawn
from kmtui.tui.search import Index, next_of
from kmtui.tui.widgets.rows import Rows

INDENT = 2
LEAD = 2
"""Cells at the left for the pointer."""
MEASURE = 100
"""Cells of a row of prose at the most; longer ones are hard to read."""
REMEMBERED = 512
"""How many lines stay wrapped: pages that follow each other in one place may share most of theirs."""
FOUND = "*"
"""What marks a line that was looked for."""
ROOM = 10
"""Rows from which on one is spared for the head of what is read."""
HERE, ELSEWHERE = Style(bold=True, reverse=True), Style(dim=True)


class PageView(Widget, can_focus=True):
    """Shows a page, wrapped to the width of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "up", id="page.up", show=False),
        Binding("down,j", "step(1)", "down", id="page.down", show=False),
        Binding("J,tab", "link(1)", "next link", id="page.next_link", show=False),
        Binding("K,shift+tab", "link(-1)", "previous link", id="page.previous_link", show=False),
        Binding("pageup,b", "turn(-1)", "page up", id="page.page_up", show=False),
        Binding("pagedown,space", "turn(1)", "page down", id="page.page_down", show=False),
        Binding("home,g", "edge(-1)", "top", id="page.top", show=False),
        Binding("end,G", "edge(1)", "bottom", id="page.bottom", show=False),
        Binding("enter", "open", "open", id="open", show=False),
    ]

    @dataclass
    class Followed(Message):
        """A line that leads somewhere was chosen."""

        target: Target

    def __init__(self, page: Page, signs: Signs, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.signs = signs
        self._wrapped = lru_cache(REMEMBERED)(self._wrap)
        self.show(page)

    def show(self, page: Page) -> None:
        """Show another page from its top."""
        self._top = self.cursor = 0
        self._drawn: list[list[Segment]] = []
        self._rows = Rows.of((), 0)
        self._above = 0
        self.say_anew(page)

    def say_anew(self, page: Page) -> None:
        """Show the same page in other words, at the place where it was read."""
        self.page = page
        self._stops = [at for at, line in enumerate(page.lines) if line.spans]
        self._links = [at for at, line in enumerate(page.lines) if line.target]
        self._heads = [at for at, line in enumerate(page.lines) if line.is_head]
        self._found: list[int] = []
        self.cursor = min(self._stops, key=lambda at: abs(at - self.cursor), default=0)
        self._laid_out_for: Size | None = None
        self.refresh()

    def action_step(self, direction: int) -> None:
        """Read on in a line that is longer than the screen, else move to the next line with text."""
        top = self._lay_out().read_on(self.cursor, self._top, direction) if self._stops else self._top
        if top != self._top:
            self._move(self.cursor, top)
        else:
            self._seek(self._stops, direction)

    def action_link(self, direction: int) -> None:
        """Move to the next line that leads somewhere."""
        self._seek(self._links, direction)

    def action_turn(self, pages: int) -> None:
        """Turn the page; the cursor keeps its height on the screen, and goes to the edge where nothing is left."""
        rows = self._lay_out()
        top = rows.bounded(self._top + pages * rows.page)
        if top == self._top:
            self.action_edge(pages)
            return
        wanted = rows.starts[self.cursor] - self._top + top
        lines = [line for line in rows.in_sight(top) if self.page.lines[line].spans]
        self._move(min(lines, key=lambda line: abs(max(rows.starts[line], top) - wanted), default=self.cursor), top)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last line."""
        if self._stops:
            rows = self._lay_out()
            self._move(self._stops[-1 if direction > 0 else 0], rows.bounded(rows.starts[-1] if direction > 0 else 0))

    def action_open(self) -> None:
        """Follow the line under the cursor."""
        if self.page.lines and (target := self.page.lines[self.cursor].target):
            self.post_message(self.Followed(target))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click follows the line."""
        rows = self._lay_out()
        line = rows.line_at(self._top + event.y - self._above)
        if event.y >= self._above and line < len(self.page.lines):
            self._move(line, self._top)
            if event.chain > 1:
                self.action_open()

    def on_mouse_scroll_down(self) -> None:
        """Scroll with the wheel."""
        self.action_step(1)

    def on_mouse_scroll_up(self) -> None:
        """Scroll with the wheel."""
        self.action_step(-1)

    def seek(self, typed: str) -> int:
        """Mark the lines that have these words, and go to the first of them from the cursor on; how many there are."""
        self.mark(typed)
        if self._found:
            self._go(next_of(self._found, self.cursor - 1, 1))
        return len(self._found)

    def mark(self, typed: str) -> None:
        """Mark the lines that have these words."""
        index = Index(["".join(span.text for span in line.spans) for line in self.page.lines] if typed else [])
        self._found = index.numbers(typed)
        self.refresh()

    def again(self, step: int) -> None:
        """Go to the next or the previous line that was found, round to the first or the last."""
        if self._found:
            self._go(next_of(self._found, self.cursor, step))

    def _go(self, line: int) -> None:
        self._move(line, self._lay_out().reveal(line, self._top))

    def _seek(self, lines: Sequence[int], direction: int) -> None:
        """Move to the nearest of the lines in a direction, if there is one."""
        at = bisect_right(lines, self.cursor) if direction > 0 else bisect_left(lines, self.cursor) - 1
        if 0 <= at < len(lines):
            self._go(lines[at])

    def _move(self, line: int, top: int) -> None:
        before, self.cursor = self.cursor, line
        if top != self._top:
            self._top = top
            self.refresh()
        elif line != before:
            self.refresh(*map(self._lead, (before, line)))

    def _lead(self, line: int) -> Region:
        """Where a line is marked."""
        rows = self._rows.of_line(line)
        return Region(0, rows.start - self._top + self._above, LEAD, len(rows))

    def _lay_out(self) -> Rows:
        """The rows at the present size; lines are wrapped once for each size, and what was read stays in sight."""
        if self._laid_out_for != self.size:
            reading = self._rows.line_at(self._top) if self._drawn else 0
            lines = [self._wrapped(line, self.size.width) for line in self.page.lines]
            self._drawn = [row for rows in lines for row in rows]
            height = self.size.height
            self._above = int(len(self._drawn) > height >= ROOM)
            self._rows = Rows.of(map(len, lines), height - self._above)
            self._laid_out_for = self.size
            if lines:
                top = self._rows.starts[min(reading, len(lines) - 1)]
                self._top = self._rows.reveal(self.cursor, self._rows.bounded(top))
        return self._rows

    def _wrap(self, line: Line, width: int) -> list[list[Segment]]:
        console = _console(width)
        indent = " " * (line.indent * INDENT)
        lead = drawn(line.lead(width // 2), self.signs)
        text = drawn(line.spans, self.signs)[len(lead) :]
        hanging = indent + " " * (lead.cell_len or 2 * text.plain.startswith("- "))
        room = max(20, width - LEAD - len(hanging) - 1)
        is_prose = all(span.at is None for span in line.spans)
        rows = []
        for at, part in enumerate(text.wrap(console, min(room, MEASURE) if is_prose else room)):
            part.end = lead.end = ""
            before = [Segment(hanging)] if at else [Segment(indent), *lead.render(console)]
            rows.append([*before, *part.render(console)])
        if line.chart is not None:
            chart = chart_rows(line.chart, max(20, width - LEAD - len(indent) - 1), self.signs.unicode)
            rows += [[Segment(indent + self.signs.text(row))] for row in chart]
        return rows or [[]]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        rows = self._lay_out()
        at = self._top + y - self._above
        segments = []
        if y < self._above:
            segments = self._head()
        elif at < len(self._drawn):
            number = rows.line_at(at)
            mark, style = self._mark(number, at == rows.starts[number])
            segments = [Segment(mark.ljust(LEAD), style), *self._drawn[at]]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style).apply_style(self.rich_style)

    def _head(self) -> list[Segment]:
        """The head of what is read, where that is out of sight, and which part of the page is in sight."""
        rows, top = self._rows, self._top
        bottom = min(top + rows.height, rows.starts[-1])
        place = f"{100 * bottom // rows.starts[-1]}% "
        width = self.size.width - LEAD - len(place)
        at = bisect_right(self._heads, rows.line_at(top)) - 1
        head: list[Segment] = []
        if at >= 0 and (start := rows.starts[self._heads[at]]) < top:
            head = self._drawn[start]
        told = Strip(head).adjust_cell_length(width)
        return [Segment(" " * LEAD), *told, Segment(place, ELSEWHERE)]

    def _mark(self, line: int, first: bool) -> tuple[str, Style]:
        """What stands before a row: whether its line leads somewhere, and whether the cursor is on it."""
        here = line == self.cursor and self.can_focus
        leads = self.page.lines[line].target is not None
        mark = self.signs.pointer if leads else self.signs.bullet if here else " "
        found = FOUND if line in self._found else ""
        return f"{mark}{found}" if first else "", HERE if here else ELSEWHERE


@lru_cache
def _console(width: int) -> Console:
    """What wraps text to a width."""
    return Console(width=max(20, width), legacy_windows=False, color_system="truecolor")
