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
        self.turn()

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

    def turn(self) -> None:
        """Show what is looked at now from its top, as soon as its page is made."""
        self._make(self.page_view.show)

    def look_anew(self) -> None:
        """Show the page in the view that the app has now, at the place where it was read."""
        super().look_anew()
        self._make(self.page_view.say_anew)

    def _make(self, show: Callable[[Page], None]) -> None:
        def made(page: Page) -> None:
            show(page)
            self.page_view.mark(self.sought)
            self.write_title()
            self._show_hints()  # files may have been found to be changed

        self.work.do(self.maker(), made)

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
