"""A page of lines to read: the cursor goes from line to line, and enter follows a line that leads somewhere."""

from dataclasses import dataclass
from typing import ClassVar

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kmtui.pages import Line, Page, Target
from kmtui.tui.drawing import Signs, drawn

INDENT = 2
MARGIN = 2
"""Cells at the left for the pointer, and lines that stay in sight above the cursor when the page turns."""


class PageView(Widget, can_focus=True):
    """Shows a page, wrapped to the width of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "up", id="page.up", show=False),
        Binding("down,j", "step(1)", "down", id="page.down", show=False),
        Binding("tab", "link(1)", "next link", id="page.next_link", show=False),
        Binding("shift+tab", "link(-1)", "previous link", id="page.previous_link", show=False),
        Binding("pageup,b", "turn(-1)", "page up", id="page.page_up", show=False),
        Binding("pagedown,space", "turn(1)", "page down", id="page.page_down", show=False),
        Binding("home,g", "edge(-1)", "top", id="page.top", show=False),
        Binding("end,G", "edge(1)", "bottom", id="page.bottom", show=False),
    ]

    @dataclass
    class Followed(Message):
        """A line that leads somewhere was chosen."""

        target: Target

    def __init__(self, page: Page, signs: Signs, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.signs = signs
        self.show(page)

    def show(self, page: Page) -> None:
        """Show another page from its top."""
        self.page = page
        self.cursor = next((at for at, line in enumerate(page.lines) if line.spans), 0)
        self._top = 0
        self._rows: list[tuple[int, list[Segment]]] = []
        self._wrapped_to = Size(0, 0)
        self.refresh()

    def action_step(self, lines: int) -> None:
        """Move to the next line with text."""
        at = self.cursor + lines
        while 0 <= at < len(self.page.lines) and not self.page.lines[at].spans:
            at += lines
        self._move(at)

    def action_link(self, direction: int) -> None:
        """Move to the next line that leads somewhere."""
        at = self.cursor + direction
        while 0 <= at < len(self.page.lines) and self.page.lines[at].target is None:
            at += direction
        self._move(at)

    def action_turn(self, pages: int) -> None:
        """Move by a screenful."""
        self._wrap()
        row = self._first_row(self.cursor) + pages * max(1, self.size.height - MARGIN)
        self._move(self._rows[max(0, min(row, len(self._rows) - 1))][0] if self._rows else 0)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last line."""
        self._move(len(self.page.lines) - 1 if direction > 0 else 0)

    def key_enter(self) -> None:
        """Follow the line under the cursor."""
        if self.page.lines and (target := self.page.lines[self.cursor].target):
            self.post_message(self.Followed(target))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a second click follows the line."""
        self._wrap()
        if self._top + event.y < len(self._rows):
            self._move(self._rows[self._top + event.y][0])
            if event.chain > 1:
                self.key_enter()

    def on_mouse_scroll_down(self) -> None:
        """Scroll with the wheel."""
        self.action_step(1)

    def on_mouse_scroll_up(self) -> None:
        """Scroll with the wheel."""
        self.action_step(-1)

    def _move(self, line: int) -> None:
        if 0 <= line < len(self.page.lines) and line != self.cursor:
            self.cursor = line
            self.refresh()

    def _first_row(self, line: int) -> int:
        return next((at for at, (number, _) in enumerate(self._rows) if number == line), 0)

    def _wrap(self) -> None:
        """Wrap the lines to the present width, once for each width."""
        if self._wrapped_to == self.size:
            return
        self._wrapped_to = self.size
        console = Console(width=max(20, self.size.width), legacy_windows=False, color_system="truecolor")
        self._rows = [
            (number, row) for number, line in enumerate(self.page.lines) for row in self._wrapped(line, console)
        ]

    def _wrapped(self, line: Line, console: Console) -> list[list[Segment]]:
        indent = " " * (line.indent * INDENT)
        text = drawn(line.spans, self.signs)
        hanging = indent + ("  " if text.plain.startswith("- ") else "")
        rows = []
        for at, part in enumerate(text.wrap(console, max(20, self.size.width - MARGIN - len(hanging) - 1))):
            part.rstrip()
            part.end = ""
            rows.append([Segment(hanging if at else indent), *part.render(console)])
        return rows or [[]]

    def _scroll(self) -> None:
        """Turn the page where the cursor has left it."""
        rows = [at for at, (number, _) in enumerate(self._rows) if number == self.cursor]
        if not rows:
            return
        height = max(1, self.size.height)
        if rows[-1] >= self._top + height:
            self._top = max(0, rows[0] - MARGIN if len(rows) + MARGIN <= height else rows[0])
        elif rows[0] < self._top:
            self._top = max(0, rows[-1] - height + 1 + MARGIN)
        if self.cursor == next((at for at, line in enumerate(self.page.lines) if line.spans), 0):
            self._top = 0

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        if y == 0:
            self._wrap()
            self._scroll()
        at = self._top + y
        if at >= len(self._rows):
            return Strip([]).adjust_cell_length(self.size.width, self.rich_style).apply_style(self.rich_style)
        number, row = self._rows[at]
        line = self.page.lines[number]
        first = at == 0 or self._rows[at - 1][0] != number
        here = number == self.cursor
        mark = (
            (self.signs.pointer if line.target else "-" if not self.signs.unicode else "·") if here and first else " "
        )
        lead = f"{mark} " if here or not (first and line.target) else f"{self.signs.pointer} "
        style = Style(bold=True, reverse=True) if here else Style(dim=True)
        strip = Strip([Segment(lead, style), *row]).adjust_cell_length(self.size.width, self.rich_style)
        return strip.apply_style(self.rich_style)
