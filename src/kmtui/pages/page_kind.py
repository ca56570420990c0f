"""The record of a kind of page. It stands beside the function that makes the page; all that lists pages reads it."""

from collections.abc import Callable, Collection, Mapping

import msgspec

from kmtui.blocks import Document, Target
from kmtui.model.base import Text
from kmtui.pages.view import View

ONLY = ""
"""The id of a page that is the only one of its kind."""

Wanted = Mapping[str, Collection[str]]
"""The values that a column of an export must have, by the column's name."""


class Rows(msgspec.Struct, frozen=True):
    """The rows of an export that a page is about: the name of the table, and the values to select by."""

    table: str
    wanted: Callable[[View, Target], Wanted] = lambda _view, _target: {}

    @classmethod
    def by(cls, table: str, column: str) -> "Rows":
        """The rows that have the page's id in a column."""
        return cls(table, lambda _view, target: {column: {target.corps or target.id}})


class PageKind(msgspec.Struct, frozen=True):
    """A kind of page: how the page of an id is made, the ids in order, and the title of each without making its page.

    `help` says what the page shows. Of a kind with `many` pages, lists of all pages show none. Without `rows` the page
    is saved as text. The digits that open views are in `tui/views.py`, which is read before any page is needed.
    """

    id: str
    help: Text
    make: Callable[[View, str], Document]
    ids: Callable[[View], list[str]]
    title: Callable[[View, str], str]
    many: bool = False
    rows: Rows | None = None

    @property
    def is_single(self) -> bool:
        """Whether there is one page of this kind, which has no id."""
        return self.ids is _only

    @classmethod
    def single(cls, kind: str, help: Text, make: Callable[[View], Document], rows: Rows | None = None) -> "PageKind":
        """A kind with one page."""
        return cls(kind, help, lambda view, _: make(view), _only, lambda view, _: view.edition.title, rows=rows)


def _only(_view: View) -> list[str]:
    return [ONLY]


class CellKind(msgspec.Struct, frozen=True):
    """A kind of page about a cell of a grid: the kinds of its row and its column, and which of them there are."""

    id: str
    make: Callable[[View, str, str], Document]
    row: str
    column: str
    row_ids: Callable[[View], Collection[str]]
    column_ids: Callable[[View], Collection[str]]
    column_target: Callable[[View, str], Target]
    rows: Rows


def text(nl: str, en: str) -> Text:
    """A constant text in both languages."""
    return Text.unchecked(nl=nl, en=en)
