"""The scores that are possible at all, under several declarative schemes at once: which verdicts occur together.

Exact, for the reason that weighing open scores is (see `kmtui.weighing.sweep`): what the rest of a sweep needs to know
of the dimensions taken so far fits a small state, here one for each scheme, and of all sets of scores that lead to the
same states the cheapest is kept. Levels of a dimension that no scheme distinguishes count as one, the best of them.
"""

from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter
from itertools import product
from typing import NamedTuple

from kmtui.model.crosswalk import Crosswalk
from kmtui.model.framework import Framework
from kmtui.weighing.program import Program
from kmtui.weighing.sweep import Sweep, SweepState

Block = tuple[int, ...]
"""Places of dimensions that are taken in one step."""


class ScoreSet(NamedTuple):
    """A set of scores, as the rank of each dimension, and its cost."""

    cost: int
    ranks: tuple[int, ...]


class SchemeTrack:
    """A program as scores of the framework `base` meet it, maybe by a crosswalk.

    `sources` holds, for each dimension of the program, the places in `base` that it is the worst of; `ranks` the rank
    there of each rank in `base`, the blank's included.
    """

    def __init__(self, base: Framework, program: Program, crosswalk: Crosswalk | None = None) -> None:
        self.program = program
        self.sweep = Sweep(program)
        self.sources = _sources(base, program, crosswalk)
        self.ranks = (*map(program.levels.index, base.scale.ids), program.blank)
        self.start = self.sweep.start
        """The state before any dimension of `base`: those that continue none of them are blank."""
        for at in self.sweep.order:
            if not self.sources[at]:
                self.start = self.sweep.step(self.start, at, program.blank)
        self._led_by: dict[int, list[tuple[int, int]]] = {}
        """The dimensions whose first source is a place in `base`, with their position in the order of the sweep."""
        self._fed_by: dict[int, list[int]] = {}
        """The dimensions that have a place in `base` among their sources."""
        for position, at in enumerate(self.sweep.order):
            if self.sources[at]:
                self._led_by.setdefault(self.sources[at][0], []).append((position, at))
        for at, sources in enumerate(self.sources):
            for place in sources:
                self._fed_by.setdefault(place, []).append(at)
        self._limited_to: dict[int, list[int]] = {}
        self._sets: dict[int, set[int]] = {}
        for limit in program.limits:
            self._limited_to.setdefault(limit.dimension, []).append(limit.to)
        for condition in program.conditions:
            self._sets.setdefault(condition.dimension, set()).add(condition.ranks)

    def taken(self, block: Block) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """The dimensions that follow from those of a block, in the order of the sweep, with places in the block."""
        led = sorted(entry for place in block for entry in self._led_by.get(place, ()))
        return tuple((at, tuple(map(block.index, self.sources[at]))) for _, at in led)

    def step(self, state: SweepState, taken: Iterable[tuple[int, tuple[int, ...]]], ranks: Sequence[int]) -> SweepState:
        """The state after a block whose dimensions have these ranks in `base`."""
        for at, places in taken:
            state = self.sweep.step(state, at, min(self.ranks[ranks[place]] for place in places))
        return state

    def joins(self) -> Iterable[tuple[int, int]]:
        """Pairs of places in `base` of which the first is taken before, or together with, the second."""
        for limit in self.program.limits:
            yield from product(self.sources[limit.when.dimension], self.sources[limit.dimension])
        for sources in self.sources:
            yield from product(sources, sources)

    def distinctions(self, place: int, rank: int) -> tuple[object, ...]:
        """Everything that the program distinguishes about a rank at a place in `base`; equal ones have one effect."""
        known: list[object] = []
        for at in self._fed_by.get(place, ()):
            merged = len(self.sources[at]) > 1 and not (self.program.monotone and self.program.blank_is_best)
            known.append(rank if merged else self._effect(at, self.ranks[rank]))
        return tuple(known)

    def _effect(self, dimension: int, rank: int) -> tuple[object, ...]:
        """What the program knows of a rank of a dimension, as it is and as each limit leaves it."""
        program = self.program
        limits = self._limited_to.get(dimension, ())
        effective = [rank, *(min(rank, to) if rank < program.blank else rank for to in limits)]
        sets = sorted(self._sets.get(dimension, ()))
        return (
            *(tuple(ranks >> one & 1 for one in effective) for ranks in sets),
            *(tuple(tally[dimension][one] for one in effective) for tally in program.tallies),
        )


def _sources(base: Framework, program: Program, crosswalk: Crosswalk | None) -> tuple[tuple[int, ...], ...]:
    if crosswalk is None:
        return tuple((place,) for place in range(len(base.dimensions)))
    place = {name: at for at, name in enumerate(base.dimension_ids)}
    old = {name: found.old for found in crosswalk.continuations for name in found.new}
    return tuple(tuple(place[name] for name in old.get(new, ()) if name in place) for new in program.dimensions)


def distinct_ranks(base: Framework, tracks: Sequence[SchemeTrack]) -> list[list[int]]:
    """For each dimension one rank of every kind that some scheme distinguishes: the best of each, a blank if needed."""
    blank = len(base.scale.levels)
    choices = []
    for place in range(len(base.dimensions)):
        kinds: dict[tuple[object, ...], int] = {}
        for rank in (*reversed(range(blank)), blank):
            kinds.setdefault(tuple(track.distinctions(place, rank) for track in tracks), rank)
        choices.append(list(kinds.values()))
    return choices


def cheapest_scores(
    tracks: Sequence[SchemeTrack], choices: Sequence[Sequence[int]], prices: Sequence[int], most: int | None = None
) -> dict[tuple[int, ...], ScoreSet]:
    """For each set of verdicts (one for each scheme, as ranks) that can come about together, the cheapest scores.

    `choices` are the ranks that each dimension may have, `prices` what each rank costs; scores that cost more than
    `most` are left out, and those on which a scheme has nothing to judge.
    """
    states = {tuple(track.start for track in tracks): ScoreSet(0, ())}
    order: list[int] = []
    for block in _blocks(tracks, len(choices)):
        order += block
        taken = [track.taken(block) for track in tracks]
        after: dict[tuple[SweepState, ...], ScoreSet] = {}
        for ranks in product(*(choices[place] for place in block)):
            price = sum(prices[rank] for rank in ranks)
            for before, one_set in states.items():
                wider = ScoreSet(one_set.cost + price, one_set.ranks + ranks)
                if most is not None and wider.cost > most:
                    continue
                state = tuple(
                    track.step(one, steps, ranks) for track, one, steps in zip(tracks, before, taken, strict=True)
                )
                if state not in after or wider.cost < after[state].cost:
                    after[state] = wider
        states = after
    found: dict[tuple[int, ...], ScoreSet] = {}
    for state, one_set in states.items():
        if not all(one.judged for one in state):
            continue
        verdicts = tuple(one.verdict for one in state)
        if verdicts not in found or one_set.cost < found[verdicts].cost:
            found[verdicts] = one_set
    places = [order.index(place) for place in range(len(choices))]
    return {
        verdicts: ScoreSet(one_set.cost, tuple(one_set.ranks[at] for at in places))
        for verdicts, one_set in found.items()
    }


def _blocks(tracks: Sequence[SchemeTrack], count: int) -> list[Block]:
    """The dimensions in an order that suits every scheme: those that wait for each other are taken in one step."""
    after: dict[int, set[int]] = {place: {place} for place in range(count)}
    for track in tracks:
        for first, second in track.joins():
            after[first].add(second)
    joined = [place for place in range(count) if len(after[place]) > 1]
    for middle in joined:
        for place in joined:
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
