"""Does the data bear out what the source asserts? Claims are evaluated to bounds and compared."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from math import inf, isclose

import msgspec

from kmtui.analysis.errors import ClaimError
from kmtui.analysis.rollup import add_up
from kmtui.model.cells import Cell, CellStatus
from kmtui.model.claims import (
    CellOf,
    Claim,
    Condition,
    CountOf,
    Difference,
    Expression,
    Group,
    JudgementCount,
    JudgementOf,
    Ratio,
    ScoreCount,
    ScoreOf,
    Sum,
    Total,
    VerdictCount,
    VerdictOf,
)
from kmtui.model.edition import Corps, Edition
from kmtui.model.figures import Figures
from kmtui.model.score import Judgement
from kmtui.model.units import UnitMapping
from kmtui.monitor import Monitor


class Outcome(StrEnum):
    """How a claim stands."""

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    UNDETERMINED = "undetermined"


SILENT = (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN, CellStatus.EMPTY)
"""Cells that say neither yes nor no."""


class Bounds(msgspec.Struct, frozen=True):
    """What an expression comes to: `value` is the best reading, `low` and `high` what it can be.

    `missing` is the number of cells that could not be read as numbers.
    """

    value: float
    low: float
    high: float
    missing: int = 0


class Verified(msgspec.Struct, frozen=True):
    """A claim with what was found. `found` is a number, bounds as `low..high`, or levels joined by `|`.

    `expected` says whether the outcome is the one that is known of the claim. `open_cells` are the open scores, as
    corps and dimension or partner column, that a claim about counts of levels constrains.
    """

    claim: Claim
    outcome: Outcome
    found: str
    missing: int
    open_cells: tuple[tuple[str, str], ...] = ()
    bounds: Bounds | None = None
    """What was found, where it is a number."""

    @property
    def expected(self) -> bool:
        """Whether we knew this outcome already."""
        return self.outcome == (self.claim.known or Outcome.HOLDS)


def verify(monitor: Monitor, edition: Edition) -> list[Verified]:
    """Every claim of an edition (raises ClaimError for one that refers to what does not exist)."""
    verifier = verifier_of(monitor, edition)
    return [verifier.verify(claim) for claim in monitor.claims(edition).claims]


def verifier_of(monitor: Monitor, edition: Edition, figures: Figures | None = None) -> "Verifier":
    """What evaluates the claims of an edition, one by one; on these figures, or all of them (raises EditionError)."""
    mapping = monitor.mapping(edition) if edition.head.unit_mapping else None
    blank = monitor.framework(edition).scale.blank.id
    return Verifier(edition, monitor.figures(edition) if figures is None else figures, mapping, monitor.edition, blank)


class Verifier:
    """Evaluates claims about one edition; `other` opens another edition that a claim compares with."""

    def __init__(
        self,
        edition: Edition,
        figures: Figures,
        mapping: UnitMapping | None,
        other: Callable[[str], Edition],
        blank: str,
    ) -> None:
        self.edition, self.figures, self.other, self.blank = edition, figures, other, blank
        self.units = {unit.id: unit.corps for unit in mapping.units} if mapping else {}
        self.totals = {subject.id for subject in figures.subjects if subject.kind == "total"}
        self._columns: dict[tuple[str, int | None], dict[str, Cell]] = {}

    def verify(self, claim: Claim) -> Verified:
        """Evaluate one claim (raises ClaimError where it refers to what does not exist)."""
        try:
            if isinstance(claim.asserted, str):
                return self._words(claim, claim.asserted)
            bounds = self.number(claim.value)
        except (KeyError, IndexError) as error:
            raise ClaimError(f"claim {claim.id}: there is no {error.args[0]}") from None
        outcome = _compare(claim, float(claim.asserted), bounds)
        return Verified(claim, outcome, _told(bounds), bounds.missing, tuple(self._open_cells(claim.value)), bounds)

    def bears_on(self, claim: Claim, corps_id: str, dimension_id: str) -> bool:
        """Whether a claim is about this score: by name, or as one of those that it counts."""
        return any(about == dimension_id and corps_id in group for about, group in self._scores(claim))

    def bears_on_judgement(self, claim: Claim, corps_id: str, column_id: str) -> bool:
        """Whether a claim is about what a corps gives a partner: by name, or as one of those that it counts."""
        return any(about == column_id and corps_id in group for about, group in self._judgements(claim))

    def bears_within(self, claim: Claim, members: Collection[str], dimension_id: str) -> bool:
        """Whether a claim is about scores on a dimension of these corps, and of no others."""
        return any(about == dimension_id and group and group <= {*members} for about, group in self._scores(claim))

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

    def counts(self, claim: Claim, dimension_id: str) -> bool:
        """Whether a claim counts scores on this dimension."""
        return any(
            isinstance(part, ScoreCount) and part.scores == dimension_id and self._is_own(part.edition)
            for part in parts(claim.value)
        )

    def _open_cells(self, expression: Expression) -> Iterator[tuple[str, str]]:
        for part in parts(expression):
            match part:
                case ScoreCount(scores=about):
                    judged = {corps.id: corps.scores[about] for corps in self._members(part.edition, part.over)}
                case JudgementCount(judgements=about):
                    judged = {corps.id: corps.partners[about] for corps in self._members(part.edition, part.over)}
                case _:
                    continue
            yield from ((name, about) for name, judgement in judged.items() if _may(judgement, part.level))

    def _words(self, claim: Claim, asserted: str) -> Verified:
        """A claim whose assertion is a level or a word."""
        expression = claim.value
        if isinstance(expression, CellOf):
            cell = self.cell(expression)
            if asserted.casefold() in (cell.raw.casefold(), cell.status):
                return Verified(claim, Outcome.HOLDS, cell.raw, 0)
            silent = cell.status in SILENT
            return Verified(claim, Outcome.UNDETERMINED if silent else Outcome.CONTRADICTED, cell.raw, int(silent))
        judgement = self._judgement(expression)
        possible = judgement.possible if judgement is not None else ()
        levels = possible or ((self.blank,) if judgement is not None else ())
        if asserted not in levels:
            outcome = Outcome.CONTRADICTED if levels else Outcome.UNDETERMINED
        else:
            outcome = Outcome.HOLDS if len(levels) == 1 else Outcome.UNDETERMINED
        return Verified(claim, outcome, "|".join(levels), 0)

    def _judgement(self, expression: Expression) -> Judgement | None:
        match expression:
            case ScoreOf():
                return self._corps(expression.edition, expression.of).scores[expression.score]
            case JudgementOf():
                return self._corps(expression.edition, expression.of).partners[expression.judgement]
            case VerdictOf():
                return self._corps(expression.edition, expression.verdict).published
        raise ClaimError(f"a word is asserted of an expression that gives a number: {expression}")

    def cell(self, expression: CellOf) -> Cell:
        """The cell that an expression names (raises KeyError)."""
        return self._column(expression.cell, expression.year)[expression.of]

    def number(self, expression: Expression) -> Bounds:
        """What an expression comes to (raises KeyError for what does not exist, ClaimError where it gives a word)."""
        match expression:
            case Sum():
                cells = self._rows(expression.sum, expression.year, expression.over)
                total = add_up(cells, expression.reading == "second")
                high = inf if total.high is None else float(total.high)
                return Bounds(float(total.value), float(total.low), high, sum(total.left_out.values()))
            case CellOf():
                cell = self.cell(expression)
                total = add_up([cell], expression.reading == "second")
                high = inf if total.high is None else float(total.high)
                return Bounds(float(total.value), float(total.low), high, sum(total.left_out.values()))
            case CountOf():
                return self._count(expression)
            case Difference():
                first, second = map(self.number, expression.difference)
                missing = first.missing + second.missing
                return Bounds(first.value - second.value, first.low - second.high, first.high - second.low, missing)
            case Total():
                parts = [self.number(part) for part in expression.total]
                return Bounds(
                    sum(part.value for part in parts),
                    sum(part.low for part in parts),
                    sum(part.high for part in parts),
                    sum(part.missing for part in parts),
                )
            case Ratio():
                return _ratio(*map(self.number, expression.ratio))
            case ScoreCount():
                corps = self._members(expression.edition, expression.over)
                return self._levels((found.scores[expression.scores] for found in corps), expression.level)
            case JudgementCount():
                corps = self._members(expression.edition, expression.over)
                return self._levels((found.partners[expression.judgements] for found in corps), expression.level)
            case VerdictCount():
                corps = self._members(expression.edition, expression.over)
                return self._levels((found.published for found in corps), expression.verdicts)
        raise ClaimError(f"a number is asserted of an expression that gives a word: {expression}")

    def _levels(self, judgements: Iterable[Judgement | None], level: str) -> Bounds:
        """How many have the level: those that are certain at the least, those that may at the most."""
        low = high = 0
        for judgement in judgements:
            if judgement is None:
                high += 1
                continue
            possible = judgement.possible or (self.blank,)
            low += possible == (level,)
            high += level in possible
        return Bounds(low, low, high)

    def _count(self, expression: CountOf) -> Bounds:
        """How many rows fulfil the condition; a cell that is no number may fulfil a condition on its number."""
        low = high = missing = 0
        condition = expression.where
        for cell in self._rows(expression.count, expression.year, expression.over):
            fulfilled = self._fulfils(cell, condition, expression)
            if fulfilled is None:
                high, missing = high + 1, missing + 1
            elif fulfilled:
                low, high = low + 1, high + 1
        return Bounds(low, low, high, missing)

    def _fulfils(self, cell: Cell, condition: Condition, expression: CountOf) -> bool | None:
        if condition.status is not None:
            wanted = (condition.status,) if isinstance(condition.status, CellStatus) else condition.status
            return cell.status in wanted
        if condition.contains is not None:
            return condition.contains.casefold() in cell.raw.casefold()
        number = cell.number(expression.reading == "second")
        for name, compare in COMPARISONS.items():
            bound = getattr(condition, name)
            if bound is None:
                continue
            if name.endswith("_in"):
                before = self._column(expression.count, bound).get(cell.subject)
                bound = before.number(expression.reading == "second") if before else None
            if number is None or bound is None:
                return False if name.endswith("_in") else None
            return compare(float(number), float(bound))
        raise ClaimError(f"a condition says nothing: {condition}")

    def _rows(self, column: str, year: int | None, over: Group) -> list[Cell]:
        cells = self._column(column, year)
        if over == "rows":
            return [cell for subject, cell in cells.items() if subject not in self.totals]
        return [cells[subject] for subject in self.group(over) if subject in cells]

    def _column(self, column: str, year: int | None) -> dict[str, Cell]:
        """The cells of a column by subject (raises KeyError for a table, indicator or year that does not exist)."""
        if (column, year) not in self._columns:
            table_id, _, indicator = column.partition(".")
            table = self.figures.table(table_id)
            cells = {cell.subject: cell for cell in table.of(indicator, year)}
            if not cells:
                raise KeyError(f"{column} of {year}")
            self._columns[column, year] = cells
        return self._columns[column, year]

    def group(self, over: Group) -> tuple[str, ...]:
        """The corps or other subjects of a group (raises KeyError)."""
        if not isinstance(over, str):
            return over
        if over == "corps":
            return self.edition.head.corps
        if over in self.edition.head.groups:
            return self.edition.head.groups[over]
        return self.units[over]

    def _known(self, over: Group) -> frozenset[str]:
        """The same, or none of a group that does not exist."""
        try:
            return frozenset(self.group(over))
        except KeyError:
            return frozenset()

    def _members(self, edition_id: str | None, over: Group) -> list[Corps]:
        edition = self._edition(edition_id)
        wanted = self.group(over)
        return [corps for corps in edition.corps if corps.id in wanted]

    def _corps(self, edition_id: str | None, corps_id: str) -> Corps:
        return self._edition(edition_id).find_corps(corps_id)

    def _edition(self, edition_id: str | None) -> Edition:
        return self.edition if self._is_own(edition_id) else self.other(edition_id or "")

    def _is_own(self, edition_id: str | None) -> bool:
        return edition_id in (None, self.edition.id)


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it."""
    yield expression
    match expression:
        case Difference():
            inside: tuple[Expression, ...] = expression.difference
        case Total():
            inside = expression.total
        case Ratio():
            inside = expression.ratio
        case _:
            return
    for part in inside:
        yield from parts(part)


def _may(judgement: Judgement, level: str) -> bool:
    """Whether an open judgement may have the level."""
    return judgement.is_open and level in judgement.possible


COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "equals": lambda number, bound: number == bound,
    "at_least": lambda number, bound: number >= bound,
    "at_most": lambda number, bound: number <= bound,
    "more_than": lambda number, bound: number > bound,
    "less_than": lambda number, bound: number < bound,
    "more_than_in": lambda number, bound: number > bound,
    "less_than_in": lambda number, bound: number < bound,
    "equals_in": lambda number, bound: number == bound,
}


def _ratio(first: Bounds, second: Bounds) -> Bounds:
    if second.value == 0:
        raise ClaimError("a ratio divides by nothing")
    low = first.low / second.high if second.high else 0.0
    high = inf if second.low <= 0 or first.high == inf else first.high / second.low
    return Bounds(first.value / second.value, low, high, first.missing + second.missing)


def _compare(claim: Claim, asserted: float, bounds: Bounds) -> Outcome:
    """Holds where every value within the bounds bears the claim out, or the best reading of incomplete cells does."""

    def fits(value: float) -> bool:
        match claim.relation:
            case "equals":
                return isclose(value, asserted, abs_tol=1e-9)
            case "about":
                return abs(value - asserted) <= claim.margin + 1e-9
            case "at-least":
                return value >= asserted
            case "at-most":
                return value <= asserted
            case "more-than":
                return value > asserted
            case "less-than":
                return value < asserted

    if (fits(bounds.low) and fits(bounds.high)) or (fits(bounds.value) and bounds.missing):
        return Outcome.HOLDS
    within = bounds.low - claim.margin <= asserted <= bounds.high + claim.margin
    if fits(bounds.low) or fits(bounds.high) or (claim.relation in ("equals", "about") and within):
        return Outcome.UNDETERMINED
    return Outcome.CONTRADICTED


def _told(bounds: Bounds) -> str:
    if bounds.low == bounds.high:
        return f"{bounds.value:.4g}" if bounds.value != int(bounds.value) else f"{bounds.value:.0f}"
    high = "" if bounds.high == inf else f"{bounds.high:g}"
    value = f"{bounds.value:g}" if bounds.value == int(bounds.value) else f"{bounds.value:.4g}"
    return f"{value} ({bounds.low:g}..{high})" if bounds.low != -inf else f"{value} (..{high})"
