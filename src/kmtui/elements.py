"""The elements of a page. They say what a piece of text is, never how it looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from kmtui.model import Level, Passage


class Role(Enum):
    """What a span of text is."""

    TEXT = auto()
    TITLE = auto()
    HEADING = auto()
    NAME = auto()
    SOURCE = auto()
    NOTE = auto()
    LEVEL = auto()
    WARNING = auto()


class Target(NamedTuple):
    """Where a line leads: `cell` (of a corps and a dimension), `corps`, `dimension`, `partner`, `unit` or `table`."""

    kind: str
    corps: str = ""
    id: str = ""
    """The dimension of a cell, else the thing itself unless it is a corps."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line. A level's span names the level; its text is the level's label without its sign."""

    text: str
    role: Role = Role.TEXT
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line, as long as its text; `indent` counts steps, and continuation lines keep to it."""

    spans: tuple[Span, ...] = ()
    indent: int = 0
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Page:
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
