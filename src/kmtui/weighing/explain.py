"""Weigh one subject by a program and explain the verdict: exact on open scores.

In a monotone program the worst and the best of the possible scores give the worst and the best verdict, and whatever
applies to the best scores applies to all. Where the two verdicts are the same nothing else can come about; else a sweep
finds the rest. In other programs each rule is swept alone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from kmtui.model.scheme import Rule
from kmtui.weighing.outcome import Ranks, Reason, Weighing
from kmtui.weighing.program import Guard, Program
from kmtui.weighing.sweep import Sweep


class _Fired(NamedTuple):
    """The lowest verdict that a rule brings about, the guard that does, and the effective ranks that it saw."""

    verdict: int
    guard: Guard
    effective: Sequence[int]


class Explainer:
    """A program prepared to weigh subjects one by one; `rules` are those of its scheme."""

    def __init__(self, program: Program, rules: Sequence[Rule]) -> None:
        self.program, self._rules = program, rules
        self._traced = frozenset(limit.rule for limit in program.limits)
        self._alone = lru_cache(None)(lambda rule: Sweep(program.only(rule), silent=program.blank))
        """The sweep of one rule alone; its verdict is the rank of a blank where the rule does not apply."""
        guards = (*program.guards, *program.traces)
        self._unconditional = [guard for guard in guards if not guard.conditions]
        width = program.blank + 1
        starting: list[tuple[Guard, ...]] = [()] * (len(program.dimensions) * width)
        for guard in guards:
            for dimension, ranks in guard.conditions[:1]:
                for rank in range(width):
                    if ranks >> rank & 1:
                        starting[dimension * width + rank] += (guard,)
        self._starting = tuple(starting)
        """The guards whose first condition a rank of a dimension fulfils, all ranks of a dimension together."""
        self._offsets = range(0, len(starting), width)

    @cached_property
    def _sweep(self) -> Sweep:
        """Made when the first open scores need it."""
        return Sweep(self.program)

    def weigh(self, ranks: Ranks) -> Weighing:
        """Weigh the possible ranks of each dimension, worst first; a blank is the one rank above the best."""
        if max(map(len, ranks)) > 1:
            return self._weigh_open(ranks)
        certain = self._fired([choice[0] for choice in ranks])
        return self._weighing({self._lowest(certain)}, frozenset(), certain, {})

    def _weigh_open(self, ranks: Ranks) -> Weighing:
        if not self.program.bounded_by_ends(ranks):
            swept = self._sweep.sweep(ranks)
            return self._weighing(*swept, *self._fired_alone(ranks))
        certain = self._fired([choice[-1] for choice in ranks])
        possible = self._fired([choice[0] for choice in ranks])
        verdicts, turning = frozenset({self._lowest(certain)}), frozenset[int]()
        if self._lowest(possible) not in verdicts:
            verdicts, turning = self._sweep.sweep(ranks)
        return self._weighing(verdicts, turning, certain, possible)

    def possible(self, ranks: Ranks) -> tuple[str, ...]:
        """The possible verdicts alone, worst first."""
        return tuple(self.program.levels[verdict] for verdict in sorted(self._sweep.verdicts(ranks)))

    def _lowest(self, fired: Mapping[int, _Fired]) -> int:
        return min((found.verdict for found in fired.values()), default=self.program.best)

    def _weighing(
        self,
        verdicts: Collection[int],
        turning: Collection[int],
        certain: Mapping[int, _Fired],
        possible: Mapping[int, _Fired],
    ) -> Weighing:
        """The outcome: reasons are what applies to all possible scores, and what more applies to some of them.

        What only may apply decides where it lowers the verdict further, or where no certain rule brings it that low.
        """
        program, best = self.program, max(verdicts)
        found = [(one.verdict, rule, True, one) for rule, one in certain.items()]
        for rule, one in possible.items():
            sure = certain.get(rule)
            if sure is None or (one.verdict < sure.verdict and rule not in self._traced):
                found.append((one.verdict, rule, False, one))
        found.sort(key=itemgetter(0, 1))
        settled = best == program.best or any(one.verdict == best for one in certain.values())
        doubtful_below = best if settled else best + 1
        return Weighing(
            possible=tuple([program.levels[verdict] for verdict in sorted(verdicts)]),
            reasons=tuple(
                [
                    self._reason(one, is_certain, verdict == best if is_certain else verdict < doubtful_below)
                    for verdict, _, is_certain, one in found
                ]
            ),
            pivotal=tuple([program.dimensions[at] for at in sorted(turning)]),
        )

    def _reason(self, fired: _Fired, certain: bool, decisive: bool) -> Reason:
        program, guard = self.program, fired.guard
        rule = self._rules[guard.rule]
        dimensions: tuple[str, ...] = rule.about
        points: tuple[int, ...] = ()
        if guard.tally is not None and guard.rule not in self._traced:
            tally = program.tallies[guard.tally]
            amounts = [amounts[rank] for amounts, rank in zip(tally, fired.effective, strict=True)]
            adding = [at for at, amount in enumerate(amounts) if amount and at != guard.apart]
            dimensions = (*dimensions, *[program.dimensions[at] for at in adding])
            if not guard.conditions:
                points = tuple([amounts[at] for at in adding])
        return Reason(
            rule=rule,
            verdict=program.levels[fired.verdict],
            dimensions=dimensions,
            certain=certain,
            decisive=decisive,
            points=points,
        )

    def _fired(self, ranks: Sequence[int]) -> dict[int, _Fired]:
        """The rules that apply to one set of scores, by their place, each with the lowest verdict that it brings."""
        program = self.program
        effective = list(ranks)
        for limit in program.limits:
            rank = effective[limit.dimension]
            if limit.to < rank < program.blank and limit.when.ranks >> effective[limit.when.dimension] & 1:
                effective[limit.dimension] = limit.to
        fired: dict[int, _Fired] = {}
        starting = self._starting
        candidates = [guard for at, rank in zip(self._offsets, effective, strict=True) for guard in starting[at + rank]]
        if self._unconditional:
            candidates += self._unconditional
        for guard in candidates:
            before = fired.get(guard.rule)
            if (before is None or guard.verdict < before.verdict) and self._holds(guard, effective):
                fired[guard.rule] = _Fired(guard.verdict, guard, effective)
        return fired

    def _holds(self, guard: Guard, effective: Sequence[int]) -> bool:
        """Whether a guard holds whose first condition does."""
        for dimension, ranks in guard.conditions[1:]:
            if not ranks >> effective[dimension] & 1:
                return False
        if guard.tally is None:
            return True
        tally = self.program.tallies[guard.tally]
        total = sum([amounts[rank] for amounts, rank in zip(tally, effective, strict=True)])
        if guard.apart is not None:
            total -= tally[guard.apart][effective[guard.apart]]
        return total >= guard.least

    def _fired_alone(self, ranks: Ranks) -> tuple[dict[int, _Fired], dict[int, _Fired]]:
        """The rules that apply to all possible scores, and to some, found by sweeping each rule alone."""
        certain, possible = dict[int, _Fired](), dict[int, _Fired]()
        guards = (*self.program.guards, *self.program.traces)
        for rule in dict.fromkeys(guard.rule for guard in guards):
            verdicts = self._alone(rule).verdicts(ranks)
            for verdict, pick, found in ((max(verdicts), min, certain), (min(verdicts), max, possible)):
                if verdict < self.program.blank:
                    guard = next(guard for guard in guards if (guard.rule, guard.verdict) == (rule, verdict))
                    found[rule] = _Fired(verdict, guard, self._witness(ranks, guard, pick))
        return certain, possible

    def _witness(self, ranks: Ranks, guard: Guard, pick: Callable[..., int]) -> Sequence[int]:
        """The effective ranks that add the least or the most to the sum of a guard."""
        program = self.program
        seen = [set(choice) for choice in ranks]
        for limit in program.limits:
            if any(limit.when.ranks >> rank & 1 for rank in seen[limit.when.dimension]):
                seen[limit.dimension] |= {min(rank, limit.to) for rank in seen[limit.dimension] if rank < program.blank}
        if guard.tally is None:
            return [min(choice) for choice in seen]
        tally = program.tallies[guard.tally]
        return [pick(sorted(choice), key=amounts.__getitem__) for choice, amounts in zip(seen, tally, strict=True)]
