"""Norms that can be measured: each corps's value from the tables, its band, and the score beside it."""

from kmtui.analysis.findings import Findings, FindingsTable, Numbers, column_of, exact, latest_year, listed, numbers
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.model.framework import Dimension, Measure
from kmtui.model.tabular import Column, Row
from kmtui.monitor import Monitor

COLUMNS = (
    Column("dimension", "id of the dimension"),
    Column("corps", "id of the corps"),
    Column("value", "the value that the tables give", "number", optional=True),
    Column("unit", "what the value counts"),
    Column("allows", "the levels that the norm allows at this value, worst first", levels=True),
    Column("possible", "the levels of the score that are still possible, worst first", levels=True, optional=True),
    Column("fits", "whether the score is among the levels allowed", values=("yes", "possible", "no", "blank")),
    Column("first", "the number that is divided", "number", optional=True),
    Column("per", "the number that it is divided by", "number", optional=True),
)


def norms(monitor: Monitor, edition: Edition) -> Findings:
    """Each measure of the framework that the tables of an edition allow to compute, for every corps.

    The value is that of the newest year, in the unit of the measure. `allows` are the levels of its band. A measure
    without indicators, and a corps without a certain number in one of them, are left out by name.
    """
    framework, figures = monitor.framework(edition), monitor.figures(edition)
    rows: list[Row] = []
    left_out: list[Text] = []
    for dimension in framework.dimensions:
        measure = dimension.measure
        if measure is None:
            continue
        quotient = measure.computed
        columns = [column_of(figures, name) for name in (quotient.of, quotient.per)] if quotient else [None]
        if None in columns:
            left_out.append(
                Text(
                    nl=f"{dimension.name.nl}: geen tabel meet dit ({measure.quantity.nl}).",
                    en=f"{dimension.name.en}: no table measures this ({measure.quantity.en}).",
                )
            )
            continue
        first, per = (numbers(figures, str(column), latest_year(figures, str(column))) for column in columns)
        rows += _rows(monitor, edition, dimension, measure, (first, per))
        without = [corps.name for corps in edition.corps if not _has(first, per, corps.id)]
        if without:
            said = listed(without)
            left_out.append(
                Text(
                    nl=f"{dimension.name.nl}: zonder aantal, of gedeeld door nul: {said}.",
                    en=f"{dimension.name.en}: without a number, or divided by zero: {said}.",
                )
            )
    title = Text(nl="Normen naast cijfers en scores", en="Norms beside figures and scores")
    return Findings(title, (FindingsTable("norms", title, COLUMNS, tuple(rows)),), tuple(left_out))


def _has(first: Numbers, per: Numbers, corps_id: str) -> bool:
    return corps_id in first.of and per.of.get(corps_id, 0) > 0


def _rows(
    monitor: Monitor, edition: Edition, dimension: Dimension, measure: Measure, parts: tuple[Numbers, Numbers]
) -> list[Row]:
    """The corps that have both numbers, lowest value first."""
    first, per = parts
    scale = monitor.framework(edition).scale
    found = []
    for corps in edition.corps:
        if not _has(first, per, corps.id):
            continue
        value = first.of[corps.id] / per.of[corps.id]
        allowed, possible = measure.levels_for(value, scale), corps.scores[dimension.id].possible
        fitting = set(possible) & set(allowed)
        fits = "blank" if not possible else "yes" if fitting == {*possible} else "possible" if fitting else "no"
        numbers_of = (exact(first.of[corps.id]), exact(per.of[corps.id]))
        levels = ("|".join(allowed), "|".join(possible))
        row = (dimension.id, corps.id, exact(value, 2), measure.unit, *levels, fits, *numbers_of)
        found.append((value, row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]
