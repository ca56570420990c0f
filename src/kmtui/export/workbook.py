"""Tables as a typed XLSX workbook, for spreadsheets that would guess at what a CSV means."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import xlsxwriter  # type: ignore[import-untyped]

from kmtui.export.catalog import MATRIX
from kmtui.export.delimited import text_of
from kmtui.model.numbers import SURE_DIGITS, digits
from kmtui.model.tabular import Cell
from kmtui.plugins.offers import ExportContext

FIXED = datetime.fromtimestamp(0, UTC).replace(tzinfo=None)
"""The date of creation in every file, so that the same tables give the same bytes."""
WIDEST, NARROWEST = 60, 6
"""Bounds on the width of a column, in characters."""
LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""


class LevelPaint(NamedTuple):
    """Colours of a level, as `#rrggbb`."""

    ink: str
    ground: str


def level_paints(tables: Iterable[ExportContext]) -> dict[str, LevelPaint]:
    """The colours of the levels by id, from the table of levels."""
    for table in tables:
        if table.table == "levels":
            places = [table.columns.index(name) for name in ("level", "ink", "ground")]
            return {row[0]: LevelPaint(*row[1:]) for full in table.typed() if (row := [str(full[at]) for at in places])}
    return {}


def workbook(tables: Sequence[ExportContext], levels: Mapping[str, LevelPaint]) -> bytes:
    """The bytes of a workbook with a sheet for each table: frozen heads, filters, types, and levels in colour.

    The matrix comes first. A number of more digits than a double keeps is written
    as text. Raises ValueError for a cell of more characters than a sheet can hold.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": FIXED, "title": "kmtui"})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        paints = {
            name: book.add_format({"font_color": paint.ink, "bg_color": paint.ground}) for name, paint in levels.items()
        }
        for table in sorted(tables, key=lambda table: table.table != MATRIX):
            _sheet(book, head, paints, table)
    return out.getvalue()


def _sheet(book: Any, head: Any, paints: Mapping[str, Any], table: ExportContext) -> None:
    sheet = book.add_worksheet(table.table)
    widths = [len(name) for name in table.columns]
    for at, column in enumerate(table.fields):
        sheet.write_string(0, at, column.name, head)
    last = 0
    for last, row in enumerate(table.typed(), 1):
        for at, (cell, column) in enumerate(zip(row, table.fields, strict=True)):
            _write(sheet, last, at, cell, paints.get(str(cell)) if column.levels else None)
            widths[at] = max(widths[at], len(text_of(cell)))
    sheet.freeze_panes(1, min(2, len(widths) - 1))
    sheet.autofilter(0, 0, last, len(widths) - 1)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(WIDEST, max(NARROWEST, width)) + 2)


def _write(sheet: Any, row: int, at: int, cell: Cell, paint: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        if len(cell) > LONGEST:
            raise ValueError(f"a cell has {len(cell)} characters, expected at most {LONGEST}")
        sheet.write_string(row, at, cell, paint)
    elif len(Decimal(cell).as_tuple().digits) <= SURE_DIGITS:
        sheet.write_number(row, at, float(cell), paint)
    else:
        sheet.write_string(row, at, digits(cell), paint)
