"""The result of weighing one subject: the possible verdicts, and the rules that decide them."""

from enum import StrEnum

import msgspec

from kmtui.model.scheme import Ground, Rule

Ranks = tuple[tuple[int, ...], ...]
"""The possible ranks of each dimension, worst first; a blank is the one rank above the best."""


class Status(StrEnum):
    """Whether a rule applies to a set of scores."""

    APPLIES = "applies"
    """It applies whatever the open scores are."""
    COULD_APPLY = "could-apply"
    """It applies for some of the possible scores, not for all."""


class Reason(msgspec.Struct, frozen=True):
    """A rule that applies or could apply: what it does to the verdict, and through which dimensions.

    `certain` is False where only some of the possible scores make the rule apply. `decisive` is False where a heavier
    rule settles the verdict already. `points` are those of each of the dimensions, for a rule that adds them up; such a
    rule gives a second reason where it applies and open scores could make it lower the verdict further.
    """

    rule: Rule | Ground
    verdict: str
    dimensions: tuple[str, ...]
    certain: bool
    decisive: bool
    points: tuple[int, ...] = ()

    @property
    def status(self) -> Status:
        """Whether the rule applies or could apply."""
        return Status.APPLIES if self.certain else Status.COULD_APPLY

    @property
    def others(self) -> tuple[str, ...]:
        """The contributing dimensions that the rule is not about by name."""
        return tuple(name for name in self.dimensions if name not in self.rule.about)


class Weighing(msgspec.Struct, frozen=True):
    """The outcome for one subject.

    `possible` holds the verdicts that can come about, worst first; it is empty where no judgement was given on any
    dimension. `reasons` come in order of weight. `pivotal` names the open dimensions that could change the verdict, in
    the framework's order.
    """

    possible: tuple[str, ...]
    reasons: tuple[Reason, ...]
    pivotal: tuple[str, ...]

    def __repr__(self) -> str:
        rules = ", ".join(reason.rule.id for reason in self.deciding)
        return f"<Weighing {'|'.join(self.possible) or 'blank'}{f', decided by {rules}' if rules else ''}>"

    def _repr_html_(self) -> str:
        from kmtui.model.html import html_table

        rows = (
            (reason.rule.id, reason.status, "yes" if reason.decisive else "no", ", ".join(reason.dimensions))
            for reason in self.reasons
        )
        return html_table(("rule", "status", "decisive", "dimensions"), rows, "|".join(self.possible) or "blank")

    @property
    def verdict(self) -> str | None:
        """The verdict where exactly one is possible, else None."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that settle the verdict or, with open scores, bound it."""
        return tuple(reason for reason in self.reasons if reason.decisive)
