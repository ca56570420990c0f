"""Evaluate the expressions of claims to bounds: what a number must be at least and can be at most."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf, isinf
from typing import NamedTuple

from kmtui.analysis.errors import ClaimError
from kmtui.model.cells import Cell, CellStatus
from kmtui.model.claims import (
    CellOf,
    Condition,
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
    VerdictOf,
)
from kmtui.model.edition import Corps, Edition
from kmtui.model.figures import Figures, FigureTable
from kmtui.model.numbers import digits
from kmtui.model.score import Judgement
from kmtui.model.units import UnitMapping


class Bounds(NamedTuple):
    """What a number is at least and at most (`high` is infinite where nothing bounds it).

    `missing` counts the cells without a number that it depends on.
    """

    low: float
    high: float
    missing: int = 0

    @property
    def value(self) -> float | None:
        """The number where it is certain, else None."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        low, high = ("" if isinf(bound) else digits(round(bound, 6)) for bound in (self.low, self.high))
        return low if self.low == self.high else f"{low}..{high}"


def amount(cell: Cell, table: FigureTable, second: bool = False, *, adds: bool = True) -> Bounds:
    """What one cell counts for in a table.

    A number counts as it is; of a double cell the first number (or the `second`); a range is a range; of words with
    numbers among them the first number, which the words explain. Any other cell may stand for any number from zero,
    unless the table says that such cells add nothing to a sum (`adds` is false for a cell that stands alone).
    """
    status = cell.status
    if table.gaps is not None and status in table.gaps.add_nothing:
        return Bounds(0, 0) if adds else Bounds(0, inf, 1)
    if status is CellStatus.DOUBLE:
        part = cell.parts[1 if second else 0]
        if part is None:
            silent = table.gaps is not None and CellStatus.NOT_GIVEN in table.gaps.add_nothing
            return Bounds(0, 0) if adds and silent else Bounds(0, inf, 1)
        return Bounds(float(part), float(part))
    parts = [float(part) for part in cell.parts if part is not None]
    if status is CellStatus.RANGE:
        return Bounds(min(parts), max(parts))
    if status is CellStatus.MIXED:
        return Bounds(parts[0], parts[0])
    return Bounds(0, inf, 1) if cell.value is None else Bounds(float(cell.value), float(cell.value))


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


class Evaluator:
    """Evaluates expressions about one edition; `other` opens another edition that a claim compares with."""

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

    def number(self, expression: Expression) -> Bounds:
        """What an expression comes to (raises KeyError for what does not exist, ClaimError where it gives a word)."""
        match expression:
            case Sum():
                table, second = self._table(expression.sum), expression.reading == "second"
                cells = self._rows(expression.sum, expression.year, expression.over)
                return _total([amount(cell, table, second) for cell in cells])
            case CellOf():
                cell = self.cell(expression)
                return amount(cell, self._table(expression.cell), expression.reading == "second", adds=False)
            case CountOf():
                return self._count(expression)
            case RatioCount():
                return self._ratios(expression)
            case Difference():
                first, second_one = map(self.number, expression.difference)
                missing = first.missing + second_one.missing
                return Bounds(first.low - second_one.high, first.high - second_one.low, missing)
            case Total():
                return _total([self.number(part) for part in expression.total])
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

    def cell(self, expression: CellOf) -> Cell:
        """The cell that an expression names (raises KeyError)."""
        return self._column(expression.cell, expression.year)[expression.of]

    def judgement(self, expression: Expression) -> Judgement | None:
        """The judgement that an expression names (raises KeyError, or ClaimError where it gives a number)."""
        match expression:
            case ScoreOf():
                return self._corps(expression.edition, expression.of).scores[expression.score]
            case JudgementOf():
                return self._corps(expression.edition, expression.of).partners[expression.judgement]
            case VerdictOf():
                return self._corps(expression.edition, expression.verdict).published
        raise ClaimError(f"a word is asserted of an expression that gives a number: {expression}")

    def counted(self, expression: Expression) -> list[Judgement | None]:
        """The judgements that an expression names or counts, without those inside its parts."""
        match expression:
            case ScoreCount():
                members = self._members(expression.edition, expression.over)
                return [corps.scores[expression.scores] for corps in members]
            case JudgementCount():
                members = self._members(expression.edition, expression.over)
                return [corps.partners[expression.judgements] for corps in members]
            case VerdictCount():
                return [corps.published for corps in self._members(expression.edition, expression.over)]
            case ScoreOf() | JudgementOf() | VerdictOf():
                return [self.judgement(expression)]
        return []

    def group(self, over: Group) -> tuple[str, ...]:
        """The corps or other subjects of a group (raises KeyError)."""
        if not isinstance(over, str):
            return over
        if over == "corps":
            return self.edition.head.corps
        if over in self.edition.head.groups:
            return self.edition.head.groups[over]
        return self.units[over]

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
        return Bounds(low, high)

    def _count(self, expression: CountOf) -> Bounds:
        """How many rows fulfil the condition; a cell without a number may fulfil a condition on its number."""
        low = high = missing = 0
        for cell in self._rows(expression.count, expression.year, expression.over):
            fulfilled = self._fulfils(cell, expression.where, expression)
            if fulfilled is None:
                high, missing = high + 1, missing + 1
            elif fulfilled:
                low, high = low + 1, high + 1
        return Bounds(low, high, missing)

    def _fulfils(self, cell: Cell, condition: Condition, expression: CountOf) -> bool | None:
        """Whether a cell fulfils a condition, None where that is not certain."""
        if condition.status is not None:
            wanted = (condition.status,) if isinstance(condition.status, CellStatus) else condition.status
            return cell.status in wanted
        if condition.contains is not None:
            return condition.contains.casefold() in cell.raw.casefold()
        second, table = expression.reading == "second", self._table(expression.count)
        number = amount(cell, table, second, adds=False)
        name, compare, bound = _comparison(condition)
        if name.endswith("_in"):
            before = self._column(expression.count, int(bound)).get(cell.subject)
            then = amount(before, table, second, adds=False).value if before else None
            return then is not None and number.value is not None and compare(number.value, then)
        if number.missing:
            return False if table.gaps is not None and cell.status in table.gaps.add_nothing else None
        return _compared(number, compare, bound)

    def _ratios(self, expression: RatioCount) -> Bounds:
        """How many rows fulfil the condition; one without a number in either column, or that divides by 0, does not."""
        low = high = missing = 0
        second = expression.reading == "second"
        over, under = (
            {cell.subject: amount(cell, self._table(column), second, adds=False) for cell in rows}
            for column in expression.ratios
            for rows in (self._rows(column, expression.year, expression.over),)
        )
        _, compare, bound = _comparison(expression.where)
        for subject, first in over.items():
            other = under.get(subject)
            if other is None or first.missing or other.missing or other.low <= 0:
                missing += 1
                continue
            fulfilled = _compared(_ratio(first, other), compare, bound)
            low, high = low + (fulfilled is True), high + (fulfilled is not False)
        return Bounds(low, high, missing)

    def _rows(self, column: str, year: int | None, over: Group) -> list[Cell]:
        cells = self._column(column, year)
        if over == "rows":
            return [cell for subject, cell in cells.items() if subject not in self.totals]
        return [cells[subject] for subject in self.group(over) if subject in cells]

    def _column(self, column: str, year: int | None) -> dict[str, Cell]:
        """The cells of a column by subject (raises KeyError for a table, indicator or year that does not exist)."""
        if (column, year) not in self._columns:
            cells = {cell.subject: cell for cell in self._table(column).of(column.partition(".")[2], year)}
            if not cells:
                raise KeyError(f"{column} of {year}")
            self._columns[column, year] = cells
        return self._columns[column, year]

    def _table(self, column: str) -> FigureTable:
        return self.figures.table(column.partition(".")[0])

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


def _comparison(condition: Condition) -> tuple[str, Callable[[float, float], bool], float]:
    """The comparison of a condition on a number, and with what (raises ClaimError where it has none)."""
    for name, compare in COMPARISONS.items():
        bound = getattr(condition, name)
        if bound is not None:
            return name, compare, float(bound)
    raise ClaimError(f"a number is compared, found a condition without a comparison: {condition}")


def _compared(number: Bounds, compare: Callable[[float, float], bool], bound: float) -> bool | None:
    """Whether a comparison is true of a number, None where it is true of only some values within its bounds."""
    at_low, at_high = compare(number.low, bound), compare(number.high, bound)
    return at_low if at_low == at_high else None


def _total(numbers: Sequence[Bounds]) -> Bounds:
    return Bounds(
        sum(number.low for number in numbers),
        sum(number.high for number in numbers),
        sum(number.missing for number in numbers),
    )


def _ratio(first: Bounds, second: Bounds) -> Bounds:
    if second.high == 0:
        raise ClaimError("a ratio divides by nothing")
    low = first.low / second.high
    high = inf if second.low <= 0 or first.high == inf else first.high / second.low
    return Bounds(low, high, first.missing + second.missing)
