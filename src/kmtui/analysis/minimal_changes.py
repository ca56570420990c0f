"""Search the smallest sets of improvements after which a condition holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

MOST_FOUND = 24
"""How many sets are returned at most."""

MOST_ASKED = 4000
"""How many different improvements a search may try."""

Raises = Mapping[str, int]
"""Improvements: the rank that some dimensions are raised to at least."""


class Least(NamedTuple):
    """The improvements found, and whether these are all."""

    ways: tuple[Raises, ...]
    complete: bool


def least_raises(worst: Mapping[str, int], best: int, does: Callable[[Raises], bool], *, monotone: bool) -> Least:
    """All ways that `does` something with the fewest dimensions, each with levels of which none can be lower.

    `worst` holds the rank of each dimension that could be raised. `monotone` says that what does still does with more
    dimensions or higher levels; then few ways need to be tried.
    """
    search = _Search(worst, best, does)
    found: list[Raises] = []
    try:
        for way in search.by_blockers() if monotone else search.one_by_one():
            if len(found) == MOST_FOUND:
                return Least(tuple(found), False)
            found.append(way)
    except _TooManyError:
        return Least(tuple(found), False)
    return Least(tuple(found), True)


class _TooManyError(Exception):
    """The search has tried as many as it may."""


class _Search:
    """The state of one search."""

    def __init__(self, worst: Mapping[str, int], best: int, does: Callable[[Raises], bool]) -> None:
        self.worst, self.best = worst, best
        self.names = [name for name, rank in worst.items() if rank < best]
        self._does = does
        self._known: dict[frozenset[tuple[str, int]], bool] = {}
        self._blockers: list[frozenset[str]] = []

    def does(self, raises: Raises) -> bool:
        """Whether the condition holds after these improvements."""
        key = frozenset(raises.items())
        if key not in self._known:
            if len(self._known) == MOST_ASKED:
                raise _TooManyError
            self._known[key] = self._does(raises)
        return self._known[key]

    def by_blockers(self) -> Iterator[Raises]:
        """Every set of fewest improvements, each with its least levels, where better scores never harm.

        A set of dimensions will do if it does with all of them at their best. One that will not do can be made as large
        as possible; what is still left out then is a blocker: every set that does holds one of it. So the sets that do
        are those that have something of every blocker, and these are found on the way.
        """
        if not self._suffices(self.names):
            return
        for size in range(1, len(self.names) + 1):
            found = False
            for chosen in self._sets(frozenset(), frozenset(), size):
                found = True
                yield from self._least_levels([name for name in self.names if name in chosen])
            if found:
                return

    def _suffices(self, chosen: Iterable[str]) -> bool:
        return self.does(dict.fromkeys(chosen, self.best))

    def _sets(self, chosen: frozenset[str], passed: frozenset[str], left: int) -> Iterator[frozenset[str]]:
        """The sets that do with at most `left` more than the chosen ones, and none of those passed."""
        missed = [blocker for blocker in self._blockers if not blocker & chosen]
        if not missed:
            if self._suffices(chosen):
                yield chosen
                return
            missed = [self._blocker(chosen)]
        if _disjoint(missed) > left:
            return
        smallest = min(missed, key=len)
        for name in self.names:
            if name in smallest and name not in passed:
                yield from self._sets(chosen | {name}, passed, left - 1)
                passed |= {name}

    def _blocker(self, chosen: frozenset[str]) -> frozenset[str]:
        failing = set(chosen)
        for name in self.names:
            if name not in failing and not self._suffices(failing | {name}):
                failing.add(name)
        blocker = frozenset(self.names) - failing
        self._blockers.append(blocker)
        return blocker

    def _least_levels(self, names: Sequence[str]) -> Iterator[Raises]:
        """Every choice of levels for these dimensions with which they do, and with none of them lower.

        No dimension can be lower than it must be with the others at their best; from there levels are tried upwards.
        """
        top = dict.fromkeys(names, self.best)
        low = {name: next(rank for rank in self._above(name) if self.does(top | {name: rank})) for name in names}

        def extended(fixed: Raises) -> Iterator[Raises]:
            if len(fixed) == len(names):
                if not any(self.does({**fixed, name: rank - 1}) for name, rank in fixed.items() if rank > low[name]):
                    yield fixed
                return
            name = names[len(fixed)]
            for rank in range(low[name], self.best + 1):
                wider = {**fixed, name: rank}
                if self.does(top | wider):
                    yield from extended(wider)
                if self.does(low | wider):
                    return

        yield from extended({})

    def _above(self, name: str) -> range:
        return range(self.worst[name] + 1, self.best + 1)

    def one_by_one(self) -> Iterator[Raises]:
        """The same where better scores may harm: every set and every choice of levels is tried, small ones first."""
        for size in range(1, len(self.names) + 1):
            found: list[Raises] = []
            for names in combinations(self.names, size):
                for ranks in product(*map(self._above, names)):
                    raises = dict(zip(names, ranks, strict=True))
                    if self.does(raises) and not any(_at_most(less, raises) for less in found):
                        found.append(raises)
                        yield raises
            if found:
                return


def _at_most(one: Raises, other: Raises) -> bool:
    return one.keys() == other.keys() and all(rank <= other[name] for name, rank in one.items())


def _disjoint(sets: Iterable[frozenset[str]]) -> int:
    """How many of the sets share nothing with one another, taken as they come: so many members a set must have."""
    seen: frozenset[str] = frozenset()
    count = 0
    for found in sets:
        if not found & seen:
            seen |= found
            count += 1
    return count
