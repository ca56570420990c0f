"""Tables as one database file, SQLite or DuckDB, with keys, types, descriptions and views."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from kmtui.model.numbers import LARGEST, SURE_DIGITS, digits
from kmtui.model.tabular import Cell
from kmtui.plugins.offers import ExportContext

SQLITE_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "ANY"}
"""ANY keeps a number as it is given: whole, or with decimals, or as text where it has more digits than a double."""

VIEWS = {
    "scores_wide": ("scores", "dimension", "possible", ("edition", "corps")),
    "partners_wide": ("partners", "partner", "possible", ("edition", "corps")),
}
"""Wide forms of long tables: the table, the column whose values become columns, what fills them, what names rows."""

SMALLEST_BLOCK = 16_384
"""Bytes of a block of a DuckDB file: each table and key takes at least one."""

VERDICTS_BY_UNIT = """SELECT u.edition, u.mapping, u.unit, v.possible, count(*) AS corps
FROM unit_members AS u JOIN verdicts AS v ON v.edition = u.edition AND v.corps = u.corps
GROUP BY u.edition, u.mapping, u.unit, v.possible"""


def sqlite_database(tables: Sequence[ExportContext]) -> bytes:
    """The bytes of an SQLite database: STRICT tables with keys, and views."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "kmtui.sqlite")
        database = sqlite3.connect(file, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("BEGIN")
            for table in tables:
                types = {column.name: SQLITE_TYPES[column.kind] for column in table.fields}
                database.execute(f"CREATE TABLE {_definition(table, tables, types)} STRICT")
                places = ", ".join("?" * len(table.columns))
                database.executemany(f"INSERT INTO {_name(table.table)} VALUES ({places})", _sqlite_rows(table))
            for name, query in _views(tables, "max(CASE WHEN {column} = {value} THEN {cell} END)"):
                database.execute(f"CREATE VIEW {_name(name)} AS {query}")
            database.execute("COMMIT")
            database.execute("VACUUM")
        finally:
            database.close()
        return file.read_bytes()


def duckdb_database(tables: Sequence[ExportContext]) -> bytes:
    """The bytes of a DuckDB database: tables with keys, comments on tables and columns, and views."""
    import duckdb

    from kmtui.export.arrow import arrow_table

    with TemporaryDirectory() as folder:
        file = Path(folder, "kmtui.duckdb")
        with duckdb.connect() as database:
            database.execute(f"ATTACH {_text(str(file))} AS kmtui (BLOCK_SIZE {SMALLEST_BLOCK})")
            database.execute("USE kmtui")
            for table in _referred_first(tables):
                arrow = arrow_table(table)
                database.register("incoming", arrow)
                types = dict(database.execute("SELECT column_name, column_type FROM (DESCRIBE incoming)").fetchall())
                database.execute(f"CREATE TABLE {_definition(table, tables, types)}")
                database.execute(f"INSERT INTO {_name(table.table)} SELECT * FROM incoming")
                database.unregister("incoming")
                database.execute(f"COMMENT ON TABLE {_name(table.table)} IS {_text(table.title)}")
                for column in table.fields:
                    place = f"{_name(table.table)}.{_name(column.name)}"
                    database.execute(f"COMMENT ON COLUMN {place} IS {_text(column.description)}")
            for name, query in _views(tables, "max({cell}) FILTER (WHERE {column} = {value})"):
                database.execute(f"CREATE VIEW {_name(name)} AS {query}")
        return file.read_bytes()


def _definition(table: ExportContext, tables: Sequence[ExportContext], types: Mapping[str, str]) -> str:
    """A table with its columns and keys, as SQL; left out are keys to tables that are not there, and a primary key that
    may lack a value.
    """
    there = {one.table: one for one in tables}
    parts = [f"{_name(column.name)} {types[column.name]}" for column in table.fields]
    if table.key and not {column.name for column in table.fields if column.optional} & {*table.key}:
        parts.append(f"PRIMARY KEY ({_names(table.key)})")
    for foreign in table.foreign_keys:
        if foreign.table in there:
            target = f"{_name(foreign.table)} ({_names(foreign.refers_to or foreign.columns)})"
            parts.append(f"FOREIGN KEY ({_names(foreign.columns)}) REFERENCES {target}")
    return f"{_name(table.table)} ({', '.join(parts)})"


def _referred_first(tables: Sequence[ExportContext]) -> list[ExportContext]:
    """The tables in an order in which each comes behind those that it refers to."""
    from graphlib import TopologicalSorter

    there = {table.table: table for table in tables}
    graph = {
        table.table: [foreign.table for foreign in table.foreign_keys if foreign.table in there] for table in tables
    }
    return [there[name] for name in TopologicalSorter(graph).static_order()]


def _sqlite_rows(table: ExportContext) -> Iterator[list[str | int | float | None]]:
    return ([_sqlite_cell(cell) for cell in row] for row in table.typed())


def _sqlite_cell(cell: Cell) -> str | int | float | None:
    if isinstance(cell, int):
        return cell if -LARGEST <= cell < LARGEST else str(cell)
    if isinstance(cell, Decimal):
        return float(cell) if len(cell.as_tuple().digits) <= SURE_DIGITS else digits(cell)
    return cell


def _views(tables: Sequence[ExportContext], pivot: str) -> Iterator[tuple[str, str]]:
    """The names and queries of views over these tables; `pivot` picks the cell of one value."""
    there = {table.table: table for table in tables}
    for view, (name, column, cell, keys) in VIEWS.items():
        if name in there:
            at = there[name].columns.index(column)
            values = list(dict.fromkeys(str(row[at]) for row in there[name].typed()))
            picks = [
                f"{pivot.format(column=_name(column), value=_text(value), cell=_name(cell))} AS {_name(value)}"
                for value in values
            ]
            yield view, f"SELECT {', '.join([_names(keys), *picks])} FROM {_name(name)} GROUP BY {_names(keys)}"
    if {"unit_members", "verdicts"} <= there.keys():
        yield "verdicts_by_unit", VERDICTS_BY_UNIT


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _name(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _text(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
