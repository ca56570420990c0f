"""Scores from a file of any form that `kmtui export` writes, weighed row by row."""

import os
import stat
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import BinaryIO

import msgspec

from kmtui.export.delimited import unguarded
from kmtui.export.tables import reasons_cell
from kmtui.files.faults import unknown
from kmtui.files.reading import stamp
from kmtui.files.sheets import Row, Sheet, SheetError
from kmtui.model.names import suggestion
from kmtui.model.scale import Level, Scale
from kmtui.weighing.weigher import Weigher

MOST = 100
"""Faults that are reported at most."""
PASSED_OVER = ("edition", "computed", "published")
"""Columns of `kmtui export matrix` that weighing does not need."""
LONG = ("dimension", "possible")
"""Columns that mark the long form, with a row for each score."""
LONG_PASSED_OVER = ("area", "level", "basis", "source", "note")
KEY = ("corps",)
"""The columns that name a subject."""
HASHED_AT_ONCE = 20_000
"""Hashes that are compared in one set."""


NAMES_OF_A_LEVEL: tuple[Callable[[Level], str], ...] = (
    attrgetter("id"),
    attrgetter("label.nl"),
    attrgetter("label.en"),
    attrgetter("letter"),
    attrgetter("glyph"),
    attrgetter("ascii"),
)
"""What a level can be called in a file, in order of preference."""


class WeighFileError(ValueError):
    """A file of scores cannot be weighed; `faults` says for each fault the file, the line or cell, and the column."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class Scored(msgspec.Struct, frozen=True):
    """The scores of one subject: its key, where it stands, and its possible levels by dimension id."""

    key: tuple[str, ...]
    number: int
    levels: Mapping[str, Sequence[str]]


@contextmanager
def steady(raw: BinaryIO, file: str) -> Iterator[BinaryIO]:
    """Read an open file to its end (raises WeighFileError where it changes meanwhile)."""
    before = os.fstat(raw.fileno())
    yield raw
    if stat.S_ISREG(before.st_mode) and stamp(before) != stamp(os.fstat(raw.fileno())):
        raise WeighFileError([f"{file}: it changed while it was being read; weigh it again"])


class LevelNames:
    """Reads cells of levels: by id, label in either language, letter or sign, in any case, with | between several."""

    def __init__(self, scale: Scale) -> None:
        self.scale = scale
        self._names: dict[str, str] = {}
        levels = (*scale.levels, scale.blank)
        for attribute in NAMES_OF_A_LEVEL:
            named = [(attribute(level).casefold(), level.id) for level in levels]
            for name, level_id in named:
                if [other for other, _ in named].count(name) == 1:
                    self._names.setdefault(name, level_id)
        self._known: dict[str, tuple[str, ...]] = {"": ()}

    def __call__(self, cell: str) -> tuple[str, ...]:
        """The ids of the possible levels, none for a blank (raises ValueError with what is wrong)."""
        if cell not in self._known:
            levels = tuple(self._one(part.strip()) for part in cell.strip().split("|")) if cell.strip() else ()
            self._known[cell] = () if levels == (self.scale.blank.id,) else levels
        return self._known[cell]

    def _one(self, name: str) -> str:
        found = self._names.get(name.casefold())
        if found is None:
            ids = self.scale.ids
            expected = f"{', '.join(ids)}, several with | between them, or nothing"
            raise ValueError(f"unknown level '{name}'{suggestion(name, ids) or f', expected {expected}'}")
        return found


class Subjects:
    """The keys that were there already, as hashes: a long file must not fill the memory."""

    def __init__(self, by: Sequence[str]) -> None:
        self.by = by
        self.hashes, self.numbers = array("q"), array("I")

    def add(self, key: tuple[str, ...], number: int) -> None:
        """Note a subject, and where it stands."""
        self.hashes.append(hash(key))
        self.numbers.append(number)

    def repeated(self, sheet: Sheet) -> Iterator[str]:
        """A fault for each row whose subject stands in an earlier one."""
        if not self._any_repeated():
            return
        first: dict[int, int] = {}
        for found, number in zip(self.hashes, self.numbers, strict=True):
            if found in first:
                expected = f"expected each {' and '.join(self.by)} once; --by names the columns that tell rows apart"
                yield f"{sheet.place(number)}: the same {' and '.join(self.by)} as in row {first[found]}, {expected}"
            else:
                first[found] = number

    def _any_repeated(self) -> bool:
        """Whether a hash is there twice, looked for in parts, so that no set of all of them is made."""
        parts = len(self.hashes) // HASHED_AT_ONCE + 1
        for part in range(parts):
            found = [number for number in self.hashes if number % parts == part] if parts > 1 else self.hashes
            if len(set(found)) < len(found):
                return True
        return False


class Columns(msgspec.Struct, frozen=True):
    """Where the columns of a header stand: those of the key, and those of dimensions, or of the long form."""

    key: tuple[int, ...]
    dimensions: Mapping[str, int]
    long: tuple[int, int] | None
    width: int


def columns_of(
    header: Sequence[str], sheet: Sheet, ids: Sequence[str], by: Sequence[str], ignored: Iterable[str]
) -> Columns:
    """The columns of a file with this header (raises WeighFileError with every fault of the header)."""
    names = [name.strip() for name in header]
    is_long = all(name in names for name in LONG)
    wanted = (*by, *(LONG if is_long else ids))
    passed_over = {*ignored, *PASSED_OVER, *(LONG_PASSED_OVER if is_long else ())}
    if not names:
        raise WeighFileError([f"{sheet.place(1)}: found nothing, expected a header: {','.join(wanted)}"])
    faults = []
    for at, name in enumerate(names):
        place = f"{sheet.place(1)}: column {at + 1}"
        if name in wanted and names.index(name) != at:
            faults.append(f"{place}: column '{name}' is there twice")
        elif name not in wanted and name not in passed_over:
            faults.append(f"{place}: {unknown('dimension', name, wanted)}; --ignore '{name}' skips the column")
    missing = [name for name in wanted if name not in names]
    if missing:
        faults.append(f"{sheet.place(1)}: missing column{'s' if len(missing) > 1 else ''} {', '.join(missing)}")
    if faults:
        hint = "; --delimiter names another delimiter" if len(names) == 1 else ""
        raise WeighFileError([f"{fault}{hint}" for fault in faults[:MOST]])
    return Columns(
        key=tuple(names.index(name) for name in by),
        dimensions={} if is_long else {name: names.index(name) for name in ids},
        long=(names.index(LONG[0]), names.index(LONG[1])) if is_long else None,
        width=len(names),
    )


class ScoreReader:
    """Reads the scores of a sheet, and collects its faults in `faults`."""

    def __init__(self, sheet: Sheet, weigher: Weigher, by: Sequence[str], ignored: Iterable[str]) -> None:
        self.sheet, self.by = sheet, by
        self.ids, self.level_of = weigher.framework.dimension_ids, LevelNames(weigher.framework.scale)
        self.faults: list[str] = []
        _, header = next(sheet.rows, Row(1, []))
        self.columns = columns_of(header, sheet, self.ids, by, ignored)
        self.subjects = Subjects(by)

    def scores(self, after: int = 0) -> Iterator[Scored]:
        """Every subject whose row is right, those after so many rows; it ends where there are too many faults."""
        rows = self._long(self.columns.long) if self.columns.long else self._wide(after)
        for scored in rows:
            self.subjects.add(scored.key, scored.number)
            yield scored
        self.faults.extend(list(self.subjects.repeated(self.sheet))[:MOST])

    def _rows(self) -> Iterator[Row]:
        """The rows of the right width; a broken file ends them."""
        try:
            for row in self.sheet.rows:
                if len(self.faults) >= MOST:
                    return
                if len(row.cells) == self.columns.width:
                    yield row
                else:
                    expected = f"expected {self.columns.width} as in the header"
                    self._fault(self.sheet.place(row.number), f"found {len(row.cells)} cells, {expected}")
        except SheetError as error:
            self.faults.append(str(error))

    def _wide(self, after: int) -> Iterator[Scored]:
        for at, row in enumerate(self._rows()):
            key = self._key(row)
            if at < after:
                self.subjects.add(key or (), row.number)
                continue
            levels = dict[str, Sequence[str]]()
            for name, place in self.columns.dimensions.items():
                found = self._levels(row, name, place)
                if found is not None:
                    levels[name] = found
            if key is not None and len(levels) == len(self.columns.dimensions):
                yield Scored(key, row.number, levels)

    def _long(self, columns: tuple[int, int]) -> Iterator[Scored]:
        """Rows of one score each, gathered by subject in the order of their first rows."""
        gathered: dict[tuple[str, ...], dict[str, Sequence[str]]] = {}
        numbers: dict[tuple[str, ...], int] = {}
        for row in self._rows():
            key, name = self._key(row), row.cells[columns[0]].strip()
            if name not in self.ids:
                self._fault(self._cell(row, LONG[0], columns[0]), unknown("dimension", name, self.ids))
                continue
            found = self._levels(row, LONG[1], columns[1])
            if key is None or found is None:
                continue
            numbers.setdefault(key, row.number)
            scores = gathered.setdefault(key, {})
            if name in scores:
                self._fault(self._cell(row, LONG[0], columns[0]), f"'{name}' of {' '.join(key)} is there twice")
            scores[name] = found
        for key, levels in gathered.items():
            yield Scored(key, numbers[key], levels)

    def _key(self, row: Row) -> tuple[str, ...] | None:
        key = tuple(self._exact(row.cells[place].strip()) for place in self.columns.key)
        for name, place, cell in zip(self.by, self.columns.key, key, strict=True):
            if not cell:
                self._fault(self._cell(row, name, place), f"found nothing, expected the {name}")
                return None
        return key

    def _levels(self, row: Row, name: str, place: int) -> tuple[str, ...] | None:
        try:
            return self.level_of(row.cells[place])
        except ValueError as error:
            self._fault(self._cell(row, name, place), str(error))
            return None

    def _exact(self, cell: str) -> str:
        """A cell without the apostrophe that makes formulas harmless in the form for spreadsheets."""
        return unguarded(cell) if self.sheet.delimiter == ";" else cell

    def _cell(self, row: Row, column: str, place: int) -> str:
        return f"{self.sheet.place(row.number, place)}: column {column}"

    def _fault(self, place: str, problem: str) -> None:
        self.faults.append(f"{place}: {problem}")


def weighed(scored: Scored, weigher: Weigher) -> tuple[str, ...]:
    """The row of one subject: its key, verdict, possible verdicts, reasons, and a warning where scores are blank."""
    found = weigher.weigh_levels(scored.levels)
    count = len(weigher.framework.dimension_ids)
    given = sum(1 for levels in scored.levels.values() if levels)
    return (
        *scored.key,
        found.verdict or "",
        "|".join(found.possible),
        reasons_cell(found.deciding),
        warning(given, count),
    )


def warning(given: int, count: int) -> str:
    """How many dimensions a verdict rests on, where that is not all of them."""
    return "" if given == count else f"weighed on {given} of {count}"
