"""The elements of a page. They say what a piece of text is, never how it looks."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

import msgspec

from kmtui.model.scale import Level
from kmtui.model.words import Passage


class Role(Enum):
    """What a span of text is."""

    TEXT = auto()
    TITLE = auto()
    HEADING = auto()
    COLUMNS = auto()
    """The heads of the columns below."""
    NAME = auto()
    SOURCE = auto()
    NOTE = auto()
    LEVEL = auto()
    WARNING = auto()
    TREND = auto()


class Target(NamedTuple):
    """Where a line leads: a kind of page, and what it is about."""

    kind: str
    corps: str = ""
    """The row of a cell: its corps, or of a rolled-up score the unit; else the corps that it is about."""
    id: str = ""
    """The column of a cell, else the thing itself unless it is a corps; empty where a kind has one page."""


class Span(msgspec.Struct, frozen=True):
    """A piece of a line. A level's span names the level; its text is the level's label without its sign."""

    text: str
    role: Role = Role.TEXT
    level: Level | None = None
    at: int | None = None
    """The column after the indent where it begins, or else right behind what is there already."""


SIGN_ROOM = 4
"""Columns that the sign of a level takes beside its text, at the most."""


class Bars(msgspec.Struct, frozen=True):
    """A bar for each value, under each other."""

    values: tuple[tuple[str, float | Decimal], ...]
    decimal: str = "."
    """The mark before the decimals of a number."""


class Course(msgspec.Struct, frozen=True):
    """A line over the years, with a year and a value for each of its points."""

    points: tuple[tuple[int, float | Decimal], ...]
    decimal: str = "."


Chart = Bars | Course


class Line(msgspec.Struct, frozen=True):
    """A line, as long as its text; `indent` counts steps, and continuation lines keep to it and behind its `lead`.

    A chart is drawn below the text, as wide as the page.
    """

    spans: tuple[Span, ...] = ()
    indent: int = 0
    target: Target | None = None
    chart: Chart | None = None

    @property
    def is_head(self) -> bool:
        """Whether it names what stands below it, up to the next head."""
        return bool(self.spans) and self.spans[0].role in (Role.HEADING, Role.COLUMNS)

    def lead(self, room: int) -> tuple[Span, ...]:
        """What continuation lines keep clear of: the spans up to the last column in this room that one is set at."""
        places = [number for number, span in enumerate(self.spans) if span.at is not None and span.at < room]
        return (*self.spans[: places[-1]], Span("", at=self.spans[places[-1]].at)) if places else ()


class Page(msgspec.Struct, frozen=True):
    """A titled sequence of lines about one thing."""

    target: Target
    title: str
    lines: tuple[Line, ...]


def line(*parts: str | Span | Iterable[Span], indent: int = 0, target: Target | None = None) -> Line:
    """A line from plain text, spans and sequences of spans."""
    return Line(tuple(_spans(parts)), indent, target)


def _spans(parts: Iterable[str | Span | Iterable[Span]]) -> Iterator[Span]:
    for part in parts:
        if isinstance(part, str):
            yield Span(part)
        elif isinstance(part, Span):
            yield part
        else:
            yield from part


def name(text: str) -> Span:
    """The name of a thing."""
    return Span(text, Role.NAME)


def link(kind: str, text: str, target: Target, indent: int = 0) -> Line:
    """A line that leads to a thing, by what it is and what it is called."""
    return line(f"{kind}: ", name(text), indent=indent, target=target)


def heading(text: str) -> Line:
    """The head of a section."""
    return line(Span(text, Role.HEADING))


def source(paragraphs: Iterable[str]) -> Span:
    """Paragraphs in brackets."""
    return Span(f"[{', '.join(paragraphs)}]", Role.SOURCE)


def note(text: str, indent: int = 0) -> Line:
    """A remark."""
    return line(Span(text, Role.NOTE), indent=indent)


def passage(found: Passage, indent: int, *, bullet: bool = False, about: str = "") -> Line:
    """A passage with its paragraphs, as an item of a list if it is a `bullet`."""
    lead = "- " if bullet else ""
    return line(f"{lead}{f'{about}: ' if about else ''}{found.text} ", source(found.source), indent=indent)


EMPTY = Line()
