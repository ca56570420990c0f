"""The smallest set of scores on which two schemes differ."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product

import msgspec

from kmtui.analysis.adapted_weigher import AdaptedWeigher
from kmtui.analysis.score_space import SchemeTrack, cheapest_scores, distinct_ranks
from kmtui.model.framework import Framework
from kmtui.weighing.outcome import Weighing

MOST_TRIED = 4000
"""How many sets of scores are tried where a scheme is code and nothing can be reasoned about it."""


class Example(msgspec.Struct, frozen=True):
    """Scores by dimension, None for a blank, and what each scheme makes of them."""

    scores: Mapping[str, str | None]
    first: Weighing
    second: Weighing


class Difference(msgspec.Struct, frozen=True):
    """The smallest example of a difference; without one the schemes agree on all scores, as far as is known.

    `complete` is False where not all scores were tried, because a scheme is code.
    """

    example: Example | None
    complete: bool


def smallest_difference(framework: Framework, first: AdaptedWeigher, second: AdaptedWeigher) -> Difference:
    """Two schemes beside each other on scores of this framework.

    The smallest example has the fewest dimensions below the best level, all of them judged if it can be, and else the
    fewest left blank.
    """
    tracks = [track for adapted in (first, second) if (track := _track(framework, adapted))]
    if len(tracks) < 2:
        return _tried(framework, first, second)
    return Difference(example=_found(framework, first, second, tracks), complete=True)


def _track(framework: Framework, adapted: AdaptedWeigher) -> SchemeTrack | None:
    program = adapted.weigher.program
    return SchemeTrack(framework, program, adapted.crosswalk) if program else None


def _found(
    framework: Framework, first: AdaptedWeigher, second: AdaptedWeigher, tracks: list[SchemeTrack]
) -> Example | None:
    """Sets of scores with few dimensions below the best level go first, so that a small difference is soon found."""
    choices, count = distinct_ranks(framework, tracks), len(framework.dimensions)
    best, blank = len(framework.scale.levels) - 1, len(framework.scale.levels)
    below = count + 1
    prices = [below] * best + [0, 1]
    judged = [[rank for rank in ranks if rank != blank] for ranks in choices]
    for ranks in (judged,) if judged == choices else (judged, choices):
        for most in (1, 2, 4, count):
            found = cheapest_scores(tracks, ranks, prices, most * below + count)
            apart = [scores for verdicts, scores in found.items() if _differ(first, second, verdicts)]
            if apart:
                return _example(framework, first, second, min(apart).ranks)
    return None


def _differ(first: AdaptedWeigher, second: AdaptedWeigher, verdicts: tuple[int, ...]) -> bool:
    one, other = (
        adapted.weigher.framework.scale.ids[rank] for adapted, rank in zip((first, second), verdicts, strict=True)
    )
    return one != other


def _example(framework: Framework, first: AdaptedWeigher, second: AdaptedWeigher, ranks: tuple[int, ...]) -> Example:
    names = (*framework.scale.ids, None)
    scores = {name: names[rank] for name, rank in zip(framework.dimension_ids, ranks, strict=True)}
    levels = {name: (level,) if level else () for name, level in scores.items()}
    return Example(scores=scores, first=first.weigh(levels), second=second.weigh(levels))


def _tried(framework: Framework, first: AdaptedWeigher, second: AdaptedWeigher) -> Difference:
    """The same by trying scores without blanks, those with few dimensions below the best level first."""
    for tried, ranks in enumerate(_small_first(framework)):
        if tried == MOST_TRIED:
            return Difference(example=None, complete=False)
        example = _example(framework, first, second, ranks)
        if example.first.possible != example.second.possible:
            return Difference(example=example, complete=True)
    return Difference(example=None, complete=False)


def _small_first(framework: Framework) -> Iterator[tuple[int, ...]]:
    count, best = len(framework.dimensions), len(framework.scale.levels) - 1
    for below in range(count + 1):
        for places in combinations(range(count), below):
            for chosen in product(reversed(range(best)), repeat=below):
                ranks = dict(zip(places, chosen, strict=True))
                yield tuple(ranks.get(place, best) for place in range(count))
