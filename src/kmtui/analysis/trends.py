"""Honest trends: the change between two years over the corps that have both, and who stands out."""

from collections.abc import Iterator
from statistics import median

from kmtui.analysis.findings import Findings, FindingsTable, exact, listed, numbers
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.model.figures import Figures
from kmtui.model.tabular import Column, Row
from kmtui.monitor import Monitor

CUTOFF = 3.5
SCALING = 0.6745
"""The modified z-score of Iglewicz and Hoaglin: the distance to the median, times this, divided by the median absolute
deviation; beyond the cutoff a value is an outlier."""

COLUMNS = (
    Column("indicator", "table and id of the indicator"),
    Column("from_year", "the earlier year", "integer"),
    Column("to_year", "the later year", "integer"),
    Column("corps", "how many corps have a number in both years", "integer"),
    Column("before", "their sum in the earlier year", "number"),
    Column("after", "their sum in the later year", "number"),
    Column("change", "the difference", "number"),
    Column("ratio", "the later sum divided by the earlier; empty where that is zero", "number", optional=True),
    Column("rose", "corps with a higher number", "integer"),
    Column("fell", "corps with a lower number", "integer"),
    Column("one_only", "corps with a number in one of both years only, which are left out", "integer"),
    Column("sum_of_all", "the change of the sums over all corps, whoever is in them", "number"),
)
OUTLIERS = (
    Column("indicator", "table and id of the indicator"),
    Column("corps", "id of the corps"),
    Column("before", "its number in the earlier year", "number"),
    Column("after", "its number in the later year", "number"),
    Column("change", "the difference", "number"),
    Column("score", "modified z-score of the difference (Iglewicz and Hoaglin)", "number"),
)


def trends(monitor: Monitor, edition: Edition, from_year: int | None = None, to_year: int | None = None) -> Findings:
    """The change of every indicator over the corps that have a certain number in both years.

    Without years these are the last one before the edition's period that an indicator has, and its newest. Outliers are
    corps whose difference has a modified z-score (Iglewicz and Hoaglin) above 3.5; where more than half of the
    differences are the same it is not defined, and no outlier is named.
    """
    figures = monitor.figures(edition)
    corps = {one.id: one.name for one in edition.corps}
    rows: list[Row] = []
    outliers: list[Row] = []
    undefined: list[str] = []
    for column, years in _columns(figures):
        earlier = [year for year in years if year < edition.head.period.start.year]
        before = from_year if from_year is not None else max(earlier, default=None)
        after = to_year if to_year is not None else years[-1]
        if before not in years or after not in years or before is None or before >= after:
            continue
        old, new = ({k: v for k, v in numbers(figures, column, y).of.items() if k in corps} for y in (before, after))
        both = [name for name in corps if name in old and name in new]
        if not both:
            continue
        changes = {name: new[name] - old[name] for name in both}
        sums = (sum(old[name] for name in both), sum(new[name] for name in both))
        ratio = exact(sums[1] / sums[0]) if sums[0] else None
        counts = (sum(change > 0 for change in changes.values()), sum(change < 0 for change in changes.values()))
        one_only = len({*old, *new}) - len(both)
        all_sums = sum(new.values()) - sum(old.values())
        totals = (exact(sums[0]), exact(sums[1]), exact(sums[1] - sums[0]), ratio)
        rows.append((column, before, after, len(both), *totals, *counts, one_only, exact(all_sums)))
        scored = modified_z_scores(changes)
        if scored is None:
            undefined.append(column)
            continue
        beyond = sorted((name for name in both if abs(scored[name]) > CUTOFF), key=lambda name: -abs(scored[name]))
        for name in beyond:
            values = (exact(old[name]), exact(new[name]), exact(changes[name]))
            outliers.append((column, name, *values, exact(scored[name])))
    title = Text(nl="Verandering tussen twee jaren", en="Change between two years")
    left_out = (
        Text(
            nl="Per cijfer de korpsen met maar één van beide jaren; hun aantal staat in de tabel.",
            en="For each indicator the corps with one of both years only; the table says how many.",
        ),
        *(
            [
                Text(
                    nl=f"Geen uitschieters te bepalen: meer dan de helft veranderde evenveel: {listed(undefined)}.",
                    en=f"Outliers undefined, as more than half changed by the same amount: {listed(undefined)}.",
                )
            ]
            if undefined
            else []
        ),
    )
    return Findings(
        title,
        (
            FindingsTable("trends", title, COLUMNS, tuple(rows)),
            FindingsTable(
                "outliers",
                Text(
                    nl=f"Uitschieters: aangepaste z-score (Iglewicz en Hoaglin) boven {str(CUTOFF).replace('.', ',')}",
                    en=f"Outliers: modified z-score (Iglewicz and Hoaglin) above {CUTOFF}",
                ),
                OUTLIERS,
                tuple(outliers),
            ),
        ),
        left_out,
    )


def modified_z_scores(values: dict[str, float]) -> dict[str, float] | None:
    """The modified z-score of each value; None where more than half are the same, so that it is not defined."""
    middle = median(values.values())
    deviation = median(abs(value - middle) for value in values.values())
    if deviation == 0:
        return None
    return {name: SCALING * (value - middle) / deviation for name, value in values.items()}


def _columns(figures: Figures) -> Iterator[tuple[str, list[int]]]:
    """Every column of a table that repeats no other, and its years."""
    for table in figures.tables:
        if table.repeats:
            continue
        for indicator in table.indicators:
            years = sorted(year for year in table.years(indicator.id) if year is not None)
            if len(years) > 1:
                yield f"{table.id}.{indicator.id}", years
