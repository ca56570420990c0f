"""A table in another order, with fewer rows, or as rows of a CSV file."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace

from kmtui.blocks import Column, Number, Table, TableCell, TableRow, plain

Test = Callable[[TableRow], bool]

_COMPARES: dict[str, Callable[[Number, Decimal], bool]] = {
    ">=": lambda found, bound: found >= bound,
    "<=": lambda found, bound: found <= bound,
    "!=": lambda found, bound: found != bound,
    ">": lambda found, bound: found > bound,
    "<": lambda found, bound: found < bound,
    "=": lambda found, bound: found == bound,
}
_TERM = re.compile(r"(?P<column>[^:<>=!]*)(?P<sign>:|>=|<=|!=|>|<|=)(?P<value>.+)", re.DOTALL)


class FilterError(ValueError):
    """A filter names a column that the table lacks, or a number that is none."""


class Order(msgspec.Struct, frozen=True):
    """The column that a table is sorted by, and the direction."""

    column: int
    descending: bool = False


def ordered(table: Table, order: Order) -> Table:
    """The rows sorted by a column: numbers by value, judgements worst first, text by letters; empty cells last.

    Groups are dissolved. The head of the column has an arrow.
    """
    column = table.columns[order.column]

    def cell_of(row: TableRow) -> TableCell:
        return row.cells[order.column] if order.column < len(row.cells) else TableCell()

    key = _key(column)
    full = [row for row in table.rows if not _is_empty(cell_of(row), column)]
    empty = [row for row in table.rows if _is_empty(cell_of(row), column)]
    full.sort(key=lambda row: key(cell_of(row)), reverse=order.descending)
    rows = tuple(replace(row, group="") if row.group else row for row in (*full, *empty))
    marked = replace(column, head=f"{column.head} {'↓' if order.descending else '↑'}".strip(), short="")
    columns = (*table.columns[: order.column], marked, *table.columns[order.column + 1 :])
    return replace(table, rows=rows, columns=columns)


def _is_empty(cell: TableCell, column: Column) -> bool:
    if column.kind == "level":
        return not cell.levels
    return cell.number is None if column.kind in ("number", "bar") else not cell.text.strip()


def _key(column: Column) -> Callable[[TableCell], Any]:
    if column.kind == "level":
        ranks = {level.id: rank for rank, level in enumerate(column.levels)}
        return lambda cell: [ranks.get(level.id, len(ranks)) for level in cell.levels or ()]
    if column.kind in ("number", "bar"):
        return lambda cell: cell.number
    return lambda cell: (cell.number is None, cell.number or 0, cell.text.casefold())


def filtered(table: Table, expression: str) -> Table:
    """The rows to which every term of an expression applies (raises FilterError).

    A term is `column:value,value` (the judgement or text has one of the values), `column>5` or `>5` (a number of the
    column, or any number of the row), or a word that the row contains.
    """
    tests = [_test(table, term) for term in expression.split()]
    rows = tuple(row for row in table.rows if all(test(row) for test in tests))
    return replace(table, rows=rows, totals=() if len(rows) < len(table.rows) else table.totals)


def _test(table: Table, term: str) -> Test:
    found = _TERM.fullmatch(term)
    if found is None:
        return lambda row: term.casefold() in _text(row)
    column, sign, value = found["column"], found["sign"], found["value"]
    if sign == ":":
        return _has(table, column, [part for part in value.casefold().split(",") if part])
    try:
        bound = Decimal(value.replace(",", "."))
    except ArithmeticError:
        raise FilterError(f"found '{value}', expected a number") from None
    columns = [_column(table, column)] if column else range(len(table.columns))
    compare = _COMPARES[sign]
    return lambda row: any(
        (number := row.cells[at].number) is not None and compare(number, bound) for at in columns if at < len(row.cells)
    )


def _has(table: Table, column: str, values: Sequence[str]) -> Test:
    at = _column(table, column)

    def test(row: TableRow) -> bool:
        cell = row.cells[at] if at < len(row.cells) else TableCell()
        if cell.levels is not None:
            names = {name.casefold() for level in cell.levels for name in (level.id, level.letter)}
            return any(value in names for value in values) or any(value in cell.text.casefold() for value in values)
        return any(value in cell.text.casefold() for value in values)

    return test


def _column(table: Table, name: str) -> int:
    """The column with this id or head, or the first that begins so (raises FilterError)."""
    wanted = name.casefold()
    names = [(column.id.casefold(), column.head.casefold()) for column in table.columns]
    for fits in (lambda text: text == wanted, lambda text: bool(text) and text.startswith(wanted)):
        for at, column in enumerate(names):
            if any(map(fits, column)):
                return at
    known = ", ".join(column.id for column in table.columns)
    raise FilterError(f"found column '{name}', expected one of {known}")


def _text(row: TableRow) -> str:
    return " ".join((*(cell.text for cell in row.cells), plain(row.note), row.group)).casefold()


def csv_columns(table: Table) -> list[str]:
    """The names of the columns of a table in a CSV file: those of its own, and of groups and notes if it has any."""
    return [
        *(["group"] if _has_groups(table) else []),
        *(column.id for column in table.columns),
        *(["note"] if _has_notes(table) else []),
    ]


def csv_rows(table: Table) -> Iterator[list[str]]:
    """The rows of a table: judgements as ids of levels with | between them, numbers exact, text as it reads."""
    groups, notes = _has_groups(table), _has_notes(table)
    for row in table.rows:
        cells = [_value(column, cell) for column, cell in zip(table.columns, row.cells, strict=False)]
        cells += [""] * (len(table.columns) - len(cells))
        yield [*([row.group] if groups else []), *cells, *([plain(row.note)] if notes else [])]


def _has_groups(table: Table) -> bool:
    return any(row.group for row in table.rows)


def _has_notes(table: Table) -> bool:
    return any(row.note for row in table.rows)


def _value(column: Column, cell: TableCell) -> str:
    if cell.levels is not None:
        return "|".join(level.id for level in cell.levels)
    if column.kind in ("number", "bar") and cell.number is not None:
        return str(cell.number)
    return cell.text
