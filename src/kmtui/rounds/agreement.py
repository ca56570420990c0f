"""How well weighers agree: Krippendorff's alpha for ordinal levels, and the scores on which they differ.

After Krippendorff, *Computing Krippendorff's Alpha-Reliability*. The metric for ordinal data squares the number of
values between two levels; a blank is no level and counts as missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import permutations

import msgspec

from kmtui.rounds.state import State


class Agreement(msgspec.Struct, frozen=True):
    """The agreement of a session: alpha (None where nothing can differ), and what has to be talked over."""

    alpha: float | None
    scored: int
    """Cells with at least two proposals."""
    differing: tuple[tuple[str, str], ...]
    """Corps and dimension of each cell whose proposals differ, and which is not settled."""
    lacking: tuple[tuple[str, str], ...]
    """Those with fewer proposals than the quorum."""


def alpha(units: Iterable[Sequence[int]]) -> float | None:
    """Krippendorff's alpha over units, each with the ranks that observers gave it.

    Units with fewer than two ranks count for nothing. None where all ranks are the same, or there are none.
    """
    weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    sums: defaultdict[int, float] = defaultdict(float)
    for ranks in units:
        for pair in permutations(ranks, 2):
            weights[pair] += 1 / (len(ranks) - 1)
    for (one, _), weight in weights.items():
        sums[one] += weight
    everything = sum(sums.values())
    if len(sums) < 2:
        return None

    def distance(one: int, other: int) -> float:
        low, high = min(one, other), max(one, other)
        between = sum(count for rank, count in sums.items() if low <= rank <= high)
        return (between - (sums[low] + sums[high]) / 2) ** 2

    observed = sum(weight * distance(*pair) for pair, weight in weights.items())
    expected = sum(sums[one] * sums[other] * distance(one, other) for one in sums for other in sums if one != other) / (
        everything - 1
    )
    return 1 - observed / expected


def agreement(state: State) -> Agreement:
    """The agreement of the proposals, over every corps and dimension of the state."""
    ranks = {level: rank for rank, level in enumerate(state.of.levels)}
    units, differing, lacking = [], [], []
    for corps in state.of.corps:
        for dimension in state.of.dimensions:
            cell = state.cell(corps, dimension)
            levels = [opinion.level for opinion in cell.proposals.values()]
            units.append([ranks[level] for level in levels if level is not None])
            if cell.settled is None and len(set(levels)) > 1:
                differing.append((corps, dimension))
            elif cell.settled is None and len(levels) < state.of.quorum:
                lacking.append((corps, dimension))
    scored = sum(len(unit) > 1 for unit in units)
    return Agreement(alpha(units), scored, tuple(differing), tuple(lacking))
