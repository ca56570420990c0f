"""Exact weighing of open scores without trying every combination.

Levels are ranks, 0 for the worst; a blank has the rank above the best, so that no condition "at most" ever holds for
it. Dimensions are taken one by one, required ones before those that depend on them. What the rest of the sweep needs to
know of the past fits a small state, so combinations that led to the same state are followed once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kmtui.model import Cap, Framework, Prerequisite, WeightingScheme
from kmtui.weighing.check import prerequisite_order


class State(NamedTuple):
    """All that matters of the dimensions taken so far.

    `verdict` is the lowest cap in force; `counts` says for each level that an escalation counts by, how many dimensions
    are at most there; `pending` holds (place in counts, number needed, verdict) of escalations that wait for the final
    count; `limits` the highest rank that each later dimension may still count as.
    """

    verdict: int
    counts: tuple[int, ...]
    pending: frozenset[tuple[int, int, int]]
    limits: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CompiledCap:
    """A cap in ranks; `counted` is the place in the counts and `needed` the number of others, or None for none."""

    rule: Cap
    at_most: int
    verdict: int
    counted: int | None
    needed: int


@dataclass(frozen=True, slots=True)
class CompiledPrerequisite:
    """A prerequisite in ranks and places of dimensions."""

    rule: Prerequisite
    dimension: int
    requires: int
    at_most: int
    limit: int


class Compiled:
    """A scheme that fits its framework, in numbers. Parameters have their final values."""

    def __init__(self, framework: Framework, scheme: WeightingScheme, parameters: Mapping[str, int]) -> None:
        rank = framework.scale.rank
        place = {name: at for at, name in enumerate(framework.dimension_ids)}
        caps = [
            rule
            for rule in scheme.rules
            if isinstance(rule, Cap) and (rule.switch is None or parameters[rule.switch] != 0)
        ]
        self.best = len(framework.scale.levels) - 1
        self.blank = self.best + 1
        self.thresholds = tuple(sorted({rank(rule.others.at_most) for rule in caps if rule.others}))
        self.caps: tuple[tuple[CompiledCap, ...], ...] = tuple(
            tuple(self._compile(rule, rank, parameters) for rule in caps if rule.dimension == name) for name in place
        )
        linked = prerequisite_order(scheme)
        self.order = tuple(place[name] for name in (*linked, *(name for name in place if name not in linked)))
        self.prerequisites = tuple(
            sorted(
                (
                    CompiledPrerequisite(
                        rule, place[rule.dimension], place[rule.requires], rank(rule.at_most), rank(rule.limit)
                    )
                    for rule in scheme.rules
                    if isinstance(rule, Prerequisite)
                ),
                key=lambda prerequisite: linked.index(prerequisite.rule.dimension),
            )
        )
        self.start = State(self.best, (0,) * len(self.thresholds), frozenset(), ())

    def _compile(self, rule: Cap, rank: Callable[[str], int], parameters: Mapping[str, int]) -> CompiledCap:
        others = rule.others
        return CompiledCap(
            rule=rule,
            at_most=rank(rule.at_most),
            verdict=rank(rule.verdict),
            counted=self.thresholds.index(rank(others.at_most)) if others else None,
            needed=parameters[others.count] if others else 0,
        )

    def step(self, state: State, dimension: int, level: int) -> State:
        """The state after one more dimension."""
        verdict, counts, pending, limits = state
        if limits and level != self.blank:
            level = min([level, *(limit for at, limit in limits if at == dimension)])
        limits = tuple(entry for entry in limits if entry[0] != dimension)
        for prerequisite in self.prerequisites:
            if prerequisite.requires == dimension and level <= prerequisite.at_most:
                limits = (*limits, (prerequisite.dimension, prerequisite.limit))
        for cap in self.caps[dimension]:
            if level > cap.at_most:
                continue
            if cap.counted is None:
                verdict = min(verdict, cap.verdict)
            else:
                itself = level <= self.thresholds[cap.counted]
                pending |= {(cap.counted, cap.needed + itself, cap.verdict)}
        counts = tuple(count + (level <= threshold) for count, threshold in zip(counts, self.thresholds, strict=True))
        return State(verdict, counts, pending, tuple(sorted(set(limits))))

    def finish(self, state: State) -> int:
        """The rank of the verdict when every dimension has been taken."""
        reached = [verdict for counted, needed, verdict in state.pending if state.counts[counted] >= needed]
        return min([state.verdict, *reached])

    def verdicts(self, choices: Sequence[Iterable[tuple[int, ...]]]) -> set[tuple[int, ...]]:
        """The verdicts that can come about, several lanes side by side.

        `choices[dimension]` holds the possible ranks of a dimension; each choice is a tuple with one rank for each
        lane, so that two sets of scores that differ in one dimension only can be swept together.
        """
        lanes = len(next(iter(choices[0])))
        states = {(self.start,) * lanes}
        for dimension in self.order:
            states = {
                tuple(self.step(state, dimension, level) for state, level in zip(lane_states, choice, strict=True))
                for choice in choices[dimension]
                for lane_states in states
            }
        return {tuple(self.finish(state) for state in lane_states) for lane_states in states}
