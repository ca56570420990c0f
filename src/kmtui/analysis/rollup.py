"""Roll corps up to units: scores by the worst, figures by a sum that says what it could not add."""

from collections import Counter
from collections.abc import Iterable, Mapping

from kmtui.model import Cell, CellStatus, Edition, Scale, Score, Unit, Value, worst_of
from kmtui.weighing import Weigher, Weighing


class RolledUp(Value):
    """One dimension of a unit: the levels that the roll-up allows (none where all are blank), and who scores what.

    `distribution` counts the member corps by their possible levels, worst first.
    """

    unit: str
    dimension: str
    possible: tuple[str, ...]
    distribution: Mapping[tuple[str, ...], int]


class UnitVerdict(Value):
    """The end score of a unit: the worst of its corps's, or the rules weighed over the rolled-up dimensions."""

    unit: str
    worst: tuple[str, ...]
    weighing: Weighing
    distribution: Mapping[tuple[str, ...], int]


def roll_up(edition: Edition, unit: Unit, weigher: Weigher) -> tuple[RolledUp, ...]:
    """The dimensions of a unit, in the framework's order. Member corps that the edition lacks are left out."""
    members = _members(edition, unit)
    return tuple(
        _rolled(unit.id, dimension, [scores[dimension] for scores in members], weigher.framework.scale)
        for dimension in weigher.framework.dimension_ids
    )


def unit_verdict(edition: Edition, unit: Unit, weigher: Weigher) -> UnitVerdict:
    """The end score of a unit in both ways."""
    scale = weigher.framework.scale
    single = [weigher.weigh(scores).possible for scores in _members(edition, unit)]
    rolled = {row.dimension: row.possible for row in roll_up(edition, unit, weigher)}
    return UnitVerdict(
        unit=unit.id,
        worst=worst_of(single, scale),
        weighing=weigher.weigh_levels(rolled),
        distribution=_distribution(single, scale),
    )


def _members(edition: Edition, unit: Unit) -> list[Mapping[str, Score]]:
    return [corps.scores for corps in edition.corps if corps.id in unit.corps]


def _rolled(unit: str, dimension: str, scores: list[Score], scale: Scale) -> RolledUp:
    possible = [score.possible for score in scores]
    return RolledUp(
        unit=unit,
        dimension=dimension,
        possible=worst_of(possible, scale),
        distribution=_distribution(possible, scale),
    )


def _distribution(possible: Iterable[tuple[str, ...]], scale: Scale) -> dict[tuple[str, ...], int]:
    counted = Counter(possible)
    return {levels: counted[levels] for levels in sorted(counted, key=lambda key: [scale.rank(level) for level in key])}


class Sum(Value):
    """The sum of cells, and what was not in it.

    `left_out` counts by status the cells that are no number; `low` and `high` bound the sum where ranges are among
    them, and `high` is None where nothing bounds it.
    """

    value: float
    added: int
    left_out: Mapping[CellStatus, int]
    low: float
    high: float | None


UNKNOWN_AMOUNT = (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN, CellStatus.EMPTY, CellStatus.TEXT)
"""Cells that may stand for any number."""


def add_up(cells: Iterable[Cell], reading: int = 0) -> Sum:
    """Add the numbers of some cells."""
    value = low = high = 0.0
    added, bounded = 0, True
    left_out: Counter[CellStatus] = Counter()
    for cell in cells:
        number = cell.number(reading)
        if number is not None:
            value, low, high, added = value + number, low + number, high + number, added + 1
            continue
        left_out[cell.status] += 1
        parts = [part for part in cell.parts if part is not None]
        if parts:
            low, high = low + min(parts), high + sum(parts)
        elif cell.status in UNKNOWN_AMOUNT:
            bounded = False
    return Sum(value=value, added=added, left_out=dict(left_out), low=low, high=high if bounded else None)
