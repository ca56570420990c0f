"""Weigh by a function: every combination of open scores where there are few, else bounds that include all of them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod

from kmtui.model.framework import Framework
from kmtui.model.scheme import CodedScheme, Judged
from kmtui.weighing.outcome import Ranks, Reason, Weighing

MOST_COMBINATIONS = 2**12
"""Up to here every combination of open scores is judged."""


class JudgeError(Exception):
    """The function of a scheme in code does not do what it should."""


class Coded:
    """A scheme in code prepared to weigh; its parameters have their final values."""

    def __init__(self, framework: Framework, scheme: CodedScheme, parameters: Mapping[str, int]) -> None:
        self.framework = framework
        self._scheme = scheme
        self._parameters = parameters
        self._levels = (*framework.scale.ids, None)
        self._grounds = {ground.id: ground for ground in scheme.grounds}
        self._judge = lru_cache(MOST_COMBINATIONS)(self._judged)

    def weigh(self, ranks: Ranks) -> Weighing:
        """Weigh the possible ranks of each dimension, worst first; a blank is the one rank above the best.

        Where open scores allow too many combinations, the possible verdicts are a range: from that of the worst scores
        to that of the best, or the whole scale where better scores may give a worse verdict; never too few. Raises
        JudgeError where the function fails.
        """
        scale, ids = self.framework.scale.ids, self.framework.dimension_ids
        worst, best = (tuple(choice[end] for choice in ranks) for end in (0, -1))
        is_open = [len(choice) > 1 for choice in ranks]
        if prod(map(len, ranks)) <= MOST_COMBINATIONS:
            found = {levels: self._rank(levels) for levels in product(*ranks)}
            verdicts = sorted(set(found.values()))
            turning = [is_open[at] and _turns(found, at) for at in range(len(ids))]
        else:
            ends = (self._rank(worst), self._rank(best)) if self._scheme.monotone else (0, len(scale) - 1)
            verdicts = list(range(ends[0], ends[1] + 1))
            turning = [ends[0] != ends[1] and still_open for still_open in is_open]
        return Weighing(
            possible=tuple(scale[verdict] for verdict in verdicts),
            reasons=tuple(self._reasons(worst, best, verdicts)),
            pivotal=tuple(name for name, turns in zip(ids, turning, strict=True) if turns),
        )

    def possible(self, ranks: Ranks) -> tuple[str, ...]:
        """The possible verdicts alone, worst first."""
        return self.weigh(ranks).possible

    def _reasons(self, worst: tuple[int, ...], best: tuple[int, ...], verdicts: Sequence[int]) -> Iterator[Reason]:
        """What the function gives for the best scores is certain; what it gives for the worst, possible."""
        certain, possible = self._judge(best), self._judge(worst)
        rank = self.framework.scale.rank
        only_possible = {name: found for name, found in possible.because.items() if name not in certain.because}
        for name, dimensions in {**certain.because, **only_possible}.items():
            is_certain = name not in only_possible
            verdict = certain.verdict if is_certain else possible.verdict
            yield Reason(
                rule=self._grounds[name],
                verdict=verdict,
                dimensions=dimensions,
                certain=is_certain,
                decisive=rank(verdict) == verdicts[-1] if is_certain else rank(verdict) < verdicts[-1],
            )

    def _rank(self, levels: tuple[int, ...]) -> int:
        return self.framework.scale.rank(self._judge(levels).verdict)

    def _judged(self, levels: tuple[int, ...]) -> Judged:
        named = {name: self._levels[rank] for name, rank in zip(self.framework.dimension_ids, levels, strict=True)}
        try:
            judged = self._scheme.judge(named, self._parameters)
        except Exception as error:
            raise self._failure(f"raised {type(error).__name__}: {error}") from error
        if not isinstance(judged, Judged):
            raise self._failure(f"returned {type(judged).__name__}, expected Judged")
        if judged.verdict not in self.framework.scale.ids:
            raise self._failure(f"gave verdict '{judged.verdict}', expected {', '.join(self.framework.scale.ids)}")
        for name, dimensions in judged.because.items():
            if name not in self._grounds:
                raise self._failure(f"gave ground '{name}', which the scheme does not declare")
            for dimension in dimensions:
                if dimension not in named:
                    raise self._failure(f"names dimension '{dimension}' in ground '{name}', which is not there")
        return judged

    def _failure(self, problem: str) -> JudgeError:
        return JudgeError(f"scheme '{self._scheme.id}': its function {problem}")


def _turns(found: Mapping[tuple[int, ...], int], at: int) -> bool:
    """Whether some two combinations that differ in one dimension only have different verdicts."""
    seen: dict[tuple[int, ...], int] = {}
    return any(
        seen.setdefault((*levels[:at], *levels[at + 1 :]), verdict) != verdict for levels, verdict in found.items()
    )
