"""Evaluate a program exactly on open scores without trying every combination.

Dimensions are taken one by one, required ones before those that depend on them. What the rest of the sweep needs to
know of the past fits a small state, so combinations that lead to the same state are followed once. A backward pass
finds the dimensions that can change the verdict.
"""

from functools import lru_cache
from itertools import chain
from operator import add
from typing import NamedTuple

from kmtui.weighing.outcome import Ranks
from kmtui.weighing.program import Guard, Program

CACHED_STEPS = 2**16
"""How many steps are cached: sweeps over similar scores share most of them."""
NO_VERDICT = -1
"""Stands for the verdict where nothing is judged."""


class Pending(NamedTuple):
    """A guard that may still hold, on the dimensions not yet taken.

    It waits for its sum to reach `least`, and for the conditions in `rest`: dimension, ranks, and whether the amount of
    that dimension does not count in the sum. Equal ones of different guards are one.
    """

    verdict: int
    tally: int | None
    least: int
    rest: tuple[tuple[int, int, bool], ...]


class SweepState(NamedTuple):
    """All that matters of the dimensions taken so far.

    `verdict` is the lowest of the guards that hold; `sums` those of the tallies, cut off where no guard needs more;
    `pending` the guards that may still lower the verdict; `limits` the limits in force on later dimensions; `judged`
    says whether any dimension is not blank: without a judgement there is no verdict.
    """

    verdict: int
    sums: tuple[int, ...]
    pending: frozenset[Pending]
    limits: tuple[tuple[int, int], ...]
    judged: bool


class Swept(NamedTuple):
    """The verdicts that can come about, and the dimensions that can change them, all else equal (by place)."""

    verdicts: frozenset[int]
    turning: frozenset[int]


class Sweep:
    """A program prepared for sweeps. `silent` is the verdict where no guard holds, the best level if not given."""

    def __init__(self, program: Program, silent: int | None = None) -> None:
        self.program = program
        count, ranks = len(program.dimensions), range(program.blank + 1)
        early = dict.fromkeys(place for limit in program.limits for place in (limit.when.dimension, limit.dimension))
        linked = _in_order(program, list(early))
        excepting = (condition.dimension for guard in program.guards for condition in guard.conditions[1:])
        self.order = tuple(dict.fromkeys((*linked, *excepting, *range(count))))
        self._adds = [[tuple(tally[at][rank] for tally in program.tallies) for rank in ranks] for at in range(count)]
        self._enough = tuple(
            max((self._most(guard) for guard in program.guards if guard.tally == at), default=0)
            for at in range(len(program.tallies))
        )
        self._limits = [[limit for limit in program.limits if limit.when.dimension == at] for at in range(count)]
        alone: list[list[tuple[int, Pending]]] = [[] for _ in range(count)]
        waiting: set[Pending] = set()
        for guard in program.guards:
            pending = Pending(guard.verdict, guard.tally, guard.least, self._conditions(guard))
            if len(pending.rest) == 1:
                [(dimension, allowed, _)] = pending.rest
                alone[dimension].append((allowed, pending))
            else:
                waiting.add(pending)
        self._begun = [
            [self._begin(at, rank, [one for allowed, one in alone[at] if allowed >> rank & 1]) for rank in ranks]
            for at in range(count)
        ]
        verdict = program.best if silent is None else silent
        holding = [one.verdict for one in waiting if not one.rest and (one.tally is None or one.least <= 0)]
        self.start = SweepState(min([verdict, *holding]), (0,) * len(program.tallies), frozenset(waiting), (), False)
        self.step = lru_cache(CACHED_STEPS)(self._step)
        """The state after one more dimension."""

    def _most(self, guard: Guard) -> int:
        """The highest sum that a guard can wait for: its own dimension is counted along with the others."""
        assert guard.tally is not None
        own = 0 if guard.apart is None else max(self.program.tallies[guard.tally][guard.apart])
        return max(guard.least, 0) + own

    @staticmethod
    def _conditions(guard: Guard) -> tuple[tuple[int, int, bool], ...]:
        """One condition for each dimension that the guard names."""
        ranks: dict[int, int] = {}
        for condition in guard.conditions:
            ranks[condition.dimension] = ranks.get(condition.dimension, condition.ranks) & condition.ranks
        return tuple((dimension, allowed, dimension == guard.apart) for dimension, allowed in ranks.items())

    def _begin(self, dimension: int, rank: int, starting: list[Pending]) -> tuple[int, frozenset[Pending]]:
        """The lowest verdict that follows from a rank alone, and the guards that wait for more."""
        advanced = [self._advance(one, dimension, rank) for one in starting]
        waiting = frozenset(one for one in advanced if one is not None)
        settled = [one.verdict for one in waiting if one.tally is None and not one.rest]
        lowest = min(settled, default=self.program.blank)
        return lowest, frozenset(one for one in waiting if one.verdict < lowest)

    def _advance(self, pending: Pending, dimension: int, rank: int) -> Pending | None:
        """A guard after one more dimension; None where a condition fails."""
        if all(condition[0] != dimension for condition in pending.rest):
            return pending
        least, rest = pending.least, list[tuple[int, int, bool]]()
        for condition in pending.rest:
            at, ranks, apart = condition
            if at != dimension:
                rest.append(condition)
            elif not ranks >> rank & 1:
                return None
            elif apart and pending.tally is not None:
                least += self._adds[dimension][rank][pending.tally]
        return Pending(pending.verdict, pending.tally, least, tuple(rest))

    def _step(self, state: SweepState, dimension: int, rank: int) -> SweepState:
        verdict, sums, pending, limits, judged = state
        if limits:
            if rank != self.program.blank:
                rank = min([rank, *(to for at, to in limits if at == dimension)])
            limits = tuple(entry for entry in limits if entry[0] != dimension)
        for limit in self._limits[dimension]:
            if limit.when.ranks >> rank & 1:
                limits = (*limits, (limit.dimension, limit.to))
        lowest, begun = self._begun[dimension][rank]
        if lowest < verdict:
            verdict = lowest
        sums = tuple(map(min, map(add, sums, self._adds[dimension][rank]), self._enough))
        if pending:
            advanced = (self._advance(one, dimension, rank) if one.rest else one for one in pending)
            pending = frozenset(one for one in advanced if one is not None)
        pending |= begun
        if pending:
            holding = [
                one.verdict for one in pending if not one.rest and (one.tally is None or sums[one.tally] >= one.least)
            ]
            verdict = min([verdict, *holding])
            pending = frozenset(one for one in pending if one.verdict < verdict)
        return SweepState(verdict, sums, pending, tuple(sorted(set(limits))), judged or rank != self.program.blank)

    def verdicts(self, choices: Ranks) -> set[int]:
        """The verdicts that can come about, where anything is judged."""
        states = {self.start}
        for dimension in self.order:
            states = {self.step(state, dimension, rank) for state in states for rank in choices[dimension]}
        return {state.verdict for state in states if state.judged}

    def sweep(self, choices: Ranks) -> Swept:
        """The verdicts that can come about, and the dimensions that turn them.

        Forwards, each reachable state is followed once. Backwards, states are distinguished where some scores of the
        dimensions still to come lead them to different verdicts; a dimension turns the verdict where its ranks lead
        some state to such different ones.
        """
        states = {self.start}
        layers: list[dict[SweepState, tuple[SweepState, ...]]] = []
        for dimension in self.order:
            after = {state: tuple(self.step(state, dimension, rank) for rank in choices[dimension]) for state in states}
            layers.append(after)
            states = set(chain.from_iterable(after.values()))
        future = {state: state.verdict if state.judged else NO_VERDICT for state in states}
        verdicts, turning = set(future.values()) - {NO_VERDICT}, set()
        for dimension, layer in zip(reversed(self.order), reversed(layers), strict=True):
            kinds: dict[tuple[int, ...], int] = {}
            before = {}
            for state, following in layer.items():
                futures = tuple(future[one] for one in following)
                if any(other != futures[0] for other in futures):
                    turning.add(dimension)
                before[state] = kinds.setdefault(futures, len(kinds))
            future = before
        return Swept(frozenset(verdicts), frozenset(turning))


def _in_order(program: Program, linked: list[int]) -> list[int]:
    """Dimensions that limits link, required ones first: limits stand in an order in which that can be seen."""
    last = {limit.dimension: at for at, limit in enumerate(program.limits)}
    return sorted(linked, key=lambda place: last.get(place, -1))
