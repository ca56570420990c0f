"""`indicators.toml` and the tidy CSV of each table in `tables/`."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path

from kmtui.files.faults import MOST, Fault, first_of, unknown
from kmtui.files.reading import read_optional, read_text
from kmtui.model.cells import Cell
from kmtui.model.figures import Figures, FigureTable, Meaning, parse_cell
from kmtui.model.numbers import digits

INDICATORS = "indicators.toml"
"""The file that lists the tables."""
COLUMNS = ("indicator", "subject", "year", "raw", "value", "status", "footnote")
_YEAR = re.compile(r"[0-9]{4}")


def read_figures(folder: Path, corps: Iterable[str]) -> tuple[Figures, list[Fault]]:
    """All tables of the edition; every table must have the same rows in each of its columns."""
    figures, faults = read_optional(folder / INDICATORS, folder, Figures)
    if figures is None:
        return Figures(), faults
    subjects = {*corps, *(subject.id for subject in figures.subjects)}
    footnotes = {footnote.id for footnote in figures.footnotes}
    meaning = cache(partial(parse_cell, notation=figures.notation))
    tables = []
    for at, table in enumerate(figures.tables):
        if table.cells:
            faults.append(
                Fault(folder / INDICATORS, f"tables.{at}.cells", f"unknown key; cells stand in {table_file(table.id)}")
            )
        reader = _TableReader(folder, table, meaning, subjects, footnotes)
        cells = tuple(reader.cells())
        faults += first_of(reader.file, reader.faults)
        tables.append(table.replace(cells=cells))
    wanted = {table_file(table.id).stem for table in figures.tables}
    for path in sorted((folder / "tables").glob("*.csv")):
        if path.stem not in wanted:
            faults.append(Fault(path, "", "stray file: indicators.toml has no table of this number"))
    return figures.replace(tables=tuple(tables)), faults


def faults_by_table(figures: Figures, faults: Iterable[Fault]) -> dict[str, list[Fault]]:
    """What is wrong with each table, by its number; faults of anything else are left out."""
    numbers = {table_file(table.id): table.id for table in figures.tables}
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        if number := numbers.get(Path(fault.file.parent.name, fault.file.name)):
            found.setdefault(number, []).append(fault)
    return found


def table_file(number: str) -> Path:
    """The path of a table's cells in the folder of its edition."""
    return Path("tables", f"{int(number):02}.csv")


class _TableReader:
    """Reads one CSV and gathers what is wrong with it."""

    def __init__(
        self,
        folder: Path,
        table: FigureTable,
        meaning: Callable[[str], Meaning],
        subjects: set[str],
        footnotes: set[str],
    ) -> None:
        self.folder, self.table, self.meaning = folder, table, meaning
        self.indicators = [indicator.id for indicator in table.indicators]
        self.subjects, self.footnotes = subjects, footnotes
        self.file = folder / table_file(table.id)
        self.faults: list[Fault] = []

    def cells(self) -> Iterator[Cell]:
        """The cells that can be read."""
        text = read_text(self.file, self.folder)
        if isinstance(text, Fault):
            self.faults.append(text)
            return
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        rows: dict[tuple[str, str], list[str]] = {}
        try:
            header = next(reader, [])
            if tuple(header) != COLUMNS:
                self._fault(1, f"found {','.join(header) or 'nothing'}, expected the header {','.join(COLUMNS)}")
                return
            for row in reader:
                if len(self.faults) > MOST:
                    break
                cell = self._cell(reader.line_num, row)
                if cell is not None:
                    rows.setdefault((cell.indicator, str(cell.year or "")), []).append(cell.subject)
                    yield cell
        except csv.Error as error:
            self._fault(reader.line_num, f"broken CSV: {error}")
        self._same_rows(rows)

    def _cell(self, line: int, row: list[str]) -> Cell | None:
        if len(row) != len(COLUMNS):
            self._fault(line, f"found {len(row)} cells, expected {len(COLUMNS)}")
            return None
        indicator, subject, year, raw, value, status, footnote = row
        if indicator not in self.indicators:
            self._fault(line, unknown("indicator", indicator, self.indicators), "indicator")
        if subject not in self.subjects:
            self._fault(line, unknown("subject", subject, sorted(self.subjects)), "subject")
        if year and not _YEAR.fullmatch(year):
            self._fault(line, f"found '{year}', expected a year or nothing", "year")
            return None
        if footnote and footnote not in self.footnotes:
            self._fault(line, unknown("footnote", footnote, sorted(self.footnotes)), "footnote")
        means, number, parts = self.meaning(raw)
        printed = "" if number is None else digits(number)
        if status != means:
            self._fault(line, f"found '{status}', expected '{means}' for the printed '{raw}'", "status")
        if value != printed:
            self._fault(line, f"found '{value}', expected '{printed}' for the printed '{raw}'", "value")
        return Cell(indicator, subject, int(year) if year else None, raw, number, means, parts, footnote)

    def _same_rows(self, rows: dict[tuple[str, str], list[str]]) -> None:
        """Every column of a printed table has the same rows."""
        expected = max(rows.values(), key=len, default=[])
        for (indicator, year), found in rows.items():
            there = set(found)
            if len(there) < len(found):
                self._fault(None, f"{indicator} {year} has a subject twice")
            missing = [subject for subject in expected if subject not in there]
            if missing and len(self.table.indicators) > 0:
                self._fault(
                    None, f"{indicator} {year} has {len(found)} rows, expected {len(expected)}: no {', '.join(missing)}"
                )

    def _fault(self, line: int | None, problem: str, key: str = "") -> None:
        self.faults.append(Fault(self.file, key, problem, line, 1 if line else None))
