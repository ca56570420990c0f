"""The interface on a Unix terminal: it draws on standard output, and leaves in order when it is told to go."""

import asyncio
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

from kmtui.tui.thrift import Thrift

if TYPE_CHECKING:
    from textual.app import App

FAREWELLS = (signal.SIGTERM, signal.SIGHUP)
KILLED = 128
"""What a shell adds to the number of the signal that ended a program."""


class TerminalDriver(LinuxDriver):
    """Textual's driver, but for three things.

    It would draw on standard error, which `kmtui 2>log` sends elsewhere; it would draw again what is there already; and
    a signal to end would leave the terminal without a cursor, on the wrong screen, with a mouse that types.
    """

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        output = sys.__stdout__
        assert output is not None, "whoever starts the interface has looked whether there is a terminal"
        self._file = os.fdopen(output.fileno(), "w", encoding=output.encoding, errors="replace", closefd=False)
        self._thrift = Thrift()

    def write(self, data: str) -> None:
        """Write what changes on the terminal."""
        less = self._thrift(data, self._get_terminal_size())
        if less:
            super().write(less)

    def start_application_mode(self) -> None:
        """Take the terminal over, and listen to those who want it back."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        loop = asyncio.get_running_loop()
        for farewell in FAREWELLS:
            loop.add_signal_handler(farewell, self._leave, farewell)

    def _leave(self, farewell: signal.Signals) -> None:
        self._app.exit(return_code=KILLED + farewell)
