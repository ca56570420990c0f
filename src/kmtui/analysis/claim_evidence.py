"""What a claim rests on: its kind, the scores and figures it is about, and the unit of its number."""

from collections.abc import Collection, Iterator
from enum import StrEnum

from kmtui.analysis.expressions import Evaluator, parts
from kmtui.model.claims import (
    CellOf,
    Claim,
    CountOf,
    Difference,
    Expression,
    Group,
    JudgementCount,
    JudgementOf,
    Ratio,
    RatioCount,
    ScoreCount,
    ScoreOf,
    Sum,
    Total,
    VerdictCount,
)

RATIO = "ratio"
"""The unit of a quotient of equal units."""


class Kind(StrEnum):
    """What a claim's outcome proves, by what its data rest on."""

    INDEPENDENT = "independent"
    """Printed figures, or scores that rest on other paragraphs: two places of the source are set against each other."""
    ECHO = "echo"
    """Scores that rest on the paragraph of the claim itself: the outcome proves only that it was read consistently."""
    INTERNAL = "internal"
    """Counts over scores: the outcome proves that the scores add up to what the source counts."""


class Evidence(Evaluator):
    """Finds what claims rest on and what they are about."""

    def kind(self, claim: Claim) -> Kind:
        """The kind of a claim, computed from its expression and the paragraphs of its scores (raises KeyError).

        Scores of several corps make it internal, whatever paragraphs these rest on.
        """
        found = [part for part in parts(claim.value) if isinstance(part, Sum | CellOf | CountOf | RatioCount)]
        if found:
            return Kind.INDEPENDENT
        judgements = []
        for part in parts(claim.value):
            if isinstance(part, ScoreCount | JudgementCount | VerdictCount) and len(self.group(part.over)) > 1:
                return Kind.INTERNAL
            judgements += self.counted(part)
        cited = {paragraph for judgement in judgements if judgement is not None for paragraph in judgement.source}
        return Kind.ECHO if cited & set(claim.source) else Kind.INDEPENDENT

    def bears_on(self, claim: Claim, corps_id: str, dimension_id: str) -> bool:
        """Whether a claim is about this score: by name, or as one of those that it counts."""
        return any(about == dimension_id and corps_id in group for about, group in self._scores(claim))

    def bears_on_judgement(self, claim: Claim, corps_id: str, column_id: str) -> bool:
        """Whether a claim is about what a corps gives a partner: by name, or as one of those that it counts."""
        return any(about == column_id and corps_id in group for about, group in self._judgements(claim))

    def bears_within(self, claim: Claim, members: Collection[str], dimension_id: str) -> bool:
        """Whether a claim is about scores on a dimension of these corps, and of no others."""
        return any(about == dimension_id and group and group <= {*members} for about, group in self._scores(claim))

    def counts(self, claim: Claim, dimension_id: str) -> bool:
        """Whether a claim counts scores on this dimension."""
        return any(
            isinstance(part, ScoreCount) and part.scores == dimension_id and self._is_own(part.edition)
            for part in parts(claim.value)
        )

    def open_cells(self, expression: Expression) -> Iterator[tuple[str, str]]:
        """The open judgements that a count may include, as corps and dimension or partner column."""
        for part in parts(expression):
            if isinstance(part, ScoreCount | JudgementCount):
                about = part.scores if isinstance(part, ScoreCount) else part.judgements
                for corps in self._members(part.edition, part.over):
                    judgement = (corps.scores if isinstance(part, ScoreCount) else corps.partners)[about]
                    if judgement.is_open and part.level in judgement.possible:
                        yield corps.id, about

    def unit(self, expression: Expression) -> str:
        """What the number of an expression counts: the unit of its indicator, `corps` or `rows`; empty for a word."""
        match expression:
            case Sum() | CellOf():
                column = expression.sum if isinstance(expression, Sum) else expression.cell
                return self._table(column).indicator(column.partition(".")[2]).unit
            case CountOf():
                rows = self._rows(expression.count, expression.year, expression.over)
                return "corps" if {cell.subject for cell in rows} <= {*self.edition.head.corps} else "rows"
            case RatioCount() | ScoreCount() | JudgementCount() | VerdictCount():
                return "corps"
            case Difference() | Total():
                inside = expression.difference if isinstance(expression, Difference) else expression.total
                units = list(dict.fromkeys(self.unit(part) for part in inside))
                return units[0] if len(units) == 1 else " + ".join(units)
            case Ratio():
                first, second = map(self.unit, expression.ratio)
                return RATIO if first == second else f"{first} / {second}"
        return ""

    def _scores(self, claim: Claim) -> Iterator[tuple[str, frozenset[str]]]:
        """Each dimension that a claim is about in this edition, and the corps whose scores on it are meant."""
        for part in parts(claim.value):
            match part:
                case ScoreOf() if self._is_own(part.edition):
                    yield part.score, frozenset({part.of})
                case ScoreCount() if self._is_own(part.edition):
                    yield part.scores, self._known(part.over)

    def _judgements(self, claim: Claim) -> Iterator[tuple[str, frozenset[str]]]:
        """The same for the columns of judgements on partners."""
        for part in parts(claim.value):
            match part:
                case JudgementOf() if self._is_own(part.edition):
                    yield part.judgement, frozenset({part.of})
                case JudgementCount() if self._is_own(part.edition):
                    yield part.judgements, self._known(part.over)

    def _known(self, over: Group) -> frozenset[str]:
        """The members of a group, none where it does not exist."""
        try:
            return frozenset(self.group(over))
        except KeyError:
            return frozenset()
