"""`kmtui export`: tables as CSV."""

from pathlib import Path

import click

from kmtui.cli.context import pass_session
from kmtui.cli.errors import EXPLAINED
from kmtui.cli.options import roll_up_option
from kmtui.cli.session import Session
from kmtui.cli.streams import results
from kmtui.export.delimited import DIALECTS, write_rows
from kmtui.export.package import write_package
from kmtui.export.tables import TABLES, Export
from kmtui.monitor import UnknownIdError
from kmtui.plugins.failure import blaming
from kmtui.plugins.offers import ExportContext, Exporter
from kmtui.terminal import visible


@click.command("export")
@click.argument("table", default="scores", type=click.Choice([*TABLES, "all"]))
@click.option("--edition", help="Edition id, or 'all' for every one; else the newest complete one.")
@click.option("--scheme", help="Weigh under this scheme instead of the edition's own (verdicts, units).")
@click.option("--mapping", help="Roll up by this unit mapping instead of the edition's own (units).")
@roll_up_option
@click.option(
    "--dialect",
    default="rfc4180",
    show_default=True,
    type=click.Choice(list(DIALECTS)),
    help="; ".join(f"{name}: {dialect.help}" for name, dialect in DIALECTS.items()),
)
@click.option("--format", "format_id", help="Write in this format of a plugin's instead of CSV.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder for 'all'; each file is written whole or not."
)
@pass_session
def command(
    session: Session,
    table: str,
    edition: str | None,
    scheme: str | None,
    mapping: str | None,
    roll_up: str | None,
    dialect: str,
    format_id: str | None,
    output: Path | None,
) -> None:
    """Write TABLE (scores, if none is named) as CSV on standard output.

    'all' writes every table into a folder (-o), with a datapackage.json that describes each column.

    \b
    scores      edition,corps,area,dimension,level,possible,basis,source,note
    verdicts    edition,corps,scheme,computed,possible,published,agrees,reasons
    partners    edition,corps,partner,level,possible,basis,source,note
    indicators  edition,table,indicator,subject,year,value,raw,status,footnote
    units       edition,mapping,unit,dimension,level,possible,distribution
    claims      edition,claim,source,asserted,found,outcome
    counts      edition,kind,about,levels,count,exact,source,note
    recommendations  edition,recommendation,addressees,theme,repeated,source,text
    words       edition,kind,subject,about,source,text

    level is empty unless exactly one is possible; possible is |-separated, worst first; blank scores have both empty.
    agrees is yes, assumed (a score rests on the published end score), possible, no, or empty.
    """
    exporter = _exporter(session, format_id) if format_id else None
    exports = [Export(session.monitor, one, scheme, mapping, roll_up) for one in session.select(edition)]
    if table == "all":
        if exporter is not None:
            raise click.UsageError("'all' is written as CSV; name one table to use --format")
        if output is None:
            raise click.UsageError("'all' needs a folder to write to: -o FOLDER")
        write_package(output, exports, dialect, lambda file: click.echo(visible(str(file)), err=True))
        return
    if output is not None:
        raise click.UsageError("-o goes with 'all'; one table goes to standard output: kmtui export TABLE > FILE")
    chosen = TABLES[table]
    columns = tuple(column.name for column in chosen.columns)
    rows = (row for export in exports for row in chosen.rows(export))
    if exporter is None:
        write_rows(results(), columns, rows, dialect)
        return
    owner, out = session.monitor.registry.owner("exporters", exporter.id), results()
    with blaming(owner, f"exporter '{exporter.id}'", but=EXPLAINED):
        for piece in exporter.write(ExportContext(table, columns, rows, session.language)):
            out.write(piece)


def _exporter(session: Session, name: str) -> Exporter:
    exporters = session.monitor.registry.exporters
    if name not in exporters:
        raise UnknownIdError("format", name, exporters)
    return exporters[name]
