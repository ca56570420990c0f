"""The content of a screen as a file or for the clipboard: rows of its table, else its text."""

import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from kmtui.blocks import Document, Table, tables
from kmtui.export.catalog import TABLES, csv_rows
from kmtui.export.delimited import EXACT, write_rows
from kmtui.export.schema import Export
from kmtui.files.writing import write_atomically
from kmtui.model.tabular import Row
from kmtui.pages.grids import Grid
from kmtui.pages.kinds import rows_of
from kmtui.pages.page_kind import Wanted
from kmtui.pages.view import View
from kmtui.render.arrange import csv_columns
from kmtui.render.arrange import csv_rows as rows_of_table
from kmtui.render.signs import Signs
from kmtui.render.text import text_lines

CLIPBOARD_LIMIT = 100_000
"""Maximum bytes that terminals reliably accept for the clipboard."""


class RefusedError(Exception):
    """The file is outside the folder for exports."""


class Extract(msgspec.Struct, frozen=True):
    """Content to save, with a proposed file name.

    `forms` makes the text for a file whose name ends otherwise: a page as Markdown or HTML.
    """

    name: str
    text: str
    forms: Mapping[str, Callable[[], str]] = {}

    def text_for(self, file: Path) -> str:
        """The text in the format of the file's suffix (raises MissingExtraError)."""
        make = self.forms.get(file.suffix.lower())
        return make() if make else self.text


WIDTH = 100
"""Width of pages that are saved as text."""


def of_page(view: View, page: Document, signs: Signs) -> Extract:
    """The rows of a page, else its first table, else its text (raises EditionError if the data are invalid).

    A printed table of levels has no indicators, for instance.
    """
    target = page.target
    stem = stem_of(view, target.kind, target.corps, target.id)
    rows = rows_of(target.kind)
    if rows:
        columns, found = _rows(view, rows.table, rows.wanted(view, target))
        if not found and (shown := next(tables(page.blocks), None)):
            columns, found = csv_columns(shown), list(rows_of_table(shown))
        return Extract(f"{stem}.csv", _written(columns, found), _forms(view, page))
    lines = text_lines(page, WIDTH, signs.unicode)
    return Extract(f"{stem}.txt", "\n".join([*lines, ""]), _forms(view, page))


def _forms(view: View, page: Document) -> Mapping[str, Callable[[], str]]:
    """A whole page as a file, in the format of its suffix."""

    def as_html() -> str:
        from kmtui.render.html import html
        from kmtui.render.publication import publication_of

        return html(publication_of(page, view.scale, page.language))

    def as_markdown() -> str:
        from kmtui.render.markdown import markdown

        return markdown(page)

    return {".html": as_html, ".md": as_markdown}


def of_table(view: View, page: Document, table: Table) -> Extract:
    """A table of a page as it is sorted and filtered."""
    target = page.target
    parts = target.kind, target.corps, target.id, table.id
    rows = of_rows(view, parts, csv_columns(table), rows_of_table(table))
    return Extract(rows.name, rows.text, _forms(view, page))


def of_grid(view: View, grid: Grid, rows: Iterable[str]) -> Extract:
    """The rows of a grid that are shown, in that order: possible levels, worst first, as the grid has its columns."""
    columns = ["id", "name", *(column.id for column in grid.columns), *grid.ends, *(["agrees"] if grid.ends else [])]

    def cells(row_id: str) -> list[str]:
        row = grid.row(row_id)
        levels = ["|".join(judged or ()) for judged in (*row.cells, *row.ends)]
        return [row_id, grid.names[row_id], *levels, row.agreement][: len(columns)]

    return of_rows(view, ("matrix", grid.kind), columns, map(cells, rows))


def of_rows(view: View, parts: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Extract:
    """Rows, and the parts of a file name for them."""
    return Extract(f"{stem_of(view, *parts)}.csv", _written(columns, rows))


def stem_of(view: View, *parts: str) -> str:
    """A file name for content of this view; it names the scheme unless that is the edition's own."""
    rules = "" if view.is_by_own_rules else view.weigher.scheme.id
    return "-".join(filter(None, (view.edition.id, rules, *parts)))


def _written(columns: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO(newline="")
    write_rows(out, columns, rows)
    return out.getvalue()


def _rows(view: View, name: str, wanted: Wanted) -> tuple[Sequence[str], list[Row]]:
    """The columns of a table of the export, and its rows with the wanted values."""
    table = TABLES[name]
    columns = [column.name for column in table.columns]
    places = {columns.index(column): set(values) for column, values in wanted.items()}
    mapping = view.mapping.id if view.mapping else None
    rows = csv_rows(table, [Export(view.monitor, view.edition, view.weigher.scheme.id, mapping)], EXACT)
    return columns, [row for row in rows if all(row[at] in values for at, values in places.items())]


def place_of(name: str, environment: Mapping[str, str] = os.environ) -> Path:
    """The file for a name: below KMTUI_EXPORT_DIR if that is set, else relative to the current folder.

    Raises RefusedError for a file that is not below KMTUI_EXPORT_DIR, whatever links and dots the name has.
    """
    confined = environment.get("KMTUI_EXPORT_DIR")
    if not confined:
        return Path(name).expanduser().absolute()
    folder = Path(confined).resolve()
    file = (folder / name).resolve()
    if not file.is_relative_to(folder) or file == folder:
        raise RefusedError(str(folder))
    return file


def save(extract: Extract, file: Path) -> None:
    """Write the file atomically (raises OSError, MissingExtraError)."""
    write_atomically(file, extract.text_for(file).encode())
