"""Tidy tables, and the formats they are written in."""

from kmtui.export.delimited import DIALECTS, write_rows
from kmtui.export.tables import TABLES, Table, reasons_cell

__all__ = ["DIALECTS", "TABLES", "Table", "reasons_cell", "write_rows"]
