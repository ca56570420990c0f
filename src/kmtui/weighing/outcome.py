"""What weighing one corps gives: the verdict, the levels still possible, and the rules that decided it."""

import msgspec

from kmtui.model.scheme import Cap, Ground, Prerequisite

Ranks = tuple[tuple[int, ...], ...]
"""The possible ranks of each dimension, worst first; a blank is the one rank above the best."""


class Reason(msgspec.Struct, frozen=True):
    """A rule in force: what it does to the verdict, and through which dimensions.

    `certain` is False where only some of the possible levels bring the rule into force. `decisive` is False where a
    heavier rule settles the verdict already.
    """

    rule: Cap | Prerequisite | Ground
    verdict: str
    dimensions: tuple[str, ...]
    certain: bool
    decisive: bool


class Weighing(msgspec.Struct, frozen=True):
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
