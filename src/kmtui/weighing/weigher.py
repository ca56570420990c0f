"""Weigh the scores of one corps under any scheme."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from kmtui.model import CodedScheme, Framework, Scheme, Score
from kmtui.weighing.check import SchemeError, scheme_faults
from kmtui.weighing.coded import Coded
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.ruled import Ruled


class Engine(Protocol):
    """A scheme of one kind, made ready to weigh."""

    def weigh(self, ranks: list[list[int]]) -> Weighing:
        """Weigh the possible ranks of each dimension, worst first; a blank is the one rank above the best."""


class Weigher:
    """A weighting scheme made ready for a framework, with its values of the day; `parameters` replaces them by id.

    Raises SchemeError where scheme and framework do not fit or a parameter is unknown or out of range.
    """

    def __init__(
        self,
        framework: Framework,
        scheme: Scheme,
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
        self._engine: Engine
        if isinstance(scheme, CodedScheme):
            self._engine = Coded(framework, scheme, self.parameters)
        else:
            self._engine = Ruled(framework, scheme, self.parameters)

    def weigh(self, scores: Mapping[str, Score]) -> Weighing:
        """Weigh scores by dimension id; a missing dimension counts as blank (raises KeyError for unknown ids)."""
        return self.weigh_levels({name: score.possible for name, score in scores.items()})

    def weigh_levels(self, levels: Mapping[str, Sequence[str]]) -> Weighing:
        """Weigh the possible levels by dimension id; no levels at all is a blank (raises KeyError for unknown ids)."""
        ids, scale = self.framework.dimension_ids, self.framework.scale
        for name in levels:
            if name not in ids:
                raise KeyError(name)
        blank = len(scale.levels)
        ranks = [sorted({scale.rank(level) for level in levels.get(name, ())}) or [blank] for name in ids]
        if all(choice == [blank] for choice in ranks):
            return Weighing(possible=(), reasons=(), pivotal=())
        return self._engine.weigh(ranks)
