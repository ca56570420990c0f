"""Read a CSV of scores row by row and weigh each row."""

import csv
import io
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import BinaryIO, TextIO

from kmtui.export.tables import reasons_cell
from kmtui.files.faults import unknown
from kmtui.files.reading import stamp
from kmtui.model.names import suggestion
from kmtui.weighing.weigher import Weigher

LONGEST_LINE = 2**20
"""Characters that a line may have; a longer one is refused before it fills the memory."""
MOST_LINES = 1000
"""Lines that one row may go on for, within quotes; a longer one is refused before it fills the memory."""


class WeighFileError(ValueError):
    """A file of scores cannot be weighed; says file, line and column."""

    def __init__(self, file: str, line: int | None, column: str, problem: str) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {f'column {column}: ' if column else ''}{problem}")


@contextmanager
def steady(raw: BinaryIO, file: str) -> Iterator[BinaryIO]:
    """Read an open file to its end (raises WeighFileError where somebody writes to it meanwhile)."""
    before = os.fstat(raw.fileno())
    yield raw
    if stat.S_ISREG(before.st_mode) and stamp(before) != stamp(os.fstat(raw.fileno())):
        raise WeighFileError(file, None, "", "it changed while it was being read; weigh it again")


def read_header(raw: BinaryIO, file: str, ids: Sequence[str]) -> list[str]:
    """The names of the columns (raises WeighFileError); the file is at its beginning again."""
    text, rows = _opened(raw, file)
    _, header = next(rows, (1, []))
    _places(header, file, ids)
    text.detach()
    raw.seek(0)
    return header


def weigh_rows(raw: BinaryIO, file: str, weigher: Weigher, after: int = 0) -> Iterator[tuple[str, str, str, str]]:
    """Corps, verdict, possible verdicts, reasons of the rows after so many (raises WeighFileError at a wrong one)."""
    ids, levels = weigher.framework.dimension_ids, weigher.framework.scale.ids
    text, rows = _opened(raw, file)
    _, header = next(rows, (1, []))
    places = _places(header, file, ids)
    corps_place = header.index("corps")

    good: set[str] = {""}
    for line, row in islice(rows, after, None):
        if len(row) != len(header):
            raise WeighFileError(file, line, "", f"found {len(row)} cells, expected {len(header)} as in the header")
        cells = [row[place].strip() for place in places]
        for name, cell in zip(ids, cells, strict=True):
            if cell not in good:
                _check(cell, file, line, name, levels)
                good.add(cell)
        corps = row[corps_place].strip()
        if not corps:
            raise WeighFileError(file, line, "corps", "found nothing, expected the corps")
        weighing = weigher.weigh_levels(
            {name: cell.split("|") if cell else () for name, cell in zip(ids, cells, strict=True)}
        )
        yield corps, weighing.verdict or "", "|".join(weighing.possible), reasons_cell(weighing.deciding)
    text.detach()


def _opened(raw: BinaryIO, file: str) -> tuple[io.TextIOWrapper, Iterator[tuple[int, list[str]]]]:
    text = io.TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="")
    return text, _rows(text, file)


def _lines(text: TextIO, file: str, began: Callable[[], int]) -> Iterator[str]:
    """The lines; `began` gives how many of them came before the row that is being read."""
    line = 0
    while True:
        line += 1
        try:
            content = text.readline(LONGEST_LINE + 1)
            content.encode()
        except OSError as error:
            raise WeighFileError(file, line, "", f"cannot be read: {error.strerror or error}") from None
        except UnicodeEncodeError as error:
            place = f"character {error.start + 1} of the line"
            raise WeighFileError(file, line, "", f"found a byte that is not UTF-8 as {place}") from None
        if len(content) > LONGEST_LINE:
            raise WeighFileError(file, line, "", f"found more than {LONGEST_LINE} characters in one line")
        if line - began() > MOST_LINES:
            raise WeighFileError(
                file, line, "", f"found a row of more than {MOST_LINES} lines, expected a closing quote"
            )
        if not content:
            return
        yield content


def _rows(text: TextIO, file: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that they end on; empty lines are passed over."""
    began = 0
    reader = csv.reader(_lines(text, file, lambda: began), strict=True)
    while True:
        try:
            began = reader.line_num
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WeighFileError(file, reader.line_num, "", f"broken CSV: {error}") from None
        if row:
            yield reader.line_num, row


def _places(header: list[str], file: str, ids: Sequence[str]) -> list[int]:
    """Where each dimension stands; the first line must name the corps column and every dimension once."""
    header[:] = [name.strip() for name in header]
    wanted = ("corps", *ids)
    if not header:
        raise WeighFileError(file, 1, "", f"found nothing, expected a header: {','.join(wanted)}")
    for number, name in enumerate(header, 1):
        if name not in wanted:
            raise WeighFileError(file, 1, str(number), unknown("dimension", name, wanted))
        if header.index(name) != number - 1:
            raise WeighFileError(file, 1, str(number), f"column '{name}' is there twice")
    missing = [name for name in wanted if name not in header]
    if missing:
        raise WeighFileError(file, 1, "", f"missing column{'s' if len(missing) > 1 else ''} {', '.join(missing)}")
    return [header.index(name) for name in ids]


def _check(cell: str, file: str, line: int, name: str, levels: Sequence[str]) -> None:
    for level in cell.split("|"):
        if level not in levels:
            expected = f"{', '.join(levels)}, several with | between them, or nothing"
            hint = suggestion(level, levels)
            raise WeighFileError(file, line, name, f"unknown level '{level}'{hint or f', expected {expected}'}")
