"""The edition store: the one place that finds, reads, caches, reloads and writes editions. Threads may share it.

A value that has been read is returned without taking the lock. One lock covers reading, reloading and writing, so that
threads which ask for the same edition get the same object. Cached values are immutable.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

import msgspec
from msgspec import field

from kmtui.editions.context import Context
from kmtui.editions.errors import EditionChangedError, EditionError
from kmtui.editions.file_states import FileStates, unchanged
from kmtui.editions.parts import HEAD, PartRead, readable_part
from kmtui.editions.reader import read_edition, read_head
from kmtui.files.faults import Fault
from kmtui.files.reading import is_there
from kmtui.model.edition import Edition, EditionHead
from kmtui.model.names import UnknownIdError

if TYPE_CHECKING:
    from kmtui.model.base import Value
    from kmtui.model.figures import Figures

Complete = Callable[[Edition, "Callable[[], Figures]"], tuple[Edition, list[str]]]
"""Adds computed scores to an edition as it was read, given its figures; returns it with the problems that came up."""


class EditionEntry(msgspec.Struct, frozen=True):
    """An edition folder that was found: its id, and its head or the faults that keep the head from being read."""

    id: str
    folder: Path
    head: EditionHead | None
    faults: tuple[Fault, ...] = ()


class _Record(msgspec.Struct):
    """What has been read of one edition. Fields are assigned under the store's lock."""

    read: Edition
    """As its files have it."""
    states: FileStates | None
    complete: Edition | None = None
    """With computed scores; None until they are asked for."""
    parts: dict[str, PartRead] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    has_changed: bool = False
    """Whether a change of its files was noticed."""


class EditionStore:
    """Editions by id: `get` and `part` read and cache, `reload` reads again, `write` and `create` change the disk."""

    def __init__(
        self,
        entries: Iterable[EditionEntry],
        context: Context,
        complete: Complete = lambda edition, _: (edition, []),
        known: Mapping[str, Edition] | None = None,
    ) -> None:
        """A store over the entries; editions that are `known` already are not read."""
        self._context = context
        self._complete = complete
        self._lock = RLock()
        self._entries = tuple(sorted(entries, key=_by_period))
        self._records = {name: _Record(edition, None, edition) for name, edition in (known or {}).items()}
        self._unopened: dict[str, str] = {}

    @property
    def entries(self) -> tuple[EditionEntry, ...]:
        """Every edition that was found, in order of its period; those without a readable head come last."""
        return self._entries

    @property
    def problems(self) -> list[str]:
        """Editions that `openable` skipped, and what went wrong with computed scores."""
        with self._lock:
            return [*self._unopened.values(), *(text for record in self._records.values() for text in record.problems)]

    def entry(self, edition_id: str) -> EditionEntry:
        """The entry of an edition (raises UnknownIdError)."""
        for entry in self._entries:
            if entry.id == edition_id:
                return entry
        raise UnknownIdError("edition", edition_id, [entry.id for entry in self._entries])

    def get(self, edition_id: str) -> Edition:
        """Head and corps of an edition, read at the first call; every call returns the same object.

        Raises UnknownIdError, or EditionError with every fault.
        """
        record = self._records.get(edition_id)
        if record is not None and record.complete is not None:
            return record.complete
        with self._lock:
            return self._completed(self._record(edition_id))

    def openable(self) -> Iterator[Edition]:
        """The editions that can be opened, newest first; `problems` names the others."""
        for entry in reversed(self._entries):
            if entry.head is not None:
                try:
                    yield self.get(entry.id)
                except EditionError as error:
                    with self._lock:
                        self._unopened[entry.id] = f"edition '{entry.id}': {error}"

    def part(self, edition_id: str, name: str) -> PartRead:
        """An optional part of an edition (a key of PARTS), as far as it can be read.

        Raises UnknownIdError, EditionChangedError where files have changed since the edition was read, or EditionError
        where the edition itself cannot be read.
        """
        record = self._records.get(edition_id)
        found = record.parts.get(name) if record is not None else None
        if found is None:
            with self._lock:
                found = self._part(self._record(edition_id), name)
        return found

    def figures(self, edition: Edition) -> PartRead:
        """The figures of an edition, which may be columns of another one's tables (raises as `part` does)."""
        elsewhere = edition.head.figures
        if elsewhere is None:
            return self.part(edition.id, "figures")
        return _of_years(self.part(elsewhere.edition, "figures"), elsewhere.years)

    def has_changed(self, edition_id: str) -> bool:
        """Whether reading a part noticed that files of the edition have changed, so that only `reload` helps."""
        record = self._records.get(edition_id)
        return record is not None and record.has_changed

    def reload(self, edition_id: str) -> Edition:
        """Read an edition again from its files; its parts follow when they are asked for.

        Raises EditionError where it cannot be read; the store then keeps what it had. Editions that take figures from
        it are read again as well, when they are next asked for.
        """
        with self._lock:
            entry = self.entry(edition_id)
            record = self._read(entry)
            self._completed(record)
            self._replace(entry, record)
            assert record.complete is not None
            return record.complete

    def write(self, edition_id: str, *values: "Value") -> Edition:
        """Change files of an edition that exists, and reload it.

        Each value replaces the file that it belongs to: an EditionHead, Corps, Baseline, Claims, Counts, Figures (with
        the tables), Picture or Recommendations; comments and the order of keys in the TOML files stay. Scores that
        plugins compute are not written. The edition that would result is checked before any file is replaced.

        Raises EditionError with every fault of that edition, EditionChangedError where files have changed since they
        were read, TimeoutError where another process keeps writing, or OSError; the files then stay as they were.
        """
        from kmtui.editions.writing import change_edition
        from kmtui.files.writing import sole_writer

        folder = self.entry(edition_id).folder
        with sole_writer(folder), self._lock:
            record = self._record(edition_id)
            with unchanged(folder, record.states):
                pass
            change_edition(folder, record.read, record.complete, values, self._context)
            return self.reload(edition_id)

    def create(self, folder: Path, edition: Edition, *parts: "Value") -> Edition:
        """Write a new edition (see `writing.write_edition`) and add it to the store; an entry of the same id goes."""
        from kmtui.editions.writing import write_edition

        write_edition(folder, edition, self._context, *parts)
        with self._lock:
            entry = find_entry(folder, self._context)
            record = self._read(entry)
            self._completed(record)
            self._replace(entry, record)
            assert record.complete is not None
            return record.complete

    def _record(self, edition_id: str) -> _Record:
        """The record of an edition, read if need be; its computed scores may be lacking. Needs the lock."""
        record = self._records.get(edition_id)
        if record is None:
            record = self._records[edition_id] = self._read(self.entry(edition_id))
        return record

    def _read(self, entry: EditionEntry) -> _Record:
        folder = entry.folder
        with unchanged(folder) as states:
            edition = read_edition(folder, self._context)
        if edition.id != entry.id:
            problem = f"found '{edition.id}', it was '{entry.id}' when the edition was found; start again to open it"
            raise EditionError(folder, [Fault(folder / HEAD, "id", problem)])
        return _Record(edition, states)

    def _completed(self, record: _Record) -> Edition:
        """The edition of a record with its computed scores. Needs the lock."""
        if record.complete is None:
            edition, problems = self._complete(record.read, lambda: self._whole_figures(record))
            record.problems = tuple(f"edition '{edition.id}': {problem}" for problem in problems)
            record.complete = edition
            self._unopened.pop(edition.id, None)
        return record.complete

    def _part(self, record: _Record, name: str) -> PartRead:
        """A part of the edition of a record. Needs the lock."""
        if name not in record.parts:
            folder = self.entry(record.read.id).folder
            try:
                with unchanged(folder, record.states):
                    found = readable_part(folder, name, record.read, self._context)
            except EditionChangedError:
                record.has_changed = True
                raise
            record.parts[name] = found
        return record.parts[name]

    def _whole_figures(self, record: _Record) -> "Figures":
        """The figures that scorers compute from (raises EditionError with every fault). Needs the lock."""
        elsewhere = record.read.head.figures
        source = record if elsewhere is None else self._record(elsewhere.edition)
        found = self._part(source, "figures")
        if found.faults:
            raise EditionError(self.entry(source.read.id).folder, found.faults)
        figures: Figures = found.value
        return figures if elsewhere is None else figures.of_years(elsewhere.years)

    def _replace(self, entry: EditionEntry, record: _Record) -> None:
        """Put what was read of an edition in the place of what was known of it. Needs the lock."""
        head = record.read.head
        entry = EditionEntry(entry.id, entry.folder, head)
        self._entries = tuple(sorted((entry, *(old for old in self._entries if old.id != entry.id)), key=_by_period))
        self._records[entry.id] = record
        for name, other in list(self._records.items()):
            source = other.read.head.figures
            if source is not None and source.edition == entry.id and name != entry.id and other.states is not None:
                del self._records[name]


def find_editions(roots: Iterable[Path], context: Context) -> list[EditionEntry]:
    """The editions at several places; the first of an id wins."""
    entries: dict[str, EditionEntry] = {}
    for folder in (folder for root in roots for folder in editions_in(root)):
        entry = find_entry(folder, context)
        entries.setdefault(entry.id, entry)
    return list(entries.values())


def find_entry(folder: Path, context: Context) -> EditionEntry:
    """The entry of the edition in a folder, whether or not its head can be read."""
    try:
        head = read_head(folder, context)
    except EditionError as error:
        return EditionEntry(folder.name, folder, None, error.faults)
    return EditionEntry(head.id, folder, head)


def editions_in(root: Path) -> list[Path]:
    """The edition folders at a place: the place itself, or the folders in it."""
    try:
        if not is_there(root / HEAD):
            return sorted(folder for folder in root.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    except OSError:  # reading the head reports it
        pass
    return [root]


def _of_years(found: PartRead, years: Iterable[int]) -> PartRead:
    return found._replace(value=found.value.of_years(tuple(years)))


def _by_period(entry: EditionEntry) -> tuple[bool, str, str]:
    return (entry.head is None, str(entry.head.period.end) if entry.head else "", entry.id)
