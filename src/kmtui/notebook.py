"""For notebooks: a monitor whose tables are data frames, and that shows itself in a line."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from kmtui import monitor
from kmtui.model.base import Language
from kmtui.model.edition import Edition
from kmtui.model.html import html_table
from kmtui.model.tabular import Cell, Column, Row

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

P = ParamSpec("P")
SHOWN = 20
"""Rows of a table that a notebook shows."""


class Table:
    """A tidy table: `columns` says what each column holds, and each row is a sequence of exact cells.

    Iterating gives a dictionary for each row. A library of data frames is imported when it is asked for.
    """

    def __init__(self, name: str, title: str, columns: tuple[Column, ...], rows: Callable[[], Iterator[Row]]) -> None:
        self.name, self.title, self.columns = name, title, columns
        self._rows = rows

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def rows(self) -> list[tuple[Cell, ...]]:
        """The rows: text, int, Decimal, or None for what is empty."""
        return [tuple(row) for row in self._rows()]

    def __iter__(self) -> Iterator[Mapping[str, Cell]]:
        return (dict(zip(self.names, row, strict=True)) for row in self._rows())

    def __len__(self) -> int:
        return sum(1 for _ in self._rows())

    def to_arrow(self) -> "pa.Table":
        """The table in Arrow's memory format; whole numbers and decimals keep every digit (needs pyarrow)."""
        from kmtui.export.arrow import arrow_table
        from kmtui.plugins.offers import ExportContext

        context = ExportContext(self.name, self.names, (), "nl", self.title, self.columns, typed=self._rows)
        return arrow_table(context)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The table for any library that takes Arrow data (needs pyarrow)."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> "pd.DataFrame":
        """The table as a data frame of pandas; columns of numbers are numeric, with NaN for what is empty."""
        import pandas as pd

        frame = pd.DataFrame([tuple(map(_as_float, row)) for row in self._rows()], columns=list(self.names))
        for column in self.columns:
            if column.kind != "string":
                frame[column.name] = pd.to_numeric(frame[column.name])
        return frame

    def to_polars(self) -> "pl.DataFrame":
        """The table as a data frame of polars; columns of numbers are numeric, with null for what is empty."""
        import polars as pl

        kinds = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64}
        schema = {column.name: kinds[column.kind] for column in self.columns}
        return pl.DataFrame([tuple(map(_as_float, row)) for row in self._rows()], schema=schema, orient="row")

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows of {', '.join(self.names)}>"

    def _repr_html_(self) -> str:
        rows = self.rows
        shown = (["" if cell is None else str(cell) for cell in row] for row in rows[:SHOWN])
        more = f"<p>{len(rows)} rows, of which {SHOWN} are shown</p>" if len(rows) > SHOWN else ""
        return f"{html_table(self.names, shown, self.title)}{more}"


def _as_float(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell


class Monitor(monitor.Monitor):
    """A monitor with tables."""

    def table(self, name: str, edition: Edition | str | None = None, scheme: str | None = None) -> Table:
        """A table by its name, as `kmtui export` has it: of one edition (an id or `all`), else of the newest.

        Raises UnknownIdError, EditionError with every fault, or SchemeError.
        """
        from kmtui.export.catalog import NAMES, context_of, table_of
        from kmtui.export.schema import export_of

        if name not in NAMES:
            raise monitor.UnknownIdError("table", name, NAMES)
        chosen = [edition] if isinstance(edition, Edition) else self.select(edition)
        exports = [export_of(self, one, scheme) for one in chosen]
        language: Language = "nl"
        context = context_of(table_of(name, exports), exports, language)
        return Table(context.table, context.title, context.fields, lambda: iter(context.typed()))

    def __repr__(self) -> str:
        schemes, plugins = len(self.registry.schemes), len(self.registry.plugins)
        return f"<Monitor: editions {', '.join(self.edition_ids)}; {schemes} schemes; {plugins} plugins>"

    def _repr_html_(self) -> str:
        heads = [entry.head for entry in self.entries if entry.head]
        rows = ((head.id, head.title, str(len(head.corps))) for head in heads)
        return html_table(("edition", "title", "corps"), rows)


def _with_tables(opened: Callable[P, monitor.Monitor]) -> Callable[P, Monitor]:
    @wraps(opened)
    def open_monitor(*arguments: P.args, **options: P.kwargs) -> Monitor:
        found = opened(*arguments, **options)
        return Monitor(found.registry, found.entries)

    return open_monitor


open_monitor = _with_tables(monitor.open_monitor)
