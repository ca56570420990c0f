"""What the renderers of files (HTML, Typst, Markdown) have in common: the publication, its anchors and its words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import NamedTuple

import msgspec

from kmtui.blocks import Block, Column, Document, Number, Section, Table, TableRow, Target, outline
from kmtui.model.base import Language, Text
from kmtui.model.scale import Scale
from kmtui.wording import Wording


class MissingExtraError(Exception):
    """A library that only some installs have; the message says what to install."""

    def __init__(self, what: str, library: str, extra: str = "report") -> None:
        super().__init__(
            f"{what} needs {library}, which is not installed; install it with: pip install 'kmtui[{extra}]'"
        )


class PublicationError(Exception):
    """A publication that cannot be written in the form that was asked for."""


class Publication(msgspec.Struct, frozen=True):
    """A document that stands alone in a file: titles, front matter, and blocks whose top-level sections are its parts.

    `day` is the day of publication; None leaves it out. `draft` is the state of a draft, shown as a watermark; None
    means that it is no draft.
    """

    title: str
    language: Language
    scale: Scale
    blocks: tuple[Block, ...]
    subtitle: str = ""
    publisher: str = ""
    day: date | None = None
    draft: str | None = None
    front: tuple[Block, ...] = ()
    """What comes before the contents, without sections."""
    contents: bool = True
    """Whether there is a table of contents."""


def publication_of(document: Document, scale: Scale, language: Language) -> Publication:
    """One document as a publication of its own."""
    return Publication(document.title, language, scale, document.blocks, contents=False)


class Anchors:
    """A unique identifier for each section of a file, and the one that a target leads to.

    Sections that come from different documents may have the same anchor; later ones get a number.
    """

    def __init__(self, blocks: Iterable[Block], elsewhere: Mapping[Target, str] | None = None) -> None:
        self._elsewhere = elsewhere or {}
        self._of_section: dict[int, str] = {}
        self._of_target: dict[Target, str] = {}
        used = set(FRAME)
        for heading in outline(blocks):
            section = heading.section
            anchor = stem = _slug(section.anchor)
            number = 1
            while anchor in used:
                number += 1
                anchor = f"{stem}-{number}"
            used.add(anchor)
            self._of_section[id(section)] = anchor
            if section.target is not None:
                self._of_target.setdefault(section.target, anchor)

    def of(self, section: Section) -> str:
        """The identifier of a section."""
        return self._of_section[id(section)]

    def to(self, target: Target | None) -> str:
        """Where a target leads in this file, else the section of the row that it is a cell of; empty if nowhere."""
        return next((self._of_target[one] for one in _ways(target) if one in self._of_target), "")

    def href(self, target: Target | None) -> str:
        """The address that a target leads to, in this file or in one beside it; empty if nowhere."""
        for one in _ways(target):
            if one in self._of_target:
                return f"#{self._of_target[one]}"
            if one in self._elsewhere:
                return self._elsewhere[one]
        return ""


def _ways(target: Target | None) -> tuple[Target, ...]:
    """The target, and of a cell then the row that it stands in."""
    if target is None:
        return ()
    if target.corps and target.id:
        return target, Target("corps", target.corps), Target("unit", "", target.corps)
    return (target,)


FRAME = ("colours", "contents-title", "main", "results", "search", "status", "top")
"""Identifiers that the frame of an HTML file has itself."""


def _slug(text: str) -> str:
    """The text as an identifier: letters, digits and hyphens, starting with a letter."""
    kept = "".join(character if character.isascii() and character.isalnum() else "-" for character in text.lower())
    return f"s-{kept}" if not kept[:1].isalpha() else kept


NARROW = 5
"""The number of level columns up to which their cells have room for the label of a level."""


def is_matrix(table: Table) -> bool:
    """Whether the table has so many columns of levels that glyph and letter must do."""
    return sum(column.kind == "level" for column in table.columns) > NARROW


def column_groups(columns: Iterable[Column]) -> list[tuple[str, int]]:
    """The titles over neighbouring columns and how many columns each spans; empty where no column has one."""
    groups = [(title, len(list(members))) for title, members in groupby(columns, key=lambda column: column.group)]
    return groups if any(title for title, _ in groups) else []


def row_groups(rows: Iterable[TableRow]) -> Iterator[tuple[str, list[TableRow]]]:
    """Neighbouring rows that belong together, with their head."""
    for title, members in groupby(rows, key=lambda row: row.group):
        yield title, list(members)


class Bar(NamedTuple):
    """A bar of a chart: where it starts and how long it is, as shares of the room for bars."""

    start: float
    length: float


def bars_of(values: Iterable[Number | None]) -> list[Bar]:
    """A bar for each value on one scale from zero, negative ones to the left of it; none where there is no number."""
    numbers = [None if value is None else float(value) for value in values]
    known = [0.0, *(number for number in numbers if number is not None)]
    low, room = min(known), (max(known) - min(known)) or 1.0
    return [Bar((min(number or 0.0, 0.0) - low) / room, abs(number or 0.0) / room) for number in numbers]


def column_bars(table: Table) -> dict[int, list[Bar]]:
    """The bars of each column of bars, by the place of the column; one for each row."""
    return {
        at: bars_of(row.cells[at].number if at < len(row.cells) else None for row in table.rows)
        for at, column in enumerate(table.columns)
        if column.kind == "bar"
    }


def _text(nl: str, en: str) -> Text:
    return Text.unchecked(nl=nl, en=en)


WORDS: Mapping[str, Text] = {
    "all_levels": _text("Toon alleen rijen met", "Show only rows with"),
    "bar": _text("Grafiek", "Chart"),
    "colours": _text("Licht of donker", "Light or dark"),
    "contents": _text("Inhoud", "Contents"),
    "date": _text("Datum", "Date"),
    "draft": _text("Concept", "Draft"),
    "footnotes": _text("Noten bij de tabel", "Notes to the table"),
    "found": _text("gevonden", "found"),
    "nothing_found": _text("Niets gevonden", "Nothing found"),
    "open": _text("Open", "Open"),
    "page": _text("pagina", "page"),
    "rows_shown": _text("rijen in beeld", "rows shown"),
    "search": _text("Zoek in het rapport", "Search the report"),
    "skip": _text("Naar de inhoud", "Skip to the contents"),
    "sort": _text("sorteer", "sort"),
    "tools": _text("Zoeken en filteren", "Search and filter"),
    "top": _text("Naar boven", "To the top"),
    "value": _text("Waarde", "Value"),
    "what": _text("Wat", "What"),
    "wide_table": _text("brede tabel, schuift opzij", "wide table, scrolls sideways"),
    "year": _text("Jaar", "Year"),
}


def words(language: Language) -> Mapping[str, str]:
    """The words that renderers add themselves, in a language."""
    say = Wording(language)
    return {key: say.of(text) for key, text in WORDS.items()}


def long_date(day: date, language: Language) -> str:
    """A day as that language writes it."""
    months = {
        "nl": "januari februari maart april mei juni juli augustus september oktober november december",
        "en": "January February March April May June July August September October November December",
    }[language].split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
