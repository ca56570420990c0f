"""Weigh by rules: exact on open scores, without trying every combination.

Conditions say "at most", so the worst and the best of what open scores allow give the worst and the best verdict. Where
these two are the same nothing else can come about, and nothing turns the verdict; else a sweep finds out the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kmtui.model.framework import Framework
from kmtui.model.scheme import Cap, Prerequisite, WeightingScheme
from kmtui.weighing.outcome import Ranks, Reason, Weighing
from kmtui.weighing.sweep import Compiled, CompiledCap, CompiledPrerequisite


class _Fired(NamedTuple):
    rule: Cap | Prerequisite
    verdict: int
    dimensions: tuple[int, ...]


class Ruled:
    """A scheme of rules made ready to weigh; its parameters have their final values."""

    def __init__(self, framework: Framework, scheme: WeightingScheme, parameters: Mapping[str, int]) -> None:
        self.framework = framework
        self._ids, self._scale = framework.dimension_ids, framework.scale.ids
        self._compiled = Compiled(framework, scheme, parameters)
        self._rule_order = {rule.id: at for at, rule in enumerate(scheme.rules)}

    def weigh(self, ranks: Ranks) -> Weighing:
        """Weigh the possible ranks of each dimension, worst first; a blank is the one rank above the best."""
        certain = self._fired([choice[-1] for choice in ranks])
        possible = self._fired([choice[0] for choice in ranks]) if any(len(choice) > 1 for choice in ranks) else certain
        verdicts, turning = frozenset({self._lowest(certain)}), frozenset[int]()
        if self._lowest(possible) not in verdicts:
            verdicts, turning = self._compiled.sweep(ranks)
        in_order = sorted(verdicts)
        return Weighing(
            possible=tuple([self._scale[verdict] for verdict in in_order]),
            reasons=tuple(self._reasons(certain, possible, in_order[-1])),
            pivotal=tuple([name for at, name in enumerate(self._ids) if at in turning]) if turning else (),
        )

    def possible(self, ranks: Ranks) -> tuple[str, ...]:
        """The end scores alone, worst first."""
        return tuple(self._scale[verdict] for verdict in sorted(self._compiled.verdicts(ranks)))

    def _lowest(self, fired: Iterable[_Fired]) -> int:
        return min((found.verdict for found in fired), default=self._compiled.best)

    def _reasons(self, certain: Iterable[_Fired], possible: Iterable[_Fired], best: int) -> Iterator[Reason]:
        """The rules in force where all scores are at their best are certain; those at their worst, possible."""
        sure = {fired.rule.id: fired for fired in certain}
        in_force = {fired.rule.id: fired for fired in possible} | sure
        order = sorted(in_force.values(), key=lambda fired: (fired.verdict, self._rule_order[fired.rule.id]))
        for fired in order:
            is_certain = fired.rule.id in sure
            yield Reason(
                rule=fired.rule,
                verdict=self._scale[fired.verdict],
                dimensions=tuple([self._ids[at] for at in fired.dimensions]),
                certain=is_certain,
                decisive=fired.verdict == best if is_certain else fired.verdict < best,
            )

    def _fired(self, levels: list[int]) -> list[_Fired]:
        compiled = self._compiled
        effective, limited = list(levels), []
        for prerequisite in compiled.prerequisites:
            unmet = effective[prerequisite.requires] <= prerequisite.at_most
            level = effective[prerequisite.dimension]
            if unmet and level < compiled.blank:
                effective[prerequisite.dimension] = min(level, prerequisite.limit)
                limited.append(prerequisite)
        fired = []
        for at, caps in enumerate(compiled.caps):
            for cap in caps:
                if effective[at] <= cap.at_most:
                    others = self._others(effective, at, cap)
                    if len(others) >= cap.needed:
                        fired.append(_Fired(cap.rule, cap.verdict, (at, *others)))
        for prerequisite in reversed(limited):
            caused = [found.verdict for found in fired if self._through(found, prerequisite)]
            if caused:
                fired.append(_Fired(prerequisite.rule, min(caused), (prerequisite.dimension, prerequisite.requires)))
        return fired

    def _through(self, found: _Fired, prerequisite: CompiledPrerequisite) -> bool:
        """Whether a rule is in force on the dimension that the prerequisite limits, at the limit or above it."""
        place = found.dimensions[-1] if isinstance(found.rule, Prerequisite) else found.dimensions[0]
        at_most = self.framework.scale.rank(found.rule.at_most)
        return place == prerequisite.dimension and prerequisite.limit <= at_most

    def _others(self, effective: list[int], itself: int, cap: CompiledCap) -> tuple[int, ...]:
        if cap.counted is None:
            return ()
        threshold = self._compiled.thresholds[cap.counted]
        return tuple(at for at, level in enumerate(effective) if at != itself and level <= threshold)
