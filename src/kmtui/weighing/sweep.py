"""Exact weighing of open scores without trying every combination.

Levels are ranks, 0 for the worst; a blank has the rank above the best, so that no condition "at most" ever holds for
it. Dimensions are taken one by one, required ones before those that depend on them. What the rest of the sweep needs to
know of the past fits a small state, so combinations that led to the same state are followed once; and what they may
lead to is found out once for each state, on the way back.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import msgspec

from kmtui.model.framework import Framework
from kmtui.model.scheme import Cap, Prerequisite, WeightingScheme
from kmtui.weighing.check import prerequisite_order
from kmtui.weighing.outcome import Ranks

REMEMBERED = 2**16
"""How many steps are kept: sweeps over scores that differ little take the same ones."""


class State(NamedTuple):
    """All that matters of the dimensions taken so far.

    `verdict` is the lowest cap in force; `counts` says for each level that an escalation counts by, how many dimensions
    are at most there, up to the highest number that some rule waits for; `pending` holds (place in counts, number
    needed, verdict) of escalations that still wait, and would lower the verdict; `limits` the highest rank that each
    later dimension may still count as.
    """

    verdict: int
    counts: tuple[int, ...]
    pending: frozenset[tuple[int, int, int]]
    limits: tuple[tuple[int, int], ...]


class Swept(NamedTuple):
    """The verdicts that can come about, and the places of the dimensions that can change them, all else equal."""

    verdicts: frozenset[int]
    turning: frozenset[int]


class CompiledCap(msgspec.Struct, frozen=True):
    """A cap in ranks; `counted` is the place in the counts and `needed` the number of others, or None for none."""

    rule: Cap
    at_most: int
    verdict: int
    counted: int | None
    needed: int


class CompiledPrerequisite(msgspec.Struct, frozen=True):
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
        self._enough = tuple(
            max(cap.needed + 1 for on_one in self.caps for cap in on_one if cap.counted == at)
            for at in range(len(self.thresholds))
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
        self.step = lru_cache(REMEMBERED)(self._step)
        """The state after one more dimension."""

    def _compile(self, rule: Cap, rank: Callable[[str], int], parameters: Mapping[str, int]) -> CompiledCap:
        others = rule.others
        return CompiledCap(
            rule=rule,
            at_most=rank(rule.at_most),
            verdict=rank(rule.verdict),
            counted=self.thresholds.index(rank(others.at_most)) if others else None,
            needed=parameters[others.count] if others else 0,
        )

    def _step(self, state: State, dimension: int, level: int) -> State:
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
        counts = tuple(
            min(count + (level <= threshold), enough)
            for count, threshold, enough in zip(counts, self.thresholds, self._enough, strict=True)
        )
        if pending:
            reached = [limit for counted, needed, limit in pending if counts[counted] >= needed]
            verdict = min([verdict, *reached])
            pending = frozenset(waiting for waiting in pending if waiting[2] < verdict)
        return State(verdict, counts, pending, tuple(sorted(set(limits))))

    def verdicts(self, choices: Ranks) -> set[int]:
        """The verdicts that can come about."""
        states = {self.start}
        for dimension in self.order:
            states = {self.step(state, dimension, rank) for state in states for rank in choices[dimension]}
        return {state.verdict for state in states}

    def sweep(self, choices: Ranks) -> Swept:
        """The verdicts that can come about, and the dimensions that turn them.

        Forwards, every state that can be reached is followed once. Backwards, states are told apart where some scores
        of the dimensions still to come lead them to different verdicts; a dimension turns the verdict where its ranks
        lead some state to such different ones.
        """
        states = {self.start}
        layers: list[dict[State, tuple[State, ...]]] = []
        for dimension in self.order:
            after = {state: tuple(self.step(state, dimension, rank) for rank in choices[dimension]) for state in states}
            layers.append(after)
            states = set(chain.from_iterable(after.values()))
        future = {state: state.verdict for state in states}
        verdicts, turning = set(future.values()), set()
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
