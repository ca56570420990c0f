"""Weigh the scores of one corps under any scheme."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from kmtui.model.framework import Framework
from kmtui.model.names import UnknownIdError
from kmtui.model.scheme import CodedScheme, Scheme
from kmtui.model.score import Score
from kmtui.weighing.coded import Coded
from kmtui.weighing.compile import SchemeError, compile_scheme, scheme_faults
from kmtui.weighing.explain import Explainer
from kmtui.weighing.outcome import Ranks, Weighing
from kmtui.weighing.program import Program

CACHED_VERDICTS = 2**16
"""How many different sets of scores are cached with their verdicts: many subjects score alike."""
CACHED_REASONS = 2**12
"""How many are cached with their reasons, some kilobytes each: a long file must not fill the memory."""


class Engine(Protocol):
    """A scheme of one kind, prepared to weigh."""

    def weigh(self, ranks: Ranks) -> Weighing:
        """Weigh the possible ranks of each dimension, worst first; a blank is the one rank above the best."""

    def possible(self, ranks: Ranks) -> tuple[str, ...]:
        """The possible verdicts alone, worst first."""


class Weigher:
    """A weighting scheme prepared for a framework, with its values of the day; `parameters` replaces them by id.

    `program` is the compiled form of a declarative scheme, None for a scheme in code. `monotone` says whether a better
    level never gives a worse verdict. Raises SchemeError where scheme and framework do not fit or a parameter is
    unknown or out of range.
    """

    program: Program | None
    monotone: bool

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
            self.program, self.monotone = None, scheme.monotone
            engine = Coded(framework, scheme, self.parameters)
        else:
            self.program = compile_scheme(framework, scheme, self.parameters)
            self.monotone = self.program.monotone
            engine = Explainer(self.program, scheme.rules)
        self._weigh = lru_cache(CACHED_REASONS)(engine.weigh)
        self._possible = lru_cache(CACHED_VERDICTS)(engine.possible)
        self._ids = framework.dimension_ids
        self._ranks = {name: rank for rank, name in enumerate((*framework.scale.ids, framework.scale.blank.id))}
        self._blank = (len(framework.scale.levels),)

    def weigh(self, scores: Mapping[str, Score]) -> Weighing:
        """Weigh scores by dimension id; a missing dimension counts as blank (raises UnknownIdError)."""
        return self.weigh_levels({name: score.possible for name, score in scores.items()})

    def weigh_levels(self, levels: Mapping[str, Sequence[str]]) -> Weighing:
        """Weigh the possible levels by dimension id; no levels at all is a blank (raises UnknownIdError)."""
        ranks = self._ranks_of(levels)
        return self._weigh(ranks) if ranks else Weighing(possible=(), reasons=(), pivotal=())

    def possible(self, levels: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
        """The possible verdicts that `weigh_levels` gives, for less work."""
        ranks = self._ranks_of(levels)
        return self._possible(ranks) if ranks else ()

    def _ranks_of(self, levels: Mapping[str, Sequence[str]]) -> Ranks:
        """The ranks of every dimension; none where all are blank."""
        for name in levels:
            if name not in self._ids:
                raise UnknownIdError("dimension", name, self._ids)
        try:
            ranks = tuple([self._choice(levels.get(name, ())) for name in self._ids])
        except KeyError as error:
            raise UnknownIdError("level", str(error.args[0]), tuple(self._ranks)) from None
        return () if all(choice == self._blank for choice in ranks) else ranks

    def _choice(self, levels: Sequence[str]) -> tuple[int, ...]:
        if len(levels) == 1:
            return (self._ranks[levels[0]],)
        return tuple(sorted({self._ranks[level] for level in levels})) or self._blank
