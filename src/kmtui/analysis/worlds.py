"""Every set of scores that there can be, under several schemes of rules at once: what can come about together.

Exact, for the reason that weighing open scores is (see `kmtui.weighing.sweep`): what the rest of a sweep needs to know
of the dimensions taken so far fits a small state, here one for each scheme, and of all sets of scores that lead to the
same states the cheapest is kept. Levels of a dimension that no condition tells apart count as one, the best of them; so
does the blank where no prerequisite could limit the best level.
"""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from itertools import product
from typing import NamedTuple

from kmtui.model.crosswalk import Crosswalk
from kmtui.model.framework import Framework
from kmtui.model.scheme import WeightingScheme
from kmtui.weighing.sweep import Compiled, State

Block = tuple[int, ...]
"""Places of dimensions that are taken in one step."""


class World(NamedTuple):
    """A set of scores, as the rank of each dimension, and what it costs."""

    cost: int
    ranks: tuple[int, ...]


class Lane:
    """A scheme with the final values of its parameters, as scores of the framework `base` meet it.

    `sources` holds, for each dimension of the scheme's own framework, the places in `base` that it is the worst of;
    `ranks` the rank there of each rank in `base`, the blank's included.
    """

    def __init__(
        self,
        base: Framework,
        framework: Framework,
        scheme: WeightingScheme,
        parameters: Mapping[str, int],
        crosswalk: Crosswalk | None = None,
    ) -> None:
        self.compiled = Compiled(framework, scheme, parameters)
        self.sources = _sources(base, framework, crosswalk)
        self.ranks = (*map(framework.scale.rank, base.scale.ids), self.compiled.blank)

    def taken(self, block: Block) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The dimensions that follow from those of a block, in the scheme's order, each with places in the block."""
        return tuple(
            (at, tuple(map(block.index, self.sources[at])))
            for at in self.compiled.order
            if self.sources[at] and self.sources[at][0] in block
        )

    def step(self, state: State, taken: Iterable[tuple[int, tuple[int, ...]]], ranks: Sequence[int]) -> State:
        """The state after a block whose dimensions have these ranks in `base`."""
        for at, places in taken:
            state = self.compiled.step(state, at, min(self.ranks[ranks[place]] for place in places))
        return state

    def joins(self) -> Iterable[tuple[int, int]]:
        """Pairs of places in `base` of which the first is taken before, or together with, the second."""
        for prerequisite in self.compiled.prerequisites:
            yield from product(self.sources[prerequisite.requires], self.sources[prerequisite.dimension])
        for sources in self.sources:
            yield from product(sources, sources)

    def conditions(self, place: int, rank: int) -> tuple[object, ...]:
        """What the scheme can know of a rank at a place in `base`."""
        compiled, own = self.compiled, self.ranks[rank]
        known: list[object] = []
        for at, sources in enumerate(self.sources):
            if place in sources:
                bounds = {*compiled.thresholds, *(cap.at_most for cap in compiled.caps[at])}
                bounds |= {found.at_most for found in compiled.prerequisites if found.requires == at}
                limited = any(found.dimension == at for found in compiled.prerequisites)
                known.append((at, limited and own == compiled.blank, *(own <= bound for bound in sorted(bounds))))
        return tuple(known)


def _sources(base: Framework, framework: Framework, crosswalk: Crosswalk | None) -> tuple[tuple[int, ...], ...]:
    if crosswalk is None:
        return tuple((place,) for place in range(len(base.dimensions)))
    place = {name: at for at, name in enumerate(base.dimension_ids)}
    old = {name: found.old for found in crosswalk.continuations for name in found.new}
    return tuple(tuple(place[name] for name in old.get(new, ()) if name in place) for new in framework.dimension_ids)


def telling(base: Framework, lanes: Sequence[Lane]) -> list[list[int]]:
    """For each dimension one rank of every kind that some scheme tells apart: the best of each, a blank if need be."""
    blank = len(base.scale.levels)
    choices = []
    for place in range(len(base.dimensions)):
        kinds: dict[tuple[object, ...], int] = {}
        for rank in (*reversed(range(blank)), blank):
            kinds.setdefault(tuple(lane.conditions(place, rank) for lane in lanes), rank)
        choices.append(list(kinds.values()))
    return choices


def cheapest(
    lanes: Sequence[Lane], choices: Sequence[Sequence[int]], prices: Sequence[int], most: int | None = None
) -> dict[tuple[int, ...], World]:
    """For each set of verdicts (one for each scheme, as ranks) that can come about together, the cheapest scores.

    `choices` are the ranks that each dimension may have, `prices` what each rank costs; scores that cost more than
    `most` are left out.
    """
    states = {tuple(lane.compiled.start for lane in lanes): World(0, ())}
    order: list[int] = []
    for block in _blocks(lanes, len(choices)):
        order += block
        taken = [lane.taken(block) for lane in lanes]
        after: dict[tuple[State, ...], World] = {}
        for ranks in product(*(choices[place] for place in block)):
            price = sum(prices[rank] for rank in ranks)
            for before, world in states.items():
                wider = World(world.cost + price, world.ranks + ranks)
                if most is not None and wider.cost > most:
                    continue
                state = tuple(
                    lane.step(one, steps, ranks) for lane, one, steps in zip(lanes, before, taken, strict=True)
                )
                if state not in after or wider.cost < after[state].cost:
                    after[state] = wider
        states = after
    found: dict[tuple[int, ...], World] = {}
    for state, world in states.items():
        verdicts = tuple(one.verdict for one in state)
        if verdicts not in found or world.cost < found[verdicts].cost:
            found[verdicts] = world
    places = [order.index(place) for place in range(len(choices))]
    return {verdicts: World(world.cost, tuple(world.ranks[at] for at in places)) for verdicts, world in found.items()}


def _blocks(lanes: Sequence[Lane], count: int) -> list[Block]:
    """The dimensions in an order that suits every scheme: those that wait for each other are taken in one step."""
    after: dict[int, set[int]] = {place: {place} for place in range(count)}
    for lane in lanes:
        for first, second in lane.joins():
            after[first].add(second)
    for middle in range(count):
        for place in range(count):
            if middle in after[place]:
                after[place] |= after[middle]
    block_of = {
        place: tuple(other for other in sorted(after[place]) if place in after[other]) for place in range(count)
    }
    sorter: TopologicalSorter[Block] = TopologicalSorter(dict.fromkeys(block_of.values(), ()))
    for place, later in after.items():
        for other in later - set(block_of[place]):
            sorter.add(block_of[other], block_of[place])
    return list(sorter.static_order())
