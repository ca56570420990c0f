"""The interface on a Unix terminal: it draws on standard output, and leaves in order when it is told to go."""

import asyncio
import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Resize
from textual.message import Message

from kmtui.terminal import speaks_unicode
from kmtui.tui.thrift import Thrift

if TYPE_CHECKING:
    from textual.app import App

FAREWELLS = (signal.SIGTERM, signal.SIGHUP)
KILLED = 128
"""What a shell adds to the number of the signal that ended a program."""
AT_ONCE = 65536
"""Bytes of input that are read at once, so that what is pasted comes in few pieces."""
POP_KEYBOARD = "\x1b[<u"
"""Takes back what is said anew whenever the terminal is taken over: that keys come by the protocol of kitty."""
MOUSE_IN_CELLS = "\x1b[?1016l"
"""Takes back what is said to a terminal that tells its size in pixels."""
MOST_COLUMNS, MOST_ROWS = 1000, 500
"""What is drawn of a terminal that claims to be larger; millions of cells would keep its session from all else."""
UNDECIDED = 0.15
"""Seconds after which what has come is all that will: an escape is then the key, and not the beginning of another."""


def _bounded(columns: int, rows: int) -> tuple[int, int]:
    return min(columns, MOST_COLUMNS), min(rows, MOST_ROWS)


class TerminalDriver(LinuxDriver):
    """Textual's driver, but for five things.

    It would draw on standard error, which `kmtui 2>log` sends elsewhere; it would draw again what is there already; a
    signal to end would leave the terminal without a cursor, on the wrong screen, with a mouse that types; it would look
    for input ten times a second, and take that long to end; and it would believe that a terminal is of any size.
    """

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        output = sys.__stdout__
        assert output is not None, "whoever starts the interface has looked whether there is a terminal"
        encoding = output.encoding if speaks_unicode() else "ascii"  # whatever Python makes of `LANG=C`
        self._file = os.fdopen(output.fileno(), "w", encoding=encoding, errors="replace", closefd=False)
        self._thrift = Thrift()
        self._stopping, self._stop = os.pipe()
        self._is_ours = False

    def write(self, data: str) -> None:
        """Write what changes on the terminal."""
        less = self._thrift(data, self._get_terminal_size())
        if less:
            super().write(less)

    def _get_terminal_size(self) -> tuple[int, int]:
        return _bounded(*super()._get_terminal_size())

    def process_message(self, message: Message) -> None:
        """Hand on what has come in."""
        if isinstance(message, Resize):
            message = Resize.from_dimensions(_bounded(*message.size), message.pixel_size)
        super().process_message(message)

    def start_application_mode(self) -> None:
        """Listen to those who want the terminal back, and take it over.

        It may be ours already: a signal to go on comes with the loss of a connection, too. Then what it was before we
        took it stays in mind.
        """
        self._loop = asyncio.get_running_loop()
        for farewell in FAREWELLS:
            self._loop.add_signal_handler(farewell, self._leave, farewell)
        before = self.attrs_before if self._is_ours else None
        if self._is_ours:
            self.disable_input()
            self.write(POP_KEYBOARD)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.attrs_before = before or self.attrs_before
        self._is_ours = True

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._mouse_pixels:
            self.write(MOUSE_IN_CELLS)
        super().stop_application_mode()
        self._is_ours = False

    def disable_input(self) -> None:
        """Read no more input."""
        if self._key_thread is not None and self._key_thread.is_alive():
            os.write(self._stop, b"\0")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Read input and pass it on until it is disabled; sleep as long as there is none."""
        parser, decode = XTermParser(self._debug), getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._stopping, selectors.EVENT_READ)
            came = False
            while True:
                ready = {key.fd for key, _ in selector.select(UNDECIDED if came else None)}
                if self._stopping in ready:
                    os.read(self._stopping, 1)
                    break
                came = self.fileno in ready
                data = self._read() if came else b""
                if came and not data:
                    selector.unregister(self.fileno)
                    self._loop.call_soon_threadsafe(self._leave, signal.SIGHUP)
                try:
                    for event in parser.feed(decode(data)) if data else parser.tick():
                        self.process_message(event)
                except (ValueError, OverflowError):  # a number too large for a key: what comes next may be one again
                    parser = XTermParser(self._debug)
        with suppress(EOFError, ParseError):
            for _ in parser.feed(""):
                pass

    def close(self) -> None:
        """Let go of everything."""
        self.disable_input()
        super().close()
        os.close(self._stopping)
        os.close(self._stop)

    def _read(self) -> bytes:
        """What has come; nothing where the terminal has gone."""
        try:
            return os.read(self.fileno, AT_ONCE)
        except OSError:
            return b""

    def _leave(self, farewell: signal.Signals) -> None:
        self._app.exit(return_code=KILLED + farewell)
