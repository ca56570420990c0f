"""Weigh many rows at once with numpy: the same rules, exact on open scores too, tens of millions of rows a second.

A cell is a bit mask: bit r is set where the level of rank r is possible, and the bit above the best level for a blank.
Each dimension is one array, and each condition of a rule one operation on it; the rows are taken in blocks that stay in
the processor's cache. Scores at their worst and at their best bound the verdict. What lies between is certain to come
about where it is the neighbour of both, and is looked up one by one where it is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kmtui.model.scheme import Cap, Prerequisite, WeightingScheme
from kmtui.weighing.check import SchemeError
from kmtui.weighing.sweep import Compiled, CompiledCap
from kmtui.weighing.weigher import Weigher

BLOCK = 2**15
"""Rows that are taken together."""
NOBODY = -1
"""Stands where no rule decides."""

Masks = npt.NDArray[Any]
"""Bit masks, of as many bits as there are levels and one more."""
Flags = npt.NDArray[np.bool_]


class Decided(msgspec.Struct, frozen=True):
    """The possible verdicts of each row as bit masks, and the place of the weightiest rule that decides, or NOBODY."""

    possible: Masks
    rule: npt.NDArray[np.int16]


class Entry(NamedTuple):
    """A rule as it can decide: with one verdict, of the several that a prerequisite can bring about."""

    verdict: int
    place: int
    rule: Cap | Prerequisite


class _World(NamedTuple):
    """Rows with all scores at their worst, or at their best: what each dimension counts as, and how many are weak."""

    effective: list[Masks]
    weak: list[Masks]


class Bulk:
    """A scheme of rules made ready for arrays of rows (raises SchemeError for one that is written in code)."""

    def __init__(self, weigher: Weigher) -> None:
        scheme = weigher.scheme
        if not isinstance(scheme, WeightingScheme):
            raise SchemeError(f"scheme '{scheme.id}' is written in code, which weighs row by row")
        self._compiled = compiled = Compiled(weigher.framework, scheme, weigher.parameters)
        self._places = {rule.id: place for place, rule in enumerate(scheme.rules)}
        self._groups = tuple(_grouped(compiled))
        self._between: dict[bytes, int] = {}
        self.dimensions = len(compiled.caps)
        self.dtype = np.min_scalar_type((1 << (compiled.blank + 1)) - 1)
        """What holds a cell."""
        self.entries = tuple(sorted(self._entries(), key=lambda entry: entry[:2]))
        """Every way in which a rule can decide, in order of weight."""

    def verdicts(self, cells: Masks) -> Masks:
        """The possible verdicts of each row as a bit mask; no bit for a row of blanks.

        `cells` has a row for each dimension, in the framework's order, and a column for each set of scores.
        """
        out = np.empty(cells.shape[1], self.dtype)
        for block in self._blocks(cells):
            part = cells[:, block]
            worst, best = self._worlds(part)
            out[block] = self._possible(part, self._verdict(worst), self._verdict(best))
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

    def _entries(self) -> Iterator[Entry]:
        """Caps have their verdict; a prerequisite has that of any cap it can bring into force."""
        compiled = self._compiled
        caps = [cap for on_one in compiled.caps for cap in on_one]
        for cap in caps:
            yield Entry(cap.verdict, self._places[cap.rule.id], cap.rule)
        for prerequisite in compiled.prerequisites:
            for verdict in {cap.verdict for cap in caps}:
                yield Entry(verdict, self._places[prerequisite.rule.id], prerequisite.rule)

    def _worlds(self, cells: Masks) -> tuple[_World, _World]:
        """The rows at their worst, where any possible level will do, and at their best: the highest bit alone."""
        worst = self._world(cells)
        if not any((mask & (mask - 1)).any() for mask in cells):
            return worst, worst
        return worst, self._world([_highest(mask, self._compiled.blank + 1) for mask in cells])

    def _world(self, levels: Iterable[Masks]) -> _World:
        compiled, effective = self._compiled, list(levels)
        for prerequisite in compiled.prerequisites:
            own = effective[prerequisite.dimension]
            unmet = self._at_most(effective[prerequisite.requires], prerequisite.at_most)
            unmet &= self._at_most(own, compiled.best)
            lowered = (own & self._low(prerequisite.limit)) | self.dtype.type(1 << prerequisite.limit)
            effective[prerequisite.dimension] = np.where(unmet, lowered, own)
        return _World(effective, [self._weak(effective, threshold) for threshold in compiled.thresholds])

    def _weak(self, effective: Sequence[Masks], threshold: int) -> Masks:
        """How many dimensions are at most at the threshold."""
        counts = np.zeros(effective[0].shape, np.min_scalar_type(self.dimensions))
        for mask in effective:
            counts += self._at_most(mask, threshold)
        return counts

    def _low(self, rank: int) -> Any:
        """The bits of a level and of all that are worse."""
        return self.dtype.type((1 << (rank + 1)) - 1)

    def _at_most(self, masks: Masks, rank: int) -> Flags:
        found: Flags = (masks & self._low(rank)) != 0
        return found

    def _verdict(self, world: _World) -> Masks:
        """The bit of the verdict of each row, by all rules of a kind at once."""
        found = np.full(world.effective[0].shape, 1 << self._compiled.best, self.dtype)
        for cap, dimensions in self._groups:
            together = world.effective[dimensions[0]]
            for dimension in dimensions[1:]:
                together = together | world.effective[dimension]
            fired = self._at_most(together, cap.at_most)
            if cap.counted is not None:
                fired &= world.weak[cap.counted] >= self._needed(cap, dimensions[0], world)
            found |= fired.view(np.uint8) << self.dtype.type(cap.verdict)
        return found & np.negative(found)

    def _needed(self, cap: CompiledCap, dimension: int, world: _World) -> Any:
        """How many weak dimensions it takes, the cap's own included where that is weak."""
        assert cap.counted is not None
        threshold = self._compiled.thresholds[cap.counted]
        if cap.at_most <= threshold:
            return cap.needed + 1
        return cap.needed + self._at_most(world.effective[dimension], threshold)

    def _possible(self, cells: Masks, worst: Masks, best: Masks) -> Masks:
        """Which verdicts can come about between the worst and the best one, as bit masks."""
        possible = worst | best
        for at in np.flatnonzero(best > worst << 1):
            possible[at] = self._swept(cells[:, at])
        blank = cells[0] == 1 << self._compiled.blank
        for mask in cells[1:]:
            blank &= mask == 1 << self._compiled.blank
        possible[blank] = 0
        return possible

    def _swept(self, cell: Masks) -> int:
        """The verdicts that one set of scores allows, one by one."""
        key = cell.tobytes()
        if key not in self._between:
            ranks = tuple(tuple(rank for rank in range(self._compiled.blank + 1) if mask >> rank & 1) for mask in cell)
            self._between[key] = sum(1 << verdict for verdict in self._compiled.verdicts(ranks))
        return self._between[key]

    def _decisive(self, cells: Masks) -> tuple[Masks, list[tuple[Flags, Flags]]]:
        """The possible verdicts, and for each entry where it decides for certain, and where it only may."""
        worst, best = self._worlds(cells)
        highest = self._verdict(best)
        here = {entry.verdict: highest == 1 << entry.verdict for entry in self.entries}
        above = {entry.verdict: highest > 1 << entry.verdict for entry in self.entries}
        certain = self._fired(best)
        found = [certain[rule.id][verdict] & here[verdict] for verdict, _, rule in self.entries]
        if worst is best:
            nowhere = np.zeros(len(highest), np.bool_)
            return self._possible(cells, highest, highest), [(flags, nowhere) for flags in found]
        doubtful = self._fired(worst)
        surely = {rule_id: np.logical_or.reduce(list(flags.values())) for rule_id, flags in certain.items()}
        maybe = [doubtful[rule.id][verdict] & ~surely[rule.id] & above[verdict] for verdict, _, rule in self.entries]
        return self._possible(cells, self._verdict(worst), highest), list(zip(found, maybe, strict=True))

    def _fired(self, world: _World) -> Mapping[str, Mapping[int, Flags]]:
        """Where each rule is in force, by its id and by the verdict that it brings about."""
        compiled, fired = self._compiled, dict[str, dict[int, Flags]]()
        on: list[list[tuple[int, dict[int, Flags]]]] = [[] for _ in compiled.caps]
        for dimension, caps in enumerate(compiled.caps):
            for cap in caps:
                flags = self._at_most(world.effective[dimension], cap.at_most)
                if cap.counted is not None:
                    flags &= world.weak[cap.counted] >= self._needed(cap, dimension, world)
                fired[cap.rule.id] = {cap.verdict: flags}
                on[dimension].append((cap.at_most, fired[cap.rule.id]))
        verdicts = sorted({cap.verdict for caps in compiled.caps for cap in caps})
        for prerequisite in reversed(compiled.prerequisites):
            brings = fired[prerequisite.rule.id] = dict[int, Flags]()
            limited = self._limited(world, prerequisite.requires, prerequisite.dimension, prerequisite.at_most)
            for verdict in verdicts:
                through = [
                    by_verdict[verdict]
                    for at_most, by_verdict in on[prerequisite.dimension]
                    if prerequisite.limit <= at_most and verdict in by_verdict
                ]
                caused = np.logical_or.reduce(through) & limited if through else np.zeros_like(limited)
                brings[verdict] = caused & ~np.logical_or.reduce([np.zeros_like(limited), *brings.values()])
            on[prerequisite.requires].append((prerequisite.at_most, brings))
        return fired

    def _limited(self, world: _World, requires: int, dimension: int, at_most: int) -> Flags:
        """Where a prerequisite is not met, and the dimension that depends on it has a level."""
        judged = self._at_most(world.effective[dimension], self._compiled.best)
        return self._at_most(world.effective[requires], at_most) & judged


def _highest(masks: Masks, bits: int) -> Masks:
    """The highest bit of each mask alone."""
    smeared, step = masks, 1
    while step < bits:
        smeared = smeared | smeared >> step
        step *= 2
    highest: Masks = smeared ^ smeared >> 1
    return highest


def _grouped(compiled: Compiled) -> Iterator[tuple[CompiledCap, tuple[int, ...]]]:
    """The caps, together where they differ in the dimension alone and need not know whether it is weak itself."""

    def kind(found: tuple[int, CompiledCap]) -> tuple[int, ...]:
        dimension, cap = found
        counted = NOBODY if cap.counted is None else cap.counted
        alone = cap.counted is not None and cap.at_most > compiled.thresholds[cap.counted]
        return (cap.at_most, cap.verdict, counted, cap.needed, dimension if alone else NOBODY)

    caps = sorted(((dimension, cap) for dimension, found in enumerate(compiled.caps) for cap in found), key=kind)
    for _, members in groupby(caps, key=kind):
        together = list(members)
        yield together[0][1], tuple(dimension for dimension, _ in together)
