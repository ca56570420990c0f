"""A screen with a page, which is made in a background thread."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from kmtui.blocks import Document, Target
from kmtui.render.arrange import FilterError
from kmtui.tui.screens.base import TargetScreen
from kmtui.tui.widgets.filter_field import FilterField
from kmtui.tui.widgets.page_view import PageView


class ReadingScreen(TargetScreen):
    """Shows a page with search, outline, table filter and links."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "outline", "outline", id="page.outline"),
        Binding("ampersand", "filter", "filter rows", id="page.filter"),
    ]

    KEYBOARD: ClassVar[type[Widget]] = PageView

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._rows_field: FilterField | None = None
        self._filtered = ""
        """The id of the table that the field filters."""

    def body(self) -> Iterable[Widget]:
        """The page, which is yet to be made."""
        yield PageView(Document(self.target, "", ()), self.signs, id="page")

    def on_mount(self) -> None:
        """Make the page; it has the keyboard."""
        self.take_keyboard()
        self.turn()

    def maker(self) -> Callable[[], Document]:
        """The function that makes the page, called in a background thread."""
        raise NotImplementedError

    def write_title(self) -> None:
        """Write the title line for the page on the screen."""
        self.set_title(self.page_view.page.title, *self.view_labels())

    @property
    def page_view(self) -> PageView:
        """The page on the screen."""
        return self.query_one("#page", PageView)

    def turn(self) -> None:
        """Show the page from its top once it is made."""
        if self._rows_field is not None:
            self._rows_field.display = False
        self._make(self.page_view.show)

    def refresh_view(self) -> None:
        """Adopt the view of the app and keep the reading position."""
        super().refresh_view()
        self._make(self.page_view.show_again)

    def _make(self, show: Callable[[Document], None]) -> None:
        def made(page: Document) -> None:
            show(page)
            self.page_view.mark(self.sought)
            self.write_title()
            self._show_hints()  # files may have been found to be changed

        self.work.do(self.maker(), made)

    def seek(self) -> int:
        """Mark matching lines and move to the next one."""
        return self.page_view.seek(self.sought)

    def action_again(self, step: int) -> None:
        """Move to the next or previous match."""
        self.page_view.again(step)

    def action_outline(self) -> None:
        """Choose a section to go to."""
        from kmtui.tui.screens.outline import OutlineScreen

        def chosen(anchor: str | None) -> None:
            if anchor is not None:
                self.page_view.jump(anchor)

        self.app.push_screen(OutlineScreen(self.page_view.page, self.signs), chosen)

    def action_filter(self) -> None:
        """Type which rows of the table under the cursor to show."""
        self._filtered = self.page_view.table_id
        if not self._filtered:
            self.tell(self.view.say("no_table"))
            return
        if self._rows_field is None:
            self._rows_field = FilterField(self.view.say("filter_example"), self.take_keyboard, id="rows")
            self.mount(self._rows_field, before="#hints")
        self._rows_field.display = True
        self.set_focus(self._rows_field)

    @on(Input.Changed, "#rows")
    def _filter(self, event: Input.Changed) -> None:
        try:
            count = self.page_view.filter(self._filtered, event.value)
        except FilterError as error:
            self.show_hint(str(error))
        else:
            self.show_hint(f"{count} {self.view.say('found').lower()}")

    @on(Input.Submitted, "#rows")
    def _keep_filter(self, event: Input.Submitted) -> None:
        event.input.display = bool(event.value)
        self.fit()

    def _clear_filter(self) -> bool:
        """Show all rows again, if some were hidden."""
        field = self._rows_field
        if field is None or not field.display:
            return False
        with field.prevent(Input.Changed):
            field.value = ""
        field.display = False
        self.page_view.filter(self._filtered, "")
        self.take_keyboard()
        self.fit()
        return True

    def action_back(self) -> None:
        """Cancel the page that is being made; go back if no page is shown yet."""
        if not self.work.lasts and self._clear_filter():
            return
        if self.work.lasts and not self.page_view.page.blocks:
            self.work.cancel()
            self.leave()
        else:
            super().action_back()

    @on(PageView.Followed)
    def _follow(self, event: PageView.Followed) -> None:
        self.open(event.target)
