"""What a tidy table is: typed columns, keys, and rows of exact cells."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import msgspec

Kind = Literal["string", "integer", "number"]
"""A type of Frictionless' Table Schema."""

Cell = str | int | Decimal | None
"""A cell of a row: text, an exact number, or None where a column of numbers has none."""

Row = Sequence[Cell]


class Column(msgspec.Struct, frozen=True):
    """A column and what it holds.

    `values` are those that a cell can have, if they are few and fixed; `levels` marks a column whose cells are ids of
    levels with `|` between them; in an `optional` one cells may be empty.
    """

    name: str
    description: str
    kind: Kind = "string"
    values: tuple[str, ...] = ()
    levels: bool = False
    optional: bool = False


class ForeignKey(msgspec.Struct, frozen=True):
    """Columns whose cells, where all of them are filled in, stand in the key of another table."""

    columns: tuple[str, ...]
    table: str
    refers_to: tuple[str, ...] = ()
    """The columns there; empty where they have the same names."""
