"""Figures against scores: how an indicator is distributed over the levels of a dimension."""

from collections.abc import Iterable, Sequence
from itertools import product
from math import prod, sqrt
from statistics import median

from kmtui.analysis.expressions import Bounds
from kmtui.analysis.findings import Findings, FindingsTable, exact, latest_year, listed, numbers
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.model.tabular import Column, Row
from kmtui.monitor import Monitor

MOST_WORLDS = 4096
"""Sets of open scores that are tried one by one; with more of them a correlation has no bounds."""

FEWEST = 5
"""Corps with a number and a score that a correlation takes."""

COLUMNS = (
    Column("indicator", "table and id of the indicator"),
    Column("dimension", "id of the dimension"),
    Column("year", "year of the figures", "integer", optional=True),
    Column("corps", "how many corps have a number and a score that is not blank", "integer"),
    Column("open", "how many of these scores are open", "integer"),
    Column("low", "Kendall's tau-b at least, over all open scores", "number", optional=True),
    Column("high", "Kendall's tau-b at most, over all open scores", "number", optional=True),
)
BY_LEVEL = (
    Column("indicator", "table and id of the indicator"),
    Column("dimension", "id of the dimension"),
    Column("level", "the levels of the score that are still possible", levels=True),
    Column("corps", "how many corps have it, and a number", "integer"),
    Column("lowest", "the lowest number", "number"),
    Column("median", "the middle number", "number"),
    Column("highest", "the highest number", "number"),
)


def figures_by_score(
    monitor: Monitor, edition: Edition, indicators: Sequence[str] = (), dimensions: Sequence[str] = ()
) -> Findings:
    """Kendall's tau-b between indicators and dimensions, and the distribution of the figures over the levels.

    Without `indicators` (as `table.indicator`) all that have numbers, without `dimensions` all; raises KeyError for one
    that does not exist. A better level ranks higher, so a positive tau means: the higher the figure, the better the
    score. Open scores are tried in every combination, which bounds tau; where all scores or figures are the same it is
    not defined. Blank scores and cells without a certain number are left out.
    """
    framework, figures = monitor.framework(edition), monitor.figures(edition)
    chosen = dimensions or framework.dimension_ids
    for dimension_id in chosen:
        framework.dimension(dimension_id)
    columns = indicators or [
        f"{table.id}.{indicator.id}" for table in figures.tables if not table.repeats for indicator in table.indicators
    ]
    rank_of = {level: rank for rank, level in enumerate(framework.scale.ids)}
    rows: list[Row] = []
    levels: list[Row] = []
    undefined: list[str] = []
    for column in columns:
        year = latest_year(figures, column)
        of = numbers(figures, column, year).of
        for dimension_id in chosen:
            pairs = [
                (of[corps.id], corps.scores[dimension_id].possible)
                for corps in edition.corps
                if corps.id in of and corps.scores[dimension_id].possible
            ]
            ranks = [tuple(rank_of.get(level) for level in possible) for _, possible in pairs]
            ranked = [(value, of_corps) for (value, _), of_corps in zip(pairs, ranks, strict=True)]
            if len(pairs) < FEWEST:
                continue
            tau = correlation(ranked)
            is_open = sum(len(possible) > 1 for _, possible in pairs)
            if tau is None:
                undefined.append(f"{column} x {dimension_id}")
                continue
            rows.append((column, dimension_id, year, len(pairs), is_open, exact(tau.low), exact(tau.high)))
            levels += _by_level(column, dimension_id, pairs)
    rows.sort(key=lambda row: (-_strength(row), str(row[0]), str(row[1])))
    title = Text(nl="Cijfers tegenover scores", en="Figures against scores")
    left_out = [
        Text(
            nl=f"Scores zonder oordeel, cellen zonder één getal, en paren met minder dan {FEWEST} korpsen.",
            en=f"Blank scores, cells without a number or with a range, and pairs with fewer than {FEWEST} corps.",
        )
    ]
    if undefined and len(undefined) <= 20:
        left_out.append(
            Text(
                nl=f"Geen samenhang te bepalen, want alle scores of cijfers zijn gelijk: {listed(undefined)}.",
                en=f"No correlation defined, as all scores or figures are the same: {listed(undefined)}.",
            )
        )
    elif undefined:
        left_out.append(
            Text(
                nl=f"{len(undefined)} paren zonder samenhang, want alle scores of cijfers zijn gelijk.",
                en=f"{len(undefined)} pairs without a correlation, as all scores or figures are the same.",
            )
        )
    return Findings(
        title,
        (
            FindingsTable("scores", title, COLUMNS, tuple(rows)),
            FindingsTable(
                "levels", Text(nl="Verdeling per niveau", en="Distribution by level"), BY_LEVEL, tuple(levels)
            ),
        ),
        tuple(left_out),
    )


def correlation(pairs: Iterable[tuple[float, tuple[int | None, ...]]]) -> Bounds | None:
    """The least and the most that Kendall's tau-b can be between numbers and possible ranks.

    A rank that is None stands for a blank score, which takes its number out. None where tau is not defined in any case,
    or where there are too many combinations of open ranks.
    """
    numbers_of, ranks = zip(*pairs, strict=True)
    if prod(len(possible) for possible in ranks) > MOST_WORLDS:
        return None
    found = []
    for world in product(*ranks):
        present = [(value, rank) for value, rank in zip(numbers_of, world, strict=True) if rank is not None]
        tau = kendall([value for value, _ in present], [rank for _, rank in present])
        if tau is not None:
            found.append(tau)
    return Bounds(min(found), max(found)) if found else None


def kendall(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Kendall's tau-b of paired numbers, which allows for ties; None where all of one side are the same."""
    agreeing = first_apart = second_apart = 0
    for at in range(len(first)):
        for other in range(at):
            one = (first[at] > first[other]) - (first[at] < first[other])
            two = (second[at] > second[other]) - (second[at] < second[other])
            agreeing += one * two
            first_apart += one != 0
            second_apart += two != 0
    return agreeing / sqrt(first_apart * second_apart) if first_apart and second_apart else None


def _by_level(column: str, dimension_id: str, pairs: Iterable[tuple[float, tuple[str, ...]]]) -> list[Row]:
    grouped: dict[tuple[str, ...], list[float]] = {}
    for value, possible in pairs:
        grouped.setdefault(possible, []).append(value)
    return [
        (
            column,
            dimension_id,
            "|".join(possible),
            len(values),
            exact(min(values)),
            exact(median(values)),
            exact(max(values)),
        )
        for possible, values in sorted(grouped.items(), key=lambda item: median(item[1]))
    ]


def _strength(row: Row) -> float:
    """How strong a correlation is at least: zero where its bounds have different signs."""
    low, high = float(row[5] or 0), float(row[6] or 0)
    return 0.0 if low <= 0 <= high else min(abs(low), abs(high))
