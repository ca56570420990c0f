"""CSV: exact as RFC 4180 has it, or in the form that a Dutch spreadsheet reads."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from kmtui.model.numbers import digits
from kmtui.model.tabular import Cell, Row

if TYPE_CHECKING:
    import _csv

_DOUBTFUL = re.compile(r"\0[=@+\-\t\r\n]")
"""What joined cells, each behind a NUL, contain where one of them may be a formula: faster than cell by cell."""
BLOCK = 256
"""Rows that are formatted at once."""
_FORMULA = re.compile(r"^(?:[=@\t\r\n]|[+-](?!\d+(?:[.,]\d+)?$).)", re.DOTALL)
_GUARDED = re.compile(r"^'(?:[=@\t\r\n]|[+-](?!\d+(?:[.,]\d+)?$).)", re.DOTALL)


class Out(Protocol):
    """Where text is written to."""

    def write(self, text: str, /) -> object:
        """Write it."""


class Dialect(msgspec.Struct, frozen=True):
    """How rows become text.

    With `quotes_text` every cell that is text is in quotes and numbers are not; `decimal` stands before the decimals of
    numbers. With `guards` a cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """

    delimiter: str
    help: str
    decimal: str = "."
    byte_order_mark: bool = False
    quotes_text: bool = False
    guards: bool = False


DIALECTS: Mapping[str, Dialect] = {
    "rfc4180": Dialect(",", "commas and every cell exactly, as RFC 4180 has it"),
    "excel-nl": Dialect(
        ";",
        "semicolons, decimal commas, text in quotes, formulas made harmless and a byte order mark, for a Dutch "
        "spreadsheet",
        decimal=",",
        byte_order_mark=True,
        quotes_text=True,
        guards=True,
    ),
}


def dialect_of(name: str, guards: bool | None = None) -> Dialect:
    """A dialect by name, with another choice for formulas if there is one (raises KeyError)."""
    found = DIALECTS[name]
    return found if guards is None else msgspec.structs.replace(found, guards=guards)


EXACT = DIALECTS["rfc4180"]


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that `harmless` put before it."""
    return cell[1:] if _GUARDED.match(cell) else cell


def line_of(cells: Row, dialect: Dialect) -> str:
    """One row as text."""
    line = io.StringIO()
    _writer(line, dialect).writerows(_formatted([cells], dialect))
    return line.getvalue()


def write_header(out: Out, columns: Sequence[str], dialect: Dialect) -> None:
    """Write what comes before the rows."""
    if dialect.byte_order_mark:
        out.write("\ufeff")
    _writer(out, dialect).writerow(columns)


def write_rows(
    out: Out, columns: Sequence[str], rows: Iterable[Row], dialect: Dialect = EXACT, at_once: int = BLOCK
) -> None:
    """Write a header and rows of text, whole numbers and None; lines end with CR LF.

    Decimal numbers go through `with_digits` first. Nothing is written where already the first row raises.
    """
    rows = iter(rows)
    first = list(islice(rows, 1))
    write_header(out, columns, dialect)
    write_more(out, chain(first, rows), dialect, at_once)


def write_more(out: Out, rows: Iterable[Row], dialect: Dialect, at_once: int = BLOCK) -> None:
    """Write rows that come after others, so many at once; those before an error are written."""
    write, rows = _writer(out, dialect).writerows, iter(rows)
    more = True
    while more:
        block: list[Row] = []
        try:
            block.extend(islice(rows, at_once))
        finally:
            write(_formatted(block, dialect))
        more = len(block) == at_once


def text_rows(rows: Iterable[Row]) -> Iterator[list[str]]:
    """The rows with every cell as text: numbers to the digit, nothing for None."""
    return ([text_of(cell) for cell in row] for row in rows)


def text_of(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    return "" if cell is None else digits(cell)


def _formatted(block: Sequence[Row], dialect: Dialect) -> Iterable[Row]:
    """The rows with formulas made harmless where the dialect asks for it."""
    if dialect.guards and _may_hold_formulas(block):
        block = [[harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in block]
    return block


def with_digits(rows: Iterable[Row], dialect: Dialect) -> Iterator[list[Any]]:
    """Rows in which the csv module writes decimal numbers to the digit, in the form of the dialect."""
    mark = dialect.decimal
    return ([_Printed(cell, mark) if isinstance(cell, Decimal) else cell for cell in row] for row in rows)


class _Printed(float):
    """A number that the csv module writes with all its digits and with another decimal mark."""

    text: str

    def __new__(cls, number: Decimal, mark: str) -> "_Printed":
        printed = super().__new__(cls, number)
        printed.text = digits(number).replace(".", mark)
        return printed

    def __repr__(self) -> str:
        return self.text

    __str__ = __repr__


def _may_hold_formulas(rows: Iterable[Row]) -> bool:
    texts = (cell for row in rows for cell in row if isinstance(cell, str))
    return _DOUBTFUL.search("\0" + "\0".join(texts)) is not None


def _writer(out: Out, dialect: Dialect) -> "_csv.Writer":
    return csv.writer(
        out,
        delimiter=dialect.delimiter,
        lineterminator="\r\n",
        quoting=csv.QUOTE_NONNUMERIC if dialect.quotes_text else csv.QUOTE_MINIMAL,
    )
