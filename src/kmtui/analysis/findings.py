"""What an analysis finds: typed tables, and what they leave out."""

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from kmtui.analysis.expressions import Bounds, amount
from kmtui.model.base import Text
from kmtui.model.figures import Figures
from kmtui.model.numbers import Number
from kmtui.model.tabular import Column, Row

PLACES = 3
"""Decimals of a number that is computed."""


class FindingsTable(msgspec.Struct, frozen=True):
    """One table of an analysis, with ids in its rows. A `wide` one is for CSV: pages leave it out."""

    name: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    wide: bool = False


class Findings(msgspec.Struct, frozen=True):
    """The tables of an analysis, the first one its main result, and what each of them leaves out and why."""

    title: Text
    tables: tuple[FindingsTable, ...]
    left_out: tuple[Text, ...] = ()

    def table(self, name: str) -> FindingsTable:
        """The table of this name (raises KeyError)."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)


class Numbers(msgspec.Struct, frozen=True):
    """The certain numbers of a column by subject, and the subjects without one."""

    of: dict[str, float]
    without: tuple[str, ...]


def numbers(figures: Figures, column: str, year: int | None, *, second: bool = False) -> Numbers:
    """The numbers of a column in a year, without printed totals (raises KeyError where there is no such column).

    A range, and a cell without a number, gives no certain number.
    """
    table_id, _, indicator = column.partition(".")
    table = figures.table(table_id)
    table.indicator(indicator)
    totals = {subject.id for subject in figures.subjects if subject.kind == "total"}
    of: dict[str, float] = {}
    without = []
    for cell in table.of(indicator, year):
        if cell.subject in totals:
            continue
        value = amount(cell, table, second, adds=False).value
        if value is None:
            without.append(cell.subject)
        else:
            of[cell.subject] = value
    return Numbers(of, tuple(without))


def column_of(figures: Figures, indicator_id: str) -> str | None:
    """The first column of an indicator, whatever the number of its table; None where there is none."""
    for table in figures.tables:
        if any(indicator.id == indicator_id for indicator in table.indicators):
            return f"{table.id}.{indicator_id}"
    return None


def latest_year(figures: Figures, column: str) -> int | None:
    """The newest year of a column, None where the source gives none (raises KeyError)."""
    table_id, _, indicator = column.partition(".")
    return max((year for year in figures.table(table_id).years(indicator) if year is not None), default=None)


def exact(value: float | Bounds | None, places: int = PLACES) -> Number | None:
    """A computed number as a cell: whole where it is whole, else rounded; None for none."""
    number = value.value if isinstance(value, Bounds) else value
    if number is None:
        return None
    return int(number) if number == int(number) else Decimal(str(round(number, places)))


def listed(names: Iterable[str]) -> str:
    """Names behind each other."""
    return ", ".join(names)
