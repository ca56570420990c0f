"""What the rules of a declarative scheme can do, and what they do in an edition.

The answers hold for all sets of scores and are exact. In a monotone program whatever guards hold on some scores hold on
worse ones too, so to learn what a guard can do it is enough to evaluate the best scores on which it holds: its own
dimension at the best rank that its condition allows, and of the others just enough to reach its sum. For other programs
all scores with different effects are enumerated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from kmtui.analysis.score_space import SchemeTrack, cheapest_scores, distinct_ranks
from kmtui.model.scheme import CodedScheme, Rule, Scheme
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.program import Guard, Limit, Program, highest
from kmtui.weighing.weigher import Weigher


class Frequency(msgspec.Struct, frozen=True):
    """On how many sets of scores a rule applies, and on how many of those it decides.

    Each number counts the certain cases; the one with `maybe` also those that open scores leave possible.
    """

    rule: str
    in_force: int
    maybe_in_force: int
    decides: int
    maybe_decides: int


def frequencies(scheme: Scheme, weighings: Iterable[Weighing]) -> tuple[Frequency, ...]:
    """How often each rule that can apply does, and decides, in order of weight."""
    reasons: dict[str, list[dict[bool, bool]]] = {rule.id: [] for rule in scheme.rules if rule.can_apply}
    for weighing in weighings:
        found: dict[str, dict[bool, bool]] = {}
        for reason in weighing.reasons:
            found.setdefault(reason.rule.id, {})[reason.certain] = reason.decisive
        for name, decisive in found.items():
            reasons[name].append(decisive)
    return tuple(
        Frequency(
            rule=name,
            in_force=sum(True in decisive for decisive in found),
            maybe_in_force=len(found),
            decides=sum(decisive.get(True, False) for decisive in found),
            maybe_decides=sum(any(decisive.values()) for decisive in found),
        )
        for name, found in reasons.items()
    )


class Effect(StrEnum):
    """What a rule can do to an end score, at its most."""

    NEEDED = "needed"
    """There are scores whose end score would be better without it."""
    NEEDLESS = "needless"
    """It can decide, but never alone: without it every end score would be the same."""
    OVERSHADOWED = "overshadowed"
    """Wherever it is in force, other rules hold the end score lower."""
    DEAD = "dead"
    """No scores bring it into force."""
    OFF = "off"
    """A parameter switches it off."""
    NEUTRAL = "neutral"
    """It states that its dimension decides nothing."""


class Finding(msgspec.Struct, frozen=True):
    """What one rule can do.

    `covered_by` names rules that apply wherever this one does, with the same or a worse verdict; `contradicts` those
    that give another verdict in exactly the same cases, or that decide by a dimension which this one calls neutral.
    """

    rule: Rule
    effect: Effect
    covered_by: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


def findings(weigher: Weigher) -> tuple[Finding, ...]:
    """What each rule can do, in order of weight, with the parameters of the weigher.

    Raises SchemeError for a scheme in code: nothing can be known about all that a function may do.
    """
    scheme = weigher.scheme
    if weigher.program is None or isinstance(scheme, CodedScheme):
        raise SchemeError(f"scheme '{scheme.id}' is code, so its rules cannot be examined")
    return tuple(_RuleSet(weigher, weigher.program, scheme.rules).findings())


Point = Mapping[int, int]
"""Scores of which most are blank: the rank of each dimension that is not, by its place."""


class _MostlyBlank:
    """Evaluates a program in which no guard needs a blank, in a time that depends on the scores that are not blank."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._limits: dict[int, list[int]] = {}
        for at, limit in enumerate(program.limits):
            self._limits.setdefault(limit.dimension, []).append(at)
        self._guards: dict[int | None, list[Guard]] = {}
        for guard in program.guards:
            first = guard.conditions[0].dimension if guard.conditions else None
            self._guards.setdefault(first, []).append(guard)
        self._blank_sums = [sum(amounts[program.blank] for amounts in tally) for tally in program.tallies]

    def holding(self, point: Point) -> list[Guard]:
        """The guards that hold on these scores."""
        effective = dict(point)
        for at in sorted(at for dimension in point for at in self._limits.get(dimension, ())):
            limit = self._program.limits[at]
            source = effective.get(limit.when.dimension)
            if source is not None and limit.when.ranks >> source & 1:
                effective[limit.dimension] = min(effective[limit.dimension], limit.to)
        guards = (guard for first in (None, *point) for guard in self._guards.get(first, ()))
        return [guard for guard in guards if self._holds(guard, effective)]

    def _holds(self, guard: Guard, effective: Point) -> bool:
        for dimension, ranks in guard.conditions:
            if dimension not in effective or not ranks >> effective[dimension] & 1:
                return False
        if guard.tally is None:
            return True
        tally, blank = self._program.tallies[guard.tally], self._program.blank
        apart = 0 if guard.apart is None else tally[guard.apart][blank]
        added = sum(tally[at][rank] - tally[at][blank] for at, rank in effective.items() if at != guard.apart)
        return self._blank_sums[guard.tally] + added - apart >= guard.least


class _RuleSet:
    """The rules of a program, and the questions about them."""

    def __init__(self, weigher: Weigher, program: Program, rules: Sequence[Rule]) -> None:
        self.weigher, self.program, self.rules = weigher, program, rules
        self.framework = weigher.framework
        blank_is_free = not any(amounts[program.blank] for tally in program.tallies for amounts in tally)
        self.by_ends = program.monotone and program.blank_is_best and blank_is_free
        self.limiting = {limit.rule for limit in program.limits}
        self.mostly_blank = _MostlyBlank(program) if self.by_ends else None
        self.guards: dict[int, list[Guard]] = {}
        for guard in program.guards:
            self.guards.setdefault(guard.rule, []).append(guard)

    def _track(self, program: Program) -> SchemeTrack:
        return SchemeTrack(self.framework, program)

    def _alarm(self, guard: Guard) -> SchemeTrack:
        """A program whose verdict is the worst level where this guard holds, and else the best."""
        return self._track(replace(self.program, guards=(guard._replace(verdict=0),), traces=()))

    def findings(self) -> Iterator[Finding]:
        """A finding for each rule."""
        limits: dict[int, list[Limit]] = {}
        for limit in self.program.limits:
            limits.setdefault(limit.rule, []).append(limit)
        for place, rule in enumerate(self.rules):
            if place in self.program.off:
                yield Finding(rule=rule, effect=Effect.OFF)
            elif place in self.guards:
                yield self._guarding(place, rule)
            elif place in limits:
                yield self._limiting(place, rule, limits[place])
            else:
                yield Finding(rule=rule, effect=Effect.NEUTRAL, contradicts=self._deciders(rule.about))

    def _deciders(self, dimensions: Iterable[str]) -> tuple[str, ...]:
        """The rules that hold the verdict down where only these dimensions are not at their best."""
        worst, best = self.program.levels[0], self.program.levels[-1]
        levels = dict.fromkeys(self.program.dimensions, (best,)) | dict.fromkeys(dimensions, (worst,))
        weighing = self.weigher.weigh_levels(levels)
        return tuple(reason.rule.id for reason in weighing.deciding if weighing.verdict != best)

    def _guarding(self, place: int, rule: Rule) -> Finding:
        found = [(self._best_verdict(place, guard), guard) for guard in self.guards[place]]
        reached = [(best, guard) for best, guard in found if best is not None]
        if not reached:
            return Finding(rule=rule, effect=Effect.DEAD)
        if any(best > guard.verdict for best, guard in reached):
            return Finding(rule=rule, effect=Effect.NEEDED)
        guards = [guard for _, guard in reached]
        covering = [other for other in self.guards if other != place and self._covers(other, guards)]
        return Finding(
            rule=rule,
            effect=Effect.NEEDLESS if any(best == guard.verdict for best, guard in reached) else Effect.OVERSHADOWED,
            covered_by=tuple(self.rules[other].id for other in covering),
            contradicts=tuple(self.rules[other].id for other in covering if self._contradicts(other, guards)),
        )

    def _covers(self, other: int, guards: Iterable[Guard]) -> bool:
        """Whether another rule holds the verdict as low wherever one of these guards holds."""
        return all(
            any(
                covering.verdict <= guard.verdict and self._always_with(covering, guard)
                for covering in self.guards[other]
            )
            for guard in guards
        )

    def _contradicts(self, other: int, guards: Iterable[Guard]) -> bool:
        """Whether a covering rule applies in the same cases as one of these guards only, with another verdict."""
        return any(
            covering.verdict != guard.verdict
            and self._always_with(guard, covering)
            and self._always_with(covering, guard)
            for covering in self.guards[other]
            for guard in guards
        )

    def _best_scores(self, guard: Guard, tracks: Sequence[SchemeTrack]) -> list[list[int]]:
        """The ranks that dimensions have in the best scores on which a guard holds."""
        if not self.by_ends or guard.rule in self.limiting:
            return distinct_ranks(self.framework, tracks)
        tally = None if guard.tally is None else self.program.tallies[guard.tally]
        allowed = dict.fromkeys(range(len(self.program.dimensions)), (2 << self.program.blank) - 1)
        for condition in guard.conditions:
            allowed[condition.dimension] &= condition.ranks
        choices = []
        for dimension, ranks in allowed.items():
            best_of = {highest(ranks): None}
            if tally is not None and dimension != guard.apart:
                by_amount = {tally[dimension][rank]: rank for rank in range(highest(ranks) + 1) if ranks >> rank & 1}
                best_of |= dict.fromkeys(by_amount.values())
            choices.append(list(best_of))
        return choices

    def _best_point(self, guard: Guard) -> Point | None:
        """The best scores on which a guard holds, where there is one such set and all but a few scores are blank."""
        if self.mostly_blank is None or guard.tally is not None or guard.rule in self.limiting or not guard.conditions:
            return None
        allowed: dict[int, int] = {}
        for condition in guard.conditions:
            allowed[condition.dimension] = allowed.get(condition.dimension, condition.ranks) & condition.ranks
        return {dimension: highest(ranks) for dimension, ranks in allowed.items()} if all(allowed.values()) else None

    def _best_verdict(self, without: int | None, guard: Guard) -> int | None:
        """The best verdict on scores on which a guard holds, None where there are none; maybe `without` one rule."""
        point = self._best_point(guard)
        if point is not None and self.mostly_blank is not None and without not in self.limiting:
            holding = self.mostly_blank.holding(point)
            return min((other.verdict for other in holding if other.rule != without), default=self.program.best)
        track = self._track(self.program if without is None else self.program.without(without))
        tracks = (track, self._alarm(guard))
        found = self._together(tracks, self._best_scores(guard, tracks))
        return max((verdict for verdict, alarm in found if alarm == 0), default=None)

    def _always_with(self, other: Guard, guard: Guard) -> bool:
        """Whether another guard holds wherever this one does."""
        point = self._best_point(guard)
        if point is not None and self.mostly_blank is not None:
            return other in self.mostly_blank.holding(point)
        tracks = (self._alarm(guard), self._alarm(other))
        return (0, self.program.best) not in self._together(tracks, self._best_scores(guard, tracks))

    def _together(self, tracks: tuple[SchemeTrack, SchemeTrack], choices: list[list[int]]) -> set[tuple[int, int]]:
        free = [0] * (self.program.blank + 1)
        return {(one, other) for one, other in cheapest_scores(tracks, choices, free)}

    def _limiting(self, place: int, rule: Rule, limits: Sequence[Limit]) -> Finding:
        """A limit applies through the guards that it leads to, and may be needed for what it counts as too."""
        others = [other for other in self.program.limits if other.rule != place]
        covering = [other for other in others if all(_covers_limit(other, limit) for limit in limits)]
        contradicting = [other for other in others if any(_contradicts_limit(other, limit) for limit in limits)]
        return Finding(
            rule=rule,
            effect=self._effect(place),
            covered_by=tuple(self.rules[place].id for place in sorted(limit.rule for limit in covering)),
            contradicts=tuple(self.rules[place].id for place in sorted(limit.rule for limit in contradicting)),
        )

    def _effect(self, place: int) -> Effect:
        tracks = (self._track(self.program), self._track(self.program.without(place)))
        if any(one != other for one, other in self._together(tracks, distinct_ranks(self.framework, tracks))):
            return Effect.NEEDED
        traces = [trace for trace in self.program.traces if trace.rule == place]
        best = [(self._best_verdict(None, trace), trace.verdict) for trace in traces]
        if all(found is None for found, _ in best):
            return Effect.DEAD
        return Effect.NEEDLESS if any(found == verdict for found, verdict in best) else Effect.OVERSHADOWED


def _covers_limit(other: Limit, limit: Limit) -> bool:
    """Whether another limit on the same pair of dimensions does at least as much."""
    return _same_case(other, limit) and limit.when.ranks & ~other.when.ranks == 0 and other.to <= limit.to


def _contradicts_limit(other: Limit, limit: Limit) -> bool:
    return _same_case(other, limit) and other.when == limit.when and other.to != limit.to


def _same_case(one: Limit, other: Limit) -> bool:
    return (one.dimension, one.when.dimension) == (other.dimension, other.when.dimension)
