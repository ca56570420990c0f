"""Tables in Arrow's memory format, for Parquet, DuckDB and data frames."""

from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa

from kmtui.model.numbers import LARGEST
from kmtui.model.tabular import Cell
from kmtui.plugins.offers import ExportContext


def arrow_table(context: ExportContext) -> pa.Table:
    """The table in Arrow's memory format, with the descriptions of its columns as metadata."""
    columns: list[list[Cell]] = [list(column) for column in zip(*context.typed(), strict=True)]
    columns = columns or [[] for _ in context.fields]
    fields, arrays = [], []
    for column, cells in zip(context.fields, columns, strict=True):
        kind = pa.string() if column.kind == "string" else _arrow_number(cells)
        values = [Decimal(cell) if pa.types.is_decimal(kind) and isinstance(cell, int) else cell for cell in cells]
        arrays.append(pa.array(values, kind))
        fields.append(pa.field(column.name, kind, metadata={"description": column.description}))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields, {"title": context.title}))


def _arrow_number(cells: Iterable[Cell]) -> pa.DataType:
    """The narrowest type that holds every number exactly."""
    numbers = [Decimal(cell) for cell in cells if cell is not None]
    scale = max((-exponent for number in numbers if (exponent := _exponent(number)) < 0), default=0)
    whole = max((number.adjusted() + 1 for number in numbers if number), default=1)
    if not scale and all(-LARGEST <= number < LARGEST for number in numbers):
        return pa.int64()
    precision = max(whole, 1) + scale
    if precision > 76:
        raise ValueError(f"a number of {precision} digits is too long for this format, expected 76 at the most")
    return pa.decimal128(precision, scale) if precision <= 38 else pa.decimal256(precision, scale)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "infinite numbers are no cells"
    return exponent
