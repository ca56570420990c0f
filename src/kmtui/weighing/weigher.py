"""Weigh the scores of one corps under any scheme."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from kmtui.model.framework import Framework
from kmtui.model.scheme import CodedScheme, Scheme
from kmtui.model.score import Score
from kmtui.weighing.check import SchemeError, scheme_faults
from kmtui.weighing.coded import Coded
from kmtui.weighing.outcome import Ranks, Weighing
from kmtui.weighing.ruled import Ruled

REMEMBERED = 2**16
"""How many different sets of scores are kept with their verdicts: many corps score alike."""
EXPLAINED = 2**12
"""How many are kept with their reasons, some kilobytes each: a long file must not fill the memory."""


class Engine(Protocol):
    """A scheme of one kind, made ready to weigh."""

    def weigh(self, ranks: Ranks) -> Weighing:
        """Weigh the possible ranks of each dimension, worst first; a blank is the one rank above the best."""

    def possible(self, ranks: Ranks) -> tuple[str, ...]:
        """The end scores alone, worst first."""


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
        engine: Engine
        if isinstance(scheme, CodedScheme):
            engine = Coded(framework, scheme, self.parameters)
        else:
            engine = Ruled(framework, scheme, self.parameters)
        self._weigh = lru_cache(EXPLAINED)(engine.weigh)
        self._possible = lru_cache(REMEMBERED)(engine.possible)
        self._ids = framework.dimension_ids
        self._ranks = {name: rank for rank, name in enumerate((*framework.scale.ids, framework.scale.blank.id))}
        self._blank = (len(framework.scale.levels),)

    def weigh(self, scores: Mapping[str, Score]) -> Weighing:
        """Weigh scores by dimension id; a missing dimension counts as blank (raises KeyError for unknown ids)."""
        return self.weigh_levels({name: score.possible for name, score in scores.items()})

    def weigh_levels(self, levels: Mapping[str, Sequence[str]]) -> Weighing:
        """Weigh the possible levels by dimension id; no levels at all is a blank (raises KeyError for unknown ids)."""
        ranks = self._ranks_of(levels)
        return self._weigh(ranks) if ranks else Weighing(possible=(), reasons=(), pivotal=())

    def possible(self, levels: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The end scores that `weigh_levels` gives, for less work."""
        ranks = self._ranks_of(levels)
        return self._possible(ranks) if ranks else ()

    def _ranks_of(self, levels: Mapping[str, Sequence[str]]) -> Ranks:
        """The ranks of every dimension; none where all are blank."""
        for name in levels:
            if name not in self._ids:
                raise KeyError(name)
        ranks = tuple([self._choice(levels.get(name, ())) for name in self._ids])
        return () if all(choice == self._blank for choice in ranks) else ranks

    def _choice(self, levels: Sequence[str]) -> tuple[int, ...]:
        if len(levels) == 1:
            return (self._ranks[levels[0]],)
        return tuple(sorted({self._ranks[level] for level in levels})) or self._blank
