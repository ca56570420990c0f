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
"""Cells beside what is written in one line."""


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
        """The edition as it is looked at now."""
        return self.kmtui.view

    @property
    def signs(self) -> Signs:
        """The signs that this terminal can show."""
        return self.kmtui.signs

    @property
    def current_target(self) -> Target | None:
        """What the cursor is on here: a cell, a corps, a dimension ..."""
        return None

    def compose(self) -> ComposeResult:
        """Title, body, hints; the field in which one types what to find comes with the first search."""
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

    def looked_at(self) -> tuple[str, str]:
        """The edition that is looked at, and the rules if they are not its own."""
        view = self.view
        return view.edition.title, "" if view.is_by_own_rules else view.say.of(view.weigher.scheme.name)

    def tell(self, text: str) -> None:
        """Show a notice."""
        self.notify(self.signs.text(text), markup=False)

    def extract(self) -> "Extract":
        """What is on the screen, to be saved (raises EditionError where its data are broken)."""
        from kmtui.tui.saving import of_page, of_table
        from kmtui.tui.widgets.page_view import PageView

        shown = self.query_one(PageView)
        table = shown.chosen_table
        return of_table(self.view, shown.page, table) if table else of_page(self.view, shown.page, self.signs)

    def on_screen_resume(self) -> None:
        """Come to the front again; edition, rules or language may have changed meanwhile."""
        if self._seen is not self.view:
            self.refresh_view()

    def refresh_view(self) -> None:
        """Show the view that the app has now; screens add what else they hold of it."""
        self._seen = self.view
        if self._field is not None:
            self._field.placeholder = self._invitation
        self._show_hints()

    @property
    def is_seen_otherwise(self) -> bool:
        """Whether the app looks at another edition than this screen, or by other rules, beside how it speaks."""
        seen, now = self._seen, self.view
        if seen is None or seen.own.edition is not now.own.edition:
            return True
        return seen.weigher.scheme.id != now.weigher.scheme.id

    def on_resize(self) -> None:
        """Adapt to a new size; Textual reports the same size several times."""
        if self._room != self.app.size:
            self._room = self.app.size
            self.fit()

    def fit(self) -> None:
        """Name the keys that there is room for; screens add what else depends on their size."""
        self._show_hints()

    def take_keyboard(self) -> None:
        """Focus the main widget at once, so that keys typed ahead reach it."""
        self.set_focus(self.query_one(self.KEYBOARD))

    def key_of(self, action: str) -> str:
        """The first key of an action, as it is printed."""
        return printed(keys_by_action((self.KEYBOARD, type(self)), self.kmtui.keys)[action][0])

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Keys and word of each hint."""
        keys = keys_by_action((self.KEYBOARD, type(self)), self.kmtui.keys)
        for actions, word in self.HINTS:
            yield " ".join(printed(keys[action][0]) for action in actions.split("+")), self.view.say(word).lower()

    def _hints(self) -> Text:
        """The keys that matter now, in one line."""
        say, text = self.view.say, Text()
        told = self.hint_keys()
        if self.view.monitor.has_changed(self.view.edition.id):
            text.append(f"{say('files_changed')} ", "bold")
            told = chain([(self.key_of("reload"), say("reload").lower())], told)
        if self.work.lasts:
            text.append(f"{say('busy')} ... ", "bold")
            told = iter((("esc", say("do_not_wait")),))
        elif self._found is not None:
            text.append(f"{self._found} {say('found').lower()} ", "bold")
            told = iter((("enter", say("keep_search")), ("esc", say("end_search"))))
        for keys, word in told:
            word = self.signs.text(word)
            if text.cell_len + len(keys) + len(word) + 2 <= self.app.size.width - PADDING:
                text.append(keys, "bold reverse")
                text.append(f" {word} ")
        return text

    def show_hint(self, text: str) -> None:
        """Show a text in the place of the hints, until they are written again."""
        self.query_one("#hints", Static).update(Text(self.signs.text(text), "bold"))

    def _show_hints(self) -> None:
        self.query_one("#hints", Static).update(self._hints())

    def action_help(self) -> None:
        """Show the keys of this screen."""
        self.kmtui.navigator.help()

    @property
    def sought(self) -> str:
        """What was typed to be found."""
        return self._field.value.strip() if self._field is not None else ""

    @property
    def _invitation(self) -> str:
        """What the empty field says."""
        return f"{self.view.say('find').capitalize()} ..."

    def action_find(self) -> None:
        """Type what is to be found on this screen."""
        if self._field is None:
            self._field = FilterField(self._invitation, self.take_keyboard, id="filter")
            self.mount(self._field, before="#hints")
        self._field.display = True
        self.set_focus(self._field)  # at once, so that what is typed ahead goes there

    def search(self, typed: str) -> None:
        """Have this typed in the field, before what is found is shown; nothing ends the search."""
        if self._field is not None:  # as it is where anything was typed before
            with self._field.prevent(Input.Changed):
                self._field.value = typed
            self._field.display = bool(typed)

    def action_again(self, step: int) -> None:
        """Go to the next or the previous that was found."""
        raise NotImplementedError

    def seek(self) -> int:
        """Show what is found, and say how much; nothing is typed when the search is over."""
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
        """Cancel work; otherwise end the search; otherwise go back."""
        if self.work.cancel():
            return
        if self._field is not None and self._field.display:
            self.search("")
            self._seek()
            self.take_keyboard()
        else:
            self.leave()

    def leave(self) -> None:
        """Go back to where one came from."""
        self.kmtui.navigator.back()

    def open(self, target: Target) -> None:
        """Show the page of something, with this screen to come back to."""
        self.kmtui.navigator.open(target)


class TargetScreen(ViewScreen):
    """A screen about something that lines of pages can lead to."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self.target = target
