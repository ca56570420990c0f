"""Blocks to Markdown: CommonMark with the tables of GitHub. Texts keep their characters and never become markup."""

import re
from collections.abc import Iterable, Iterator

from kmtui.blocks import (
    Bars,
    Block,
    Callout,
    Course,
    Document,
    Facts,
    Inline,
    Items,
    Number,
    Paragraph,
    Role,
    Section,
    Span,
    Table,
    TableCell,
    TableRow,
)
from kmtui.render.publication import row_groups, words
from kmtui.terminal import visible
from kmtui.wording import Wording

_MARKS = re.compile(r"([\\`*_\[\]<>|~&$])")
_AT_START = re.compile(r"^([#+\-=]|\d+(?=[.)]))")
_MOST_HASHES = 6
_AROUND = {Role.NAME: "**", Role.WARNING: "**", Role.NOTE: "*"}


def markdown(document: Document) -> str:
    """The document as Markdown, with a line break at the end."""
    writer = _Writer(document)
    lines = [f"# {_escaped(document.title)}", "", *writer.blocks(document.blocks, 2)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _escaped(text: str) -> str:
    """The text on one line, with a backslash before every character that could be markup."""
    return _MARKS.sub(r"\\\1", visible(text))


class _Writer:
    def __init__(self, document: Document) -> None:
        self._words = words(document.language)
        self._say = Wording(document.language)

    def blocks(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        """The lines of blocks, each with an empty line behind it; sections have headings of this level."""
        for block in blocks:
            yield from self._block(block, level)
            yield ""

    def _block(self, block: Block, level: int) -> Iterator[str]:
        match block:
            case Section():
                yield f"{'#' * min(level, _MOST_HASHES)} {self._inline(block.title)}"
                yield ""
                yield from self.blocks(block.blocks, level + 1)
            case Paragraph():
                yield self._line(block.spans)
            case Facts():
                for fact in block.items:
                    label = f"**{_escaped(fact.label)}:** " if fact.label else ""
                    yield f"- {label}{self._inline(fact.value)}"
            case Items():
                for number, item in enumerate(block.items, 1):
                    yield from self._item(f"{number}. " if block.numbered else "- ", item.spans, item.blocks, level)
            case Table():
                yield from self._table(block)
            case Bars():
                rows = [[_escaped(label), self._number(value)] for label, value in block.values]
                yield from self._chart(self._words["what"], block, rows)
            case Course():
                rows = [[str(year), self._number(value)] for year, value in block.points]
                yield from self._chart(self._words["year"], block, rows)
            case Callout():
                for line in self.blocks(block.blocks, level):
                    yield f"> {line}".rstrip()

    def _line(self, spans: Inline) -> str:
        """Running text as a paragraph of its own, which must not start as a heading or list does."""
        return _AT_START.sub(_backslash, self._inline(spans))

    def _inline(self, spans: Inline) -> str:
        return "".join(map(self._span, spans)).strip()

    def _span(self, span: Span) -> str:
        text = _escaped(span.text)
        if span.level is not None:
            return f"{_escaped(span.level.glyph)} {_escaped(span.level.letter)} {text}"
        around = _AROUND.get(span.role, "")
        bare = text.strip()
        return text.replace(bare, f"{around}{bare}{around}", 1) if around and bare else text

    def _item(self, mark: str, spans: Inline, blocks: Iterable[Block], level: int) -> Iterator[str]:
        yield f"{mark}{self._line(spans)}"
        for line in self.blocks(blocks, level):
            yield f"{' ' * len(mark)}{line}".rstrip()

    def _number(self, value: Number | None) -> str:
        return "-" if value is None else self._say.number(float(value))

    def _chart(self, head: str, chart: Bars | Course, rows: list[list[str]]) -> Iterator[str]:
        if chart.caption:
            yield f"**{_escaped(chart.caption)}**"
            yield ""
        unit = f" ({_escaped(chart.unit)})" if chart.unit else ""
        yield from _grid([head, f"{self._words['value']}{unit}"], ["left", "right"], rows)

    def _table(self, table: Table) -> Iterator[str]:
        """The table without its columns of bars; heads of groups and remarks are rows of their own."""
        shown = [at for at, column in enumerate(table.columns) if column.kind != "bar"]
        columns = [table.columns[at] for at in shown]
        heads = [
            _escaped(f"{': '.join(filter(None, (one.group, one.head)))}{f' ({one.unit})' if one.unit else ''}")
            for one in columns
        ]
        rows: list[list[str]] = []
        for group, members in row_groups(table.rows):
            if group:
                rows.append([f"**{_escaped(group)}**"])
            for row in members:
                rows += self._rows(row, shown)
        for row in table.totals:
            rows += self._rows(row, shown)
        if table.caption:
            yield f"**{_escaped(table.caption)}**"
            yield ""
        yield from _grid(heads, [column.align for column in columns], rows)
        for footnote in table.footnotes:
            yield ""
            yield f"({_escaped(footnote.id)}) {self._inline(footnote.spans)}"

    def _rows(self, row: TableRow, shown: list[int]) -> Iterator[list[str]]:
        if row.cells:
            yield [self._cell(row.cells[at]) for at in shown]
        if row.note:
            yield [self._inline(row.note)]

    def _cell(self, cell: TableCell) -> str:
        return self._inline(cell.spans) + (f" ({_escaped(cell.footnote)})" if cell.footnote else "")


def _backslash(match: re.Match[str]) -> str:
    """A sign with a backslash before it; of a number, which a backslash cannot escape, the sign behind it gets one."""
    return f"\\{match[0]}" if not match[0].isdigit() else f"{match[0]}\\"


def _grid(heads: list[str], aligns: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    rules = {"left": "---", "right": "---:", "center": ":---:"}
    yield f"| {' | '.join(rules[align] for align in aligns)} |"
    for row in rows:
        yield f"| {' | '.join([*row, *[''] * (len(heads) - len(row))])} |"
