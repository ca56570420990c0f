"""A document viewer: the cursor moves from entry to entry, and enter follows links.

In a table the cursor chooses a column as well, by which the rows can be sorted. A document that is longer than the
screen has a row above it with the head of what is read there, and how far that is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kmtui.blocks import Document, Table, Target, tables
from kmtui.render.arrange import Order, filtered, ordered
from kmtui.render.layout import Entry, Layout
from kmtui.render.signs import Signs, width_of
from kmtui.tui.drawing import segments
from kmtui.tui.search import Index, next_of
from kmtui.tui.widgets.rows import Rows
from kmtui.wording import Wording

INDENT = 2
LEAD = 2
"""Cells at the left for the pointer."""
NARROWEST = 20
MEASURE = 100
"""Maximum width of prose; longer lines are hard to read."""
FOUND = "*"
"""The mark of entries that match the search."""
ROOM = 10
"""Minimum height of the screen to keep the present heading in its first row."""
HERE, ELSEWHERE = Style(bold=True, reverse=True), Style(dim=True)


class Spot(NamedTuple):
    """A part of an entry that the cursor can choose: a cell of a table, or a link in running text."""

    row: int
    start: int
    end: int
    target: Target | None
    column: int = -1
    """The column of a cell."""


class PageView(Widget, can_focus=True):
    """Shows a document, laid out to the width of the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "up", id="page.up", show=False),
        Binding("down,j", "step(1)", "down", id="page.down", show=False),
        Binding("left,h", "spot(-1)", "left", id="page.left", show=False),
        Binding("right,l", "spot(1)", "right", id="page.right", show=False),
        Binding("J,tab", "link(1)", "next link", id="page.next_link", show=False),
        Binding("K,shift+tab", "link(-1)", "previous link", id="page.previous_link", show=False),
        Binding("right_curly_bracket", "section(1)", "next section", id="page.next_section", show=False),
        Binding("left_curly_bracket", "section(-1)", "previous section", id="page.previous_section", show=False),
        Binding("pageup,b", "turn(-1)", "page up", id="page.page_up", show=False),
        Binding("pagedown,space", "turn(1)", "page down", id="page.page_down", show=False),
        Binding("home,g", "edge(-1)", "top", id="page.top", show=False),
        Binding("end,G", "edge(1)", "bottom", id="page.bottom", show=False),
        Binding("s", "sort", "sort", id="page.sort", show=False),
        Binding("enter", "open", "open", id="open", show=False),
    ]

    @dataclass
    class Followed(Message):
        """A link was followed."""

        target: Target

    def __init__(self, page: Document, signs: Signs, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.signs = signs
        self.show(page)

    def show(self, page: Document) -> None:
        """Show another document from its top."""
        self._top = self.cursor = 0
        self._orders: dict[str, Order] = {}
        self._filters: dict[str, str] = {}
        self._entries: list[Entry] = []
        self._rows = Rows.of((), 0)
        self._above = 0
        self.show_again(page)

    def show_again(self, page: Document) -> None:
        """Show the document in another language or state, and keep the reading position."""
        self.page = page
        self._tables = {table.id: table for table in tables(page.blocks)}
        self._found: list[int] = []
        self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        self._laid_out_for: Size | None = None
        self._spot: int | None = None
        self.refresh()

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries at the present size."""
        self._lay_out()
        return self._entries

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        self._lay_out()
        return self._entries[self.cursor] if self._entries else None

    @property
    def target(self) -> Target | None:
        """The target of enter: that of the chosen spot, else of the entry, else of its first link."""
        entry = self.entry
        if entry is None:
            return None
        spots = self._spots(entry)
        if self._spot is not None and self._spot < len(spots) and spots[self._spot].target:
            return spots[self._spot].target
        return entry.target or next((spot.target for spot in spots if spot.target), None)

    @property
    def chosen_table(self) -> Table | None:
        """The table under the cursor as it is shown, if a column of it was chosen, or it was sorted or filtered."""
        found = self._tables.get(self.table_id)
        if found is None or (self._spot is None and found.id not in (*self._orders, *self._filters)):
            return None
        return self._arranged(found)

    def action_step(self, direction: int) -> None:
        """Read on in an entry that is longer than the screen, else move to the next one with text."""
        top = self._lay_out().read_on(self.cursor, self._top, direction) if self._stops else self._top
        if top != self._top:
            self._move(self.cursor, top)
        else:
            self._seek(self._stops, direction)

    def action_link(self, direction: int) -> None:
        """Move to the next entry that is a link as a whole."""
        self._lay_out()
        self._seek(self._links, direction)

    def action_section(self, direction: int) -> None:
        """Move to the next section."""
        self._lay_out()
        self._seek([at for at in self._heads if self._entries[at].kind == "heading"], direction)

    def action_spot(self, direction: int) -> None:
        """Choose the next column of a table, or the next link in running text."""
        entry = self.entry
        spots = self._spots(entry) if entry else ()
        if spots:
            at = self._spot if self._spot is not None else -1 if direction > 0 else len(spots)
            self._spot = max(0, min(at + direction, len(spots) - 1))
            self.refresh(*self._regions(self.cursor))

    def action_turn(self, pages: int) -> None:
        """Turn the page; the cursor keeps its height on the screen, and goes to the edge where nothing is left."""
        rows = self._lay_out()
        top = rows.bounded(self._top + pages * rows.page)
        if top == self._top:
            self.action_edge(pages)
            return
        wanted = rows.starts[self.cursor] - self._top + top
        stops = [at for at in rows.in_sight(top) if self._entries[at].kind != "blank"]
        self._move(min(stops, key=lambda at: abs(max(rows.starts[at], top) - wanted), default=self.cursor), top)

    def action_edge(self, direction: int) -> None:
        """Move to the first or the last entry."""
        rows = self._lay_out()
        if self._stops:
            self._move(self._stops[-1 if direction > 0 else 0], rows.bounded(rows.starts[-1] if direction > 0 else 0))

    def action_open(self) -> None:
        """Follow the link under the cursor."""
        if target := self.target:
            self.post_message(self.Followed(target))

    def action_sort(self) -> None:
        """Sort the table by the chosen column: up, then down, then as it was; the first column if none is chosen."""
        entry, table_id, spot = self.entry, self.table_id, self._spot
        if entry is None or not table_id:
            return
        spots = self._spots(entry)
        column = max(0, spots[spot].column) if spot is not None else 0
        following = {None: Order(column), Order(column): Order(column, True), Order(column, True): None}
        order = following.get(self._orders.pop(table_id, None), Order(column))
        if order:
            self._orders[table_id] = order
        self._lay_out_anew()
        self._spot = spot

    @property
    def table_id(self) -> str:
        """The id of the table under the cursor, if it is in one."""
        entry = self.entry
        return entry.table if entry and entry.table in self._tables else ""

    def filter(self, table_id: str, expression: str) -> int:
        """Show only those rows of a table to which the expression applies; how many (raises FilterError)."""
        table = filtered(self._tables[table_id], expression)
        self._filters[table_id] = expression
        if self.table_id == table_id:
            self.cursor = next(at for at, entry in enumerate(self._entries) if entry.table == table_id)
        self._lay_out_anew()
        return len(table.rows)

    def _arranged(self, table: Table) -> Table:
        expression, order = self._filters.get(table.id), self._orders.get(table.id)
        if expression:
            table = filtered(table, expression)
        return ordered(table, order) if order else table

    def jump(self, anchor: str) -> None:
        """Move to a section, so that it begins at the top."""
        rows = self._lay_out()
        at = next((at for at in self._heads if self._entries[at].anchor == anchor), self.cursor)
        self._move(at, rows.bounded(rows.starts[at]))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the mouse; a second click follows the link."""
        rows = self._lay_out()
        row = self._top + event.y - self._above
        at = rows.line_at(row)
        if event.y < self._above or at >= len(self._entries):
            return
        if event.chain > 1:
            self.action_open()
            return
        self._move(at, self._top)
        place = row - rows.starts[at], event.x - LEAD
        spots = self._spots(self._entries[at])
        self._spot = next(
            (number for number, spot in enumerate(spots) if spot.row == place[0] and spot.start <= place[1] < spot.end),
            None,
        )
        self.refresh(*self._regions(at))

    def on_mouse_scroll_down(self) -> None:
        """Scroll with the wheel."""
        self.action_step(1)

    def on_mouse_scroll_up(self) -> None:
        """Scroll with the wheel."""
        self.action_step(-1)

    def seek(self, typed: str) -> int:
        """Mark matching entries and move to the next one; returns the number of matches."""
        self.mark(typed)
        if self._found:
            self._go(next_of(self._found, self.cursor - 1, 1))
        return len(self._found)

    def mark(self, typed: str) -> None:
        """Mark matching entries."""
        self._lay_out()
        index = Index([entry.text for entry in self._entries] if typed else [])
        self._found = index.numbers(typed)
        self.refresh()

    def again(self, step: int) -> None:
        """Move to the next or previous match, wrapping around."""
        if self._found:
            self._go(next_of(self._found, self.cursor, step))

    def _go(self, at: int) -> None:
        self._move(at, self._lay_out().reveal(at, self._top))

    def _seek(self, stops: Sequence[int], direction: int) -> None:
        """Move to the nearest of these entries in a direction, if there is one."""
        at = bisect_right(stops, self.cursor) if direction > 0 else bisect_left(stops, self.cursor) - 1
        if 0 <= at < len(stops):
            self._go(stops[at])

    def _move(self, at: int, top: int) -> None:
        before, self.cursor = self.cursor, at
        chosen = self._spot
        if at != before:
            self._spot = self._same_column(before, at)
        if top != self._top:
            self._top = top
            self.refresh()
        elif at != before:
            leads = (self._lead(before), self._lead(at)) if chosen is None else self._regions(before, at)
            self.refresh(*leads)

    def _same_column(self, before: int, at: int) -> int | None:
        """The spot of the new entry in the chosen column, if both are in one table."""
        if self._spot is None or not self._entries[before].table:
            return None
        same = self._entries[before].table == self._entries[at].table
        spots = self._spots(self._entries[before])
        is_cell = self._spot < len(spots) and spots[self._spot].column >= 0
        return self._spot if same and is_cell else None

    def _regions(self, *entries: int) -> list[Region]:
        """The rows of entries."""
        return [replace_width(self._lead(at), self.size.width) for at in entries]

    def _lead(self, at: int) -> Region:
        """The place where an entry is marked."""
        rows = self._rows.of_line(at)
        return Region(0, rows.start - self._top + self._above, LEAD, len(rows))

    def _spots(self, entry: Entry) -> tuple[Spot, ...]:
        """What can be chosen in an entry: the cells of its columns, and links outside of them."""
        links = []
        for row, spans in enumerate(entry.rows):
            at = 0
            for span in spans:
                width = width_of(span.text)
                if span.target:
                    links.append(Spot(row, at, at + width, span.target))
                at += width
        if not entry.bounds:
            return tuple(links)
        cells = []
        for column, (start, end) in enumerate(entry.bounds):
            inside = [link for link in links if start <= link.start < end]
            cells.append(Spot(0, start, end, inside[0].target if inside else entry.target, column))
        outside = (link for link in links if not any(start <= link.start < end for start, end in entry.bounds))
        return (*cells, *outside)

    def _lay_out(self) -> Rows:
        """The rows at the present size; a document is laid out once for each size, and what was read stays in sight."""
        if self._laid_out_for != self.size:
            reading = self._rows.line_at(self._top) if self._entries else 0
            ordinal = sum(entry.kind != "columns" for entry in self._entries[: self.cursor])
            width = max(NARROWEST, self.size.width - LEAD - 1)
            say = Wording(self.page.language)
            layout = Layout(width, self.signs, say, INDENT, MEASURE, self._arranged)
            self._entries = list(layout.entries(self.page.blocks))
            self._stops = [at for at, entry in enumerate(self._entries) if entry.kind != "blank"]
            self._links = [at for at, entry in enumerate(self._entries) if entry.target]
            self._heads = [at for at, entry in enumerate(self._entries) if entry.kind in ("heading", "columns")]
            self._drawn: dict[int, list[Segment]] = {}
            lengths = [len(entry.rows) for entry in self._entries]
            height = self.size.height
            self._above = int(sum(lengths) > height >= ROOM)
            self._rows = Rows.of(lengths, height - self._above)
            self._laid_out_for = self.size
            same = [at for at, entry in enumerate(self._entries) if entry.kind != "columns"]
            wanted = same[min(ordinal, len(same) - 1)] if same else 0
            self.cursor = min(self._stops, key=lambda at: abs(at - wanted), default=0)
            self._found = [at for at in self._found if at < len(lengths)]
            if lengths:
                top = self._rows.starts[min(reading, len(lengths) - 1)]
                self._top = self._rows.reveal(self.cursor, self._rows.bounded(top))
        return self._rows

    def _drawn_row(self, at: int) -> list[Segment]:
        """A row of the document with its styles."""
        if at not in self._drawn:
            number = self._rows.line_at(at)
            entry = self._entries[number]
            self._drawn[at] = segments(entry.rows[at - self._rows.starts[number]], entry.kind)
        return self._drawn[at]

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        rows = self._lay_out()
        at = self._top + y - self._above
        strip = Strip([])
        if y < self._above:
            strip = Strip(self._head())
        elif at < rows.starts[-1]:
            number = rows.line_at(at)
            mark, style = self._mark(number, at == rows.starts[number])
            text = self._drawn_row(at)
            if number == self.cursor and self._spot is not None and self.can_focus:
                text = self._with_spot(text, at - rows.starts[number])
            strip = Strip([Segment(mark.ljust(LEAD), style), *text])
        return strip.adjust_cell_length(self.size.width, self.rich_style).apply_style(self.rich_style)

    def _with_spot(self, text: list[Segment], row: int) -> list[Segment]:
        """A row with the chosen spot marked."""
        spots = self._spots(self._entries[self.cursor])
        spot = spots[self._spot] if self._spot is not None and self._spot < len(spots) else None
        if spot is None or spot.row != row:
            return text
        strip = Strip(text)
        strip = strip.adjust_cell_length(max(strip.cell_length, spot.end))
        before, inside, after = (
            strip.crop(start, end) for start, end in ((0, spot.start), spot[1:3], (spot.end, None))
        )
        return [*before, *Segment.apply_style(inside, post_style=Style(reverse=True)), *after]

    def _head(self) -> list[Segment]:
        """The present heading if it is scrolled out of view, and the visible part of the document."""
        rows, top = self._rows, self._top
        bottom = min(top + rows.height, rows.starts[-1])
        place = f"{100 * bottom // rows.starts[-1]}% "
        width = self.size.width - LEAD - len(place)
        at = bisect_right(self._heads, rows.line_at(top)) - 1
        head: list[Segment] = []
        if at >= 0 and (start := rows.starts[self._heads[at]]) < top:
            head = self._drawn_row(start)
        strip = Strip(head).adjust_cell_length(width)
        return [Segment(" " * LEAD), *strip, Segment(place, ELSEWHERE)]

    def _mark(self, at: int, first: bool) -> tuple[str, Style]:
        """The margin of a row: marks for links, matches and the cursor."""
        here = at == self.cursor and self.can_focus
        mark = self.signs.pointer if self._entries[at].target else self.signs.bullet if here else " "
        found = FOUND if at in self._found else ""
        return f"{mark}{found}" if first else "", HERE if here else ELSEWHERE


def replace_width(region: Region, width: int) -> Region:
    """The region with another width."""
    return Region(region.x, region.y, width, region.height)
