"""Tidy tables, and the formats they are written in."""

from kmtui.export.delimited import DIALECTS, write_rows
from kmtui.export.package import write_package
from kmtui.export.tables import TABLES, Export, Table, reasons_cell

__all__ = ["DIALECTS", "TABLES", "Export", "Table", "reasons_cell", "write_package", "write_rows"]
