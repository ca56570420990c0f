"""Weigh many rows at once with numpy: the same programs, exact on open scores too, tens of millions of rows a second.

A cell is a bit mask: bit r is set where the level of rank r is possible, and the bit above the best level for a blank.
Each dimension is one array, and each condition of a guard one operation on it; rows are taken in blocks that fit the
processor's cache. Scores at their worst and at their best bound the verdict. What lies between is certain to come about
where it is the neighbour of both, and is swept row by row where it is not; so are rows that the two do not bound.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kmtui.model.scheme import CodedScheme, Rule
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.explain import Explainer
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.program import Guard, Program, at_most
from kmtui.weighing.weigher import Weigher

BLOCK = 2**15
"""Rows that are taken together."""
NOBODY = -1
"""Stands where no rule decides."""

Masks = npt.NDArray[Any]
"""Bit masks, of as many bits as there are levels and one more."""
Flags = npt.NDArray[np.bool_]


class Decided(msgspec.Struct, frozen=True):
    """The possible verdicts of each row as bit masks, and the place of the heaviest rule that decides, or NOBODY."""

    possible: Masks
    rule: npt.NDArray[np.int16]


class Entry(NamedTuple):
    """A rule with one of the verdicts that it can bring about."""

    verdict: int
    place: int
    rule: Rule


class _World(NamedTuple):
    """Rows with all scores at their worst, or at their best: effective ranks, and the sum of each tally.

    `reached` caches where a sum is at least some number: many guards ask for the same.
    """

    effective: list[Masks]
    sums: list[Masks]
    reached: dict[tuple[int, int], Flags]


class Bulk:
    """A declarative scheme prepared for arrays of rows (raises SchemeError for a scheme in code)."""

    def __init__(self, weigher: Weigher) -> None:
        scheme, program = weigher.scheme, weigher.program
        if program is None or isinstance(scheme, CodedScheme):
            raise SchemeError(f"scheme '{scheme.id}' is written in code, which weighs row by row")
        self.program = program
        self.dimensions = len(program.dimensions)
        self.dtype = np.min_scalar_type(at_most(program.blank))
        """What holds a cell."""
        self.entries = _entries(program, scheme.rules)
        """Every way in which a rule can decide, in order of weight."""
        self._groups = tuple(_grouped(program))
        self._terms = [[_terms(amounts, program) for amounts in tally] for tally in program.tallies]
        self._sums = [_sum_type(program, tally, terms) for tally, terms in enumerate(self._terms)]
        self._traced = {limit.rule for limit in program.limits}
        self._explainer = Explainer(program, scheme.rules)
        self._alone: dict[bytes, Weighing] = {}
        self._between: dict[bytes, int] = {}

    def verdicts(self, cells: Masks) -> Masks:
        """The possible verdicts of each row as a bit mask; no bit for a row of blanks.

        `cells` has a row for each dimension, in the framework's order, and a column for each set of scores.
        """
        out = np.empty(cells.shape[1], self.dtype)
        for block in self._blocks(cells):
            part = cells[:, block]
            worst, best = self._worlds(part)
            out[block], _ = self._possible(part, self._verdict(worst), self._verdict(best))
        return out

    def decided(self, cells: Masks) -> Decided:
        """The possible verdicts, and the first of the rules that decide, as `Weigher.weigh` gives them."""
        possible, rules = np.empty(cells.shape[1], self.dtype), np.empty(cells.shape[1], np.int16)
        nothing = len(self.entries)
        places = np.array([*(entry.place for entry in self.entries), NOBODY], np.int16)
        number = np.min_scalar_type(nothing)
        for block in self._blocks(cells):
            possible[block], found = self._decisive(cells[:, block])
            first = np.full(len(possible[block]), nothing, number)
            for at, (certain, doubtful) in enumerate(found):
                passed_over = ~(certain | doubtful) * number.type(nothing)
                np.minimum(first, passed_over | number.type(at), out=first)
            rules[block] = places[first]
        return Decided(possible, rules)

    def explained(self, cells: Masks) -> Iterator[tuple[Masks, Masks]]:
        """For each block the possible verdicts, and all that decides: two bits for each entry, certain and doubtful.

        The bits are packed, eight to a byte, a row for each set of scores.
        """
        for block in self._blocks(cells):
            possible, found = self._decisive(cells[:, block])
            flags = np.array([flag for pair in found for flag in pair], np.bool_)
            yield possible, np.ascontiguousarray(np.packbits(flags.reshape(-1, len(possible)), axis=0).T)

    def _blocks(self, cells: Masks) -> Iterator[slice]:
        return (slice(at, at + BLOCK) for at in range(0, cells.shape[1], BLOCK))

    def _worlds(self, cells: Masks) -> tuple[_World, _World]:
        """The rows at their worst, where any possible level will do, and at their best: the highest bit alone."""
        worst = self._world(cells)
        if not any((mask & (mask - 1)).any() for mask in cells):
            return worst, worst
        return worst, self._world([_highest(mask, self.program.blank + 1) for mask in cells])

    def _world(self, ranks: Iterable[Masks]) -> _World:
        effective, best = list(ranks), at_most(self.program.best)
        for limit in self.program.limits:
            own = effective[limit.dimension]
            limited = self._meets(effective[limit.when.dimension], limit.when.ranks)
            limited &= self._meets(own, best ^ at_most(limit.to))  # a cell that has one level keeps one
            lowered = (own & self.dtype.type(at_most(limit.to))) | self.dtype.type(1 << limit.to)
            effective[limit.dimension] = np.where(limited, lowered, own)
        sums = [self._sum(effective, tally) for tally in range(len(self._terms))]
        return _World(effective, sums, {})

    def _sum(self, effective: Sequence[Masks], tally: int) -> Masks:
        """The sum of a tally over all dimensions."""
        number = self._sums[tally]
        total = np.zeros(effective[0].shape, number)
        for mask, terms in zip(effective, self._terms[tally], strict=True):
            for ranks, amount in terms:
                flags = self._meets(mask, ranks)
                total += flags if amount == 1 else flags * number.type(amount)
        return total

    def _meets(self, masks: Masks, ranks: int) -> Flags:
        found: Flags = (masks & self.dtype.type(ranks)) != 0
        return found

    def _verdict(self, world: _World) -> Masks:
        """The bit of the verdict of each row, by all guards of a kind at once."""
        found = np.full(world.effective[0].shape, 1 << self.program.best, self.dtype)
        for guard, dimensions in self._groups:
            holds = self._sum_reached(guard, world)
            if dimensions:
                together = world.effective[dimensions[0]]
                for dimension in dimensions[1:]:
                    together = together | world.effective[dimension]
                met = self._meets(together, guard.conditions[0].ranks)
                holds = met if holds is None else met & holds
                for condition in guard.conditions[1:]:
                    holds &= self._meets(world.effective[condition.dimension], condition.ranks)
            if holds is None:
                holds = np.ones(found.shape, np.bool_)
            found |= holds.view(np.uint8) << self.dtype.type(guard.verdict)
        return found & np.negative(found)

    def _holds(self, guard: Guard, world: _World) -> Flags:
        """Where all conditions of a guard are met and its sum is reached."""
        holds = self._sum_reached(guard, world)
        for condition in guard.conditions:
            met = self._meets(world.effective[condition.dimension], condition.ranks)
            holds = met if holds is None else met & holds
        return np.ones(world.effective[0].shape, np.bool_) if holds is None else holds

    def _sum_reached(self, guard: Guard, world: _World) -> Flags | None:
        """Where the sum of a guard is reached, given that its first condition is met; None without a sum."""
        if guard.tally is None:
            return None
        total, least = world.sums[guard.tally], max(guard.least, 0)
        own = _own_amount(guard, self.program)
        if own is None:
            return total >= least + self._apart(guard, world)
        key = (guard.tally, least + own)
        if key not in world.reached:
            world.reached[key] = total >= least + own
        return world.reached[key]

    def _apart(self, guard: Guard, world: _World) -> Masks:
        """What the dimension that does not count adds to the sum."""
        assert guard.tally is not None
        assert guard.apart is not None
        amount = np.zeros(world.effective[0].shape, self._sums[guard.tally])
        for ranks, step in self._terms[guard.tally][guard.apart]:
            amount += self._meets(world.effective[guard.apart], ranks) * amount.dtype.type(step)
        return amount

    def _possible(self, cells: Masks, worst: Masks, best: Masks) -> tuple[Masks, Sequence[int]]:
        """Which verdicts can come about, as bit masks; and the rows that their worst and best scores do not bound."""
        possible = worst | best
        for at in np.flatnonzero(best > worst << 1).tolist():
            possible[at] = self._swept(cells[:, at])
        blank = 1 << self.program.blank
        together = np.bitwise_and.reduce(cells, axis=0)
        maybe_blank = np.flatnonzero(self._meets(together, blank))
        nothing = (cells[:, maybe_blank] == blank).all(axis=0)
        possible[maybe_blank[nothing]] = 0
        unbounded = {*maybe_blank[~nothing].tolist(), *self._not_by_ends(cells)}
        for at in unbounded:
            possible[at] = self._swept(cells[:, at])
        return possible, sorted(unbounded)

    def _not_by_ends(self, cells: Masks) -> Iterable[int]:
        """The open rows of a program in which better scores may give a worse verdict."""
        program = self.program
        if program.monotone and program.blank_is_best:
            return ()
        opened = np.zeros(cells.shape[1], np.bool_)
        for mask in cells:
            many = (mask & (mask - 1)) != 0
            opened |= many & self._meets(mask, 1 << program.blank) if program.monotone else many
        return np.flatnonzero(opened).tolist()

    def _swept(self, cell: Masks) -> int:
        """The verdicts that one set of scores allows, one by one."""
        key = cell.tobytes()
        if key not in self._between:
            levels = self.program.levels
            self._between[key] = sum(1 << levels.index(name) for name in self._explainer.possible(self._ranks(cell)))
        return self._between[key]

    def _ranks(self, cell: Masks) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(rank for rank in range(self.program.blank + 1) if mask >> rank & 1) for mask in cell)

    def _decisive(self, cells: Masks) -> tuple[Masks, list[tuple[Flags, Flags]]]:
        """The possible verdicts, and for each entry where it decides for certain, and where it only may."""
        worst, best = self._worlds(cells)
        highest = self._verdict(best)
        possible, unbounded = self._possible(cells, highest if worst is best else self._verdict(worst), highest)
        here = {entry.verdict: highest == 1 << entry.verdict for entry in self.entries}
        judged = possible != 0
        certain = [flags & judged for flags in self._fired(best)]
        found = [flags & here[entry.verdict] for entry, flags in zip(self.entries, certain, strict=True)]
        if worst is best:
            nowhere = np.zeros(len(highest), np.bool_)
            return possible, [(flags, nowhere) for flags in found]
        above = {entry.verdict: highest > 1 << entry.verdict for entry in self.entries}
        surely: dict[int, Flags] = {}
        for entry, flags in zip(self.entries, certain, strict=True):
            if entry.place in self._traced:
                surely[entry.place] = surely[entry.place] | flags if entry.place in surely else flags
        maybe = []
        for entry, flags, sure in zip(self.entries, self._fired(worst), certain, strict=True):
            maybe.append(flags & ~surely.get(entry.place, sure) & above[entry.verdict])
        pairs = list(zip(found, maybe, strict=True))
        for at in unbounded:
            self._explain(pairs, at, cells[:, at])
        return possible, pairs

    def _explain(self, pairs: Sequence[tuple[Flags, Flags]], at: int, cell: Masks) -> None:
        """Set the flags of one row from its reasons."""
        key = cell.tobytes()
        if key not in self._alone:
            self._alone[key] = self._explainer.weigh(self._ranks(cell))
        reasons = {(reason.verdict, reason.rule.id): reason.certain for reason in self._alone[key].deciding}
        for entry, (certain, doubtful) in zip(self.entries, pairs, strict=True):
            is_certain = reasons.get((self.program.levels[entry.verdict], entry.rule.id))
            certain[at], doubtful[at] = is_certain is True, is_certain is False

    def _fired(self, world: _World) -> list[Flags]:
        """Where each entry is the lowest verdict that its rule brings about."""
        holds: dict[tuple[int, int], Flags] = {}
        for guard in (*self.program.guards, *self.program.traces):
            key = (guard.verdict, guard.rule)
            flags = self._holds(guard, world)
            holds[key] = holds[key] | flags if key in holds else flags
        lower: dict[int, Flags] = {}
        found = []
        for entry in self.entries:
            flags = holds[entry.verdict, entry.place]
            if entry.place in lower:
                before = lower[entry.place]
                flags, lower[entry.place] = flags & ~before, flags | before
            else:
                lower[entry.place] = flags
            found.append(flags)
        return found


def _entries(program: Program, rules: Sequence[Rule]) -> tuple[Entry, ...]:
    places = sorted({(guard.verdict, guard.rule) for guard in (*program.guards, *program.traces)})
    return tuple(Entry(verdict, rule, rules[rule]) for verdict, rule in places)


def _highest(masks: Masks, bits: int) -> Masks:
    """The highest bit of each mask alone."""
    smeared, step = masks, 1
    while step < bits:
        smeared = smeared | smeared >> step
        step *= 2
    highest: Masks = smeared ^ smeared >> 1
    return highest


def _terms(amounts: Sequence[int], program: Program) -> list[tuple[int, int]]:
    """Sets of ranks with what each adds: of a mask with several bits the lowest counts, where amounts only fall."""
    steps = zip(range(program.blank + 1), amounts, (*amounts[1:], 0), strict=True)
    return [(at_most(rank), amount - above) for rank, amount, above in steps if amount != above]


def _sum_type(program: Program, tally: int, terms: Sequence[Sequence[tuple[int, int]]]) -> Any:
    """The smallest type that holds a sum and what a guard compares it with."""
    if any(amount < 0 for one in terms for _, amount in one):
        return np.dtype(np.int64)
    most = sum(map(max, program.tallies[tally]))
    return np.min_scalar_type(2 * most + max((guard.least for guard in program.guards), default=0))


def _own_amount(guard: Guard, program: Program) -> int | None:
    """What the dimension that does not count adds to the sum where its condition is met; None where that varies."""
    if guard.tally is None or guard.apart is None:
        return 0
    amounts = program.tallies[guard.tally][guard.apart]
    found = {amounts[rank] for rank in range(program.blank + 1) if guard.conditions[0].ranks >> rank & 1}
    return found.pop() if len(found) == 1 else None


def _grouped(program: Program) -> Iterator[tuple[Guard, tuple[int, ...]]]:
    """The guards, together where they differ in rule and dimension alone, with those dimensions."""

    def kind(guard: Guard) -> tuple[Any, ...]:
        own = _own_amount(guard, program)
        first = guard.conditions[0].ranks if guard.conditions else 0
        alone = guard.conditions[0].dimension if own is None else NOBODY
        tally = NOBODY if guard.tally is None else guard.tally
        return (guard.verdict, first, guard.conditions[1:], tally, guard.least, own or 0, alone)

    for _, members in groupby(sorted(program.guards, key=kind), key=kind):
        together = list(members)
        yield together[0], tuple(guard.conditions[0].dimension for guard in together if guard.conditions)
