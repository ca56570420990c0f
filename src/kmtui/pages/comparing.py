"""What is set beside each other: two editions, or two schemes on one edition; their corps, or their units."""

import msgspec

from kmtui.analysis.adapted_weigher import AdaptedWeigher, adapt
from kmtui.analysis.compare import EditionComparison, UnderBoth, compare_editions, compare_schemes
from kmtui.analysis.difference import smallest_difference
from kmtui.analysis.rollup_methods import WORST, RollupMethod, rollup_method
from kmtui.elements import Page
from kmtui.model.edition import Edition
from kmtui.model.units import UnitMapping
from kmtui.monitor import Monitor
from kmtui.pages.compare import Subjects, editions_page, schemes_page
from kmtui.pages.telling import Telling
from kmtui.weighing.weigher import Weigher
from kmtui.wording import Wording


def mapping_of(monitor: Monitor, *editions: Edition) -> UnitMapping | None:
    """The unit mapping of the first edition that has one."""
    own = next((edition for edition in editions if edition.head.unit_mapping), None)
    return monitor.mapping(own) if own else None


class Comparing(msgspec.Struct, frozen=True):
    """How to compare: the corps, or the units of a mapping, which roll up in some way."""

    monitor: Monitor
    mapping: UnitMapping | None = None
    roll_up: str | None = None

    @property
    def way(self) -> RollupMethod:
        """How units roll up: as is asked, else as their mapping says (raises UnknownIdError)."""
        return rollup_method(
            self.monitor.registry, self.roll_up or (self.mapping.roll_up if self.mapping else WORST.id)
        )

    def editions(self, old: Edition, new: Edition) -> EditionComparison:
        """Two editions, each under its own scheme (raises SchemeError where no crosswalk joins them)."""
        weighers = self._weighers(old, new)
        walks = self.monitor.registry.crosswalks.values()
        crosswalk = adapt(weighers[0].framework, weighers[1], walks).crosswalk
        return compare_editions((old, weighers[0]), (new, weighers[1]), crosswalk, self.mapping, self.way)

    def editions_page(self, say: Wording, old: Edition, new: Edition) -> Page:
        """The page of two editions (raises as `editions` does)."""
        telling = Telling(self.monitor.framework(new), say)
        return editions_page(telling, self._subjects(say, old, new), (old, new), self.editions(old, new))

    def schemes(self, edition: Edition, old: Weigher, new: Weigher) -> tuple[UnderBoth, ...]:
        """Two schemes on the scores of an edition (raises SchemeError where a crosswalk lacks)."""
        return compare_schemes(edition, *self._sides(edition, old, new), self.mapping, self.way)

    def schemes_page(self, say: Wording, edition: Edition, old: Weigher, new: Weigher) -> Page:
        """The page of two schemes (raises as `schemes` does)."""
        return schemes_page(
            (Telling(old.framework, say), Telling(new.framework, say)),
            self._subjects(say, edition),
            edition,
            (old.scheme, new.scheme),
            self.schemes(edition, old, new),
            smallest_difference(self.monitor.framework(edition), *self._sides(edition, old, new)),
        )

    def _weighers(self, old: Edition, new: Edition) -> tuple[Weigher, Weigher]:
        return self.monitor.weigher_for(old), self.monitor.weigher_for(new)

    def _sides(self, edition: Edition, old: Weigher, new: Weigher) -> tuple[AdaptedWeigher, AdaptedWeigher]:
        framework, walks = self.monitor.framework(edition), tuple(self.monitor.registry.crosswalks.values())
        return adapt(framework, old, walks), adapt(framework, new, walks)

    def _subjects(self, say: Wording, *editions: Edition) -> Subjects:
        """What corps and units are called, and which of them are units."""
        corps = {corps.id: corps.name for edition in editions for corps in edition.corps}
        units = {unit.id: say.of(unit.name) for unit in self.mapping.units} if self.mapping else {}
        return Subjects(corps | units, frozenset(units))
