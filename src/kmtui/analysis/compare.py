"""Two editions beside each other, and two schemes on one edition: who changed, from what to what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from kmtui.analysis.adapted_weigher import AdaptedWeigher
from kmtui.analysis.rollup_methods import WORST, RollupMethod
from kmtui.analysis.subjects import Possible, Subject, ruling, subjects
from kmtui.model.crosswalk import Crosswalk
from kmtui.model.edition import Edition
from kmtui.model.scale import Scale
from kmtui.model.units import UnitMapping
from kmtui.weighing.outcome import Reason
from kmtui.weighing.weigher import Weigher


class Direction(StrEnum):
    """How one judgement relates to an earlier one."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"
    """Open scores leave more than one of these possible."""
    GIVEN = "given"
    """There was no judgement before."""
    WITHHELD = "withheld"
    """There is no judgement any more."""


class Shift(msgspec.Struct, frozen=True):
    """A judgement before and after, as the levels possible each time, worst first."""

    old: Possible
    new: Possible
    direction: Direction


def shift(old: Possible, new: Possible, scale: Scale) -> Shift:
    """Set two judgements beside each other."""
    return Shift(old=old, new=new, direction=_direction(old, new, scale))


def _direction(old: Possible, new: Possible, scale: Scale) -> Direction:
    if not (old and new):
        return Direction.GIVEN if new else Direction.WITHHELD if old else Direction.SAME
    before, after = ([scale.rank(level) for level in levels] for levels in (old, new))
    if max(*before, *after) == len(scale.ids):
        return Direction.UNKNOWN
    if min(after) > max(before):
        return Direction.BETTER
    if max(after) < min(before):
        return Direction.WORSE
    return Direction.SAME if len(before) == len(after) == 1 else Direction.UNKNOWN


def migration(shifts: Iterable[Shift], scale: Scale) -> dict[tuple[Possible, Possible], int]:
    """How many went from which levels to which, in the order of the scale."""
    counted = Counter((found.old, found.new) for found in shifts)

    def place(pair: tuple[Possible, Possible]) -> tuple[list[int], ...]:
        return tuple([scale.rank(level) for level in levels] or [len(scale.ids)] for levels in pair)

    return {pair: counted[pair] for pair in sorted(counted, key=place)}


class Course(msgspec.Struct, frozen=True):
    """How a corps or unit fared from one edition to the next; `published` only where both print its end score."""

    subject: str
    published: Shift | None
    computed: Shift
    dimensions: Mapping[str, Shift]


class EditionComparison(msgspec.Struct, frozen=True):
    """Two editions: those that stand in both, in the order of the newer one, and the ids of those that do not."""

    old: str
    new: str
    courses: tuple[Course, ...]
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]


def compare_editions(
    old: tuple[Edition, Weigher],
    new: tuple[Edition, Weigher],
    crosswalk: Crosswalk | None = None,
    mapping: UnitMapping | None = None,
    way: RollupMethod = WORST,
) -> EditionComparison:
    """Two editions, each weighed by the scheme beside it; with a unit mapping their units.

    Where the newer one has another framework, a crosswalk to it carries the earlier scores over; the earlier end scores
    stay those of their own scheme.
    """
    scale = new[1].framework.scale
    before, after = (
        {subject.id: subject for subject in subjects(edition, weigher.framework.scale, mapping, way)}
        for edition, weigher in (old, new)
    )
    old_side, new_side = AdaptedWeigher(weigher=old[1]), AdaptedWeigher(weigher=new[1])

    def course(was: Subject, now: Subject) -> Course:
        levels = crosswalk.carry(was.levels, scale) if crosswalk else was.levels
        computed = (ruling(was, old_side, way).possible, ruling(now, new_side, way).possible)
        both_published = was.published is not None and now.published is not None
        return Course(
            subject=now.id,
            published=shift(was.published or (), now.published or (), scale) if both_published else None,
            computed=shift(*computed, scale),
            dimensions={
                name: shift(levels.get(name, ()), now.levels.get(name, ()), scale)
                for name in new_side.weigher.framework.dimension_ids
            },
        )

    return EditionComparison(
        old=old[0].id,
        new=new[0].id,
        courses=tuple(course(before[name], now) for name, now in after.items() if name in before),
        only_old=tuple(name for name in before if name not in after),
        only_new=tuple(name for name in after if name not in before),
    )


class UnderBoth(msgspec.Struct, frozen=True):
    """The end score of a corps or unit under one scheme and under another, and what decides it there."""

    subject: str
    verdict: Shift
    old_deciding: tuple[Reason, ...]
    new_deciding: tuple[Reason, ...]


def compare_schemes(
    edition: Edition,
    old: AdaptedWeigher,
    new: AdaptedWeigher,
    mapping: UnitMapping | None = None,
    way: RollupMethod = WORST,
) -> tuple[UnderBoth, ...]:
    """Two schemes on the scores of one edition; with a unit mapping, on those of its units."""
    scale = new.weigher.framework.scale
    own = old.weigher.framework.scale if new.crosswalk else scale
    found = []
    for subject in subjects(edition, own, mapping, way):
        one, other = ruling(subject, old, way), ruling(subject, new, way)
        found.append(
            UnderBoth(
                subject=subject.id,
                verdict=shift(one.possible, other.possible, scale),
                old_deciding=one.deciding,
                new_deciding=other.deciding,
            )
        )
    return tuple(found)
