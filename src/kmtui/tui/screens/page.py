"""A page about a score, a corps, a dimension, a partner, a unit or a table."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from kmtui.blocks import Document, Target
from kmtui.pages.inline_errors import document_or_errors
from kmtui.pages.kinds import column_of, page_of, row_of, siblings
from kmtui.pages.view import View
from kmtui.tui.screens.reading import ReadingScreen


class PageScreen(ReadingScreen):
    """Shows the page of a target; `[` and `]` turn to the page of its neighbour."""

    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("help", "help"),
        ("back", "back"),
        ("open", "follow"),
        ("page.next_link", "next_link"),
        ("previous+next", "neighbour"),
        ("find", "find"),
        ("palette", "palette"),
        ("quit", "quit"),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "neighbour(-1)", "previous", id="previous"),
        Binding("right_square_bracket", "neighbour(1)", "next", id="next"),
        Binding("c", "corps", "corps", id="corps"),
        Binding("d", "dimension", "dimension", id="dimension"),
    ]

    @property
    def current_target(self) -> Target:
        """What the page is about."""
        return self.target

    def maker(self) -> Callable[[], Document]:
        """The function that makes the page, or its errors."""
        return partial(_page, self.view, self.target)

    def action_neighbour(self, step: int) -> None:
        """Turn to the next or previous page of this kind."""
        pages = siblings(self.view, self.target)
        if self.target in pages:
            self.target = pages[(pages.index(self.target) + step) % len(pages)]
            self.turn()

    def action_corps(self) -> None:
        """Open the page of the row of a cell."""
        if found := row_of(self.target):
            self.open(found)

    def action_dimension(self) -> None:
        """Open the page of the column of a cell."""
        if found := column_of(self.view, self.target):
            self.open(found)


def _page(view: View, target: Target) -> Document:
    return document_or_errors(view, target, lambda: page_of(view, target))
