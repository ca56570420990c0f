"""The formats that tables are written in beside CSV. Each imports what it needs when it is used.

A format is an `Exporter`, as plugins offer them: `write` gives one table in pieces, `write_all` several tables as
files. Output is the same byte for byte for the same tables, as far as the format allows.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kmtui.export.delimited import text_rows
from kmtui.model.base import Text
from kmtui.model.numbers import digits
from kmtui.model.tabular import Cell
from kmtui.plugins.offers import ExportContext, ExportedFile, Exporter, PackageContext


def json_text(context: ExportContext) -> Iterator[str]:
    """A list of objects, one for each row; numbers are exact."""
    yield "["
    for number, line in enumerate(_objects(context)):
        yield f"{',' if number else ''}\n  {line}"
    yield "\n]\n"


def json_lines(context: ExportContext) -> Iterator[str]:
    """An object for each row, one to a line; numbers are exact."""
    return (f"{line}\n" for line in _objects(context))


def _objects(context: ExportContext) -> Iterator[str]:
    keys = [json.dumps(name, ensure_ascii=False) for name in context.columns]
    for row in context.typed():
        yield "{" + ", ".join(f"{key}: {_json(cell)}" for key, cell in zip(keys, row, strict=True)) + "}"


def _json(cell: Cell) -> str:
    if cell is None:
        return "null"
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, str) else digits(cell)


def markdown(context: ExportContext) -> Iterator[str]:
    """A table with pipes; line breaks and pipes in cells are escaped."""
    yield _pipes(context.columns)
    yield _pipes("---:" if column.kind != "string" else "---" for column in context.fields)
    for row in text_rows(context.typed()):
        yield _pipes(row)


def _pipes(cells: Iterable[str]) -> str:
    escaped = (" ".join(cell.replace("\\", "\\\\").replace("|", r"\|").splitlines()) for cell in cells)
    return f"| {' | '.join(escaped)} |\n"


def parquet(context: ExportContext) -> Iterator[bytes]:
    """One Parquet file; whole numbers and decimals keep every digit."""
    import pyarrow.parquet as pq

    from kmtui.export.arrow import arrow_table

    out = io.BytesIO()
    pq.write_table(arrow_table(context), out)
    yield out.getvalue()


def spreadsheet(context: ExportContext) -> Iterator[bytes]:
    """A workbook with one sheet."""
    from kmtui.export.workbook import workbook

    yield workbook([context], levels={})


def spreadsheets(package: PackageContext) -> Iterator[ExportedFile]:
    """One workbook with a sheet for each table, the matrix in colours, and a sheet that describes every column."""
    from kmtui.export.workbook import level_paints, workbook

    yield ExportedFile("kmtui.xlsx", [workbook(package.tables, level_paints(package.tables))])


def sqlite(context: ExportContext) -> Iterator[bytes]:
    """An SQLite database with one table."""
    from kmtui.export.databases import sqlite_database

    yield sqlite_database([context])


def sqlite_all(package: PackageContext) -> Iterator[ExportedFile]:
    """One SQLite database with keys, types, descriptions and views."""
    from kmtui.export.databases import sqlite_database

    yield ExportedFile("kmtui.sqlite", [sqlite_database(package.tables)])


def duckdb(context: ExportContext) -> Iterator[bytes]:
    """A DuckDB database with one table."""
    from kmtui.export.databases import duckdb_database

    yield duckdb_database([context])


def duckdb_all(package: PackageContext) -> Iterator[ExportedFile]:
    """One DuckDB database with keys, types, comments and views."""
    from kmtui.export.databases import duckdb_database

    yield ExportedFile("kmtui.duckdb", [duckdb_database(package.tables)])


def _format(name: str, label: str, write: Any, write_all: Any = None) -> Exporter:
    return Exporter(id=name, name=Text(nl=label, en=label), suffix=name, write=write, write_all=write_all)


FORMATS: Mapping[str, Exporter] = {
    exporter.id: exporter
    for exporter in (
        _format("json", "JSON", json_text),
        _format("jsonl", "JSON Lines", json_lines),
        _format("md", "Markdown", markdown),
        _format("parquet", "Parquet", parquet),
        _format("xlsx", "Excel (XLSX)", spreadsheet, spreadsheets),
        _format("sqlite", "SQLite", sqlite, sqlite_all),
        _format("duckdb", "DuckDB", duckdb, duckdb_all),
    )
}
