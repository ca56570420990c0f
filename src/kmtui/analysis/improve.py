"""What would change the end score of one corps: improvements, deteriorations, and a dimension left out.

Under a monotone scheme the worst and the best of the possible scores give the worst and the best end score, so single
weighings answer every question. Under any other scheme open scores are weighed as they are, and sets of improvements
are tried one by one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from kmtui.analysis.minimal_changes import Raises, least_raises
from kmtui.weighing.weigher import Weigher

Possible = tuple[str, ...]


class Step(msgspec.Struct, frozen=True):
    """A dimension brought up to at least a level, or down to at most it."""

    dimension: str
    level: str


class Move(msgspec.Struct, frozen=True):
    """Steps taken together, and the end scores that are possible after them, worst first."""

    steps: tuple[Step, ...]
    possible: Possible


class Route(msgspec.Struct, frozen=True):
    """The sets of fewest improvements after which the end score is certain to be at least `goal`.

    Each has the least levels that do. There are none where nothing brings the corps there; where the search was cut
    short `complete` is False: there may be more, or sets with fewer improvements if none is listed.
    """

    goal: str
    moves: tuple[Move, ...]
    complete: bool


class Prospects(msgspec.Struct, frozen=True):
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
        self.monotone = weigher.monotone and not maybe_blank
        self._known: dict[tuple[Possible, ...], Possible] = {}

    def weigh(self, levels: Mapping[str, Possible]) -> Possible:
        """The possible end scores."""
        key = tuple(levels.values())
        if key not in self._known:
            self._known[key] = self.weigher.possible(levels)
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
        """The possible end scores; the bounds give them where they are neighbours."""
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
        worst = {name: self.scale.rank(possible[0]) for name, possible in self.levels.items() if possible}

        def does(raises: Raises) -> bool:
            return self.scale.rank(self._worst_after(raises)) >= self.scale.rank(goal)

        least = least_raises(worst, len(self.ids) - 1, does, monotone=self.monotone)
        return Route(goal=goal, moves=tuple(map(self._move, least.ways)), complete=least.complete)

    def _worst_after(self, raises: Raises) -> str:
        """The worst end score with several dimensions at these ranks or better."""
        if not self.monotone:
            return self.weigh(self._raised(raises))[0]
        worst = {name: possible[:1] for name, possible in self.levels.items()}
        return self.weigh(worst | {name: (self.ids[rank],) for name, rank in raises.items()})[0]

    def _move(self, raises: Raises) -> Move:
        steps = tuple(Step(dimension=name, level=self.ids[raises[name]]) for name in self.levels if name in raises)
        return Move(steps=steps, possible=self.possible(self._raised(raises)))

    def _raised(self, raises: Raises) -> dict[str, Possible]:
        return self.levels | {name: self.raised(name, self.ids[rank])[name] for name, rank in raises.items()}
