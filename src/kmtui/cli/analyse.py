"""`kmtui analyse`: questions that are asked of a whole edition."""

import click

from kmtui.analysis.catalog import ANALYSES, Choices
from kmtui.blocks import Target
from kmtui.cli.completion import SCHEME
from kmtui.cli.context import pass_session
from kmtui.cli.options import csv_options, edition_option
from kmtui.cli.printing import print_document
from kmtui.cli.session import Session
from kmtui.cli.streams import results
from kmtui.export.delimited import Dialect, text_rows, write_rows
from kmtui.monitor import UnknownIdError
from kmtui.pages.analyses import findings_document
from kmtui.pages.view import View

OPTIONS = {
    "from_year": "--from",
    "to_year": "--to",
    "indicators": "--indicator",
    "dimensions": "--dimension",
    "scheme": "--scheme",
    "every_edition": "--all-editions",
}
"""The option of each choice."""


@click.command(
    "analyse",
    epilog="\b\nAnalyses:\n" + "\n".join(f"  {one.name:<16} {one.answers}" for one in ANALYSES.values()),
)
@click.argument("name", metavar="NAME")
@edition_option
@click.option("--from", "from_year", type=int, metavar="YEAR", help="The first or earlier year.")
@click.option("--to", "to_year", type=int, metavar="YEAR", help="The last or later year.")
@click.option("--indicator", "indicators", multiple=True, metavar="TABLE.ID", help="An indicator; repeatable.")
@click.option("--dimension", "dimensions", multiple=True, metavar="ID", help="A dimension; repeatable.")
@click.option("--scheme", type=SCHEME, help="Weigh under this scheme instead of the edition's own.")
@click.option("--all-editions", "every_edition", is_flag=True, help="Every edition, not one.")
@click.option("--csv", "as_csv", is_flag=True, help="One table as CSV: the first, or the one that --table names.")
@click.option("--table", "table_name", help="Print this table of the analysis only.")
@csv_options
@pass_session
def command(
    session: Session,
    /,
    name: str,
    edition_id: str | None,
    as_csv: bool,
    table_name: str | None,
    dialect: Dialect,
    **chosen: object,
) -> None:
    """Answer one question about an edition from its scores and figures: NAME is one of the analyses below.

    Each prints its tables, and below them what it left out and why; with --csv that goes to standard error.
    """
    if name not in ANALYSES:
        raise UnknownIdError("analysis", name, ANALYSES)
    analysis = ANALYSES[name]
    for choice, value in chosen.items():
        if value and choice not in analysis.takes:
            options = ", ".join(OPTIONS[taken] for taken in analysis.takes) or "none of these options"
            raise click.UsageError(f"{OPTIONS[choice]} does not go with '{name}', which takes {options}")
    edition = session.edition(edition_id)
    _check(session, edition.id, chosen)
    found = analysis.run(session.monitor, edition, Choices(**chosen))  # type: ignore[arg-type]
    names = [table.name for table in found.tables]
    if table_name is not None and table_name not in names:
        raise UnknownIdError("table", table_name, names)
    tables = [table for table in found.tables if table_name in (None, table.name)]
    if not as_csv:
        view = View(session.monitor, edition, session.wording)
        print_document(findings_document(view, Target("analysis", "", name), found, table_name), edition.title)
        return
    columns = [column.name for column in tables[0].columns]
    write_rows(results(), columns, text_rows(tables[0].rows), dialect)
    for text in found.left_out:
        click.echo(session.wording.of(text), err=True)


def _check(session: Session, edition_id: str, chosen: dict[str, object]) -> None:
    """Names of indicators and dimensions that there are (raises UnknownIdError)."""
    edition = session.edition(edition_id)
    known = [
        f"{table.id}.{indicator.id}"
        for table in session.monitor.figures(edition).tables
        for indicator in table.indicators
    ]
    for kind, names, choices in (
        ("indicator", known, chosen["indicators"]),
        ("dimension", session.monitor.framework(edition).dimension_ids, chosen["dimensions"]),
    ):
        assert isinstance(choices, tuple)
        for name in choices:
            if name not in names:
                raise UnknownIdError(kind, name, names)
