"""What `kmtui export` writes: a table of an edition, seen under a scheme and a unit mapping."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from kmtui.analysis.adapted_weigher import adapt_to_edition
from kmtui.analysis.projection import projected_on
from kmtui.analysis.rollup_methods import rollup_method
from kmtui.model.edition import Edition
from kmtui.model.tabular import Column, ForeignKey, Row
from kmtui.monitor import Monitor


class Export(msgspec.Struct, frozen=True):
    """What is exported: an edition, seen under a scheme and a unit mapping (None: its own).

    Raises UnknownIdError or SchemeError where there is no such scheme, mapping or roll-up, whatever table is asked for.
    """

    monitor: Monitor
    edition: Edition
    scheme: str | None = None
    mapping: str | None = None
    roll_up: str | None = None

    def __post_init__(self) -> None:
        if self.scheme is not None:
            self.monitor.weigher_for(self.edition, self.scheme)
        if self.mapping is not None:
            self.monitor.mapping(self.edition, self.mapping)
        if self.roll_up is not None:
            rollup_method(self.monitor.registry, self.roll_up)


def export_of(
    monitor: Monitor,
    edition: Edition,
    scheme: str | None = None,
    mapping: str | None = None,
    roll_up: str | None = None,
) -> Export:
    """What to export; under a scheme of another framework the edition is projected onto that by a crosswalk.

    Raises UnknownIdError, or SchemeError where no crosswalk leads there.
    """
    if scheme is not None and monitor.scheme(scheme).framework != edition.framework:
        weigher = adapt_to_edition(monitor, edition, scheme).weigher
        edition = projected_on(monitor, edition, weigher.framework) or edition
    return Export(monitor, edition, scheme, mapping, roll_up)


class Table(msgspec.Struct, frozen=True):
    """One tidy table: `key` names the columns that tell its rows apart, if there are any.

    The rows of an `once` table are the same for every edition, and written once.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Export], Iterator[Row]]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    once: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @property
    def has_decimals(self) -> bool:
        """Whether a cell may be a decimal number."""
        return any(column.kind == "number" for column in self.columns)


def levels_column(name: str, description: str) -> Column:
    """A column of ids of levels with | between them, empty for blank."""
    return Column(name, description, levels=True, optional=True)


EDITION = Column("edition", "id of the edition")
CORPS = Column("corps", "id of the corps")
LEVEL = levels_column("level", "the level where exactly one is possible, else empty")
POSSIBLE = levels_column("possible", "the levels still possible, worst first, with | between them; empty for blank")
BASIS = Column(
    "basis",
    "what it rests on: stated, counted, recorded, computed, open or blank",
    values=("stated", "counted", "recorded", "computed", "open", "blank"),
)
SOURCE = Column("source", "paragraphs of the source, with ; between them")
NOTE = Column("note", "remark in Dutch")
TEXT = Column("text", "what the source says, in Dutch and in our own words")
YES_NO = ("yes", "no")


def source_cell(paragraphs: Sequence[str]) -> str:
    """Paragraphs as one cell."""
    return "; ".join(paragraphs)


def of_edition(*columns: str, table: str, refers_to: tuple[str, ...] = ()) -> ForeignKey:
    """A foreign key within an edition."""
    return ForeignKey(("edition", *columns), table, ("edition", *refers_to) if refers_to else ())
