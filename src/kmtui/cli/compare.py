"""`kmtui compare`: two editions beside each other, or two schemes on one edition."""

import sys
from collections.abc import Iterator

import click

from kmtui.analysis import (
    WORST,
    EditionComparison,
    Shift,
    UnderBoth,
    Way,
    compare_editions,
    compare_schemes,
    side_of,
    smallest_difference,
    way_of,
)
from kmtui.cli.options import dialect_option, edition_option, parameters_option, roll_up_option
from kmtui.cli.printing import print_page
from kmtui.cli.session import Session, pass_session
from kmtui.export import reasons_cell, write_rows
from kmtui.model import Edition, UnitMapping
from kmtui.pages import Telling, editions_page, schemes_page

EDITION_COLUMNS = ("old", "new", "subject", "kind", "dimension", "from", "to", "direction")
SCHEME_COLUMNS = (
    "edition",
    "subject",
    "old",
    "new",
    "from",
    "to",
    "direction",
    "reasons_from",
    "reasons_to",
)


@click.command("compare")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--scheme", "schemes", is_flag=True, help="A and B are weighting schemes, on the scores of one edition.")
@edition_option
@click.option("--units", is_flag=True, help="Compare units instead of corps.")
@click.option("--mapping", "mapping_id", help="Roll up by this unit mapping instead of the edition's own.")
@roll_up_option
@parameters_option
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of text.")
@dialect_option
@pass_session
def command(
    session: Session,
    old: str,
    new: str,
    schemes: bool,
    edition_id: str | None,
    units: bool,
    mapping_id: str | None,
    roll_up: str | None,
    parameters: dict[str, int],
    as_csv: bool,
    dialect: str,
) -> None:
    """Compare edition A with edition B: who changed, from what to what.

    With --scheme, A and B are weighting schemes, set beside each other on the scores of one edition: who would change,
    through which rules, and the smallest set of scores on which the two differ; --set is for B. Where a scheme belongs
    to another framework than the edition, a crosswalk carries the scores over.

    \b
    --csv           old,new,subject,kind,dimension,from,to,direction
    --scheme --csv  edition,subject,old,new,from,to,direction,reasons_from,reasons_to

    kind is published, computed or score; from and to are |-separated, worst first, and empty for blank; direction is
    better, worse, same, unknown, given (no judgement before) or withheld (none any more).
    """
    comparing = _Comparing(session, units or mapping_id is not None, mapping_id, roll_up, dialect if as_csv else None)
    if schemes:
        comparing.schemes(session.edition(edition_id), old, new, parameters)
        return
    if parameters:
        raise click.UsageError("--set goes with --scheme; it is for scheme B")
    if edition_id is not None:
        raise click.UsageError("--edition goes with --scheme; two editions are named as A and B")
    first = session.monitor.edition(old)
    comparing.editions(first, session.edition(new))


class _Comparing:
    """What is asked of one call."""

    def __init__(
        self, session: Session, units: bool, mapping_id: str | None, roll_up: str | None, dialect: str | None
    ) -> None:
        self.session = session
        self.monitor = session.monitor
        self.units, self.mapping_id, self.roll_up = units, mapping_id, roll_up
        self.dialect = dialect
        """Of the CSV to write; None for a page."""

    def editions(self, old: Edition, new: Edition) -> None:
        mapping = self._mapping(new, old)
        weighed = [(edition, self.monitor.weigher_for(edition)) for edition in (old, new)]
        frameworks = [weigher.framework for _, weigher in weighed]
        crosswalk = side_of(frameworks[0], weighed[1][1], self.monitor.registry.crosswalks.values()).crosswalk
        found = compare_editions(weighed[0], weighed[1], crosswalk, mapping, self._way(mapping))
        if self.dialect:
            write_rows(sys.stdout, EDITION_COLUMNS, _edition_rows(found), self.dialect)
            return
        telling = Telling(frameworks[1], self.session.wording)
        print_page(editions_page(telling, self._names(mapping, old, new), (old, new), found))

    def schemes(self, edition: Edition, first: str, second: str, parameters: dict[str, int]) -> None:
        mapping, framework = self._mapping(edition), self.monitor.framework(edition)
        day = edition.head.period.end
        weighers = [self.monitor.weigher(first, day=day), self.monitor.weigher(second, parameters, day)]
        walks = self.monitor.registry.crosswalks.values()
        old, new = (side_of(framework, weigher, walks) for weigher in weighers)
        found = compare_schemes(edition, old, new, mapping, self._way(mapping))
        if self.dialect:
            rows = (_scheme_row(edition.id, old.scheme, new.scheme, one) for one in found)
            write_rows(sys.stdout, SCHEME_COLUMNS, rows, self.dialect)
            return
        tellings = [Telling(weigher.framework, self.session.wording) for weigher in weighers]
        print_page(
            schemes_page(
                (tellings[0], tellings[1]),
                self._names(mapping, edition),
                edition,
                (weighers[0].scheme, weighers[1].scheme),
                found,
                smallest_difference(framework, old, new),
            )
        )

    def _mapping(self, *editions: Edition) -> UnitMapping | None:
        if not self.units:
            return None
        if self.mapping_id is None and not any(edition.head.unit_mapping for edition in editions):
            raise click.UsageError(f"edition '{editions[0].id}' has no unit mapping; --mapping names one")
        own = next((edition for edition in editions if edition.head.unit_mapping), editions[0])
        return self.monitor.mapping(own, self.mapping_id)

    def _way(self, mapping: UnitMapping | None) -> Way:
        return way_of(self.monitor.registry, self.roll_up or (mapping.roll_up if mapping else WORST.id))

    def _names(self, mapping: UnitMapping | None, *editions: Edition) -> dict[str, str]:
        """What corps and units are called, by id."""
        names = {corps.id: corps.name for edition in editions for corps in edition.corps}
        return names | {unit.id: self.session.wording.of(unit.name) for unit in (mapping.units if mapping else ())}


def _edition_rows(found: EditionComparison) -> Iterator[tuple[str, ...]]:
    for course in found.courses:
        shifts = [("published", "", course.published), ("computed", "", course.computed)]
        shifts += [("score", name, shift) for name, shift in course.dimensions.items()]
        for kind, dimension, shift in shifts:
            if shift is not None:
                yield found.old, found.new, course.subject, kind, dimension, *_cells(shift)


def _scheme_row(edition: str, old: str, new: str, found: UnderBoth) -> tuple[str, ...]:
    reasons = (reasons_cell(found.old_deciding), reasons_cell(found.new_deciding))
    return edition, found.subject, old, new, *_cells(found.verdict), *reasons


def _cells(shift: Shift) -> tuple[str, str, str]:
    return "|".join(shift.old), "|".join(shift.new), shift.direction
