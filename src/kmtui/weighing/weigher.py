"""Weigh the scores of one corps: the verdict, the levels still possible, and the rules that decided it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kmtui.model import Cap, Framework, Prerequisite, Score, Value, WeightingScheme
from kmtui.weighing.check import SchemeError, scheme_faults
from kmtui.weighing.sweep import Compiled, CompiledCap, CompiledPrerequisite


class Reason(Value):
    """A rule in force: what it does to the verdict, and through which dimensions.

    `certain` is False where only some of the possible levels bring the rule into force. `decisive` is False where a
    heavier rule settles the verdict already.
    """

    rule: Cap | Prerequisite
    verdict: str
    dimensions: tuple[str, ...]
    certain: bool
    decisive: bool


class Weighing(Value):
    """The outcome for one corps.

    `possible` holds the end scores that can still come about, worst first; it is empty where no judgement was given
    on any dimension. `reasons` come in order of weight. `pivotal` names the open dimensions that could change the
    verdict, in the framework's order.
    """

    possible: tuple[str, ...]
    reasons: tuple[Reason, ...]
    pivotal: tuple[str, ...]

    @property
    def verdict(self) -> str | None:
        """The end score where exactly one is possible, else None."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that settle the verdict or, with open scores, bound it."""
        return tuple(reason for reason in self.reasons if reason.decisive)


class _Fired(NamedTuple):
    rule: Cap | Prerequisite
    verdict: int
    dimensions: tuple[int, ...]


class Weigher:
    """A weighting scheme made ready for a framework, with its values of the day; `parameters` replaces them by id.

    Raises SchemeError where scheme and framework do not fit or a parameter is unknown or out of range.
    """

    def __init__(
        self,
        framework: Framework,
        scheme: WeightingScheme,
        parameters: Mapping[str, int] | None = None,
        day: date | None = None,
    ) -> None:
        faults = scheme_faults(framework, scheme)
        known = {parameter.id: parameter for parameter in scheme.parameters}
        for name, value in (parameters or {}).items():
            if name not in known:
                faults.append(f"scheme {scheme.id} has no parameter {name}; it has {', '.join(known) or 'none'}")
            elif not known[name].minimum <= value <= known[name].maximum:
                faults.append(f"parameter {name} is {value}, expected {known[name].minimum} to {known[name].maximum}")
        if faults:
            raise SchemeError("; ".join(faults))
        self.framework = framework
        self.scheme = scheme
        self.parameters = {name: parameter.value_on(day) for name, parameter in known.items()} | dict(parameters or {})
        self._compiled = Compiled(framework, scheme, self.parameters)
        self._rule_order = {rule.id: at for at, rule in enumerate(scheme.rules)}

    def weigh(self, scores: Mapping[str, Score]) -> Weighing:
        """Weigh scores by dimension id; a missing dimension counts as blank (raises KeyError for unknown ids)."""
        return self.weigh_levels({name: score.possible for name, score in scores.items()})

    def weigh_levels(self, levels: Mapping[str, Sequence[str]]) -> Weighing:
        """Weigh the possible levels by dimension id; no levels at all is a blank (raises KeyError for unknown ids)."""
        ids, compiled = self.framework.dimension_ids, self._compiled
        for name in levels:
            if name not in ids:
                raise KeyError(name)
        rank = self.framework.scale.rank
        ranks = [sorted({rank(level) for level in levels.get(name, ())}) or [compiled.blank] for name in ids]
        if all(choice == [compiled.blank] for choice in ranks):
            return Weighing(possible=(), reasons=(), pivotal=())
        singles = [[(level,) for level in choice] for choice in ranks]
        verdicts = sorted(verdict for (verdict,) in compiled.verdicts(singles))
        pivotal = tuple(name for at, name in enumerate(ids) if len(ranks[at]) > 1 and self._turns(singles, ranks, at))
        scale = self.framework.scale.ids
        return Weighing(
            possible=tuple(scale[verdict] for verdict in verdicts),
            reasons=tuple(self._reasons(ranks, verdicts)),
            pivotal=pivotal,
        )

    def _turns(self, singles: list[list[tuple[int]]], ranks: list[list[int]], at: int) -> bool:
        """Whether going from the worst to the best level of one dimension changes the verdict, all else equal.

        Better scores never lower a verdict, so the two ends differ where any two levels do.
        """
        pairs = [[(level, level) for (level,) in choice] for choice in singles]
        pairs[at] = [(ranks[at][0], ranks[at][-1])]
        return any(low != high for low, high in self._compiled.verdicts(pairs))

    def _reasons(self, ranks: list[list[int]], verdicts: list[int]) -> Iterator[Reason]:
        """The rules in force where all scores are at their best are certain; those at their worst, possible."""
        certain = {fired.rule.id: fired for fired in self._fired([choice[-1] for choice in ranks])}
        possible = {fired.rule.id: fired for fired in self._fired([choice[0] for choice in ranks])}
        scale, ids = self.framework.scale.ids, self.framework.dimension_ids
        in_force = possible | certain
        order = sorted(in_force.values(), key=lambda fired: (fired.verdict, self._rule_order[fired.rule.id]))
        for fired in order:
            is_certain = fired.rule.id in certain
            yield Reason(
                rule=fired.rule,
                verdict=scale[fired.verdict],
                dimensions=tuple(ids[at] for at in fired.dimensions),
                certain=is_certain,
                decisive=fired.verdict == verdicts[-1] if is_certain else fired.verdict < verdicts[-1],
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
