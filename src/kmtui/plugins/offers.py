"""What plugins can offer beside the objects of the model: things with a function in them, and what those are given."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import msgspec
from msgspec import field

from kmtui.blocks import Block
from kmtui.model.base import FrozenMap, Id, Language, Text, Value, no_entries
from kmtui.model.edition import Edition, EditionHead
from kmtui.model.framework import Dimension, Framework
from kmtui.model.scale import Scale
from kmtui.model.scheme import Parameter, Rule
from kmtui.model.score import Score
from kmtui.model.tabular import Column, ForeignKey, Row
from kmtui.plugins.panel_blocks import Line, checked_blocks
from kmtui.weighing.weigher import Weigher

if TYPE_CHECKING:
    from kmtui.model.figures import Figures
else:  # the classes below can be inspected without the import
    Figures = Any


class ScoringContext(msgspec.Struct, frozen=True):
    """What a scorer is given: one corps of an edition, and the edition's figures."""

    corps: str
    edition: EditionHead
    framework: Framework
    figures: Figures


class AddedDimension(Value):
    """A dimension that joins a framework of another plugin, behind `after` or at the end of its focus area.

    Editions may score it in their files. Where they do not, `scorer` computes it from figures: basis `computed`, `open`
    where the figures allow several levels, None for no judgement; without a scorer it is blank. `rules` and their
    `parameters` are what it adds to each scheme, by the scheme's id.
    """

    framework: Id
    dimension: Dimension
    after: Id | None = None
    scorer: Callable[[ScoringContext], Score | None] | None = None
    rules: FrozenMap[tuple[Rule, ...]] = field(default_factory=no_entries)
    parameters: FrozenMap[tuple[Parameter, ...]] = field(default_factory=no_entries)

    @property
    def id(self) -> str:
        """The dimension's id."""
        return self.dimension.id


ROLL_UPS = ("worst", "rules")
"""The ways to roll up that kmtui knows itself."""


class RollUp(Value):
    """A way to make one score of a unit from those of its corps.

    `combine` gets the possible levels of each corps, worst first and none for a blank, and gives those of the unit.
    """

    id: Id
    name: Text
    combine: Callable[[Sequence[tuple[str, ...]], Scale], tuple[str, ...]]

    def __post_init__(self) -> None:
        if self.id in ROLL_UPS:
            raise ValueError(f"'{self.id}' is a way of kmtui's own")


def _no_rows() -> Iterable[Row]:
    return ()


class ExportContext(msgspec.Struct, frozen=True):
    """Input of an exporter: one table, row by row.

    `rows` have every cell as text. `typed` iterates over the rows again, with exact numbers (int or Decimal) and
    None where a column of numbers has none; `fields` says what each column holds.
    """

    table: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[str | int | float | None]]
    language: Language
    title: str = ""
    fields: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    typed: Callable[[], Iterable[Row]] = _no_rows


class PackageContext(msgspec.Struct, frozen=True):
    """What an exporter of whole packages is given: several tables, and what they are about."""

    title: str
    tables: tuple[ExportContext, ...]
    language: Language


class ExportedFile(NamedTuple):
    """A file of a package: its name, and its content in pieces."""

    name: str
    content: Iterable[str | bytes]


class Exporter(Value):
    """A format that tables are written in; `suffix` ends the names of its files.

    `write` gives one table in pieces, text or bytes. `write_all` gives several tables as files; without it each table
    is a file of its own.
    """

    id: Id
    name: Text
    suffix: Id
    write: Callable[[ExportContext], Iterable[str | bytes]]
    write_all: Callable[[PackageContext], Iterable[ExportedFile]] | None = None


class Command(Value):
    """A command of `kmtui`: `make` imports and returns the click command, which gets the session as its object."""

    id: Id
    help: Text
    make: Callable[[], Any]


class PanelContext(msgspec.Struct, frozen=True):
    """Input of a panel: the subject of the page, and the edition under the shown scheme."""

    subject: str
    """The id of the corps, dimension and so on; of the edition where the panel is about the edition."""
    edition: Edition
    weigher: Weigher
    language: Language
    read_figures: Callable[[], Figures]

    @property
    def figures(self) -> "Figures":
        """The edition's tables of figures."""
        return self.read_figures()


class Panel(Value):
    """A section at the end of the page of each corps, dimension, unit or partner; or a page about the edition.

    `blocks` gives what it shows. `lines` does so for plugins of API version 1; a panel has one of the two.
    """

    id: Id
    title: Text
    about: Literal["corps", "dimension", "unit", "partner", "edition"]
    blocks: Callable[[PanelContext], Iterable[Block]] | None = None
    lines: Callable[[PanelContext], Iterable[Line]] | None = None

    def __post_init__(self) -> None:
        if (self.blocks is None) == (self.lines is None):
            raise ValueError("expected blocks, or lines of API version 1, and not both")

    def made(self, context: PanelContext) -> Iterator[Block]:
        """What it shows, each block checked (raises BlockError, or whatever its function raises)."""
        make = self.blocks or self.lines
        yield from checked_blocks(make(context) if make else ())
