"""`kmtui compare`: two editions beside each other, or two schemes on one edition."""

import click

from kmtui.cli.completion import MAPPING
from kmtui.cli.context import pass_session
from kmtui.cli.options import csv_options, edition_option, parameters_option, roll_up_option
from kmtui.cli.printing import print_document
from kmtui.cli.session import Session
from kmtui.cli.streams import results
from kmtui.export.compared import EDITION_COLUMNS, SCHEME_COLUMNS, edition_rows, scheme_rows
from kmtui.export.delimited import Dialect, write_rows
from kmtui.model.edition import Edition
from kmtui.model.units import UnitMapping
from kmtui.pages.compare import Comparing, mapping_of


@click.command("compare")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option("--scheme", "schemes", is_flag=True, help="A and B are weighting schemes, on the scores of one edition.")
@edition_option
@click.option("--units", is_flag=True, help="Compare units instead of corps.")
@click.option(
    "--mapping", "mapping_id", type=MAPPING, help="Roll up by this unit mapping instead of the edition's own."
)
@roll_up_option
@parameters_option
@click.option("--csv", "as_csv", is_flag=True, help="CSV instead of text.")
@csv_options
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
    dialect: Dialect,
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
    call = _Call(session, units or mapping_id is not None, mapping_id, roll_up, dialect if as_csv else None)
    if schemes:
        call.schemes(session.edition(edition_id), old, new, parameters)
        return
    if parameters:
        raise click.UsageError("--set goes with --scheme; it is for scheme B")
    if edition_id is not None:
        raise click.UsageError("--edition goes with --scheme; two editions are named as A and B")
    first = session.monitor.edition(old)
    call.editions(first, session.edition(new))


class _Call:
    """What is asked of one call."""

    def __init__(
        self, session: Session, units: bool, mapping_id: str | None, roll_up: str | None, dialect: Dialect | None
    ) -> None:
        self.session = session
        self.monitor = session.monitor
        self.units, self.mapping_id, self.roll_up = units, mapping_id, roll_up
        self.dialect = dialect
        """Of the CSV to write; None for a page."""

    def editions(self, old: Edition, new: Edition) -> None:
        comparing = self._comparing(new, old)
        if self.dialect:
            write_rows(results(), EDITION_COLUMNS, edition_rows(comparing.editions(old, new)), self.dialect)
        else:
            print_document(comparing.editions_page(self.session.wording, old, new))

    def schemes(self, edition: Edition, first: str, second: str, parameters: dict[str, int]) -> None:
        comparing, day = self._comparing(edition), edition.head.period.end
        old, new = self.monitor.weigher(first, day=day), self.monitor.weigher(second, parameters, day)
        if self.dialect:
            rows = scheme_rows(edition.id, first, second, comparing.schemes(edition, old, new))
            write_rows(results(), SCHEME_COLUMNS, rows, self.dialect)
        else:
            print_document(comparing.schemes_page(self.session.wording, edition, old, new))

    def _comparing(self, *editions: Edition) -> Comparing:
        mapping = self._mapping(*editions) if self.units else None
        return Comparing(self.monitor, mapping, self.roll_up)

    def _mapping(self, *editions: Edition) -> UnitMapping:
        if self.mapping_id is not None:
            return self.monitor.mapping(editions[0], self.mapping_id)
        own = mapping_of(self.monitor, *editions)
        if own is None:
            raise click.UsageError(f"edition '{editions[0].id}' has no unit mapping; --mapping names one")
        return own
