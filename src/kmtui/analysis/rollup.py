"""Roll corps up to units: scores in one of several ways, figures by a sum that says what it could not add."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from kmtui.analysis.rollup_methods import WORST, RollupMethod
from kmtui.model.base import Text
from kmtui.model.cells import Cell, CellStatus
from kmtui.model.edition import Edition
from kmtui.model.numbers import Number
from kmtui.model.scale import Scale
from kmtui.model.score import Score
from kmtui.model.units import Unit, UnitMapping
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher


class RolledUp(msgspec.Struct, frozen=True):
    """One dimension of a unit: the levels that the roll-up allows (none where all are blank), and who scores what.

    `distribution` counts the member corps by their possible levels, worst first.
    """

    unit: str
    dimension: str
    possible: tuple[str, ...]
    distribution: Mapping[tuple[str, ...], int]


class UnitVerdict(msgspec.Struct, frozen=True):
    """The end score of a unit: that of its corps combined, and the rules weighed over the rolled-up dimensions.

    `possible` is the one of the two that the way of rolling up takes.
    """

    unit: str
    possible: tuple[str, ...]
    combined: tuple[str, ...]
    weighing: Weighing
    distribution: Mapping[tuple[str, ...], int]


def units_of(edition: Edition, mapping: UnitMapping) -> tuple[Unit, ...]:
    """The units of a mapping, and behind them a unit of its own for each corps of the edition that is in none."""
    joined = {corps_id for unit in mapping.units for corps_id in unit.corps}
    alone = (
        Unit(id=corps.id, name=Text(nl=corps.name, en=corps.name), corps=(corps.id,), source=corps.source)
        for corps in edition.corps
        if corps.id not in joined
    )
    return (*mapping.units, *alone)


def roll_up(edition: Edition, unit: Unit, weigher: Weigher, way: RollupMethod = WORST) -> tuple[RolledUp, ...]:
    """The dimensions of a unit, in the framework's order. Member corps that the edition lacks are left out."""
    members = _members(edition, unit)
    return tuple(
        _rolled(unit.id, dimension, [scores[dimension].possible for scores in members], weigher.framework.scale, way)
        for dimension in weigher.framework.dimension_ids
    )


def unit_verdict(edition: Edition, unit: Unit, weigher: Weigher, way: RollupMethod = WORST) -> UnitVerdict:
    """The end score of a unit, combined and weighed."""
    scale = weigher.framework.scale
    single = [weigher.weigh(scores).possible for scores in _members(edition, unit)]
    combined = way.combine(single, scale)
    weighing = weigher.weigh_levels({row.dimension: row.possible for row in roll_up(edition, unit, weigher, way)})
    return UnitVerdict(
        unit=unit.id,
        possible=weighing.possible if way.weighs else combined,
        combined=combined,
        weighing=weighing,
        distribution=_distribution(single, scale),
    )


def _members(edition: Edition, unit: Unit) -> list[Mapping[str, Score]]:
    return [corps.scores for corps in edition.corps if corps.id in unit.corps]


def _rolled(unit: str, dimension: str, possible: list[tuple[str, ...]], scale: Scale, way: RollupMethod) -> RolledUp:
    return RolledUp(
        unit=unit,
        dimension=dimension,
        possible=way.combine(possible, scale),
        distribution=_distribution(possible, scale),
    )


def _distribution(possible: Iterable[tuple[str, ...]], scale: Scale) -> dict[tuple[str, ...], int]:
    counted = Counter(possible)
    return {levels: counted[levels] for levels in sorted(counted, key=lambda key: [scale.rank(level) for level in key])}


class Sum(msgspec.Struct, frozen=True):
    """The sum of cells, and what was not in it.

    `left_out` counts by status the cells that are no number; `low` and `high` bound the sum where ranges are among
    them, and `high` is None where nothing bounds it.
    """

    value: Number
    added: int
    left_out: Mapping[CellStatus, int]
    low: Number
    high: Number | None


UNKNOWN_AMOUNT = (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN, CellStatus.EMPTY, CellStatus.TEXT)
"""Cells that may stand for any number."""


def add_up(cells: Iterable[Cell], reading: int = 0) -> Sum:
    """Add the numbers of some cells."""
    value: Number = 0
    low: Number = 0
    high: Number = 0
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


def count_yes(cells: Iterable[Cell]) -> Sum:
    """Count the cells that say yes, as a sum in which yes is one and no is nothing."""
    counted: Counter[CellStatus] = Counter(cell.status for cell in cells)
    yes, said = counted[CellStatus.YES], counted[CellStatus.YES] + counted[CellStatus.NO]
    left_out: dict[CellStatus, int] = {
        status: count for status, count in counted.items() if status not in (CellStatus.YES, CellStatus.NO)
    }
    return Sum(value=yes, added=said, left_out=left_out, low=yes, high=yes + sum(left_out.values()))
