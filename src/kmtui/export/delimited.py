"""CSV as RFC 4180 has it, and the form that a Dutch spreadsheet opens without asking."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

import msgspec

if TYPE_CHECKING:
    import _csv

_DOUBTFUL = re.compile(r"\0[=@+\-\t\r\n]")
"""What cells, each behind a NUL, have in them where one may be a formula: faster than cell by cell."""
BLOCK = 256
"""Rows that are looked through at once."""
_FORMULA = re.compile(r"^(?:[=@\t\r\n]|[+-](?!\d+(?:[.,]\d+)?$).)", re.DOTALL)


class Out(Protocol):
    """Where text is written to."""

    def write(self, text: str, /) -> object:
        """Write it."""


class Dialect(msgspec.Struct, frozen=True):
    """How rows become text."""

    delimiter: str
    byte_order_mark: bool
    help: str


DIALECTS: Mapping[str, Dialect] = {
    "rfc4180": Dialect(",", False, "commas, as RFC 4180 has it"),
    "excel-nl": Dialect(";", True, "semicolons and a byte order mark, for a Dutch Excel"),
}


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def line_of(cells: Sequence[str], dialect: str) -> str:
    """One row as text (raises KeyError for an unknown dialect)."""
    line = io.StringIO()
    _writer(line, DIALECTS[dialect]).writerow(_harmless(cells))
    return line.getvalue()


def write_header(out: Out, columns: Sequence[str], dialect: str) -> None:
    """Write what comes before the rows (raises KeyError for an unknown dialect)."""
    if DIALECTS[dialect].byte_order_mark:
        out.write("\ufeff")
    _writer(out, DIALECTS[dialect]).writerow(columns)


def write_rows(
    out: Out, columns: Sequence[str], rows: Iterable[Sequence[str]], dialect: str = "rfc4180", at_once: int = BLOCK
) -> None:
    """Write a header and rows; lines end as RFC 4180 says, with CR LF (raises KeyError for an unknown dialect).

    Nothing is written where already the first row cannot be had.
    """
    rows = iter(rows)
    first = list(islice(rows, 1))
    write_header(out, columns, dialect)
    write_more(out, chain(first, rows), dialect, at_once)


def write_more(out: Out, rows: Iterable[Sequence[str]], dialect: str, at_once: int = BLOCK) -> None:
    """Write rows that come after others, so many at once (raises KeyError for an unknown dialect)."""
    write, rows = _writer(out, DIALECTS[dialect]).writerows, iter(rows)
    more = True
    while more:
        block: list[Sequence[str]] = []
        try:
            block.extend(islice(rows, at_once))
        finally:  # those before a fault are written, too
            write(map(_harmless, block) if _may_be_formulas(block) else block)
        more = len(block) == at_once


def _may_be_formulas(rows: Iterable[Sequence[str]]) -> bool:
    return _DOUBTFUL.search("\0" + "\0".join(chain.from_iterable(rows))) is not None


def _harmless(row: Sequence[str]) -> list[str]:
    return [harmless(cell) for cell in row]


def _writer(out: Out, style: Dialect) -> "_csv.Writer":
    return csv.writer(out, delimiter=style.delimiter, lineterminator="\r\n")
