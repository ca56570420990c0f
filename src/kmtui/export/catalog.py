"""Every table that can be exported: the facts, the codebook, and the scores as a matrix."""

from collections.abc import Iterator, Mapping, Sequence

from kmtui.analysis.verdicts import verdicts
from kmtui.export.codebook import CODEBOOK
from kmtui.export.delimited import Dialect, text_rows, with_digits
from kmtui.export.schema import CORPS, EDITION, YES_NO, Export, Table, levels_column, of_edition
from kmtui.export.tables import FACTS
from kmtui.model.base import Language
from kmtui.model.tabular import Column, Row
from kmtui.plugins.offers import ExportContext, PackageContext


def _columns(_export: Export) -> Iterator[Row]:
    for table in TABLES.values():
        for order, column in enumerate(table.columns, 1):
            key = "yes" if column.name in table.key else "no"
            yield table.name, column.name, order, column.kind, key, "|".join(column.values), column.description


COLUMNS = Table(
    "columns",
    "Every column of the other tables",
    (
        Column("table", "name of the table"),
        Column("column", "name of the column"),
        Column("order", "place in the table, from 1", "integer"),
        Column("type", "type of its cells", values=("string", "integer", "number")),
        Column("key", "yes where it is part of what tells the rows of the table apart", values=YES_NO),
        Column("values", "the values that a cell can have, where they are few, with | between them"),
        Column("description", "what it holds"),
    ),
    _columns,
    key=("table", "column"),
    once=True,
)

TABLES: Mapping[str, Table] = {**FACTS, **CODEBOOK, COLUMNS.name: COLUMNS}
"""The tables whose columns are the same for every edition, by name."""

MATRIX = "matrix"
"""The scores as a table with a column for each dimension."""

NAMES = (*TABLES, MATRIX)


def table_of(name: str, exports: Sequence[Export]) -> Table:
    """A table by name (raises KeyError; ValueError for a matrix of editions on different frameworks)."""
    return _matrix(exports) if name == MATRIX else TABLES[name]


def tables_of(exports: Sequence[Export]) -> list[Table]:
    """Every table of some editions; the matrix where they are scored on one framework."""
    one_framework = len({export.edition.framework for export in exports}) == 1
    return [*TABLES.values(), *([_matrix(exports)] if one_framework else [])]


def csv_rows(table: Table, exports: Sequence[Export], dialect: Dialect) -> Iterator[Row]:
    """The rows of a table as `write_rows` takes them."""
    rows = rows_of(table, exports)
    return with_digits(rows, dialect) if table.has_decimals else rows


def rows_of(table: Table, exports: Sequence[Export]) -> Iterator[Row]:
    """The rows of a table for some editions, one after the other."""
    return (row for export in (exports[:1] if table.once else exports) for row in table.rows(export))


def context_of(table: Table, exports: Sequence[Export], language: Language) -> ExportContext:
    """The table as an exporter gets it."""
    optional = [column.optional and column.kind == "string" for column in table.columns]

    def typed() -> Iterator[Row]:
        for row in rows_of(table, exports):
            yield [None if may_lack and cell == "" else cell for cell, may_lack in zip(row, optional, strict=True)]

    return ExportContext(
        table.name,
        table.names,
        text_rows(rows_of(table, exports)),
        language,
        table.title,
        table.columns,
        table.key,
        table.foreign_keys,
        typed,
    )


def package_of(exports: Sequence[Export], language: Language) -> PackageContext:
    """Every table of some editions, as an exporter of packages gets them."""
    title = "; ".join(export.edition.title for export in exports)
    return PackageContext(title, tuple(context_of(table, exports, language) for table in tables_of(exports)), language)


def _matrix(exports: Sequence[Export]) -> Table:
    frameworks = {export.edition.framework: export for export in exports}
    if len(frameworks) > 1:
        raise ValueError(
            f"a matrix has one framework, the editions have {', '.join(frameworks)}: choose one with --edition"
        )
    (export,) = frameworks.values()
    dimensions = export.monitor.framework(export.edition).dimensions
    return Table(
        MATRIX,
        "Scores with a column for each dimension, and end scores; `kmtui weigh` reads it",
        (
            EDITION,
            CORPS,
            *(
                levels_column(found.id, f"{found.name.nl}: possible levels, worst first; empty for blank")
                for found in dimensions
            ),
            levels_column("computed", "possible end scores under the scheme, worst first"),
            levels_column("published", "the end score that the source prints"),
        ),
        _matrix_rows,
        key=("edition", "corps"),
        foreign_keys=(of_edition("corps", table="corps"),),
    )


def _matrix_rows(export: Export) -> Iterator[Row]:
    weigher = export.monitor.weigher_for(export.edition, export.scheme)
    ids = weigher.framework.dimension_ids
    for corps, found in zip(export.edition.corps, verdicts(export.edition, weigher), strict=True):
        published = found.published.possible if found.published else ()
        levels = (*(corps.scores[name].possible for name in ids), found.weighing.possible, published)
        yield export.edition.id, corps.id, *("|".join(possible) for possible in levels)
