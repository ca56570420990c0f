"""What every screen shares: a title above, hints below, help on `?`, finding by `/`, and the way back."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from kmtui.blocks import Target
from kmtui.pages.view import View
from kmtui.render.signs import Signs
from kmtui.tui.context import Interface
from kmtui.tui.keys import keys_by_action, printed
from kmtui.tui.views import VIEWS
from kmtui.tui.widgets.filter_field import FilterField
from kmtui.tui.work import Work

if TYPE_CHECKING:
    from kmtui.tui.saving import Extract


PADDING = 2
"""Cells of padding beside a one-line text."""


class ViewScreen(Screen[None]):
    """A full screen on the edition that the app shows.

    `KEYBOARD` is the kind of widget that has the keyboard. `HINTS` are the keys named below, as far as there is room:
    the actions whose keys they are, with `+` between them, and the word for what they do.
    """

    KEYBOARD: ClassVar[type[Widget]]
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (("help", "help"), ("back", "back"), ("quit", "quit"))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="help"),
        Binding("escape", "back", "back", id="back"),
        Binding("slash", "find", "find", id="find"),
        Binding("n", "again(1)", "next like it", id="find.next"),
        Binding("N", "again(-1)", "previous like it", id="find.previous"),
        *(destination.binding for destination in VIEWS.values()),
        Binding("e", "app.switch_edition(1)", "edition", id="edition"),
        Binding("S", "app.switch_scheme", "rules", id="scheme"),
        Binding("E,f5", "app.reload", "reload", id="reload"),
        Binding("W", "app.save", "write", id="save"),
        Binding("y", "app.copy", "copy", id="copy"),
        Binding("P", "app.picture", "picture", id="picture"),
        Binding("t", "app.theme", "theme", id="theme"),
        Binding("L", "app.language", "language", id="language"),
        Binding("ctrl+l", "app.redraw", "redraw", id="redraw"),
        Binding("q", "app.quit", "quit", id="quit"),
        Binding("f,ctrl+p", "app.command_palette", "palette", id="palette"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.work = Work(self, self._show_hints)
        self._seen: View | None = None
        self._found: int | None = None
        self._room = Size(0, 0)
        self._field: FilterField | None = None

    @property
    def kmtui(self) -> Interface:
        """The app."""
        return cast(Interface, self.app)

    @property
    def view(self) -> View:
        """The view that the app shows: edition, scheme and language."""
        return self.kmtui.view

    @property
    def signs(self) -> Signs:
        """The signs that this terminal can show."""
        return self.kmtui.signs

    @property
    def current_target(self) -> Target | None:
        """The target under the cursor: a cell, a corps, a dimension ..."""
        return None

    def compose(self) -> ComposeResult:
        """Title, body and hints; the search field is added by the first search."""
        self._seen, self._room = self.view, self.app.size
        yield Static(id="title", markup=False)
        yield from self.body()
        yield Static(self._hints(), id="hints", markup=False)

    def body(self) -> Iterable[Widget]:
        """The widgets between title and hints."""
        return ()

    def set_title(self, *parts: str) -> None:
        """Write the title line."""
        self.query_one("#title", Static).update(Text(self.signs.text(" · ".join(part for part in parts if part))))

    def view_labels(self) -> tuple[str, str]:
        """Labels of the edition and, if it is not the edition's own, of the scheme."""
        view = self.view
        return view.edition.title, "" if view.is_by_own_rules else view.say.of(view.weigher.scheme.name)

    def tell(self, text: str) -> None:
        """Show a short notification."""
        self.notify(self.signs.text(text), markup=False)

    def extract(self) -> "Extract":
        """The content of the screen to save (raises EditionError if its data are invalid)."""
        from kmtui.tui.saving import of_page, of_table
        from kmtui.tui.widgets.page_view import PageView

        shown = self.query_one(PageView)
        table = shown.chosen_table
        return of_table(self.view, shown.page, table) if table else of_page(self.view, shown.page, self.signs)

    def on_screen_resume(self) -> None:
        """Refresh if edition, scheme or language changed while the screen was suspended."""
        if self._seen is not self.view:
            self.refresh_view()

    def refresh_view(self) -> None:
        """Adopt the view of the app; subclasses refresh what they derived from it."""
        self._seen = self.view
        if self._field is not None:
            self._field.placeholder = self._invitation
        self._show_hints()

    @property
    def is_seen_otherwise(self) -> bool:
        """Whether the app shows another edition or scheme than this screen, apart from the language."""
        seen, now = self._seen, self.view
        if seen is None or seen.own.edition is not now.own.edition:
            return True
        return seen.weigher.scheme.id != now.weigher.scheme.id

    def on_resize(self) -> None:
        """Lay out for a new size; Textual repeats events of the same size."""
        if self._room != self.app.size:
            self._room = self.app.size
            self.fit()

    def fit(self) -> None:
        """Show the hints that fit; subclasses update what else depends on the size."""
        self._show_hints()

    def take_keyboard(self) -> None:
        """Focus the main widget at once, so that it receives typed-ahead keys."""
        self.set_focus(self.query_one(self.KEYBOARD))

    def key_of(self, action: str) -> str:
        """The label of the first key of an action."""
        return printed(keys_by_action((self.KEYBOARD, type(self)), self.kmtui.keys)[action][0])

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """(keys, word) of each hint."""
        keys = keys_by_action((self.KEYBOARD, type(self)), self.kmtui.keys)
        for actions, word in self.HINTS:
            yield " ".join(printed(keys[action][0]) for action in actions.split("+")), self.view.say(word).lower()

    def _hints(self) -> Text:
        """The hints for the present state, in one line."""
        say, text = self.view.say, Text()
        hints = self.hint_keys()
        if self.view.monitor.has_changed(self.view.edition.id):
            text.append(f"{say('files_changed')} ", "bold")
            hints = chain([(self.key_of("reload"), say("reload").lower())], hints)
        if self.work.lasts:
            text.append(f"{say('busy')} ... ", "bold")
            hints = iter((("esc", say("do_not_wait")),))
        elif self._found is not None:
            text.append(f"{self._found} {say('found').lower()} ", "bold")
            hints = iter((("enter", say("keep_search")), ("esc", say("end_search"))))
        for keys, word in hints:
            word = self.signs.text(word)
            if text.cell_len + len(keys) + len(word) + 2 <= self.app.size.width - PADDING:
                text.append(keys, "bold reverse")
                text.append(f" {word} ")
        return text

    def show_hint(self, text: str) -> None:
        """Show a text instead of the hints, until these are drawn again."""
        self.query_one("#hints", Static).update(Text(self.signs.text(text), "bold"))

    def _show_hints(self) -> None:
        self.query_one("#hints", Static).update(self._hints())

    def action_help(self) -> None:
        """Show the keys of this screen."""
        self.kmtui.navigator.help()

    @property
    def sought(self) -> str:
        """The text of the search."""
        return self._field.value.strip() if self._field is not None else ""

    @property
    def _invitation(self) -> str:
        """The placeholder of the search field."""
        return f"{self.view.say('find').capitalize()} ..."

    def action_find(self) -> None:
        """Open the search field."""
        if self._field is None:
            self._field = FilterField(self._invitation, self.take_keyboard, id="filter")
            self.mount(self._field, before="#hints")
        self._field.display = True
        self.set_focus(self._field)  # at once, so that what is typed ahead goes there

    def search(self, typed: str) -> None:
        """Set the text of the field before matches are shown; an empty text ends the search."""
        if self._field is not None:  # as it is where anything was typed before
            with self._field.prevent(Input.Changed):
                self._field.value = typed
            self._field.display = bool(typed)

    def action_again(self, step: int) -> None:
        """Move to the next or previous match."""
        raise NotImplementedError

    def seek(self) -> int:
        """Show the matches and their number; the text is empty when the search has ended."""
        raise NotImplementedError

    @on(Input.Changed, "#filter")
    def _seek(self) -> None:
        found = self.seek()
        self._found = found if self.sought else None
        self._show_hints()

    @on(Input.Submitted, "#filter")
    def _keep(self) -> None:
        if self._field is not None:
            self._field.display = bool(self.sought)
        self._found = None
        self._show_hints()

    def action_back(self) -> None:
        """Cancel running work; else end the search; else go back."""
        if self.work.cancel():
            return
        if self._field is not None and self._field.display:
            self.search("")
            self._seek()
            self.take_keyboard()
        else:
            self.leave()

    def leave(self) -> None:
        """Go back to the previous screen."""
        self.kmtui.navigator.back()

    def open(self, target: Target) -> None:
        """Open the page of a target; `back` returns to this screen."""
        self.kmtui.navigator.open(target)


class TargetScreen(ViewScreen):
    """A screen about a target that links can open."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
