"""How the corps of an edition are spread over the levels of a dimension."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from kmtui.model.scale import Scale
from kmtui.model.score import Judgement


class Distribution(msgspec.Struct, frozen=True):
    """Corps counted by level: those that are certain, those still open between levels, those without judgement.

    `open` counts by the levels that are possible, worst first.
    """

    certain: Mapping[str, int]
    open: Mapping[tuple[str, ...], int]
    blank: int

    def at_most(self, level: str) -> int:
        """How many corps can have this level at the most."""
        return self.certain[level] + sum(count for levels, count in self.open.items() if level in levels)


def distribution(scores: Iterable[Judgement], scale: Scale) -> Distribution:
    """Count scores; every level of the scale is there, also with 0."""
    certain = dict.fromkeys(scale.ids, 0)
    undecided: Counter[tuple[str, ...]] = Counter()
    blank = 0
    for score in scores:
        if score.level is not None:
            certain[score.level] += 1
        elif score.is_blank:
            blank += 1
        else:
            undecided[score.possible] += 1
    return Distribution(certain=certain, open=dict(undecided), blank=blank)
