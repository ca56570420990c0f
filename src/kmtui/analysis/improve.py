"""What would change the end score of one corps: improvements, deteriorations, and a dimension left out.

Under a scheme where a better score never gives a worse verdict, the worst and best end score that open scores allow are
those of the corps with all scores at their worst and at their best, so that single weighings settle every question.
Under any other scheme the open scores are weighed as they are, and sets of improvements are tried one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product

from kmtui.model import Value
from kmtui.weighing import Weigher

MOST_MOVES = 24
"""How many sets of improvements are listed for one goal."""

MOST_WEIGHINGS = 4000
"""How many weighings a search for one goal may take."""

Possible = tuple[str, ...]
Raises = Mapping[str, int]


class Step(Value):
    """A dimension brought up to at least a level, or down to at most it."""

    dimension: str
    level: str


class Move(Value):
    """Steps taken together, and the end scores that are possible after them, worst first."""

    steps: tuple[Step, ...]
    possible: Possible


class Route(Value):
    """The sets of fewest improvements after which the end score is certain to be at least `goal`.

    Each has the least levels that do. There are none where nothing brings the corps there; where the search was cut
    short `complete` is False: there may be more, or sets with fewer improvements if none is listed.
    """

    goal: str
    moves: tuple[Move, ...]
    complete: bool


class Prospects(Value):
    """What would change the end score of one corps, which is one of `possible` now.

    `improvements` and `deteriorations` are the single ones that raise or lower the worst or the best end score still
    possible, each with the nearest level that does. `without` holds, for each dimension that the same is true of when
    it is left blank, the end scores that are possible then. `routes` lead to each better end score, the next one first.
    """

    possible: Possible
    improvements: tuple[Move, ...]
    deteriorations: tuple[Move, ...]
    without: Mapping[str, Possible]
    routes: tuple[Route, ...]


def prospects(weigher: Weigher, levels: Mapping[str, Sequence[str]]) -> Prospects:
    """What would change the verdict on these possible levels by dimension; a blank one stays blank."""
    case = _Case(weigher, levels)
    return Prospects(
        possible=case.possible(case.levels),
        improvements=tuple(case.single_moves(case.raised, case.ids)),
        deteriorations=tuple(case.single_moves(case.lowered, case.ids[::-1])),
        without=case.without_each(),
        routes=tuple(case.routes()),
    )


class _Case:
    """The scores of one corps under a scheme; levels by dimension, worst first."""

    def __init__(self, weigher: Weigher, levels: Mapping[str, Sequence[str]]) -> None:
        self.weigher = weigher
        self.scale = weigher.framework.scale
        self.ids = self.scale.ids
        self.levels = {name: self.scale.ordered(levels.get(name, ())) for name in weigher.framework.dimension_ids}
        maybe_blank = any(self.scale.blank.id in possible for possible in self.levels.values())
        self.monotone = getattr(weigher.scheme, "monotone", True) and not maybe_blank
        self._known: dict[tuple[Possible, ...], Possible] = {}

    def weigh(self, levels: Mapping[str, Possible]) -> Possible:
        """The possible end scores."""
        key = tuple(levels.values())
        if key not in self._known:
            self._known[key] = self.weigher.weigh_levels(levels).possible
        return self._known[key]

    def bounds(self, levels: Mapping[str, Possible]) -> Possible:
        """The worst and the best end score that are possible; nothing where there is none."""
        if not self.monotone:
            possible = self.weigh(levels)
            return (*possible[:1], *possible[-1:])
        worst, best = (
            self.weigh({name: possible[end] for name, possible in levels.items()})
            for end in (slice(1), slice(-1, None))
        )
        return worst + best

    def possible(self, levels: Mapping[str, Possible]) -> Possible:
        """The possible end scores, where the bounds tell without weighing every combination."""
        bounds = [self.ids.index(level) for level in self.bounds(levels)]
        if self.monotone and bounds and bounds[1] - bounds[0] < 2:
            return self.ids[bounds[0] : bounds[1] + 1]
        return self.weigh(levels)

    def raised(self, name: str, level: str) -> dict[str, Possible]:
        """The scores with one dimension at this level or better."""
        return self._turned(name, level, max)

    def lowered(self, name: str, level: str) -> dict[str, Possible]:
        """The scores with one dimension at this level or worse; where it may be blank it stays so."""
        return self._turned(name, level, min)

    def _turned(self, name: str, level: str, nearest: Callable[[int, int], int]) -> dict[str, Possible]:
        at, blank = self.scale.rank(level), len(self.ids)
        ranks = {rank if rank == blank else nearest(rank, at) for rank in map(self.scale.rank, self.levels[name])}
        names = (*self.ids, self.scale.blank.id)
        return self.levels | {name: tuple(names[rank] for rank in sorted(ranks))}

    def single_moves(self, turned: Callable[[str, str], dict[str, Possible]], towards: Sequence[str]) -> Iterator[Move]:
        """For each dimension the nearest level `towards` some end of the scale at which the bounds become others."""
        now = self.bounds(self.levels)
        for name, possible in self.levels.items():
            if not possible or (self.monotone and self.bounds(turned(name, towards[-1])) == now):
                continue
            before = now
            for level in towards:
                levels = turned(name, level)
                after = self.bounds(levels)
                if after not in (now, before):
                    yield Move(steps=(Step(dimension=name, level=level),), possible=self.possible(levels))
                before = after

    def without_each(self) -> dict[str, Possible]:
        """The possible end scores without a dimension, for those without which the bounds are others."""
        now = self.bounds(self.levels)
        return {
            name: self.possible(levels)
            for name, possible in self.levels.items()
            if possible and self.bounds(levels := self.levels | {name: ()}) != now
        }

    def routes(self) -> Iterator[Route]:
        """To each end score that is better than the worst possible one."""
        for worst in self.bounds(self.levels)[:1]:
            for goal in self.ids[self.ids.index(worst) + 1 :]:
                yield self._route(goal)

    def _route(self, goal: str) -> Route:
        search = _Search(self, self.ids.index(goal))
        ways = search.by_blockers() if self.monotone else search.one_by_one()
        found: list[Raises] = []
        complete = True
        try:
            for way in ways:
                if len(found) == MOST_MOVES:
                    complete = False
                    break
                found.append(way)
        except _TooManyError:
            complete = False
        return Route(goal=goal, moves=tuple(map(self._move, found)), complete=complete)

    def _move(self, raises: Raises) -> Move:
        steps = tuple(Step(dimension=name, level=self.ids[raises[name]]) for name in self.levels if name in raises)
        return Move(steps=steps, possible=self.possible(self.raised_all(raises)))

    def raised_all(self, raises: Raises) -> dict[str, Possible]:
        """The scores with several dimensions at these ranks or better."""
        return self.levels | {name: self.raised(name, self.ids[rank])[name] for name, rank in raises.items()}


class _TooManyError(Exception):
    """The search has taken all the weighings that it may."""


class _Search:
    """The search for the fewest improvements with which the verdict is certain to be at least `goal`, a rank."""

    def __init__(self, case: _Case, goal: int) -> None:
        self.case, self.goal = case, goal
        self.best = len(case.ids) - 1
        self.worst = {name: case.scale.rank(possible[0]) for name, possible in case.levels.items() if possible}
        self.names = [name for name, rank in self.worst.items() if rank < self.best]
        self.weighings = 0
        self._reached: dict[frozenset[tuple[str, int]], bool] = {}
        self._blockers: list[frozenset[str]] = []

    def reaches(self, raises: Raises) -> bool:
        """Whether the verdict is at least the goal with these dimensions raised."""
        key = frozenset(raises.items())
        if key not in self._reached:
            if self.weighings == MOST_WEIGHINGS:
                raise _TooManyError
            self.weighings += 1
            self._reached[key] = self.case.ids.index(self._worst_verdict(raises)) >= self.goal
        return self._reached[key]

    def _worst_verdict(self, raises: Raises) -> str:
        if not self.case.monotone:
            return self.case.weigh(self.case.raised_all(raises))[0]
        worst = {name: possible[:1] for name, possible in self.case.levels.items()}
        return self.case.weigh(worst | {name: (self.case.ids[rank],) for name, rank in raises.items()})[0]

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
        return self.reaches(dict.fromkeys(chosen, self.best))

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
        low = {name: next(rank for rank in self._above(name) if self.reaches(top | {name: rank})) for name in names}

        def extended(fixed: Raises) -> Iterator[Raises]:
            if len(fixed) == len(names):
                if not any(self.reaches({**fixed, name: rank - 1}) for name, rank in fixed.items() if rank > low[name]):
                    yield fixed
                return
            name = names[len(fixed)]
            for rank in range(low[name], self.best + 1):
                wider = {**fixed, name: rank}
                if self.reaches(top | wider):
                    yield from extended(wider)
                if self.reaches(low | wider):
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
                    if self.reaches(raises) and not any(_at_most(less, raises) for less in found):
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
