"""The base of the app: which driver it runs on, keys in order, an orderly end after a failure, the clipboard."""

import sys
from collections import deque
from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.driver import Driver
from textual.events import Event, Key, MouseEvent, Paste

MOST_PASTED = 500
"""Characters of a paste that reach a field, all of which are single lines: more than any name, and shown at once."""
DriverName = Literal["kmtui", "textual"]


class TerminalApp(App[None]):
    """A Textual app on kmtui's driver, or on Textual's own if that is asked for or nothing else is possible."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "redraw", "redraw", id="redraw", show=False)]

    def __init__(self, driver: DriverName = "kmtui") -> None:
        self._driver_name = driver  # Textual asks for the class while it initialises
        super().__init__()
        self._keys: deque[Key] = deque()

    def get_driver_class(self) -> type[Driver]:
        """The driver for this system: on Unix kmtui's, unless Textual lacks a private name that it needs."""
        driver = super().get_driver_class()
        if sys.platform == "win32" or self._driver_name == "textual":
            return driver
        from textual.drivers.linux_driver import LinuxDriver

        from kmtui.tui.terminal.private import missing

        if driver is not LinuxDriver or any(missing()):
            return driver
        from kmtui.tui.terminal.driver import TerminalDriver

        return TerminalDriver

    def action_redraw(self) -> None:
        """Draw the whole screen again."""
        redraw = getattr(self._driver, "redraw", None)
        if redraw is not None:
            redraw()
        else:
            self.refresh(layout=True)

    @property
    def error(self) -> Exception | None:
        """The error that ended the interface."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without a traceback; the caller reports `error`."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print nothing; the caller reports `error`."""

    @property
    def has_clipboard(self) -> bool:
        """Whether the terminal can be asked to set the clipboard."""
        from kmtui.tui.terminal.clipboard import Route, clipboard_route

        return clipboard_route() is not Route.NONE

    def copy_to_clipboard(self, text: str) -> None:
        """Set the clipboard of the terminal, through tmux or GNU screen if one stands between."""
        from kmtui.tui.terminal.clipboard import Route, clipboard_route, wrapped

        route = clipboard_route()
        if route is Route.SCREEN:
            self._clipboard = text  # without the sequence that Textual writes
        else:
            super().copy_to_clipboard(text)
        if self._driver is not None and (sequence := wrapped(text, route)):
            self._driver.write(sequence)

    async def on_event(self, event: Event) -> None:
        """Handle keys one by one: each waits until all effects of the one before are done.

        Textual passes on a whole batch at once; then the keys after `/` would not reach the field that it opens.
        """
        if isinstance(event, MouseEvent) and not self.size.contains(int(event.screen_x), int(event.screen_y)):
            return  # a terminal that has just become smaller; some of Textual's widgets fail on it
        if isinstance(event, Paste):
            event = Paste(event.text.partition("\n")[0][:MOST_PASTED])
        if isinstance(event, Key) and not event.is_forwarded:
            self._keys.append(event)
            if len(self._keys) == 1:
                await self._take_key()
        else:
            await super().on_event(event)

    @property
    def has_keys(self) -> bool:
        """Whether keys are waiting, or one is still being handled."""
        return bool(self._keys)

    async def _take_key(self) -> None:
        await super().on_event(self._keys[0])
        self._follow_key((self.focused or self.screen).ancestors_with_self)

    def _follow_key(self, path: Sequence[DOMNode]) -> None:
        """Follow the key from widget to app through their message queues; then handle the next one."""
        while path:
            node, *path = path
            if node.call_later(self._follow_key, path):
                return  # otherwise the node is gone
        self._keys.popleft()
        if self._keys:
            self.call_later(self._take_key)
