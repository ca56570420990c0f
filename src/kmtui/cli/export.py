"""`kmtui export`: tables as CSV and in other formats."""

import io
import sys
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path

import click

from kmtui import __version__
from kmtui.cli.completion import EDITION_OR_ALL, MAPPING, SCHEME
from kmtui.cli.context import pass_session
from kmtui.cli.errors import EXPLAINED
from kmtui.cli.options import csv_options, roll_up_option
from kmtui.cli.session import Session
from kmtui.cli.streams import binary_results, results
from kmtui.export.catalog import NAMES, TABLES, context_of, csv_rows, package_of, table_of
from kmtui.export.delimited import Dialect, write_rows
from kmtui.export.schema import Export, Table, export_of
from kmtui.files.writing import write_atomically
from kmtui.monitor import UnknownIdError
from kmtui.plugins.failure import blaming
from kmtui.plugins.offers import Exporter
from kmtui.terminal import visible

CSV = "csv"
WIDTH = 98
ALL = "all"
EXTRAS = {
    "parquet": ("parquet", ("pyarrow",)),
    "xlsx": ("xlsx", ("xlsxwriter",)),
    "duckdb": ("duckdb", ("duckdb", "pyarrow")),
}
"""The extra that a format needs, and the packages that it brings."""


def _columns_of(table: Table) -> str:
    """The name of a table and its columns, in lines that fit on a page of help."""
    return textwrap.fill(
        ", ".join(table.names),
        WIDTH,
        initial_indent=f"  {table.name:<18} ",
        subsequent_indent=" " * 21,
        break_on_hyphens=False,
    ).replace(", ", ",")


@click.command(
    "export",
    epilog="\b\nColumns:\n" + "\n".join(map(_columns_of, TABLES.values())),
)
@click.argument("table", default="scores", type=click.Choice([*NAMES, ALL]), metavar="[TABLE]")
@click.option(
    "--edition", type=EDITION_OR_ALL, help="Edition id, or 'all' for every one; else the newest complete one."
)
@click.option(
    "--scheme", type=SCHEME, help="Weigh under this scheme instead of the edition's own (verdicts, reasons, units)."
)
@click.option("--mapping", type=MAPPING, help="Roll up by this unit mapping instead of the edition's own (units).")
@roll_up_option
@csv_options
@click.option(
    "--format",
    "format_id",
    default=CSV,
    show_default=True,
    help="csv, json, jsonl, md, parquet, xlsx, sqlite, duckdb, or a format of a plugin.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write; for 'all' a folder, or the file of a format that keeps all tables in one.",
)
@pass_session
def command(
    session: Session,
    table: str,
    edition: str | None,
    scheme: str | None,
    mapping: str | None,
    roll_up: str | None,
    dialect: Dialect,
    format_id: str,
    output: Path | None,
) -> None:
    """Write TABLE (scores, if none is named) as CSV on standard output, or in another --format.

    The tables of facts are scores, verdicts, reasons, partners, indicators, units, claims, counts, recommendations and
    words; the others are the codebook, which says what their ids stand for. 'matrix' has a column for each dimension;
    `kmtui weigh` reads it back. 'all' writes every table: as CSV into a folder (-o) with a datapackage.json that
    describes each column and key, as xlsx, sqlite or duckdb into one file.

    level is empty unless exactly one is possible; possible is |-separated, worst first; blank scores have both empty.
    Under a scheme of another framework the scores are carried over by a crosswalk, and the tables have its dimensions.
    agrees is yes, assumed (a score rests on the published end score), possible, no, or empty.
    """
    exporter = None if format_id == CSV else _exporter(session, format_id)
    exports = [export_of(session.monitor, one, scheme, mapping, roll_up) for one in session.select(edition)]
    if table == ALL:
        if output is None:
            raise click.UsageError("'all' needs a place to write to: -o FOLDER, or -o FILE for one file")
        if exporter is None:
            from kmtui.export.package import write_package

            write_package(output, exports, dialect, __version__, _report)
        else:
            _write_all(session, exporter, exports, output)
        return
    chosen = _table(table, exports)
    if exporter is None:
        _write_csv(chosen, exports, dialect, output)
    else:
        _write(session, exporter, chosen, exports, output)


def _table(name: str, exports: Sequence[Export]) -> Table:
    try:
        return table_of(name, exports)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _write_csv(table: Table, exports: Sequence[Export], dialect: Dialect, output: Path | None) -> None:
    if output is None:
        write_rows(results(), table.names, csv_rows(table, exports, dialect), dialect)
        return
    out = io.StringIO(newline="")
    write_rows(out, table.names, csv_rows(table, exports, dialect), dialect)
    _report(write_atomically(output, out.getvalue().encode()))


def _write(session: Session, exporter: Exporter, table: Table, exports: Sequence[Export], output: Path | None) -> None:
    out, write_bytes, is_terminal = results(), binary_results(), sys.stdout.isatty()
    with _guarded(session, exporter):
        pieces = exporter.write(context_of(table, exports, session.language))
        if output is not None:
            _report(write_atomically(output, _joined(pieces)))
            return
        for piece in pieces:
            if isinstance(piece, str):
                out.write(piece)
            elif is_terminal:
                raise click.UsageError(f"format '{exporter.id}' is not text: name a file with -o, or use a pipe")
            else:
                write_bytes(piece)


def _write_all(session: Session, exporter: Exporter, exports: Sequence[Export], output: Path) -> None:
    """Write every table: into the one file of the format, or into a folder with a file for each table."""
    package = package_of(exports, session.language)
    with _guarded(session, exporter):
        if exporter.write_all is None:
            output.mkdir(parents=True, exist_ok=True)
            for table in package.tables:
                file = output / f"{table.table}.{exporter.suffix}"
                _report(write_atomically(file, _joined(exporter.write(table))))
            return
        files = [(Path(file.name), _joined(file.content)) for file in exporter.write_all(package)]
        if len(files) == 1 and not output.is_dir():
            _report(write_atomically(output, files[0][1]))
            return
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            if name.name != str(name):
                raise ValueError(f"expected the name of a file without a folder, found '{name}'")
            _report(write_atomically(output / name, content))


def _joined(pieces: Iterable[str | bytes]) -> bytes:
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def _report(file: Path) -> None:
    click.echo(visible(str(file)), err=True)


def _guarded(session: Session, exporter: Exporter) -> AbstractContextManager[None]:
    """Where a format of a plugin runs: what it raises names the plugin."""
    registry = session.monitor.registry
    if registry.exporters.get(exporter.id) is not exporter:
        return nullcontext()
    return blaming(registry.owner("exporters", exporter.id), f"exporter '{exporter.id}'", but=EXPLAINED)


def _exporter(session: Session, name: str) -> Exporter:
    from kmtui.export.formats import FORMATS

    if name in FORMATS:
        extra, packages = EXTRAS.get(name, ("", ()))
        if not all(map(find_spec, packages)):
            hint = f"pip install 'kmtui[{extra}]'"
            raise click.UsageError(f"format '{name}' needs packages that are not installed: {hint}")
        return FORMATS[name]
    exporters = session.monitor.registry.exporters
    if name not in exporters:
        raise UnknownIdError("format", name, (CSV, *FORMATS, *exporters))
    return exporters[name]
