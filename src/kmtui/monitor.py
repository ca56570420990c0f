"""The entry point for the command line, the interface, tests and notebooks: plugins and editions in one object."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from kmtui.computed_scores import with_added
from kmtui.editions.context import Context
from kmtui.editions.errors import EditionError
from kmtui.editions.parts import PartRead
from kmtui.editions.reader import check_edition
from kmtui.editions.store import EditionEntry, EditionStore, editions_in, find_editions
from kmtui.files.faults import Fault
from kmtui.model.edition import Edition
from kmtui.model.framework import Framework
from kmtui.model.names import UnknownIdError
from kmtui.model.partners import PartnerColumn
from kmtui.model.scheme import Scheme
from kmtui.model.units import UnitMapping
from kmtui.plugins.assembly import load_registry
from kmtui.plugins.discovery import bundled_folder
from kmtui.plugins.failure import note_failure
from kmtui.plugins.registry import Registry
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.weigher import Weigher

__all__ = [
    "EditionEntry",
    "Monitor",
    "NoEditionError",
    "Selection",
    "UnknownIdError",
    "editions_in",
    "monitor_over",
    "open_monitor",
]

if TYPE_CHECKING:
    from kmtui.model.claims import Claims
    from kmtui.model.figures import Figures
    from kmtui.model.questionnaire import Questionnaire
    from kmtui.model.units import Baseline
    from kmtui.model.words import Counts, Glossary, Picture, Recommendations

SLOW = 2.0
"""Seconds; a plugin that takes longer to load is reported."""


class NoEditionError(LookupError):
    """No edition was found at all."""

    def __init__(self) -> None:
        super().__init__("there is no edition")


class Selection(msgspec.Struct, frozen=True):
    """The editions that were asked for, and why others that may belong among them cannot be opened, by id."""

    editions: tuple[Edition, ...]
    passed_over: Mapping[str, EditionError]


class Monitor:
    """The entry point: the registry of plugins over the store of editions. Threads may share it.

    Editions and their parts are read when they are first asked for, and then kept. Where files have changed since, the
    parts that were not read yet are refused (EditionChangedError) until `reload`.
    """

    def __init__(
        self, registry: Registry, entries: Iterable[EditionEntry], known: Mapping[str, Edition] | None = None
    ) -> None:
        """A monitor of these plugins and edition folders; editions that are `known` already are not read."""
        self.registry = registry
        self.context = _context(registry)
        self.store = EditionStore(entries, self.context, self._complete, known)
        self._reported = [
            f"plugin '{plugin.id}': it took {plugin.seconds:.1f} seconds to load"
            for plugin in registry.plugins
            if plugin.seconds > SLOW
        ]

    @property
    def entries(self) -> tuple[EditionEntry, ...]:
        """Every edition that was found, in order of its period; those without a readable head come last."""
        return self.store.entries

    @property
    def edition_ids(self) -> tuple[str, ...]:
        """The ids of the entries."""
        return tuple(entry.id for entry in self.store.entries)

    @property
    def problems(self) -> tuple[str, ...]:
        """Plugins that were slow or computed wrongly, editions that could not be opened, and what was reported."""
        return tuple(dict.fromkeys((*self._reported, *self.store.problems)))

    def report(self, problem: str) -> None:
        """Add to `problems`."""
        self._reported.append(problem)

    def entry(self, edition_id: str) -> EditionEntry:
        """The folder and head of an edition (raises UnknownIdError)."""
        return self.store.entry(edition_id)

    def edition(self, edition_id: str) -> Edition:
        """The head and corps of an edition (raises UnknownIdError, or EditionError with every fault)."""
        return self.store.get(edition_id)

    def reload(self, edition_id: str) -> Edition:
        """The same, read again from its files (raises as `edition` does; what was read before then stays)."""
        return self.store.reload(edition_id)

    def has_changed(self, edition_id: str) -> bool:
        """Whether files of an edition were found to have changed since it was read; `reload` reads them again."""
        return self.store.has_changed(edition_id)

    def _complete(self, edition: Edition, figures: "Callable[[], Figures]") -> tuple[Edition, list[str]]:
        complete, problems = with_added(edition, self.registry, figures)
        for problem in problems:
            note_failure(f"edition '{edition.id}': {problem}")
        return complete, problems

    def check(self, folder: Path) -> tuple[Edition | None, list[Fault]]:
        """The edition in any folder as far as it can be read, and every fault in it."""
        return check_edition(folder, self.context)

    def newest(self) -> Edition:
        """The newest complete edition that can be opened, else the newest (raises as `selection` does)."""
        return self.select(None)[0]

    def figures(self, edition: Edition) -> "Figures":
        """The tables of figures of an edition, or the columns of another that are about it.

        Raises EditionError, or UnknownIdError where the other edition is not there.
        """
        return cast("Figures", self._whole(edition, self.readable_figures(edition)))

    def readable_figures(self, edition: Edition) -> PartRead:
        """The same as far as they can be read, with every fault of the rest (raises as `readable` does)."""
        return self.store.figures(edition)

    def claims(self, edition: Edition) -> "Claims":
        """What the source of an edition asserts (raises EditionError)."""
        return cast("Claims", self._part(edition, "claims"))

    def counts(self, edition: Edition) -> "Counts":
        """The published counts of an edition (raises EditionError)."""
        return cast("Counts", self._part(edition, "counts"))

    def picture(self, edition: Edition) -> "Picture":
        """What the source of an edition says of the country as a whole (raises EditionError)."""
        return cast("Picture", self._part(edition, "picture"))

    def questionnaire(self, edition: Edition) -> "Questionnaire | None":
        """The questionnaire that an edition was made with, None where it has none (raises EditionError)."""
        return cast("Questionnaire | None", self._part(edition, "questionnaire"))

    def recommendations(self, edition: Edition) -> "Recommendations":
        """The recommendations of an edition (raises EditionError)."""
        return cast("Recommendations", self._part(edition, "recommendations"))

    def glossary(self, edition: Edition) -> "Glossary":
        """The abbreviations of an edition (raises EditionError)."""
        return cast("Glossary", self._part(edition, "glossary"))

    def baselines(self, edition: Edition) -> "Mapping[str, Baseline]":
        """The baseline of each unit of an edition's mapping, by id (raises EditionError)."""
        return cast("Mapping[str, Baseline]", self._part(edition, "units"))

    def readable(self, edition: Edition, part: str) -> PartRead:
        """A part of an edition as far as it can be read, None where it cannot at all, with every fault of the rest.

        Raises EditionChangedError where files have changed since the edition was read.
        """
        return self.store.part(edition.id, part)

    def _part(self, edition: Edition, name: str) -> Any:
        return self._whole(edition, self.readable(edition, name))

    def _whole(self, edition: Edition, found: PartRead) -> Any:
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
        """The editions that can be opened, newest first; `problems` names the others."""
        return self.store.openable()

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
    roots = [*edition_folders, *registry.edition_folders, *([bundled_folder("editions")] if bundled else [])]
    return Monitor(registry, find_editions(map(Path, roots), _context(registry)))


def _context(registry: Registry) -> Context:
    return Context(
        registry.frameworks, registry.schemes, registry.partner_columns, registry.mappings, registry.added.keys()
    )
