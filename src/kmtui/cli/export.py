"""`kmtui export`: tables as CSV."""

import sys

import click

from kmtui.cli.session import Session, pass_session
from kmtui.export import DIALECTS, TABLES, write_rows


@click.command("export")
@click.argument("table", default="scores", type=click.Choice(list(TABLES)))
@click.option("--edition", help="Edition id, or 'all' for every one; else the newest.")
@click.option("--scheme", help="Weigh under this scheme instead of the edition's own (verdicts).")
@click.option(
    "--dialect",
    default="rfc4180",
    show_default=True,
    type=click.Choice(list(DIALECTS)),
    help="; ".join(f"{name}: {dialect.help}" for name, dialect in DIALECTS.items()),
)
@pass_session
def command(session: Session, table: str, edition: str | None, scheme: str | None, dialect: str) -> None:
    """Write TABLE (scores, if none is named) as CSV on standard output.

    \b
    scores    edition,corps,area,dimension,level,possible,basis,source,note
              one row for each corps and dimension; level is empty unless exactly one is
              possible; possible is |-separated, worst first; blank scores have both empty
    verdicts  edition,corps,scheme,computed,possible,published,agrees,reasons
              agrees: yes, assumed (a score rests on the published end score), possible
              (open scores allow others too), no, or empty where nothing was published;
              reasons: the deciding rules with their paragraphs, ? where only possible
    """
    chosen = TABLES[table]
    editions = session.monitor.select(edition)
    rows = (row for one in editions for row in chosen.rows(session.monitor, one, scheme))
    write_rows(sys.stdout, chosen.columns, rows, dialect)
