"""A page about a score, a corps, a dimension, a partner, a unit or a table."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from kmtui.elements import Page, Target
from kmtui.pages.in_place import page_in_place
from kmtui.pages.kinds import page_of, siblings
from kmtui.tui.screens.base import TargetScreen
from kmtui.tui.widgets.page_view import PageView


class PageScreen(TargetScreen):
    """Shows the page of a target; `[` and `]` turn to the page of its neighbour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket,left,h", "neighbour(-1)", "previous", id="previous"),
        Binding("right_square_bracket,right,l", "neighbour(1)", "next", id="next"),
        Binding("c", "corps", "corps", id="corps"),
        Binding("d", "dimension", "dimension", id="dimension"),
    ]

    @property
    def in_hand(self) -> Target:
        """What the page is about."""
        return self.target

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield PageView(self._page(), self.signs, id="page")

    def on_mount(self) -> None:
        """Write the title; the page has the keyboard."""
        self.query_one("#page", PageView).focus()
        self._title()

    def say_anew(self) -> None:
        """Say title and page in the other language."""
        super().say_anew()
        self.query_one("#page", PageView).say_anew(self._page())
        self._title()

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Key and word of each hint."""
        say = self.view.say
        yield from (
            ("?", say("help")),
            ("esc", say("back")),
            ("enter", say("follow")),
            ("tab", say("next_link")),
            ("[ ]", say("neighbour")),
            ("q", say("quit")),
        )

    def _page(self) -> Page:
        """The page, or what is wrong with its data."""
        return page_in_place(self.target, self.view.say("broken"), lambda: page_of(self.view, self.target))

    def _title(self) -> None:
        self.set_title(self.query_one("#page", PageView).page.title, self.view.edition.title)

    def _turn_to(self, target: Target) -> None:
        self.target = target
        self.query_one("#page", PageView).show(self._page())
        self._title()

    @on(PageView.Followed)
    def _follow(self, event: PageView.Followed) -> None:
        self.open(event.target)

    def action_neighbour(self, step: int) -> None:
        """Turn to the next or previous page of this kind."""
        pages = siblings(self.view, self.target)
        if self.target in pages:
            self._turn_to(pages[(pages.index(self.target) + step) % len(pages)])

    def action_corps(self) -> None:
        """Open the page of the corps."""
        if self.target.kind == "cell":
            self.open(Target("corps", self.target.corps))

    def action_dimension(self) -> None:
        """Open the page of the dimension."""
        if self.target.kind == "cell":
            self.open(Target("dimension", "", self.target.id))
