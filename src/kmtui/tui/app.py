"""The app: opens the newest edition and holds the state that all screens share.

What the first screen does not need is imported when it is called for.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from textual.app import SystemCommand
from textual.command import CommandPalette, Provider
from textual.screen import Screen

from kmtui.analysis.adapted_weigher import schemes_for
from kmtui.editions.errors import EditionError
from kmtui.model.base import Language
from kmtui.model.edition import Edition
from kmtui.monitor import Monitor, UnknownIdError
from kmtui.pages.view import View
from kmtui.settings import choices_file, remember
from kmtui.terminal import visible
from kmtui.tui.navigator import Navigator
from kmtui.tui.screens.base import ViewScreen
from kmtui.tui.screens.matrix import MatrixScreen
from kmtui.tui.terminal.app import DriverName
from kmtui.tui.themed import ThemedApp
from kmtui.tui.themes import FIRST, LOOKS
from kmtui.wording import KEYS, THEMES, Wording, capital

if TYPE_CHECKING:
    from kmtui.tui.saving import Extract


ACTIONS = {
    "help": "screen.help",
    "find": "screen.find",
    "edition": "app.switch_edition(1)",
    "scheme": "app.switch_scheme",
    "reload": "app.reload",
    "save": "app.save",
    "copy": "app.copy",
    "picture": "app.picture",
}
"""Palette commands that work on every screen, by binding id."""


def _commands() -> type[Provider]:
    from kmtui.tui.palette import Commands

    return Commands


class KmtuiApp(ThemedApp):
    """kmtui in a terminal."""

    CSS_PATH = "kmtui.tcss"
    TITLE = "kmtui"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    def __init__(
        self,
        monitor: Monitor,
        language: Language,
        theme: str = FIRST,
        keys: Mapping[str, str] = MappingProxyType({}),
        driver: DriverName = "kmtui",
        edition: Edition | None = None,
    ) -> None:
        """The interface on an edition, else on the newest complete one (raises as `Monitor.newest` does)."""
        super().__init__((framework.scale for framework in monitor.registry.frameworks.values()), theme, driver)
        self.monitor = monitor
        self.keys = keys
        self._views: dict[tuple[str, str, Language], View] = {}
        self._schemes: dict[str, str] = {}
        self._chosen: dict[str, str] = {}
        self._writing = threading.Lock()
        self.navigator = Navigator(self)
        self.view = self._view_of(edition or monitor.newest(), Wording(language))

    def on_mount(self) -> None:
        """Apply the remapped keys of the user."""
        self.set_keymap(dict(self.keys))

    def get_default_screen(self) -> Screen[None]:
        """Start on the matrix."""
        return MatrixScreen()

    def get_system_commands(self, _screen: Screen[object]) -> Iterable[SystemCommand]:
        """Palette commands that are not pages."""
        say = self.view.say
        for name, action in ACTIONS.items():
            yield SystemCommand(capital(say.of(KEYS[name])), "", partial(self.run_action, action))
        for name in LOOKS:
            yield SystemCommand(f"{say('theme')}: {say.of(THEMES[name])}", "", partial(self.choose_theme, name))
        yield SystemCommand(say("language"), "", self.action_language)
        yield SystemCommand(capital(say("quit")), "", self.action_quit)

    def action_command_palette(self) -> None:
        """Open the palette of pages and commands."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=self.view.say("find_command")))

    def action_theme(self) -> None:
        """Switch to the next theme and save the choice."""
        names = list(LOOKS)
        self.choose_theme(names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else FIRST)

    def choose_theme(self, name: str) -> None:
        """Switch to a theme and save the choice."""
        self.theme = name
        if isinstance(self.screen, ViewScreen):
            self.screen.tell(f"{self.view.say('theme')}: {self.view.say.of(THEMES[name])}")
        self._remember(theme=name)

    def action_language(self) -> None:
        """Switch to the other language and save the choice."""
        language: Language = "en" if self.view.say.language == "nl" else "nl"
        self.look_at(self._view_of(self.view.own.edition, Wording(language)))
        self._remember(language=language)

    def look_at(self, view: View) -> None:
        """Show another view: edition, scheme or language. Suspended screens refresh when they are shown again."""
        self.view = view
        if isinstance(self.screen, ViewScreen):
            self.screen.refresh_view()

    def action_save(self) -> None:
        """Write what is on the screen to a file."""
        if (extract := self._extract()) is not None:
            self._save(extract)

    def action_picture(self) -> None:
        """Write a picture of the screen, without notifications."""
        from kmtui.tui.saving import Extract, stem_of

        screen = self.screen
        about = screen.current_target if isinstance(screen, ViewScreen) else None
        self.clear_notifications()
        name = stem_of(self.view, *(about or ()))
        self.call_after_refresh(lambda: self._save(Extract(f"{name}.svg", self.export_screenshot())))

    def action_copy(self) -> None:
        """Copy the content of the screen to the clipboard, unless it is too long."""
        from kmtui.tui.saving import CLIPBOARD_LIMIT

        extract, say = self._extract(), self.view.say
        if extract is None:
            return
        size = len(extract.text.encode())
        if size > CLIPBOARD_LIMIT or not self.has_clipboard:
            why = f"{say('too_long')} ({size // 1000} kB)" if self.has_clipboard else say("no_clipboard")
            self.notify(why, severity="warning", markup=False)
            self._save(extract)
        else:
            self.copy_to_clipboard(extract.text)
            self.notify(f"{say('copied')} ({extract.name}, {size} B)", markup=False)

    def _extract(self) -> "Extract | None":
        """The content of the screen; None, with a notification, if it cannot be saved."""
        try:
            return self.screen.extract() if isinstance(self.screen, ViewScreen) else None
        except (EditionError, UnknownIdError) as error:
            self.notify(f"{self.view.say('not_saved')} {visible(str(error))}", severity="warning", markup=False)
            return None

    def _save(self, extract: "Extract") -> None:
        def tell(file: Path | None) -> None:
            if file is not None:
                self.notify(f"{self.view.say('saved')} {visible(str(file))}", markup=False)

        from kmtui.tui.screens.save import SaveScreen

        self.push_screen(SaveScreen(extract, self.view.say, self.signs), tell)

    def _remember(self, **choices: str) -> None:
        """Save choices in a thread; if that fails, they hold for this session."""

        self._chosen |= choices

        def write() -> None:
            try:
                with self._writing:  # each writes what holds by then, so that the last choice is the one that stays
                    remember(choices_file(), **self._chosen)
            except OSError as error:
                message = f"{self.view.say('not_remembered')} {visible(str(error))}"
                self.call_from_thread(self.notify, message, severity="warning", markup=False)

        self.run_worker(write, thread=True, group="choices")

    def action_go(self, name: str) -> None:
        """Open one of the views."""
        self.navigator.show(name)

    def action_switch_edition(self, step: int) -> None:
        """Show the next readable edition, at the same place."""

        def following() -> View:
            editions = list(self.monitor.openable())
            at = [edition.id for edition in editions].index(self.view.edition.id)
            return self._view_of(editions[(at + step) % len(editions)], self.view.say)

        self._look_from(following)

    def action_switch_scheme(self) -> None:
        """Show the edition under the next scheme that can weigh it, also of another framework."""
        edition = self.view.own.edition
        names = schemes_for(self.monitor, edition)
        chosen = names[(names.index(self.view.weigher.scheme.id) + 1) % len(names)]
        if len(names) == 1:
            if isinstance(self.screen, ViewScreen):
                self.screen.tell(self.view.say("no_other_scheme"))
            return
        self._schemes[edition.id] = chosen
        self._look_from(lambda: self._view_of(edition, self.view.say))

    def action_reload(self) -> None:
        """Reload the edition from its files, at the same place; if that fails, the loaded one stays."""
        say, edition_id = self.view.say, self.view.own.edition.id

        def read() -> Edition | EditionError:
            try:
                return self.monitor.reload(edition_id)
            except EditionError as error:
                return error

        def show(found: Edition | EditionError) -> None:
            if isinstance(found, EditionError):
                message = f"{say('not_reloaded')} {visible(str(found))}"
                self.notify(message, severity="warning", markup=False)
                return
            self._views.clear()  # views of other editions may compare with this one
            self.look_at(self._view_of(found, say))
            if isinstance(self.screen, ViewScreen):
                self.screen.tell(say("reloaded"))

        if isinstance(self.screen, ViewScreen):
            self.screen.work.do(read, show)

    def _look_from(self, make: Callable[[], View]) -> None:
        """Make a view in the background and show it."""
        if isinstance(self.screen, ViewScreen):
            self.screen.work.do(make, self.look_at)

    def _view_of(self, edition: Edition, say: Wording) -> View:
        """The view of an edition under its chosen scheme; it caches computed verdicts."""
        scheme = self._schemes.get(edition.id, edition.scheme)
        key = edition.id, scheme, say.language
        if key not in self._views:
            self._views[key] = View(self.monitor, edition, say, scheme)
        return self._views[key]
