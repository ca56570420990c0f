"""The one object that opens the world: the registry of plugins, and the editions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec
from msgspec import field

from kmtui.computed_scores import with_added
from kmtui.editions.context import Context
from kmtui.editions.errors import EditionError
from kmtui.editions.layout import HEAD
from kmtui.editions.parts import Found, readable_part
from kmtui.editions.reader import check_edition, read_edition, read_head
from kmtui.editions.watch import State, unchanged
from kmtui.files.faults import Fault
from kmtui.files.reading import is_there
from kmtui.model.edition import Edition, EditionHead
from kmtui.model.framework import Framework
from kmtui.model.partners import PartnerColumn
from kmtui.model.scheme import Scheme
from kmtui.model.units import UnitMapping
from kmtui.plugins.assembly import load_registry
from kmtui.plugins.discovery import bundled_folder
from kmtui.plugins.registry import Registry
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.weigher import Weigher

if TYPE_CHECKING:
    from kmtui.model.claims import Claims
    from kmtui.model.figures import Figures
    from kmtui.model.units import Baseline
    from kmtui.model.words import Counts, Picture, Recommendations

SLOW = 2.0
"""Seconds after which a plugin that takes longer to load is told of."""


class UnknownIdError(LookupError):
    """A name that does not exist; `known` are those that do."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        super().__init__(f"unknown {kind} '{name}'")


class NoEditionError(LookupError):
    """No edition was found at all."""

    def __init__(self) -> None:
        super().__init__("there is no edition")


class EditionEntry(msgspec.Struct, frozen=True):
    """An edition folder that was found: its id, and its head or the faults that keep the head from being read."""

    id: str
    folder: Path
    head: EditionHead | None
    faults: tuple[Fault, ...] = ()


class Selection(msgspec.Struct, frozen=True):
    """The editions that were asked for, and why others that may belong among them cannot be opened, by id."""

    editions: tuple[Edition, ...]
    passed_over: Mapping[str, EditionError]


class Monitor(msgspec.Struct, frozen=True, dict=True):
    """The plugins and editions that are at hand. Editions are read when they are first asked for, and then kept.

    A part of an edition that is read later goes with the rest: where files have changed meanwhile, it is refused.
    `problems` tells which plugins were slow, and what they did wrong with the editions that have been read.
    """

    registry: Registry
    entries: tuple[EditionEntry, ...]
    _read: dict[str, Edition] = field(default_factory=dict)
    _parts: dict[tuple[str, str], Found] = field(default_factory=dict)
    _states: dict[str, State] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @cached_property
    def edition_ids(self) -> tuple[str, ...]:
        """Every edition that was found, in order of its period, those without a readable head last."""
        return tuple(entry.id for entry in self.entries)

    def entry(self, edition_id: str) -> EditionEntry:
        """Where an edition is and what its head says (raises UnknownIdError)."""
        for entry in self.entries:
            if entry.id == edition_id:
                return entry
        raise UnknownIdError("edition", edition_id, self.edition_ids)

    def edition(self, edition_id: str) -> Edition:
        """The head and corps of an edition (raises UnknownIdError, or EditionError with every fault)."""
        if edition_id not in self._read:
            folder = self.entry(edition_id).folder
            with unchanged(folder) as self._states[edition_id]:
                edition = read_edition(folder, self.context)
            if edition.id != edition_id:
                problem = f"found '{edition.id}', it was '{edition_id}' when the edition was found; open it again"
                raise EditionError(folder, [Fault(folder / HEAD, "id", problem)])
            framework, added = self.framework(edition), self.registry.added.values()
            edition, problems = with_added(edition, framework, added, lambda: self.figures(edition))
            self.problems.extend(f"edition '{edition_id}': {problem}" for problem in problems)
            self._read[edition_id] = edition
        return self._read[edition_id]

    @cached_property
    def context(self) -> Context:
        """What editions may refer to."""
        return _context(self.registry)

    def check(self, folder: Path) -> tuple[Edition | None, list[Fault]]:
        """The edition in any folder as far as it can be read, and everything that is wrong with it."""
        return check_edition(folder, self.context)

    def newest(self) -> Edition:
        """The newest complete edition that can be opened, else the newest (raises as `selection` does)."""
        return self.select(None)[0]

    def figures(self, edition: Edition) -> "Figures":
        """The tables of figures of an edition, or the columns of another that are about it.

        Raises EditionError, or UnknownIdError where the other edition is not there.
        """
        return cast("Figures", self._whole(edition, self.readable_figures(edition)))

    def readable_figures(self, edition: Edition) -> Found:
        """The same as far as they can be read, with what is wrong with the rest (raises as `readable` does)."""
        elsewhere = edition.head.figures
        if elsewhere is None:
            return self.readable(edition, "figures")
        found = self.readable(self.edition(elsewhere.edition), "figures")
        return found._replace(value=found.value.of_years(elsewhere.years))

    def claims(self, edition: Edition) -> "Claims":
        """What the source of an edition asserts (raises EditionError)."""
        return cast("Claims", self._part(edition, "claims"))

    def counts(self, edition: Edition) -> "Counts":
        """The published counts of an edition (raises EditionError)."""
        return cast("Counts", self._part(edition, "counts"))

    def picture(self, edition: Edition) -> "Picture":
        """What the source of an edition tells of the country as a whole (raises EditionError)."""
        return cast("Picture", self._part(edition, "picture"))

    def recommendations(self, edition: Edition) -> "Recommendations":
        """The recommendations of an edition (raises EditionError)."""
        return cast("Recommendations", self._part(edition, "recommendations"))

    def baselines(self, edition: Edition) -> "Mapping[str, Baseline]":
        """The baseline of each unit of an edition's mapping, by id (raises EditionError)."""
        return cast("Mapping[str, Baseline]", self._part(edition, "units"))

    def readable(self, edition: Edition, part: str) -> Found:
        """A part of an edition as far as it can be read, None where it cannot at all, with what is wrong with the rest.

        Raises EditionError where files have changed meanwhile.
        """
        key = edition.id, part
        if key not in self._parts:
            folder = self.entry(edition.id).folder
            with unchanged(folder, self._states.get(edition.id)):
                found = readable_part(folder, part, self._read.get(edition.id, edition), self.context)
            self._parts[key] = found
        return self._parts[key]

    def _part(self, edition: Edition, name: str) -> Any:
        return self._whole(edition, self.readable(edition, name))

    def _whole(self, edition: Edition, found: Found) -> Any:
        if found.faults:
            raise EditionError(self.entry(edition.id).folder, found.faults)
        return found.value

    def mapping(self, edition: Edition, mapping_id: str | None = None) -> UnitMapping:
        """The unit mapping asked for, else the edition's own (raises UnknownIdError)."""
        name = mapping_id or edition.head.unit_mapping or ""
        if name not in self.registry.mappings:
            raise UnknownIdError("unit mapping", name, self.registry.mappings)
        return self.registry.mappings[name]

    def partner_columns(self, edition: Edition) -> list[PartnerColumn]:
        """The columns of judgements on partners that an edition has, in its order."""
        columns = self.registry.partner_columns
        return [columns[name] for name in edition.head.partners]

    def openable(self) -> Iterator[Edition]:
        """The editions that can be opened, newest first; the others are passed over, and told of in `problems`."""
        for entry in reversed(self.entries):
            if entry.head is not None:
                try:
                    yield self.edition(entry.id)
                except EditionError as error:
                    problem = f"edition '{entry.id}': {error}"
                    if problem not in self.problems:
                        self.problems.append(problem)

    def select(self, edition_id: str | None) -> list[Edition]:
        """The editions of a selection (raises as `selection` does)."""
        return list(self.selection(edition_id).editions)

    def selection(self, edition_id: str | None) -> Selection:
        """The edition with this id; every one that can be opened, oldest first, for `all`; for None the newest.

        A complete edition goes before a newer one that is half known. Raises UnknownIdError, EditionError with every
        fault where none can be opened, or NoEditionError.
        """
        failed = {entry.id: EditionError(entry.folder, entry.faults) for entry in self.entries if entry.head is None}
        if edition_id is not None and edition_id != "all":
            return Selection((self.edition(edition_id),), failed)
        heads = [entry.head for entry in self.entries if entry.head is not None]
        if edition_id is None:
            heads.reverse()
            heads.sort(key=lambda head: head.unmentioned is not None)
        opened: list[Edition] = []
        for head in heads:
            if opened and edition_id is None:
                break
            try:
                opened.append(self.edition(head.id))
            except EditionError as error:
                failed[head.id] = error
        if opened:
            return Selection(tuple(opened), failed)
        if not failed:
            raise NoEditionError
        raise EditionError(self.entries[-1].folder, [fault for error in failed.values() for fault in error.faults])

    def framework(self, edition: Edition) -> Framework:
        """The framework that an edition was scored on."""
        return self.registry.frameworks[edition.framework]

    def scheme(self, scheme_id: str) -> Scheme:
        """A weighting scheme (raises UnknownIdError)."""
        if scheme_id not in self.registry.schemes:
            raise UnknownIdError("weighting scheme", scheme_id, self.registry.schemes)
        return self.registry.schemes[scheme_id]

    def weigher(self, scheme_id: str, parameters: Mapping[str, int] | None = None, day: date | None = None) -> Weigher:
        """A scheme made ready to weigh, with its parameters of the day.

        Raises UnknownIdError, or SchemeError for parameters that do not fit.
        """
        scheme = self.scheme(scheme_id)
        return Weigher(self.registry.frameworks[scheme.framework], scheme, parameters, day)

    def weigher_for(self, edition: Edition, scheme_id: str | None = None) -> Weigher:
        """The edition's own scheme, or another one for the same framework (raises UnknownIdError or SchemeError)."""
        scheme = self.scheme(scheme_id or edition.scheme)
        if scheme.framework != edition.framework:
            raise SchemeError(
                f"scheme '{scheme.id}' weighs framework '{scheme.framework}', but edition '{edition.id}' is scored on "
                f"'{edition.framework}'"
            )
        return self.weigher(scheme.id, day=edition.head.period.end)


def open_monitor(
    plugin_folders: Iterable[Path] = (),
    edition_folders: Iterable[Path] = (),
    disabled: Collection[str] = (),
    *,
    bundled: bool = True,
    installed: bool = True,
) -> Monitor:
    """Load all plugins and find all editions: the bundled ones, those of plugins, and those in the named folders.

    Plugins whose ids are `disabled` are not imported; plugins and editions that are `bundled`, and plugins that are
    `installed`, can be left out. A named edition folder is one edition, or holds several. The first edition of a name
    wins; nothing is read from the current folder unless it is named.
    """
    registry = load_registry(plugin_folders, disabled, bundled=bundled, installed=installed)
    return monitor_over(registry, edition_folders, bundled=bundled)


def monitor_over(registry: Registry, edition_folders: Iterable[Path] = (), *, bundled: bool = True) -> Monitor:
    """The editions in the named folders, of these plugins and, unless they are left out, the bundled ones."""
    context = _context(registry)
    roots = [*edition_folders, *registry.edition_folders, *([bundled_folder("editions")] if bundled else [])]
    entries: dict[str, EditionEntry] = {}
    for folder in (folder for root in roots for folder in editions_in(Path(root))):
        entry = _entry(folder, context)
        entries.setdefault(entry.id, entry)
    slow = [
        f"plugin '{plugin.id}': it took {plugin.seconds:.1f} seconds to load"
        for plugin in registry.plugins
        if plugin.seconds > SLOW
    ]
    return Monitor(registry, tuple(sorted(entries.values(), key=_by_period)), problems=slow)


def editions_in(root: Path) -> list[Path]:
    """The folders of the editions at a place: the place itself, or those in it."""
    try:
        if not is_there(root / "edition.toml"):
            return sorted(folder for folder in root.iterdir() if folder.is_dir() and not folder.name.startswith("."))
    except OSError:  # reading the head will tell
        pass
    return [root]


def _context(registry: Registry) -> Context:
    return Context(
        registry.frameworks, registry.schemes, registry.partner_columns, registry.mappings, registry.added.keys()
    )


def _entry(folder: Path, context: Context) -> EditionEntry:
    try:
        head = read_head(folder, context)
    except EditionError as error:
        return EditionEntry(folder.name, folder, None, error.faults)
    return EditionEntry(head.id, folder, head)


def _by_period(entry: EditionEntry) -> tuple[bool, str, str]:
    return (entry.head is None, str(entry.head.period.end) if entry.head else "", entry.id)
