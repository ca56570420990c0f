"""What the rules of a scheme can do, and what they do in an edition.

The answers hold for all sets of scores and are exact. Every condition of a rule reads "at most this level", so whatever
rules are in force on some scores are in force on worse ones too. To learn whether other rules always go along with a
rule it is enough to look at the best scores that bring it into force: its own dimension at the level that it names, as
many others as it asks for at the level that they are counted by, and all else blank. Whatever other scores bring it
into force are worse than some of these.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from kmtui.analysis.worlds import Lane, cheapest, telling
from kmtui.model.scheme import Cap, Ground, Neutral, Prerequisite, Rule, Scheme, WeightingScheme
from kmtui.weighing.check import SchemeError
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher


class Frequency(msgspec.Struct, frozen=True):
    """How many sets of scores a rule is in force on, and on how many of those it decides.

    Each number is given for certain, and again with the cases where open scores leave it possible.
    """

    rule: str
    in_force: int
    maybe_in_force: int
    decides: int
    maybe_decides: int


def frequencies(scheme: Scheme, weighings: Iterable[Weighing]) -> tuple[Frequency, ...]:
    """How often each rule is in force and decides, in order of weight."""
    reasons = [reason for weighing in weighings for reason in weighing.reasons]

    def counted(rule: Rule | Ground) -> Frequency:
        found = [reason for reason in reasons if reason.rule.id == rule.id]
        return Frequency(
            rule=rule.id,
            in_force=sum(reason.certain for reason in found),
            maybe_in_force=len(found),
            decides=sum(reason.certain and reason.decisive for reason in found),
            maybe_decides=sum(reason.decisive for reason in found),
        )

    return tuple(counted(rule) for rule in scheme.rules if not isinstance(rule, Neutral))


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
    """It says that its dimension decides nothing."""


class Finding(msgspec.Struct, frozen=True):
    """What is found out about one rule.

    `covered_by` names rules that are in force wherever this one is, with the same or a worse verdict; `contradicts`
    those that say another thing in the same case, or that decide by a dimension which this one calls neutral.
    """

    rule: Rule
    effect: Effect
    covered_by: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


def findings(weigher: Weigher) -> tuple[Finding, ...]:
    """What each rule can do, in order of weight, with the parameters of the weigher.

    Raises SchemeError for a scheme in code: nothing can be said about all that a function may do.
    """
    scheme = weigher.scheme
    if not isinstance(scheme, WeightingScheme):
        raise SchemeError(f"scheme '{scheme.id}' is code, so its rules cannot be examined")
    return tuple(_RuleSet(weigher, scheme).findings())


class _RuleSet:
    """The rules of a scheme, and the questions that are asked about them."""

    def __init__(self, weigher: Weigher, scheme: WeightingScheme) -> None:
        self.weigher, self.scheme = weigher, scheme
        self.framework = weigher.framework
        self.rank = self.framework.scale.rank
        self.best = len(self.framework.scale.levels) - 1
        self.blank = self.best + 1
        self.prerequisites = tuple(rule for rule in scheme.rules if isinstance(rule, Prerequisite))
        self.caps = tuple(rule for rule in scheme.rules if isinstance(rule, Cap) and not self._is_off(rule))
        self.all = self._lane(scheme.rules)

    def _is_off(self, rule: Cap) -> bool:
        return rule.switch is not None and self.weigher.parameters[rule.switch] == 0

    def _lane(self, rules: Sequence[Rule]) -> Lane:
        # Unchecked, because it may have no rule at all, which a scheme in a file may not.
        scheme = WeightingScheme.unchecked(**dict(self.scheme) | {"rules": tuple(rules)})
        return Lane(self.framework, self.framework, scheme, self.weigher.parameters)

    def _without(self, rule: Rule) -> Lane:
        return self._lane([other for other in self.scheme.rules if other != rule])

    def _alarm(self, cap: Cap) -> Lane:
        """A scheme whose verdict is the worst level where this cap is in force, and else the best."""
        return self._lane([*self.prerequisites, cap.replace(verdict=self.framework.scale.ids[0])])

    def findings(self) -> Iterator[Finding]:
        for rule in self.scheme.rules:
            match rule:
                case Neutral():
                    yield Finding(rule=rule, effect=Effect.NEUTRAL, contradicts=self._deciders(rule.dimension))
                case Prerequisite():
                    yield self._prerequisite(rule)
                case Cap() if self._is_off(rule):
                    yield Finding(rule=rule, effect=Effect.OFF)
                case Cap():
                    yield self._cap(rule)

    def _deciders(self, dimension: str) -> tuple[str, ...]:
        """The rules that hold the end score down where only this dimension is not at its best."""
        worst, best = self.framework.scale.ids[0], self.framework.scale.ids[-1]
        levels = dict.fromkeys(self.framework.dimension_ids, (best,)) | {dimension: (worst,)}
        weighing = self.weigher.weigh_levels(levels)
        return tuple(reason.rule.id for reason in weighing.deciding if weighing.verdict != best)

    def _cap(self, cap: Cap) -> Finding:
        verdict = self.rank(cap.verdict)
        found = self._best_verdict(self._without(cap), cap, {cap.dimension: self.rank(cap.at_most)})
        if found is None:
            return Finding(rule=cap, effect=Effect.DEAD)
        if found > verdict:
            return Finding(rule=cap, effect=Effect.NEEDED)
        covering = [
            other
            for other in self.caps
            if other != cap and self.rank(other.verdict) <= verdict and self._always_with(other, cap)
        ]
        return Finding(
            rule=cap,
            effect=Effect.NEEDLESS if found == verdict else Effect.OVERSHADOWED,
            covered_by=tuple(other.id for other in covering),
            contradicts=tuple(
                other.id for other in covering if other.verdict != cap.verdict and self._always_with(cap, other)
            ),
        )

    def _best_scores(self, cap: Cap, fixed: Mapping[str, int]) -> list[list[int]]:
        """The ranks that dimensions have in the best scores that bring a cap into force.

        `fixed` gives those that must have at most some rank, each of which may be lower to be counted.
        """
        others = self.rank(cap.others.at_most) if cap.others else None
        choices = []
        for name in self.framework.dimension_ids:
            ranks = [fixed.get(name, self.blank)]
            if others is not None and others < ranks[0] and name != cap.dimension:
                ranks.append(others)
            choices.append(ranks)
        return choices

    def _best_verdict(self, lane: Lane, cap: Cap, fixed: Mapping[str, int]) -> int | None:
        """The best verdict of a scheme on scores that bring a cap into force, None where none do."""
        found = self._together((lane, self._alarm(cap)), self._best_scores(cap, fixed))
        return max((verdict for verdict, alarm in found if alarm == 0), default=None)

    def _always_with(self, other: Cap, cap: Cap) -> bool:
        """Whether another cap is in force wherever this one is."""
        choices = self._best_scores(cap, {cap.dimension: self.rank(cap.at_most)})
        return (0, self.best) not in self._together((self._alarm(cap), self._alarm(other)), choices)

    def _together(self, lanes: tuple[Lane, Lane], choices: list[list[int]]) -> set[tuple[int, int]]:
        free = [0] * (self.blank + 1)
        return {(one, other) for one, other in cheapest(lanes, choices, free)}

    def _prerequisite(self, rule: Prerequisite) -> Finding:
        same_case = [
            other
            for other in self.prerequisites
            if other != rule and (other.dimension, other.requires) == (rule.dimension, rule.requires)
        ]
        return Finding(
            rule=rule,
            effect=self._effect(rule),
            covered_by=tuple(
                other.id
                for other in same_case
                if self.rank(rule.at_most) <= self.rank(other.at_most)
                and self.rank(other.limit) <= self.rank(rule.limit)
            ),
            contradicts=tuple(
                other.id for other in same_case if other.at_most == rule.at_most and other.limit != rule.limit
            ),
        )

    def _effect(self, rule: Prerequisite) -> Effect:
        """A prerequisite is in force through the caps that it leads to, and may be needed for what it counts as too."""
        lanes = (self.all, self._without(rule))
        if any(one != other for one, other in self._together(lanes, telling(self.framework, lanes))):
            return Effect.NEEDED
        best = [
            (self._best_verdict(self.all, cap, fixed), self.rank(cap.verdict)) for cap, fixed in self._leads_to(rule)
        ]
        if all(found is None for found, _ in best):
            return Effect.DEAD
        return Effect.NEEDLESS if any(found == verdict for found, verdict in best) else Effect.OVERSHADOWED

    def _leads_to(self, rule: Prerequisite) -> Iterator[tuple[Cap, dict[str, int]]]:
        """The caps that a prerequisite can bring into force, each with the ranks that its chain of dimensions needs."""
        here = {rule.dimension: self.best, rule.requires: self.rank(rule.at_most)}
        for cap in self.caps:
            if cap.dimension == rule.dimension and self.rank(rule.limit) <= self.rank(cap.at_most):
                yield cap, here
        for later in self.prerequisites:
            if later.requires == rule.dimension and self.rank(rule.limit) <= self.rank(later.at_most):
                for cap, fixed in self._leads_to(later):
                    yield cap, fixed | here
