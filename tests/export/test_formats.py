"""Every format keeps every cell: each is read back by a library that kmtui does not write it with."""

import io
import json
import re
import sqlite3
from datetime import date
from decimal import Decimal
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.export.catalog import MATRIX, TABLES, package_of, tables_of
from kmtui.export.formats import FORMATS
from kmtui.export.schema import Export
from kmtui.model.tabular import Column
from kmtui.plugins.offers import ExportContext, PackageContext


def needs(package):
    return pytest.mark.skipif(find_spec(package) is None, reason=f"{package} is not installed")


@pytest.fixture(scope="module")
def package(monitor, edition):
    return package_of([Export(monitor, edition)], "nl")


@pytest.fixture(scope="module")
def expected(package):
    """Every table as rows of typed cells, None for what is empty."""
    return {table.table: [[*row] for row in table.typed()] for table in package.tables}


def as_texts(row):
    return [str(cell) for cell in row]


def content_of(pieces):
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def whole(package, format_id):
    (file,) = FORMATS[format_id].write_all(package)
    return content_of(file.content)


def one(context, format_id):
    return content_of(FORMATS[format_id].write(context))


def test_a_package_has_every_table(package, monitor, edition):
    assert [table.table for table in package.tables] == [*TABLES, MATRIX]
    assert [table.name for table in tables_of([Export(monitor, edition)])] == [*TABLES, MATRIX]


def as_double(cell):
    """A decimal number as a form without decimal numbers keeps it: whole, or to the digits of a double."""
    if not isinstance(cell, Decimal):
        return cell
    return int(cell) if cell == cell.to_integral_value() else float(cell)


def test_json_and_json_lines(package, expected):
    for table in package.tables:
        records = [dict(zip(table.columns, row, strict=True)) for row in expected[table.table]]
        assert json.loads(one(table, "json"), parse_float=Decimal) == records
        assert [json.loads(line, parse_float=Decimal) for line in one(table, "jsonl").splitlines()] == records


@needs("polars")
@needs("pyarrow")
def test_parquet(package, expected):
    import polars as pl

    for table in package.tables:
        frame = pl.read_parquet(io.BytesIO(one(table, "parquet")))
        assert frame.columns == list(table.columns)
        assert [list(row) for row in frame.rows()] == expected[table.table]
        for column in table.fields:
            is_number = frame.schema[column.name].is_numeric()
            assert is_number == (column.kind != "string"), column.name


@needs("python_calamine")
@needs("xlsxwriter")
def test_xlsx(package, expected):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(whole(package, "xlsx")))
    assert book.sheet_names == [MATRIX, *TABLES]
    for table in package.tables:
        head, *rows = book.get_sheet_by_name(table.table).to_python()
        assert head == list(table.columns)
        found = [[None if cell == "" else cell for cell in row] for row in rows]
        assert found == [[None if cell == "" else as_double(cell) for cell in row] for row in expected[table.table]]
        for row in found:
            for column, cell in zip(table.fields, row, strict=True):
                assert cell is None or isinstance(cell, str) == (column.kind == "string"), (column, cell)


@needs("openpyxl")
@needs("xlsxwriter")
def test_levels_of_the_matrix_have_their_colours(package, framework):
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(whole(package, "xlsx")))[MATRIX]
    ground = {level.id: level.paint.ground[1:].upper() for level in framework.scale.levels}
    painted = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value in ground]
    assert len(painted) > 400
    assert {(cell.value, cell.fill.fgColor.rgb[2:]) for cell in painted} <= set(ground.items())
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref


def test_sqlite(package, expected, tmp_path):
    file = tmp_path / "kmtui.sqlite"
    file.write_bytes(whole(package, "sqlite"))
    database = sqlite3.connect(file)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in package.tables:
        rows = [list(row) for row in database.execute(f'SELECT * FROM "{table.table}"')]
        wanted = [[as_double(cell) for cell in row] for row in expected[table.table]]
        assert sorted(rows, key=as_texts) == sorted(wanted, key=as_texts)
        keyed = {row[1] for row in database.execute(f'PRAGMA table_info("{table.table}")') if row[5]}
        assert keyed in ({*table.key}, set())
    wide = database.execute("SELECT weging FROM scores_wide WHERE corps = 'utrecht'").fetchall()
    assert wide == [("groen",)]
    described = database.execute(
        "SELECT description FROM columns WHERE \"table\" = 'scores' AND \"column\" = 'basis'"
    ).fetchone()
    assert "stated" in described[0]
    assert database.execute("SELECT sum(corps) FROM verdicts_by_unit").fetchone() == (27,), (
        "all but one, which stays itself"
    )
    database.close()


@needs("duckdb")
def test_duckdb(package, expected, tmp_path):
    import duckdb

    file = tmp_path / "kmtui.duckdb"
    file.write_bytes(whole(package, "duckdb"))
    with duckdb.connect(str(file), read_only=True) as database:
        for table in package.tables:
            rows = database.execute(f'SELECT * FROM "{table.table}"').fetchall()
            assert [list(row) for row in rows] == expected[table.table]
        keys = "SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'FOREIGN KEY'"
        assert database.execute(keys).fetchone()[0] > 20
        comment = "SELECT comment FROM duckdb_columns() WHERE table_name = 'scores' AND column_name = 'possible'"
        assert "worst first" in database.execute(comment).fetchone()[0]
        wide = database.execute("SELECT weging FROM scores_wide WHERE corps = 'utrecht'").fetchall()
        assert wide == [("groen",)]


def test_markdown_is_a_table(package):
    from markdown_it import MarkdownIt

    for table in package.tables:
        tokens = MarkdownIt().enable("table").parse(one(table, "md").decode())
        rows = sum(token.type == "tr_open" for token in tokens)
        assert rows == 1 + len(list(table.typed()))


@pytest.mark.parametrize("format_id", [name for name in FORMATS if name != "duckdb"])
def test_the_same_tables_give_the_same_bytes(package, format_id):
    if format_id in ("parquet", "xlsx"):
        pytest.importorskip({"parquet": "pyarrow", "xlsx": "xlsxwriter"}[format_id])
    scores = next(table for table in package.tables if table.table == "scores")
    write = (lambda: whole(package, format_id)) if FORMATS[format_id].write_all else (lambda: one(scores, format_id))
    assert write() == write()


NUMBERS = st.integers(-(10**24), 10**24) | st.decimals(-(10**12), 10**12, allow_nan=False, places=9)


@settings(max_examples=25, deadline=None)
@given(st.lists(NUMBERS | st.none(), min_size=1, max_size=5))
def test_any_number_comes_back_to_the_digit_through_every_format(numbers):
    rows = [[str(at), number] for at, number in enumerate(numbers)]
    fields = (Column("id", "place"), Column("value", "number", "number", optional=True))
    context = ExportContext("numbers", ("id", "value"), (), "nl", "Numbers", fields, ("id",), (), lambda: iter(rows))
    assert [row["value"] for row in json.loads(one(context, "json"), parse_float=Decimal)] == numbers
    if find_spec("pyarrow") and find_spec("polars"):
        import pyarrow.parquet as pq

        assert pq.read_table(io.BytesIO(one(context, "parquet"))).column("value").to_pylist() == numbers
    database = sqlite3.connect(":memory:")
    database.deserialize(one(context, "sqlite"))
    values = [value for (value,) in database.execute("SELECT value FROM numbers")]
    assert [None if value is None else Decimal(str(value)) for value in values] == numbers
    database.close()
    if find_spec("xlsxwriter") and find_spec("python_calamine"):
        from python_calamine import CalamineWorkbook

        _, *cells = CalamineWorkbook.from_filelike(io.BytesIO(one(context, "xlsx"))).get_sheet_by_index(0).to_python()
        found = [row[1] if len(row) > 1 else "" for row in cells]
        assert [None if cell == "" else Decimal(str(cell)) for cell in found] == numbers


def test_text_that_looks_like_a_formula_or_a_date_stays_text(tmp_path):
    pytest.importorskip("xlsxwriter")
    calamine = pytest.importorskip("python_calamine")
    texts = ["=1+1", "1-01", "2.5", "http://x", "@x", "+1", "TRUE", "'x", "007"]
    fields = (Column("id", "place"), Column("text", "text"))
    rows = [[str(at), text] for at, text in enumerate(texts)]
    context = ExportContext("texts", ("id", "text"), (), "nl", "", fields, ("id",), (), lambda: iter(rows))
    package = PackageContext("Texts", (context,), "nl")
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(whole(package, "xlsx")))
    assert [row[1] for row in book.get_sheet_by_name("texts").to_python()[1:]] == texts


def test_dates_of_an_edition_are_iso_8601(package):
    editions = next(table for table in package.tables if table.table == "editions")
    for row in editions.typed():
        found = dict(zip(editions.columns, row, strict=True))
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", found["start"])
        assert date.fromisoformat(found["start"]) < date.fromisoformat(found["end"])
