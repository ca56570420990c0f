"""What verdicts are given on: the corps of an edition, or its units by the scores of their corps."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from kmtui.analysis.adapted_weigher import AdaptedWeigher
from kmtui.analysis.rollup_methods import WORST, RollupMethod
from kmtui.model.edition import Corps, Edition
from kmtui.model.scale import Scale
from kmtui.model.units import UnitMapping
from kmtui.weighing.outcome import Reason

Possible = tuple[str, ...]
Levels = Mapping[str, Possible]


class Subject(msgspec.Struct, frozen=True):
    """A corps or a unit: possible levels by dimension, rolled up from those of its members for a unit.

    `published` is the end score as the source prints it, for a corps.
    """

    id: str
    levels: Levels
    members: tuple[Levels, ...] = ()
    published: Possible | None = None


class Ruling(msgspec.Struct, frozen=True):
    """The possible end scores of a subject under a scheme, and the reasons that decide it."""

    possible: Possible
    deciding: tuple[Reason, ...]


def subjects(
    edition: Edition, scale: Scale, mapping: UnitMapping | None = None, way: RollupMethod = WORST
) -> tuple[Subject, ...]:
    """The corps of an edition, in its order; or the units of a mapping that have any, and then the other corps."""
    if mapping is None:
        return tuple(map(_corps, edition.corps))
    joined = {corps_id for unit in mapping.units for corps_id in unit.corps}
    return (
        *_units(edition, scale, mapping, way),
        *(_corps(corps) for corps in edition.corps if corps.id not in joined),
    )


def _corps(corps: Corps) -> Subject:
    return Subject(id=corps.id, levels=_levels(corps), published=corps.published.possible if corps.published else None)


def _levels(corps: Corps) -> dict[str, Possible]:
    return {name: score.possible for name, score in corps.scores.items()}


def _units(edition: Edition, scale: Scale, mapping: UnitMapping, way: RollupMethod) -> Iterator[Subject]:
    for unit in mapping.units:
        members = [_levels(corps) for corps in edition.corps if corps.id in unit.corps]
        if members:
            names = dict.fromkeys(name for levels in members for name in levels)
            rolled = {name: way.combine([levels.get(name, ()) for levels in members], scale) for name in names}
            yield Subject(id=unit.id, levels=rolled, members=tuple(members))


def ruling(subject: Subject, side: AdaptedWeigher, way: RollupMethod = WORST) -> Ruling:
    """The end score of a subject; of a unit weighed over its dimensions, or else combined from its corps."""
    if not subject.members or way.weighs:
        weighing = side.weigh(subject.levels)
        return Ruling(possible=weighing.possible, deciding=weighing.deciding)
    scale = side.weigher.framework.scale
    weighings = [side.weigh(levels) for levels in subject.members]
    possible = way.combine([weighing.possible for weighing in weighings], scale)
    weakest = [weighing for weighing in weighings if possible and weighing.possible[:1] == possible[:1]]
    return Ruling(possible=possible, deciding=_once([reason for weighing in weakest for reason in weighing.deciding]))


def _once(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons without a second one through the same rule."""
    return tuple({reason.rule.id: reason for reason in reversed(reasons)}.values())[::-1]
