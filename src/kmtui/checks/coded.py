"""A scheme in code on sample scores: it answers on all of them, and keeps its promise to be monotone."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from random import Random

from kmtui.checks.finding import Finding, error, place
from kmtui.model.framework import Framework
from kmtui.model.scheme import CodedScheme, Ground
from kmtui.weighing.coded import JudgeError
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher

SAMPLES = 200
SEED = 1
"""Every check draws the same scores."""

Scores = Mapping[str, tuple[str, ...]]
"""The level of each dimension, none for a blank."""


def coded_findings(framework: Framework, scheme: CodedScheme) -> Iterator[Finding]:
    """What goes wrong on scores at their best, at their worst and at random; each parameter usual, lowest and highest.

    The check ends with the first set of parameters that brings out a fault.
    """
    settings: list[dict[str, int]] = [{}]
    if scheme.parameters:
        settings.append({parameter.id: parameter.minimum for parameter in scheme.parameters})
        settings.append({parameter.id: parameter.maximum for parameter in scheme.parameters})
    for values in settings:
        parameters = "".join(f", {name} = {value}" for name, value in values.items())
        found = list(
            _weighed(f"weighting scheme '{scheme.id}'{parameters}", Weigher(framework, scheme, values), scheme)
        )
        yield from found
        if found:
            return


def _weighed(where: str, weigher: Weigher, scheme: CodedScheme) -> Iterator[Finding]:
    """The first fault of each kind."""
    strays: set[str] = set()
    monotone = scheme.monotone
    for worse, better in _steps(weigher.framework):
        try:
            before, after = weigher.weigh_levels(worse), weigher.weigh_levels(better)
        except JudgeError as failure:
            yield error(f"{where}{place(failure)}", str(failure).removeprefix(f"scheme '{scheme.id}': "))
            return
        for name, dimension in _beside(before):
            if name not in strays:
                strays.add(name)
                yield error(
                    f"{where}, ground '{name}'", f"is given for dimension '{dimension}', which it does not list"
                )
        if monotone and _rank(weigher, before) > _rank(weigher, after):
            monotone = False
            yield error(
                where, f"is not monotone as it says: {_parameters(weigher.framework, worse, better, before, after)}"
            )


def _steps(framework: Framework) -> Iterator[tuple[Scores, Scores]]:
    """Pairs of scores of which the second is better on one dimension: the plainest first, then any."""
    ladder = [*((level,) for level in framework.scale.ids), ()]
    names, draw = framework.dimension_ids, Random(SEED)
    for others in (ladder[-2], ladder[0]):
        for name in names:
            for low, high in pairwise(ladder):
                rest = dict.fromkeys(names, others)
                yield rest | {name: low}, rest | {name: high}
    for _ in range(SAMPLES):
        rest = dict(zip(names, draw.choices(ladder, k=len(names)), strict=True))
        at = draw.randrange(len(ladder) - 1)
        name = draw.choice(names)
        yield rest | {name: ladder[at]}, rest | {name: ladder[at + 1]}


def _rank(weigher: Weigher, weighing: Weighing) -> int:
    """The rank of an end score; where nothing was judged there is none, and that is better than the best."""
    scale = weigher.framework.scale
    return scale.rank(weighing.verdict) if weighing.verdict else len(scale.levels)


def _beside(weighing: Weighing) -> Iterator[tuple[str, str]]:
    """Grounds that were given for dimensions which they do not list."""
    for reason in weighing.reasons:
        if isinstance(reason.rule, Ground) and reason.rule.dimensions:
            for dimension in reason.dimensions:
                if dimension not in reason.rule.dimensions:
                    yield reason.rule.id, dimension


def _parameters(framework: Framework, worse: Scores, better: Scores, before: Weighing, after: Weighing) -> str:
    """An example in words: what gets better, what becomes of the end score, and the other scores."""
    scale = framework.scale
    (name,) = (name for name in worse if worse[name] != better[name])
    weak = [
        f"{other} {''.join(level) or scale.blank.id}"
        for other, level in better.items()
        if other != name and level != (scale.ids[-1],)
    ]
    beside = f" (beside {', '.join(weak)})" if weak else ""
    step = f"{name} from {''.join(worse[name])} to {''.join(better[name]) or scale.blank.id}"
    return f"{step} takes the end score from {before.verdict} to {after.verdict}{beside}"
