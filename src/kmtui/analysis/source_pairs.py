"""Differences between sources: the same quantity as two bodies count it."""

from kmtui.analysis.findings import Findings, FindingsTable, exact, listed, numbers
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.model.figures import Figures, Pair
from kmtui.model.tabular import Column, Row
from kmtui.monitor import Monitor

COLUMNS = (
    Column("quantity", "id of the quantity that both count"),
    Column("subject", "id of the corps, or total for all subjects that have both numbers"),
    Column("year", "year of the figures", "integer"),
    Column("first", "the number of the first body", "number"),
    Column("second", "the number of the second body", "number"),
    Column("difference", "the second minus the first", "number"),
    Column("ratio", "the second divided by the first; empty where that is zero", "number", optional=True),
    Column("first_by", "who counts the first number"),
    Column("second_by", "who counts the second number"),
)
TOTAL = "total"


def source_pairs(monitor: Monitor, edition: Edition, year: int | None = None) -> Findings:
    """Both numbers of each pair of columns that the edition names, subject by subject, largest difference first.

    All years that both columns have, newest first, or one `year`. A subject with a certain number in one column only is
    left out, by name. The total is over the subjects that have both; where the second body counts the country alone,
    the sum of the first is set beside it.
    """
    figures = monitor.figures(edition)
    names = {corps.id: corps.name for corps in edition.corps}
    rows: list[Row] = []
    left_out: list[Text] = []
    for pair in figures.pairs:
        for one in _years(figures, pair):
            if year in (None, one):
                found, without = _pair(figures, pair, one)
                rows += found
                if without:
                    said = listed(names.get(subject, subject) for subject in without)
                    left_out.append(
                        Text(
                            nl=f"{pair.name.nl}, {one}: maar één getal van {said}.",
                            en=f"{pair.name.en}, {one}: one number only of {said}.",
                        )
                    )
    title = Text(nl="Hetzelfde volgens twee bronnen", en="The same according to two sources")
    return Findings(title, (FindingsTable("sources", title, COLUMNS, tuple(rows)),), tuple(left_out))


def _years(figures: Figures, pair: Pair) -> list[int]:
    def of(column: str) -> set[int]:
        table_id, _, indicator = column.partition(".")
        return {year for year in figures.table(table_id).years(indicator) if year is not None}

    return sorted(of(pair.first.column) & of(pair.second.column), reverse=True)


def _pair(figures: Figures, pair: Pair, year: int) -> tuple[list[Row], list[str]]:
    first = numbers(figures, pair.first.column, year, second=pair.first.second_reading)
    second = numbers(figures, pair.second.column, year, second=pair.second.second_reading)
    both = [subject for subject in first.of if subject in second.of]
    national = {subject.id for subject in figures.subjects if subject.kind == "national"}
    if not both and set(second.of) <= national:
        sums = (sum(first.of.values()), sum(second.of.values()))
        return [_row(pair, TOTAL, year, *sums)], list(first.without)
    rows = sorted((_row(pair, one, year, first.of[one], second.of[one]) for one in both), key=_size)
    sums = (sum(first.of[one] for one in both), sum(second.of[one] for one in both))
    without = [subject for subject in {**first.of, **second.of} if subject not in both]
    return [*rows, *([_row(pair, TOTAL, year, *sums)] if both else [])], without


def _row(pair: Pair, subject: str, year: int, first: float, second: float) -> Row:
    ratio = exact(second / first) if first else None
    numbers_of = (exact(first), exact(second), exact(second - first), ratio)
    return pair.id, subject, year, *numbers_of, pair.first.by, pair.second.by


def _size(row: Row) -> tuple[float, str]:
    """The largest difference first."""
    difference = row[5]
    return (-abs(float(difference)) if difference is not None else 0, str(row[1]))
