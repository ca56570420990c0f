"""The blocks that documents are made of.

A block states what its content is. How wide it is, which glyph, colour or font it has is decided by renderers alone:
plain text, the terminal interface, HTML, Typst. The set is closed: a renderer handles every member of `Block`.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from typing import Literal, NamedTuple

import msgspec

from kmtui.model.base import Language
from kmtui.model.scale import Level
from kmtui.model.words import TEXT_LANGUAGE, Passage


class Role(Enum):
    """What a span of text is."""

    TEXT = auto()
    NAME = auto()
    """The name of a thing."""
    SOURCE = auto()
    """Paragraph numbers of the source, in brackets."""
    NOTE = auto()
    LEVEL = auto()
    WARNING = auto()
    TREND = auto()
    """Signs that draw a development, one for each value."""


class Target(NamedTuple):
    """Where a link leads: a kind of page, and what it is about."""

    kind: str
    corps: str = ""
    """The row of a cell: its corps, or the unit of a rolled-up score; else the corps that the page is about."""
    id: str = ""
    """The column of a cell, else the id of the thing unless it is a corps; empty where a kind has one page."""


Number = int | float | Decimal


class Span(msgspec.Struct, frozen=True):
    """A piece of running text. The span of a level has the level's label as its text, without its glyph."""

    text: str
    role: Role = Role.TEXT
    level: Level | None = None
    target: Target | None = None
    language: Language | None = None
    """The language of the text, where it need not be that of the document."""


Inline = tuple[Span, ...]
"""Running text."""


class Paragraph(msgspec.Struct, frozen=True):
    """Running text. `target` is where the paragraph as a whole leads."""

    spans: Inline
    target: Target | None = None


class Fact(msgspec.Struct, frozen=True):
    """A label and its value."""

    label: str
    value: Inline
    target: Target | None = None


class Facts(msgspec.Struct, frozen=True):
    """Labels with their values, under each other."""

    items: tuple[Fact, ...]


class Item(msgspec.Struct, frozen=True):
    """An item of a list, with the blocks that belong below it."""

    spans: Inline
    target: Target | None = None
    blocks: "tuple[Block, ...]" = ()


class Items(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple[Item, ...]
    numbered: bool = False


Align = Literal["left", "right", "center"]
ColumnKind = Literal["text", "number", "level", "bar"]
"""What the cells of a column hold, by which it is sorted and exported. Numbers of a `bar` column are drawn alone."""


class Column(msgspec.Struct, frozen=True):
    """A column of a table: `id` is its name in a CSV file, `head` its title, `unit` what its numbers count."""

    id: str
    head: str
    kind: ColumnKind = "text"
    unit: str = ""
    align: Align = "left"
    short: str = ""
    """The title where room is scarce; empty where there is none shorter."""
    levels: tuple[Level, ...] = ()
    """Of a column of levels: every level of its scale, worst first."""
    group: str = ""
    """The title over neighbouring columns that belong together; empty where the column stands alone."""


class TableCell(msgspec.Struct, frozen=True):
    """A cell: its text as shown, and for sorting and export the number that it stands for, or its possible levels."""

    spans: Inline = ()
    number: Number | None = None
    levels: tuple[Level, ...] | None = None
    """The possible levels, worst first; empty for a blank judgement; None where the cell is no judgement."""
    target: Target | None = None
    footnote: str = ""
    """The id of a footnote of the table."""

    @property
    def text(self) -> str:
        """The text of the cell."""
        return "".join(span.text for span in self.spans)


class TableRow(msgspec.Struct, frozen=True):
    """A row of a table; `target` is where the row as a whole leads, `group` the head of the rows it belongs to."""

    cells: tuple[TableCell, ...]
    target: Target | None = None
    group: str = ""
    note: Inline = ()
    """A remark on the row as a whole, which stands below it over the width of the table."""


class Footnote(msgspec.Struct, frozen=True):
    """A remark that cells refer to by its id."""

    id: str
    spans: Inline


class Table(msgspec.Struct, frozen=True):
    """Rows of cells under typed columns. `id` is unique within a document; `totals` are rows below the others."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    caption: str = ""
    totals: tuple[TableRow, ...] = ()
    footnotes: tuple[Footnote, ...] = ()


class Bars(msgspec.Struct, frozen=True):
    """A bar for each label, in proportion to its value from zero; None where there is no number."""

    values: tuple[tuple[str, Number | None], ...]
    caption: str = ""
    unit: str = ""


class Course(msgspec.Struct, frozen=True):
    """The values of one quantity over the years; None marks a gap."""

    points: tuple[tuple[int, Number | None], ...]
    caption: str = ""
    unit: str = ""
    top: Number | None = None
    """The value that the scale reaches at least, so that courses beside each other can share one."""


CalloutKind = Literal["note", "warning", "fault"]


class Callout(msgspec.Struct, frozen=True):
    """Something set apart: a remark, a warning, or a fault that replaces content that could not be made."""

    kind: CalloutKind
    blocks: "tuple[Block, ...]"


class Section(msgspec.Struct, frozen=True):
    """A titled part. `anchor` is unique within the document; its level is its depth in the document, from 1."""

    anchor: str
    title: Inline
    blocks: "tuple[Block, ...]"
    target: Target | None = None


Block = Section | Paragraph | Facts | Items | Table | Bars | Course | Callout


class Document(msgspec.Struct, frozen=True):
    """A titled sequence of blocks about one thing, in one language."""

    target: Target
    title: str
    blocks: tuple[Block, ...]
    language: Language = "nl"


class Heading(NamedTuple):
    """An entry of an outline: a section, and how deep it is nested, from 1."""

    level: int
    section: Section


def outline(blocks: Iterable[Block], level: int = 1) -> Iterator[Heading]:
    """The sections, in reading order, with their levels."""
    for block in blocks:
        if isinstance(block, Section):
            yield Heading(level, block)
            yield from outline(block.blocks, level + 1)


def tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """The tables at any depth, in reading order."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Section | Callout):
            yield from tables(block.blocks)
        elif isinstance(block, Items):
            for item in block.items:
                yield from tables(item.blocks)


Part = str | Span | Iterable[Span]


def inline(*parts: Part) -> Inline:
    """Running text from plain text, spans and sequences of spans."""
    return tuple(_spans(parts))


def _spans(parts: Iterable[Part]) -> Iterator[Span]:
    for part in parts:
        if isinstance(part, str):
            yield Span(part)
        elif isinstance(part, Span):
            yield part
        else:
            yield from part


def cell(*parts: Part, number: Number | None = None, target: Target | None = None) -> TableCell:
    """A cell of a table from plain text, spans and sequences of spans."""
    return TableCell(inline(*parts), number, target=target)


def paragraph(*parts: Part, target: Target | None = None) -> Paragraph:
    """A paragraph from plain text, spans and sequences of spans."""
    return Paragraph(inline(*parts), target)


def fact(label: str, *parts: Part, target: Target | None = None) -> Fact:
    """A label and its value from plain text, spans and sequences of spans."""
    return Fact(label, inline(*parts), target)


def item(*parts: Part, blocks: "Iterable[Block]" = (), target: Target | None = None) -> Item:
    """An item of a list from plain text, spans and sequences of spans."""
    return Item(inline(*parts), target, tuple(blocks))


def section(anchor: str, title: Part, *blocks: Block, target: Target | None = None) -> Section:
    """A titled part of a document."""
    return Section(anchor, inline(title), blocks, target)


def name(text: str, target: Target | None = None) -> Span:
    """The name of a thing."""
    return Span(text, Role.NAME, target=target)


def note(text: str) -> Paragraph:
    """A remark."""
    return Paragraph((Span(text, Role.NOTE),))


def warning(text: str) -> Callout:
    """What is wrong."""
    return Callout("warning", (Paragraph((Span(text, Role.WARNING),)),))


PARAGRAPH = "paragraph"
"""The kind of page that a paragraph of the source has."""


def source(paragraphs: Iterable[str]) -> Inline:
    """Paragraphs of the source in brackets, each a link to its page; nothing where there is none."""
    spans: list[Span] = []
    for number in paragraphs:
        spans.append(Span(", " if spans else "[", Role.SOURCE))
        spans.append(Span(number, Role.SOURCE, target=Target(PARAGRAPH, "", number)))
    return (*spans, Span("]", Role.SOURCE)) if spans else ()


def text_of(text: str) -> Span:
    """A text of an edition, which has no translation."""
    return Span(text, language=TEXT_LANGUAGE)


def passage(found: Passage, about: str = "") -> Inline:
    """A passage with the paragraphs that it rests on, and before it what it is about."""
    return inline(f"{about}: " if about else "", text_of(found.text), " ", source(found.source))


TREND = "▁▂▃▄▅▆▇█"


def trend(values: Sequence[Number | None]) -> Span:
    """One sign for each value, from zero to the highest; a blank where there is no value."""
    most = max((value for value in values if value is not None), default=0)

    def sign(value: Number | None) -> str:
        if value is None:
            return " "
        share = float(value) / float(most) if most > 0 else 0
        return TREND[round(max(share, 0) * (len(TREND) - 1))]

    return Span("".join(map(sign, values)), Role.TREND)


def plain(spans: Iterable[Span]) -> str:
    """The text of spans alone."""
    return "".join(span.text for span in spans)
