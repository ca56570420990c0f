"""An edition as one looks at it: under a scheme, in a language."""

from collections.abc import Sequence
from functools import cached_property

from kmtui.analysis import CorpsVerdict, verdicts
from kmtui.model import Corps, Edition, Figures, PartnerColumn, Score, UnitMapping
from kmtui.monitor import Monitor
from kmtui.pages.telling import Telling
from kmtui.weighing import Weigher
from kmtui.wording import Wording


class View(Telling):
    """An edition of a monitor, the weigher it is seen under, and the words it is told in."""

    def __init__(self, monitor: Monitor, edition: Edition, say: Wording, scheme: str | None = None) -> None:
        self.monitor = monitor
        self.edition = edition
        self.weigher: Weigher = monitor.weigher_for(edition, scheme)
        super().__init__(self.weigher.framework, say)

    @cached_property
    def verdicts(self) -> dict[str, CorpsVerdict]:
        """The verdict of each corps, in the edition's order."""
        return {found.corps: found for found in verdicts(self.edition, self.weigher)}

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
        """The edition's unit mapping, if it has one."""
        return self.monitor.mapping(self.edition) if self.edition.head.unit_mapping else None

    @property
    def figures(self) -> Figures:
        """The tables of figures (raises EditionError)."""
        return self.monitor.figures(self.edition)

    @cached_property
    def earlier(self) -> list[Edition]:
        """The other editions on the same framework that can be opened, newest first."""
        return [
            edition
            for edition in self.monitor.openable()
            if edition.id != self.edition.id and edition.framework == self.edition.framework
        ]

    def score(self, corps_id: str, dimension_id: str) -> Score:
        """One cell."""
        return self.corps[corps_id].scores[dimension_id]

    def badness(self, possible: Sequence[str]) -> tuple[int, ...]:
        """A key that sorts the worst levels first, open scores by their worst, blanks last."""
        ranks = [self.scale.rank(level) for level in possible]
        return (min(ranks), max(ranks)) if ranks else (len(self.scale.levels), 0)
