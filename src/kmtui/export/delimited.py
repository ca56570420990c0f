"""CSV as RFC 4180 has it, and the form that a Dutch spreadsheet opens without asking."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import _csv

_DOUBTFUL = re.compile(r"\0[=@+\-\t\r\n]")
"""What the cells of a row, each behind a NUL, have in them where one may be a formula: faster than cell by cell."""
_FORMULA = re.compile(r"^(?:[=@\t\r\n]|[+-](?!\d+(?:[.,]\d+)?$).)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Dialect:
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
    _writer(line, DIALECTS[dialect]).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def write_header(out: TextIO, columns: Sequence[str], dialect: str) -> None:
    """Write what comes before the rows (raises KeyError for an unknown dialect)."""
    if DIALECTS[dialect].byte_order_mark:
        out.write("\ufeff")
    _writer(out, DIALECTS[dialect]).writerow(columns)


def write_rows(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]], dialect: str = "rfc4180") -> None:
    """Write a header and rows; lines end as RFC 4180 says, with CR LF (raises KeyError for an unknown dialect).

    Nothing is written where already the first row cannot be had.
    """
    rows = iter(rows)
    first = list(islice(rows, 1))
    write_header(out, columns, dialect)
    write_more(out, chain(first, rows), dialect)


def write_more(out: TextIO, rows: Iterable[Sequence[str]], dialect: str) -> None:
    """Write rows that come after others (raises KeyError for an unknown dialect)."""
    doubtful = _DOUBTFUL.search
    _writer(out, DIALECTS[dialect]).writerows(
        [harmless(cell) for cell in row] if doubtful("\0" + "\0".join(row)) else row for row in rows
    )


def _writer(out: TextIO, style: Dialect) -> "_csv.Writer":
    return csv.writer(out, delimiter=style.delimiter, lineterminator="\r\n")
