"""Documents as rows of text at a width, for everything that shows characters in cells.

The result is independent of how characters are styled: plain text takes the rows as they are, the terminal
interface adds a style to each span.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from kmtui.blocks import (
    Bars,
    Block,
    Callout,
    Column,
    Course,
    Facts,
    Inline,
    Item,
    Items,
    Number,
    Paragraph,
    Role,
    Section,
    Span,
    Table,
    TableCell,
    TableRow,
    Target,
)
from kmtui.render.signs import Signs, cut, width_of
from kmtui.wording import Wording

GAP = 2
"""Cells between the columns of a table."""
NARROW, NAMES = 12, 28
"""Cells to which a column of text may shrink where a table is too wide; the first column names the rows."""
BAR = 28
"""Cells of a column of bars, if there is room."""
NARROWEST = 20
"""Cells of running text at the least, however narrow the screen or deep the indent."""
EIGHTHS = " ▏▎▍▌▋▊▉█"
LEFTWARD = ((0.0, " "), (0.125, "▕"), (0.5, "▐"), (1.0, "█"))
"""The parts of a cell that can be filled from its right side."""

Kind = Literal["text", "heading", "columns", "group", "row", "total", "chart", "blank"]


class Entry(msgspec.Struct, frozen=True):
    """What a cursor steps over: a paragraph, a heading, a row of a table; as rows of spans that are ready to be shown.

    Of the heads and rows of a table, `bounds` are the first cell of each column and the cell after its last.
    """

    rows: tuple[Inline, ...]
    kind: Kind = "text"
    target: Target | None = None
    anchor: str = ""
    table: str = ""
    row: int = -1
    """The number of the row in its table."""
    bounds: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """The text of all rows, to be searched."""
        return " ".join("".join(span.text for span in row).strip() for row in self.rows)


BLANK = Entry(((),), "blank")
_WORDS = re.compile(r"\s+|\S+")


def wrap(spans: Iterable[Span], width: int, signs: Signs) -> list[Inline]:
    """Running text in rows of at most so many cells; a level is never broken, nor a word that fits in a row."""
    shown = [Span(signs.span(span), span.role, span.level, span.target) for span in spans]
    if sum(width_of(span.text) for span in shown) <= width:
        return [tuple(shown)]
    rows: list[list[Span]] = [[]]
    used = 0
    word: list[Span] = []
    blank: Span | None = None

    def flush() -> None:
        nonlocal used, blank
        size = sum(width_of(part.text) for part in word)
        if not size:
            return
        gap = width_of(blank.text) if blank and rows[-1] else 0
        if used and used + gap + size > width:
            rows.append([])
            used = gap = 0
        if gap and blank:
            rows[-1].append(blank)
            used += gap
        for part in word:
            while used + width_of(part.text) > width:
                head, part = _cut(part, width - used, forced=not used)
                rows[-1].append(head)
                rows.append([])
                used = 0
            if part.text:
                rows[-1].append(part)
                used += width_of(part.text)
        word.clear()
        blank = None

    for span in shown:
        if span.level is not None:
            word.append(span)
            continue
        for found in _WORDS.findall(span.text):
            part = Span(found, span.role, None, span.target)
            if found.isspace():
                flush()
                blank = part
            else:
                word.append(part)
    flush()
    return [_merged(row) for row in rows]


def _cut(span: Span, width: int, *, forced: bool) -> tuple[Span, Span]:
    """A word that is too long for a row in two: what fits, `forced` to be something, and the rest."""
    head, rest = cut(span.text, width)
    if forced and not head:
        head, rest = span.text[:1], span.text[1:]
    return Span(head, span.role, None, span.target), Span(rest, span.role, None, span.target)


def _merged(row: Sequence[Span]) -> Inline:
    """A row with neighbours of one kind put together."""
    merged: list[Span] = []
    for span in row:
        last = merged[-1] if merged else None
        if last and span.level is None and (last.role, last.level, last.target) == (span.role, None, span.target):
            merged[-1] = Span(last.text + span.text, span.role, None, span.target)
        else:
            merged.append(span)
    return tuple(merged)


def row_width(row: Iterable[Span]) -> int:
    """The cells that a row takes."""
    return sum(width_of(span.text) for span in row)


class Layout(msgspec.Struct, frozen=True):
    """How documents are laid out: in how many cells, with which signs, and in which language.

    `step` is the indent of what belongs to something, `measure` the most cells of running text in a row (0: no limit);
    `arrange` may give a table another order or fewer rows.
    """

    width: int
    signs: Signs
    say: Wording
    step: int = 4
    measure: int = 0
    arrange: Callable[[Table], Table] | None = None

    def entries(self, blocks: Iterable[Block]) -> Iterator[Entry]:
        """The entries of the blocks, made one by one, with a blank one between sections."""
        blank, any_yet = False, False
        for entry in self._blocks(blocks, 0):
            if entry is BLANK:
                blank = any_yet
                continue
            if blank:
                yield BLANK
            yield entry
            blank, any_yet = False, True

    def _blocks(self, blocks: Iterable[Block], depth: int) -> Iterator[Entry]:
        for block in blocks:
            match block:
                case Section():
                    yield BLANK
                    yield from self._text(block.title, depth, "heading", block.target, anchor=block.anchor)
                    yield from self._blocks(block.blocks, depth + 1)
                    if depth == 0:
                        yield BLANK
                case Paragraph():
                    yield from self._text(block.spans, depth, target=block.target)
                case Facts():
                    for fact in block.items:
                        yield from self._text((Span(f"{fact.label}: "), *fact.value), depth, target=fact.target)
                case Items():
                    for number, item in enumerate(block.items, 1):
                        yield from self._item(item, f"{number}. " if block.numbered else "- ", depth)
                case Callout():
                    yield from self._callout(block, depth)
                case Table():
                    yield from self._table(self.arrange(block) if self.arrange else block, depth)
                case Bars():
                    yield from self._caption(block.caption, block.unit, depth)
                    yield from self._bars(block.values, depth)
                case Course():
                    yield from self._caption(block.caption, block.unit, depth)
                    yield from self._bars(_years(block), depth, block.top)

    def _text(
        self, spans: Inline, depth: int, kind: Kind = "text", target: Target | None = None, anchor: str = ""
    ) -> Iterator[Entry]:
        rows = self._wrapped(spans, depth * self.step)
        yield Entry(rows, kind, target, anchor)

    def _wrapped(self, spans: Iterable[Span], indent: int, lead: str = "") -> tuple[Inline, ...]:
        """Running text behind an indent; what stands before the text keeps later rows clear of it."""
        room = self.width - indent - len(lead)
        room = max(NARROWEST, min(room, self.measure) if self.measure else room)
        rows = wrap(spans, room, self.signs)
        first, later = Span(" " * indent + lead), Span(" " * (indent + len(lead)))
        if not indent and not lead:
            return tuple(rows)
        return tuple((later if at else first, *row) for at, row in enumerate(rows))

    def _item(self, item: Item, mark: str, depth: int) -> Iterator[Entry]:
        yield Entry(self._wrapped(item.spans, depth * self.step, mark), "text", item.target)
        yield from self._blocks(item.blocks, depth + 1)

    def _callout(self, callout: Callout, depth: int) -> Iterator[Entry]:
        role = Role.NOTE if callout.kind == "note" else Role.WARNING
        for entry in self._blocks(callout.blocks, depth):
            rows = tuple(
                tuple(Span(span.text, role, None, span.target) if span.role is Role.TEXT else span for span in row)
                for row in entry.rows
            )
            yield msgspec.structs.replace(entry, rows=rows)

    def _caption(self, caption: str, unit: str, depth: int) -> Iterator[Entry]:
        text = f"{caption} ({unit})" if caption and unit else caption or unit
        if text:
            yield from self._text((Span(text, Role.NAME),), depth, "text")

    def _bars(
        self, values: Sequence[tuple[str, Number | None]], depth: int, top: Number | None = None
    ) -> Iterator[Entry]:
        """A row for each bar: its label, its number, and the bar, which is proportional to the number from zero."""
        indent = " " * (depth * self.step)
        labels = [self.signs.text(label) for label, _ in values]
        numbers = [self.say("no_number") if value is None else self.say.number(value) for _, value in values]
        room = max(NARROWEST, self.width - len(indent))
        label_width = min(max(map(width_of, labels), default=0), max(8, room // 3))
        number_width = max(map(len, numbers), default=0)
        bar = _bar_of([*(value for _, value in values), top], max(1, room - label_width - number_width - 2), self.signs)
        for label, number, (_, value) in zip(labels, numbers, values, strict=True):
            role = Role.NOTE if value is None else Role.TEXT
            spans = (
                Span(f"{indent}{self.signs.fit(label, label_width)} "),
                Span(f"{self.signs.text(number):>{number_width}}", role),
                Span(f" {bar(value)}".rstrip()),
            )
            yield Entry((spans,), "chart")

    def _table(self, table: Table, depth: int) -> Iterator[Entry]:
        indent = depth * self.step
        yield from self._caption(table.caption, "", depth)
        if table.columns:
            yield from _Grid(self, table, indent).entries()
        for footnote in table.footnotes:
            yield from self._text((Span(f"{footnote.id}. "), *footnote.spans), depth)


def _years(course: Course) -> list[tuple[str, Number | None]]:
    """Every year from the first to the last, with a gap for those without a value."""
    known = dict(course.points)
    return [(str(year), known.get(year)) for year in range(min(known), max(known) + 1)] if known else []


def _bar_of(values: Iterable[Number | None], room: int, signs: Signs) -> Callable[[Number | None], str]:
    """What draws the bar of a value, so that all bars of these values fit into so many cells on one scale from zero."""
    known = [float(value) for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    left = round(room * -low / (high - low)) if low < 0 else 0
    left = min(max(left, 1), room - 1) if low < 0 < high else room if low < 0 else 0
    scale = min((size / reach for size, reach in ((left, -low), (room - left, high)) if reach), default=0.0)

    def draw(value: Number | None) -> str:
        size = float(value or 0) * scale
        if size < 0:
            return _leftward(-size, signs.unicode).rjust(left)
        return " " * left + _rightward(size, signs.unicode)

    return draw


def _rightward(size: float, unicode: bool) -> str:
    if not unicode:
        return "#" * round(size)
    whole, eighth = divmod(round(size * 8), 8)
    return "█" * whole + (EIGHTHS[eighth] if eighth else "")


def _leftward(size: float, unicode: bool) -> str:
    if not unicode:
        return "#" * round(size)
    whole = int(size)
    part, sign = min(LEFTWARD, key=lambda found: abs(found[0] - (size - whole)))
    return (sign if part else "") + "█" * whole


class _Grid:
    """One table at the width of a layout: cells under each other, as wide as they need and as there is room."""

    def __init__(self, layout: Layout, table: Table, indent: int) -> None:
        self.layout, self.table, self.indent = layout, table, indent
        self.signs = layout.signs
        self.has_heads = any(column.head for column in table.columns)
        rows = (*table.rows, *table.totals)
        self.cells = [[self._shown(cell) for cell in _filled(row.cells, len(table.columns))] for row in rows]
        self.widths = self._fit(max(layout.width - indent, 1))
        for column, width in enumerate(self.widths):
            if table.columns[column].kind == "bar":
                self._draw_bars(column, width, rows)
        starts, at = [], indent
        for width in self.widths:
            starts.append(at)
            at += width + GAP
        self.bounds = tuple((start, start + width) for start, width in zip(starts, self.widths, strict=True))

    def entries(self) -> Iterator[Entry]:
        """Heads, rows with the heads of their groups and their notes, totals."""
        table = self.table
        if self.stacked:
            yield from self._stack()
            return
        if self.has_heads:
            heads = [(Span(self._head(column), Role.SOURCE),) if column.head else () for column in table.columns]
            yield Entry(self._rows(heads), "columns", table=table.id, bounds=self.bounds)
        group = ""
        for number, (row, cells) in enumerate(zip((*table.rows, *table.totals), self.cells, strict=True)):
            is_total = number >= len(table.rows)
            if row.group != group and row.group and not is_total:
                yield Entry(self.layout._wrapped((Span(row.group, Role.SOURCE),), self.indent), "group")
            group = row.group
            rows = self._rows(cells)
            if row.note:
                rows += self.layout._wrapped(row.note, self.indent + GAP)
            kind: Kind = "total" if is_total else "row"
            yield Entry(rows, kind, row.target, "", table.id, -1 if is_total else number, self.bounds)

    def _stack(self) -> Iterator[Entry]:
        """Each row as a list of what its columns hold, where there is no room to set them side by side."""
        table, wrapped = self.table, self.layout._wrapped
        group = ""
        for number, (row, cells) in enumerate(zip((*table.rows, *table.totals), self.cells, strict=True)):
            is_total = number >= len(table.rows)
            if row.group != group and row.group and not is_total:
                yield Entry(wrapped((Span(row.group, Role.SOURCE),), self.indent), "group")
            group = row.group
            first, *others = zip(table.columns, cells, strict=True)
            rows = wrapped(first[1], self.indent)
            for column, spans in others:
                if spans:
                    label = (Span(f"{column.head}: ", Role.SOURCE),) if column.head else ()
                    rows += wrapped((*label, *spans), self.indent + GAP)
            if row.note:
                rows += wrapped(row.note, self.indent + GAP)
            kind: Kind = "total" if is_total else "row"
            yield Entry(rows, kind, row.target, "", table.id, -1 if is_total else number)

    def _head(self, column: Column) -> str:
        return column.short if column.short and self.short else column.head

    def _shown(self, cell: TableCell) -> Inline:
        """The spans of a cell with what they lead to, and its reference to a footnote."""
        spans = cell.spans
        if cell.footnote:
            spans = (*spans, Span(f" [{cell.footnote}]" if spans else f"[{cell.footnote}]"))
        if cell.target is not None:
            spans = tuple(
                span if span.target else Span(span.text, span.role, span.level, cell.target) for span in spans
            )
        return spans

    def _draw_bars(self, column: int, width: int, rows: Sequence[TableRow]) -> None:
        values = [row.cells[column].number if column < len(row.cells) else None for row in rows]
        bar = _bar_of(values, width, self.signs)
        for cells, value in zip(self.cells, values, strict=True):
            cells[column] = (Span(bar(value).rstrip()),)

    def _width(self, spans: Inline) -> int:
        return sum(width_of(self.signs.span(span)) for span in spans)

    def _fit(self, room: int) -> list[int]:
        """The width of each column: what it needs, unless all together need more than there is."""
        columns = self.table.columns
        needs = [
            BAR if column.kind == "bar" else max([1, *(self._width(row[at]) for row in self.cells if row[at])])
            for at, column in enumerate(columns)
        ]
        room -= GAP * (len(columns) - 1)
        self.short = False
        widths = [max(need, width_of(column.head)) for need, column in zip(needs, columns, strict=True)]
        if sum(widths) > room:
            self.short = True
            widths = [
                max(need, *(width_of(word) for word in (self._head(column) or " ").split(" ")))
                for need, column in zip(needs, columns, strict=True)
            ]
        self.stacked = False
        floors = [
            min(width, NARROW if at or room < 2 * NAMES else NAMES) if column.kind in ("text", "bar") else width
            for at, (width, column) in enumerate(zip(widths, columns, strict=True))
        ]
        if sum(floors) > room:
            self.stacked = True
            return widths
        while sum(widths) > room:
            loose = [at for at, width in enumerate(widths) if width > floors[at]]
            widths[max(loose, key=lambda at: widths[at])] -= 1
        return widths

    def _rows(self, cells: Sequence[Inline]) -> tuple[Inline, ...]:
        """The rows of text that a row of cells takes."""
        columns = self.table.columns
        parts = [
            wrap(spans, width, self.signs) if spans else [] for spans, width in zip(cells, self.widths, strict=True)
        ]
        rows: list[Inline] = []
        for line in range(max([1, *map(len, parts)])):
            row: list[Span] = []
            at = 0
            for part, column, (start, end) in zip(parts, columns, self.bounds, strict=True):
                if line >= len(part):
                    continue
                width = row_width(part[line])
                free = max(0, end - start - width)
                before = free if column.align == "right" else free // 2 if column.align == "center" else 0
                row += (Span(" " * (start + before - at)), *part[line])
                at = start + before + width
            rows.append(tuple(row))
        return tuple(rows)


_NO_CELL = TableCell()


def _filled(cells: Sequence[TableCell], count: int) -> Iterator[TableCell]:
    """As many cells as there are columns."""
    yield from cells[:count]
    yield from (_NO_CELL for _ in range(count - len(cells)))
