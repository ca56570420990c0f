"""CSV as RFC 4180 has it, and the form that a Dutch spreadsheet opens without asking."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TextIO

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


def write_rows(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]], dialect: str = "rfc4180") -> None:
    """Write a header and rows; lines end as RFC 4180 says, with CR LF (raises KeyError for an unknown dialect).

    Nothing is written where already the first row cannot be had.
    """
    style = DIALECTS[dialect]
    rows = iter(rows)
    first = list(islice(rows, 1))
    if style.byte_order_mark:
        out.write("\ufeff")
    writer = csv.writer(out, delimiter=style.delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in chain(first, rows))
