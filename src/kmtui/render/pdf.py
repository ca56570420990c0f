"""Blocks to an accessible PDF (PDF/UA-1 and PDF/A-2a) by Typst.

The template in assets/ reads the publication as JSON. Texts reach Typst as data and are never parsed as markup.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

from kmtui.blocks import (
    Bars,
    Block,
    Callout,
    Column,
    Course,
    Facts,
    Items,
    Number,
    Paragraph,
    Section,
    Span,
    Table,
    TableCell,
    TableRow,
    Target,
)
from kmtui.model.scale import Level
from kmtui.render.publication import (
    Anchors,
    Bar,
    MissingExtraError,
    Publication,
    PublicationError,
    bars_of,
    column_bars,
    column_groups,
    is_matrix,
    long_date,
    row_groups,
    words,
)
from kmtui.terminal import visible
from kmtui.wording import Wording

Json = dict[str, Any]

EPOCH = datetime.fromtimestamp(0, UTC).date()
_NO_GLYPH = re.compile(r"the text `\"(.*?)\"` could not be displayed", re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_ROUNDS = 50
"""How often characters that no font has are replaced and the document is set again."""


def pdf(publication: Publication) -> bytes:
    """The file; the same publication gives the same bytes.

    Characters that no font has are shown as their code point. Raises MissingExtraError without Typst, and
    PublicationError where Typst refuses the document.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtraError("PDF", "Typst") from None
    template = files("kmtui.render").joinpath("assets", "report.typ").read_bytes()
    day = publication.day or EPOCH  # PDF/A needs a date in the metadata
    timestamp = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    lacking: set[str] = set()
    for _ in range(_ROUNDS):
        data = json.dumps(_Data(publication, day, lacking).publication())
        try:
            made = typst.compile(
                template,
                sys_inputs={"data": data},
                format="pdf",
                ignore_system_fonts=True,
                pdf_standards=["a-2a", "ua-1"],
                timestamp=timestamp,
            )
        except typst.TypstError as error:
            found = _without_glyph(str(getattr(error, "diagnostic", error)))
            if found <= lacking:
                raise PublicationError(f"Typst refuses the document: {error}") from error
            lacking |= found
        else:
            return made
    raise PublicationError(f"no font has {len(lacking)} characters or more")


def _without_glyph(diagnostic: str) -> set[str]:
    """The characters that Typst could not display."""
    found: set[str] = set()
    for text in _NO_GLYPH.findall(diagnostic):
        found |= set(_ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], text))
    return found


class _Data:
    """The publication as plain data for the template."""

    def __init__(self, publication: Publication, day: date, lacking: Iterable[str]) -> None:
        self._publication, self._day = publication, day
        self._lacking = {ord(character): f"<U+{ord(character):04X}>" for character in lacking}
        self._anchors = Anchors((*publication.front, *publication.blocks))
        self._on_new_page = set(map(id, _large_sections(publication.blocks)))
        self._say = Wording(publication.language)

    def publication(self) -> Json:
        made, scale = self._publication, self._publication.scale
        return {
            "title": self._text(made.title),
            "subtitle": self._text(made.subtitle),
            "publisher": self._text(made.publisher),
            "language": made.language,
            "day": [self._day.year, self._day.month, self._day.day],
            "date": long_date(made.day, made.language) if made.day else "",
            "draft": None if made.draft is None else self._text(made.draft),
            "contents": made.contents,
            "words": words(made.language),
            "levels": {level.id: self._level(level) for level in (*scale.levels, scale.blank)},
            "front": self._blocks(made.front),
            "blocks": self._blocks(made.blocks),
        }

    def _text(self, text: str) -> str:
        shown = visible(text)
        return shown.translate(self._lacking) if self._lacking else shown

    def _level(self, level: Level) -> Json:
        """A level as it is drawn; the blank has the colours of the page."""
        is_blank = level.id == self._publication.scale.blank.id
        return {
            "label": self._text(self._say.of(level.label)),
            "glyph": self._text(level.glyph),
            "letter": self._text(level.letter),
            "paint": None if is_blank else {"ink": level.paint.ink, "ground": level.paint.ground},
        }

    def _inline(self, spans: Iterable[Span], target: Target | None = None) -> list[Json]:
        whole = self._anchors.to(target)
        return [
            {
                "text": self._text(span.text),
                "role": span.role.name,
                "level": span.level.id if span.level else None,
                "language": span.language or self._say.language,
                "to": whole or self._anchors.to(span.target),
            }
            for span in spans
        ]

    def _blocks(self, blocks: Iterable[Block]) -> list[Json]:
        return [{"kind": type(block).__name__, **self._block(block)} for block in blocks]

    def _block(self, block: Block) -> Json:
        match block:
            case Section():
                title = self._inline(block.title)
                return {
                    "anchor": self._anchors.of(block),
                    "title": title,
                    "new_page": id(block) in self._on_new_page,
                    "blocks": self._blocks(block.blocks),
                }
            case Paragraph():
                return {"spans": self._inline(block.spans, block.target)}
            case Facts():
                return {
                    "items": [
                        {"label": self._text(fact.label), "value": self._inline(fact.value, fact.target)}
                        for fact in block.items
                    ]
                }
            case Items():
                items = [
                    {"spans": self._inline(item.spans, item.target), "blocks": self._blocks(item.blocks)}
                    for item in block.items
                ]
                return {"items": items, "numbered": block.numbered}
            case Callout():
                return {"tone": block.kind, "blocks": self._blocks(block.blocks)}
            case Table():
                return self._table(block)
            case Bars():
                return self._bars(block)
            case Course():
                return self._course(block)

    def _table(self, table: Table) -> Json:
        matrix = is_matrix(table)
        columns = column_bars(table)
        bars = iter([{at: column[row] for at, column in columns.items()} for row in range(len(table.rows))])
        return {
            "caption": self._text(table.caption),
            "matrix": matrix,
            "whole": len(table.rows) + len(table.totals) <= SHORT,
            "widths": _widths(table, matrix),
            "size": _size(table, matrix),
            "columns": [self._column(column, matrix) for column in table.columns],
            "groups": [{"title": self._text(title), "span": span} for title, span in column_groups(table.columns)],
            "rows": [
                {"title": self._text(title), "rows": [self._row(row, next(bars)) for row in rows]}
                for title, rows in row_groups(table.rows)
            ],
            "totals": [self._row(row) for row in table.totals],
            "footnotes": [
                {"id": self._text(footnote.id), "spans": self._inline(footnote.spans)} for footnote in table.footnotes
            ],
        }

    def _column(self, column: Column, matrix: bool) -> Json:
        return {
            "head": self._text(column.head),
            "unit": self._text(column.unit),
            "align": "center" if column.kind == "level" else column.align,
            "upright": matrix and column.kind == "level",
        }

    def _row(self, row: TableRow, bars: Mapping[int, Bar] | None = None) -> Json:
        cells = [self._cell(cell, row.target if at == 0 else None) for at, cell in enumerate(row.cells)]
        for at, bar in (bars or {}).items():
            if at < len(cells):
                cells[at]["bar"] = {"start": bar.start, "width": bar.length}
        return {"cells": cells, "note": self._inline(row.note)}

    def _cell(self, cell: TableCell, target: Target | None) -> Json:
        levels = cell.levels
        if levels is not None:
            levels = levels or (self._publication.scale.blank,)
        return {
            "spans": self._inline(cell.spans, cell.target or target),
            "levels": None if levels is None else [level.id for level in levels],
            "undecided": levels is not None and {level.id for level in levels} >= set(self._publication.scale.ids),
            "to": self._anchors.to(cell.target),
            "footnote": self._text(cell.footnote),
        }

    def _bars(self, chart: Bars) -> Json:
        bars = bars_of(value for _, value in chart.values)
        return {
            "caption": self._text(chart.caption),
            "unit": self._text(chart.unit),
            "values": [
                {"label": self._text(label), "value": self._number(value), "start": bar.start, "width": bar.length}
                for (label, value), bar in zip(chart.values, bars, strict=True)
            ],
        }

    def _number(self, value: Number | None) -> str:
        return "-" if value is None else self._say.number(float(value))

    def _course(self, chart: Course) -> Json:
        bars = bars_of([*(value for _, value in chart.points), chart.top])[:-1]
        years = [year for year, _ in chart.points] or [0]
        first, room = min(years), (max(years) - min(years)) or 1
        return {
            "caption": self._text(chart.caption),
            "unit": self._text(chart.unit),
            "points": [
                {
                    "label": str(year),
                    "place": (year - first) / room,
                    "value": self._number(value),
                    "height": None if value is None else bar.start + (bar.length if value > 0 else 0),
                }
                for (year, value), bar in zip(chart.points, bars, strict=True)
            ],
        }


LARGE = 4
"""Sections within a section from which it starts on a new page."""


def _large_sections(parts: Iterable[Block]) -> Iterator[Section]:
    """The large sections of each part, but for the one that the part opens with."""
    for part in parts:
        if isinstance(part, Section):
            sections = [block for block in part.blocks if isinstance(block, Section)]
            yield from (one for one in sections[1:] if sum(isinstance(two, Section) for two in one.blocks) >= LARGE)


def _widths(table: Table, matrix: bool) -> list[Json]:
    """How the columns share the page: `auto` for what is short, `fr` for long texts in proportion to their length."""
    widths: list[Json] = []
    has_text = any(column.kind == "text" and _longest(table, at) > LONG for at, column in enumerate(table.columns))
    grouped = any(column.group for column in table.columns)
    for at, column in enumerate(table.columns):
        longest = _longest(table, at)
        if column.kind == "level":
            widths.append({"fr": 1} if matrix or not has_text else {})
        elif column.kind == "bar":
            widths.append({"em": BAR_WIDTH})
        elif grouped:
            few = len(table.columns) <= 4
            widths.append({"em": 1.5 + min(longest, LONG) / 2} if at == 0 else {"em": 11} if few else {"fr": 1})
        elif column.kind == "text" and longest > LONG and not matrix:
            widths.append({"fr": min(longest, 4 * LONG)})
        else:
            widths.append({})
    return widths


def _longest(table: Table, at: int) -> int:
    """The length of the longest text in a column."""
    return max((len(row.cells[at].text) for row in table.rows if at < len(row.cells)), default=0)


BAR_WIDTH = 8
"""The width of a column of bars, in the size of its text; the template draws in it."""
SHORT = 7
"""Rows up to which a table is kept on one page."""
LONG = 28
"""Characters from which a text in a cell is set on more than one line."""


def _size(table: Table, matrix: bool) -> float:
    """The size of the text in points, smaller where many columns have to fit."""
    count = len(table.columns)
    if matrix:
        return 7.5 if count <= 20 else 6
    return 9 if count <= 6 else 8 if count <= 9 else 7
