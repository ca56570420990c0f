"""Rows of text from a file whose form is not known beforehand: CSV of several kinds, XLSX, Parquet."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from typing import BinaryIO, NamedTuple

import msgspec

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
LONGEST_LINE = 2**20
"""Characters of a line at most; a longer one is refused before it fills the memory."""
MOST_LINES = 1000
"""Lines of one row at most, within quotes; a longer one is refused before it fills the memory."""
LARGEST_WORKBOOK = 64 * 2**20
"""Bytes of an XLSX file at most: it is read whole."""
FALLBACK = "windows-1252"
"""The encoding of text that is not UTF-8 and has no byte order mark."""
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_XLSX, _PARQUET = b"PK\x03\x04", b"PAR1"


class SheetError(ValueError):
    """A file cannot be read as rows; says where and why."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place}: {problem}")


class Row(NamedTuple):
    """The cells of a row, and where it stands: the line that it ends on, or the number of the row in a sheet."""

    number: int
    cells: list[str]


class Sheet(msgspec.Struct):
    """Rows that are read one after the other, the first of them the header.

    `recognised` says in which form, where that is not plain CSV; it is complete when all rows are read.
    """

    file: str
    rows: Iterator[Row]
    recognised: list[str]
    delimiter: str = ","
    sheet: str = ""

    def place(self, number: int, column: int | None = None) -> str:
        """Where a row or one of its cells stands, for people."""
        if not self.sheet:
            return f"{self.file}:{number}"
        cell = f"row {number}" if column is None else f"cell {_letters(column)}{number}"
        return f"{self.file}: sheet '{self.sheet}': {cell}"


def read_sheet(raw: BinaryIO, file: str, delimiter: str | None = None, encoding: str | None = None) -> Sheet:
    """The rows of an open file at its beginning; `delimiter` and `encoding` settle what else is recognised.

    Reading the rows raises SheetError where they are broken.
    """
    if not isinstance(raw, io.BufferedReader):
        raw = io.BufferedReader(raw)  # type: ignore[type-var]
    try:
        begin = raw.peek(4)[:4]
    except OSError as error:
        raise SheetError(f"{file}:1", f"cannot be read: {error.strerror or error}") from None
    if begin == _XLSX:
        return _workbook(raw, file)
    if begin == _PARQUET:
        return _parquet(raw, file)
    recognised: list[str] = []
    marked = next((name for mark, name in _MARKS.items() if begin.startswith(mark)), None)
    text = io.TextIOWrapper(raw, encoding or marked or "utf-8", "surrogateescape", newline="")
    if encoding is None and marked == "utf-16":
        recognised.append("encoding UTF-16")
    lines = _Lines(text, file, recognised, guesses=encoding is None and marked is None)
    return _delimited(lines, file, delimiter, recognised)


class _Lines:
    """The lines of a text. Bytes that are not UTF-8 are read as Windows-1252, if all text before them was ASCII."""

    def __init__(self, text: io.TextIOWrapper, file: str, recognised: list[str], guesses: bool) -> None:
        self.text, self.file, self.recognised, self.guesses = text, file, recognised, guesses
        self.number = self.began = 0
        self.is_ascii, self.falls_back = True, False

    def __iter__(self) -> Iterator[str]:
        try:
            while content := self._next():
                yield content if content.isascii() else self._decoded(content)
        finally:
            with suppress(ValueError):  # it is closed already where an error ended the reading
                self.text.detach()  # the file belongs to the caller

    def _next(self) -> str:
        self.number += 1
        try:
            content = self.text.readline(LONGEST_LINE + 1)
        except OSError as error:
            raise SheetError(self._place, f"cannot be read: {error.strerror or error}") from None
        except UnicodeError:
            raise SheetError(self._place, "found bytes that are not in the encoding of the file") from None
        if len(content) > LONGEST_LINE:
            raise SheetError(self._place, f"found more than {LONGEST_LINE} characters in one line")
        if self.number - self.began > MOST_LINES:
            raise SheetError(self._place, f"found a row of more than {MOST_LINES} lines, expected a closing quote")
        return content

    @property
    def _place(self) -> str:
        return f"{self.file}:{self.number}"

    def _decoded(self, content: str) -> str:
        try:
            content.encode()
        except UnicodeEncodeError as error:
            place = f"character {error.start + 1} of the line"
            if self.guesses and (self.is_ascii or self.falls_back):
                try:
                    decoded = content.encode("utf-8", "surrogateescape").decode(FALLBACK)
                except UnicodeDecodeError:
                    problem = f"found a byte that is neither UTF-8 nor {FALLBACK} at {place}; --encoding names another"
                    raise SheetError(self._place, problem) from None
                if not self.falls_back:
                    self.falls_back = True
                    self.recognised.append(f"encoding {FALLBACK.title()}")
                return decoded
            problem = f"found a byte that is not UTF-8 at {place}; --encoding names another encoding"
            raise SheetError(self._place, problem) from None
        if self.falls_back:
            return content.encode().decode(FALLBACK, "replace")
        self.is_ascii = False
        return content


def _delimited(lines: _Lines, file: str, delimiter: str | None, recognised: list[str]) -> Sheet:
    """CSV; the delimiter is the most frequent one in the first line that is not empty."""
    content = iter(lines)
    first = ""
    skipped = []
    for first in content:
        if first.strip():
            break
        skipped.append(first)
    found = delimiter or max(DELIMITERS.values(), key=_outside_quotes(first).count)
    if delimiter is None and found != ",":
        name = next(name for name, character in DELIMITERS.items() if character == found)
        recognised.append(f"delimiter {name}")

    def again() -> Iterator[str]:
        yield from skipped
        if first:
            yield first
        yield from content

    return Sheet(file, _csv_rows(again(), lines, file, found), recognised, found)


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _csv_rows(content: Iterator[str], lines: _Lines, file: str, delimiter: str) -> Iterator[Row]:
    """Rows with the line that they end on; empty lines are skipped."""
    reader = csv.reader(content, delimiter=delimiter, strict=True)
    while True:
        try:
            lines.began = reader.line_num
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetError(f"{file}:{reader.line_num}", f"broken CSV: {error}") from None
        if cells:
            yield Row(reader.line_num, cells)


def _workbook(raw: BinaryIO, file: str) -> Sheet:
    """The first sheet of an XLSX file that has anything in it."""
    _require("python_calamine", "xlsx", file)
    from python_calamine import CalamineError, CalamineWorkbook

    content = raw.read(LARGEST_WORKBOOK + 1)
    if len(content) > LARGEST_WORKBOOK:
        raise SheetError(file, f"found a workbook of more than {LARGEST_WORKBOOK} bytes")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(any(cell != "" for cell in row) for row in cells):
                rows = (Row(number, [_text(cell) for cell in row]) for number, row in enumerate(cells, 1) if any(row))
                return Sheet(file, rows, [f"sheet '{name}' of a workbook"], sheet=name)
    except CalamineError as error:
        raise SheetError(file, f"broken workbook: {error}") from None
    raise SheetError(file, "found a workbook without any cells")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _parquet(raw: BinaryIO, file: str) -> Sheet:
    _require("pyarrow", "parquet", file)
    import pyarrow as pa
    from pyarrow import parquet as pq

    try:
        table = pq.ParquetFile(raw if raw.seekable() else pa.BufferReader(raw.read()))
    except pa.ArrowException as error:
        raise SheetError(file, f"broken Parquet file: {error}") from None

    def rows() -> Iterator[Row]:
        yield Row(1, list(table.schema_arrow.names))
        number = 1
        for batch in table.iter_batches():
            for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield Row(number, ["" if cell is None else _text(cell) for cell in cells])

    return Sheet(file, rows(), ["a Parquet file"], sheet="Parquet")


def _require(package: str, extra: str, file: str) -> None:
    if find_spec(package) is None:
        raise SheetError(file, f"reading it needs a package that is not installed: pip install 'kmtui[{extra}]'")


def _letters(column: int) -> str:
    """The name of a column of a spreadsheet, from 0: A, B, ..., Z, AA."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
