"""What every screen shares: a title above, hints below, help on `?`, and the way back."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from kmtui.elements import Target
from kmtui.pages.view import View
from kmtui.tui.drawing import Signs
from kmtui.tui.views import VIEWS

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp
    from kmtui.tui.saving import Extract


class ViewScreen(Screen[None]):
    """A full screen on the edition that the app shows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="help"),
        Binding("escape", "back", "back", id="back"),
        *(destination.binding for destination in VIEWS.values()),
        Binding("W", "app.save", "write", id="save"),
        Binding("y", "app.copy", "copy", id="copy"),
        Binding("P", "app.picture", "picture", id="picture"),
        Binding("t", "app.theme", "theme", id="theme"),
        Binding("L", "app.language", "language", id="language"),
        Binding("q", "app.quit", "quit", id="quit"),
        Binding("ctrl+p", "app.command_palette", "palette", id="palette", priority=True),
    ]

    @property
    def kmtui(self) -> "KmtuiApp":
        """The app."""
        return cast("KmtuiApp", self.app)

    @property
    def view(self) -> View:
        """The edition as it is looked at now."""
        return self.kmtui.view

    @property
    def signs(self) -> Signs:
        """The signs that this terminal can show."""
        return self.kmtui.signs

    @property
    def in_hand(self) -> Target | None:
        """What the cursor is on here: a cell, a corps, a dimension ..."""
        return None

    def compose(self) -> ComposeResult:
        """Title, body, hints."""
        yield Static(id="title", markup=False)
        yield from self.body()
        yield Static(self.hints(), id="hints", markup=False)

    def body(self) -> Iterable[Widget]:
        """The widgets between title and hints."""
        return ()

    def set_title(self, *parts: str) -> None:
        """Write the title line."""
        self.query_one("#title", Static).update(Text(self.signs.text(" · ".join(part for part in parts if part))))

    def extract(self) -> "Extract":
        """What is on the screen, to be saved (raises EditionError where its data are broken)."""
        from kmtui.tui.saving import of_page
        from kmtui.tui.widgets.page_view import PageView

        return of_page(self.view, self.query_one(PageView).page, self.signs)

    def say_anew(self) -> None:
        """Say everything in the language that the app speaks now; screens that hold more words add to this."""
        self.query_one("#hints", Static).update(self.hints())

    def hints(self) -> Text:
        """The keys that matter here, in one line."""
        text = Text()
        for key, word in self.hint_keys():
            text.append(key, "bold reverse")
            text.append(f" {word} ")
        return text

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Key and word of each hint."""
        say = self.view.say
        yield from (("?", say("help")), ("esc", say("back")), ("q", say("quit")))

    def action_help(self) -> None:
        """Show the keys of this screen."""
        from kmtui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    def action_back(self) -> None:
        """Go back to where one came from."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def open(self, target: Target) -> None:
        """Show the page of something, with this screen to come back to."""
        from kmtui.tui.routes import screen_of

        self.app.push_screen(screen_of(target))


class TargetScreen(ViewScreen):
    """A screen about something that lines of pages can lead to."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
