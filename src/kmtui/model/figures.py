"""The tables of figures: printed cells kept exactly, with what they mean beside them."""

import re
from collections.abc import Collection, Iterator
from typing import Annotated, Literal

from msgspec import Meta, field

from kmtui.model.base import Citation, Id, Paragraph, Text, Value, Words
from kmtui.model.cells import Cell, CellStatus, Column
from kmtui.model.numbers import DecimalMark, Number, parse_number


class Notation(Value):
    """How the source prints what is no number (compared without regard to case), and the mark before decimals."""

    unknown: tuple[str, ...] = ()
    not_given: tuple[str, ...] = field(name="not-given", default=())
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    decimal: DecimalMark = ""

    def word(self, raw: str) -> CellStatus | None:
        """The status that a printed word stands for, or None where it is no such word."""
        for status in (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN, CellStatus.YES, CellStatus.NO, CellStatus.PARTLY):
            if raw.casefold() in getattr(self, status.replace("-", "_")):
                return status
        return None


_RANGE = re.compile(r"(\d+)-(\d+)")
_DOUBLE = re.compile(r"(\d+) ?\((\d+|-)\)")
_NUMBERS = re.compile(r"\d+")


Meaning = tuple[CellStatus, Number | None, tuple[Number | None, ...]]
"""Status, value and parts of a cell."""


def parse_cell(raw: str, notation: Notation) -> Meaning:
    """Status, value and parts of a printed cell; the value is None unless the cell is one number."""
    word = notation.word(raw)
    if word is not None:
        return word, None, ()
    if not raw:
        return CellStatus.EMPTY, None, ()
    number = parse_number(raw, notation.decimal)
    if number is not None:
        return CellStatus.NUMBER, number, ()
    if match := _RANGE.fullmatch(raw):
        return CellStatus.RANGE, None, tuple(sorted(int(part) for part in match.groups()))
    if match := _DOUBLE.fullmatch(raw):
        return CellStatus.DOUBLE, None, tuple(None if part == "-" else int(part) for part in match.groups())
    numbers = tuple(int(part) for part in _NUMBERS.findall(raw))
    return (CellStatus.MIXED, None, numbers) if numbers else (CellStatus.TEXT, None, ())


class Subject(Value):
    """A row that is no corps: a body, a place, the nation, or a printed total."""

    id: Id
    kind: Annotated[str, Meta(pattern=r"^(body|place|national|total)\Z")]
    name: Text


class Indicator(Value):
    """The quantity in one group of columns."""

    id: Id
    name: Text
    unit: Words
    note: str = ""


class CellRemark(Value):
    """What is odd about one cell."""

    indicator: Id
    subject: Id
    year: int | None = None
    text: Words


class Footnote(Value):
    """A note of the source, in our own words, by its printed number."""

    id: Annotated[str, Meta(pattern=r"^[0-9]+\Z")]
    text: Words
    source: tuple[Paragraph, ...] = ()
    """The paragraph that it belongs to, where that is not a table's."""


class Gaps(Value, rename="kebab"):
    """Which cells of a table add nothing to a sum and fulfil no condition on a number, and what shows that."""

    add_nothing: Annotated[tuple[CellStatus, ...], Meta(min_length=1)]
    evidence: Words


class FigureTable(Value):
    """One printed table, by its printed number."""

    id: Annotated[str, Meta(pattern=r"^[0-9]+\Z")]
    title: Text
    source: Citation
    note: str = ""
    repeats: Annotated[str, Meta(pattern=r"^[0-9]*\Z")] = ""
    """The number of a table that this one repeats; empty where it repeats none."""
    gaps: Gaps | None = None
    """What cells without a number add to a sum; None: each may stand for any number."""
    indicators: Annotated[tuple[Indicator, ...], Meta(min_length=1)]
    remarks: tuple[CellRemark, ...] = ()
    cells: tuple[Cell, ...] = ()

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id (raises KeyError)."""
        for indicator in self.indicators:
            if indicator.id == indicator_id:
                return indicator
        raise KeyError(indicator_id)

    def of(self, indicator_id: str, year: int | None) -> Iterator[Cell]:
        """The cells of one column, in the order of the rows."""
        return (cell for cell in self.cells if cell.indicator == indicator_id and cell.year == year)

    def years(self, indicator_id: str) -> list[int | None]:
        """The years of an indicator, in order."""
        return list(dict.fromkeys(cell.year for cell in self.cells if cell.indicator == indicator_id))

    @property
    def subjects(self) -> list[str]:
        """The rows, in their printed order."""
        return list(dict.fromkeys(cell.subject for cell in self.cells))


class LevelTable(Value):
    """A printed table of levels, by its printed number: what it holds is in the scores, judgements and verdicts."""

    id: Annotated[str, Meta(pattern=r"^[0-9]+\Z")]
    title: Text
    source: Citation
    shows: Literal["scores", "judgements", "verdicts"]
    note: str = ""


class PairColumn(Value):
    """One side of a pair: a column, who counts it, and whether the second number of double cells is meant."""

    column: Column
    by: Words
    second_reading: bool = False


class Pair(Value):
    """The same quantity as two bodies count it."""

    id: Id
    name: Text
    first: PairColumn
    second: PairColumn


class Figures(Value):
    """All tables of an edition, the subjects beside the corps, and the footnotes."""

    notation: Notation = field(default_factory=Notation)
    subjects: tuple[Subject, ...] = ()
    tables: tuple[FigureTable, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    pairs: tuple[Pair, ...] = ()
    level_tables: tuple[LevelTable, ...] = ()

    def of_years(self, years: Collection[int]) -> "Figures":
        """The same tables with the columns of these years only; tables without any are left out."""
        tables = []
        for table in self.tables:
            cells = tuple(cell for cell in table.cells if cell.year in years)
            used = {cell.indicator for cell in cells}
            if cells:
                indicators = tuple(indicator for indicator in table.indicators if indicator.id in used)
                remarks = tuple(remark for remark in table.remarks if remark.year in years)
                tables.append(table.replace(cells=cells, indicators=indicators, remarks=remarks))
        return self.replace(tables=tuple(tables))

    def cell(self, table_id: str, indicator_id: str, subject: str, year: int | None) -> Cell | None:
        """One cell, or None where there is no such table, indicator, row or year."""
        for table in self.tables:
            if table.id == table_id:
                return next((cell for cell in table.of(indicator_id, year) if cell.subject == subject), None)
        return None

    def table(self, table_id: str) -> FigureTable:
        """The table with this printed number (raises KeyError)."""
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)
