"""The sections of a document, to choose one to go to."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kmtui.blocks import Document, outline, plain
from kmtui.render.signs import Signs


class OutlineScreen(ModalScreen[str | None]):
    """Lists the sections, indented by their level; gives the anchor of the one that is chosen, or None."""

    CSS_PATH = "outline.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o", "dismiss(None)", "close", id="outline.close"),
        Binding("j", "down", "down", id="page.down", show=False),
        Binding("k", "up", "up", id="page.up", show=False),
    ]

    def __init__(self, page: Document, signs: Signs) -> None:
        super().__init__()
        self._page, self._signs = page, signs

    def compose(self) -> ComposeResult:
        """The list."""
        options = (
            Option(Content("  " * (found.level - 1) + self._signs.text(plain(found.section.title))))
            for found in outline(self._page.blocks)
        )
        yield OptionList(*options, id="outline")

    def action_down(self) -> None:
        """Move to the next section."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """Move to the previous section."""
        self.query_one(OptionList).action_cursor_up()

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        sections = [found.section for found in outline(self._page.blocks)]
        self.dismiss(sections[event.option_index].anchor)
