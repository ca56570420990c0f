"""An edition as one looks at it: under a scheme, in a language."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import dropwhile
from typing import TYPE_CHECKING, cast

from kmtui.analysis.adapted_weigher import adapt_to_edition
from kmtui.analysis.projection import projected_on
from kmtui.analysis.verdicts import CorpsVerdict, corps_verdict
from kmtui.blocks import Block, Document, Target
from kmtui.editions.errors import EditionError
from kmtui.editions.parts import PartRead
from kmtui.files.faults import Fault
from kmtui.model.crosswalk import Crosswalk
from kmtui.model.edition import Corps, Edition
from kmtui.model.partners import PartnerColumn
from kmtui.model.score import Score
from kmtui.model.units import Baseline, UnitMapping
from kmtui.monitor import Monitor
from kmtui.pages.labels import Labels
from kmtui.weighing.weigher import Weigher
from kmtui.wording import Wording

if TYPE_CHECKING:
    from kmtui.model.figures import Figures, FigureTable, LevelTable


class View(Labels):
    """An edition of a monitor, the weigher that weighs it, and the language of what is shown.

    Under a scheme of another framework, `edition` is what a `crosswalk` makes of it, and `own` the view on it as read.
    """

    def __init__(self, monitor: Monitor, edition: Edition, say: Wording, scheme: str | None = None) -> None:
        side = adapt_to_edition(monitor, edition, scheme or edition.scheme)
        super().__init__(side.weigher.framework, say)
        self.monitor = monitor
        self.weigher: Weigher = side.weigher
        self.crosswalk: Crosswalk | None = side.crosswalk
        self.edition = projected_on(monitor, edition, self.framework) or edition
        self.own = View(monitor, edition, say) if side.crosswalk else self
        self._verdicts: dict[str, CorpsVerdict] = {}

    def document(self, target: Target, title: str, *blocks: Block) -> Document:
        """A document in the language of the view."""
        return Document(target, title, blocks, self.say.language)

    @property
    def is_by_own_rules(self) -> bool:
        """Whether the scheme is the one that the edition itself names."""
        return self.weigher.scheme.id == self.own.edition.scheme

    def verdict(self, corps_id: str) -> CorpsVerdict:
        """The verdict of one corps, weighed when it is first asked for (raises KeyError, or as `Weigher.weigh`)."""
        if corps_id not in self._verdicts:
            self._verdicts[corps_id] = corps_verdict(self.corps[corps_id], self.weigher)
        return self._verdicts[corps_id]

    @cached_property
    def corps(self) -> dict[str, Corps]:
        """The corps by id, in the edition's order."""
        return {corps.id: corps for corps in self.edition.corps}

    @cached_property
    def partners(self) -> dict[str, PartnerColumn]:
        """The columns of judgements on partners by id, in the edition's order."""
        return {column.id: column for column in self.monitor.partner_columns(self.edition)}

    @cached_property
    def mapping(self) -> UnitMapping | None:
        """The edition's unit mapping, else that of the newest which has one, if it takes in any of this one's corps."""
        heads = (self.edition.head, *(entry.head for entry in reversed(self.monitor.entries) if entry.head))
        named = next((head.unit_mapping for head in heads if head.unit_mapping), None)
        found = self.monitor.registry.mappings.get(named or "")
        return found if found and any(corps in self.corps for unit in found.units for corps in unit.corps) else None

    @cached_property
    def _read_figures(self) -> PartRead:
        """The tables as far as they can be read (raises EditionError where the list of them cannot)."""
        from kmtui.editions.figures import INDICATORS

        found = self.monitor.readable_figures(self.edition)
        listed = [fault for fault in found.faults if fault.file.name == INDICATORS]
        if listed:
            raise EditionError(listed[0].file.parent, listed)
        return found

    @cached_property
    def table_faults(self) -> Mapping[str, Sequence[Fault]]:
        """What is wrong with each table that has faults, by its number (raises EditionError)."""
        from kmtui.editions.figures import faults_by_table

        return faults_by_table(self._read_figures.value, self._read_figures.faults)

    @property
    def tables(self) -> "tuple[FigureTable, ...]":
        """Every table, those with faults among them (raises EditionError)."""
        return cast("Figures", self._read_figures.value).tables

    @property
    def level_tables(self) -> "tuple[LevelTable, ...]":
        """The printed tables of levels (raises EditionError)."""
        return cast("Figures", self._read_figures.value).level_tables

    @cached_property
    def figures(self) -> "Figures":
        """The tables of figures without those that have faults (raises EditionError)."""
        sound = tuple(table for table in self.tables if table.id not in self.table_faults)
        return cast("Figures", self._read_figures.value).replace(tables=sound)

    def table(self, table_id: str) -> "FigureTable":
        """One table (raises KeyError, or EditionError with its faults)."""
        if table_id in self.table_faults:
            faults = self.table_faults[table_id]
            raise EditionError(faults[0].file.parent, faults)
        return self.figures.table(table_id)

    @property
    def stray_faults(self) -> list[Fault]:
        """What is wrong with figures beside the tables that are listed."""
        listed = [fault for faults in self.table_faults.values() for fault in faults]
        return [fault for fault in self._read_figures.faults if fault not in listed]

    @cached_property
    def baselines(self) -> Mapping[str, Baseline]:
        """The baselines of units that have no faults, by id."""
        found = self.monitor.readable(self.edition, "units")
        broken = {fault.file.stem for fault in found.faults}
        return {name: baseline for name, baseline in found.value.items() if name not in broken}

    def baseline(self, unit_id: str) -> Baseline | None:
        """The baseline of a unit, if it has one (raises EditionError with its faults)."""
        faults = [fault for fault in self.monitor.readable(self.edition, "units").faults if fault.file.stem == unit_id]
        if faults:
            raise EditionError(faults[0].file.parent, faults)
        return self.baselines.get(unit_id)

    @cached_property
    def earlier(self) -> list[Edition]:
        """The other editions that can be opened, newest first, as they look on this framework if they do."""
        others = (edition for edition in self.monitor.openable() if edition.id != self.edition.id)
        return [seen for edition in others if (seen := projected_on(self.monitor, edition, self.framework))]

    @cached_property
    def previous(self) -> Edition | None:
        """The edition before this one, as it looks on this framework, if there is one that can be opened."""
        older = dropwhile(lambda edition: edition.id != self.edition.id, self.monitor.openable())
        next(older, None)
        return next((seen for edition in older if (seen := projected_on(self.monitor, edition, self.framework))), None)

    def score(self, corps_id: str, dimension_id: str) -> Score:
        """One cell."""
        return self.corps[corps_id].scores[dimension_id]

    def badness(self, possible: Sequence[str]) -> tuple[int, ...]:
        """A key that sorts the worst levels first, open scores by their worst, blanks last."""
        ranks = [self.scale.rank(level) for level in possible]
        return (min(ranks), max(ranks)) if ranks else (len(self.scale.levels), 0)
