"""A screen with a page to read, which is made while the keyboard stays alive."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget

from kmtui.elements import Page
from kmtui.tui.screens.base import TargetScreen
from kmtui.tui.widgets.page_view import PageView


class ReadingScreen(TargetScreen):
    """Shows a page; what it is about can be found by typing, and lines that lead somewhere are followed."""

    KEYBOARD: ClassVar[type[Widget]] = PageView

    def body(self) -> Iterable[Widget]:
        """The page, which is yet to be made."""
        yield PageView(Page(self.target, "", ()), self.signs, id="page")

    def on_mount(self) -> None:
        """Make the page; it has the keyboard."""
        self.take_keyboard()
        self.turn(self.maker())

    def maker(self) -> Callable[[], Page]:
        """What makes the page of what is shown now, in a thread of its own."""
        raise NotImplementedError

    def write_title(self) -> None:
        """Write the title line for the page on the screen."""
        self.set_title(self.page_view.page.title, *self.looked_at())

    @property
    def page_view(self) -> PageView:
        """The page on the screen."""
        return self.query_one("#page", PageView)

    def turn(self, make: Callable[[], Page]) -> None:
        """Show another page from its top, as soon as it is made."""

        def show(page: Page) -> None:
            self.page_view.show(page)
            self.write_title()

        self.work.do(make, show)

    def look_anew(self) -> None:
        """Show the page in the view that the app has now, at the place where it was read."""
        super().look_anew()

        def show(page: Page) -> None:
            self.page_view.say_anew(page)
            self.page_view.mark(self.sought)
            self.write_title()

        self.work.do(self.maker(), show)

    def seek(self) -> int:
        """Mark the lines with these words, and go to the first of them from here on."""
        return self.page_view.seek(self.sought)

    def action_again(self, step: int) -> None:
        """Go to the next or the previous line that was found."""
        self.page_view.again(step)

    def action_back(self) -> None:
        """Wait no longer for a page; where none is there yet, that is to go back."""
        if self.work.lasts and not self.page_view.page.lines:
            self.work.cancel()
            self.leave()
        else:
            super().action_back()

    @on(PageView.Followed)
    def _follow(self, event: PageView.Followed) -> None:
        self.open(event.target)
