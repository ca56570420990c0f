"""The driver for Unix terminals: minimal output, filtered input, and an orderly end; the package says why."""

import asyncio
import os
import re
import selectors
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste, Resize
from textual.message import Message

from kmtui.terminal import speaks_unicode
from kmtui.tui.terminal.input_filter import InputFilter
from kmtui.tui.terminal.input_filter import Paste as PastedText
from kmtui.tui.terminal.output_diff import OutputDiff
from kmtui.tui.terminal.writer import TerminalWriter

if TYPE_CHECKING:
    from textual.app import App

END_SIGNALS = (signal.SIGTERM, signal.SIGHUP)
KILLED = 128
"""What a shell adds to the number of the signal that ended a program."""
READ_SIZE = 65536
"""Bytes per read, so that a paste comes in few pieces."""
MOUSE_IN_CELLS = "\x1b[?1016l"
"""Ends mouse reports in pixels, which LinuxDriver leaves on."""
CLEAR = "\x1b[0m\x1b[2J"
DRAWING = re.compile(r"\x1b\[\d+;\d+H")
"""Marks output that may be dropped: cells. Modes must arrive."""
MOST_COLUMNS, MOST_ROWS = 1000, 500
"""Bounds on the size of the screen; drawing millions of cells would block everything else."""

constants.ESCAPE_DELAY = 0  # type: ignore[misc]  # InputFilter has waited already


def _bounded(columns: int, rows: int) -> tuple[int, int]:
    return min(columns, MOST_COLUMNS), min(rows, MOST_ROWS)


class TerminalDriver(LinuxDriver):
    """Textual's driver with its own output, input and life cycle.

    It starts, suspends, resumes and stops in any order and any number of times; what does not apply is ignored.
    """

    def __init__(self, app: "App[Any]", **options: Any) -> None:
        super().__init__(app, **options)
        output = sys.__stdout__
        assert output is not None, "the command line has checked that standard output is a terminal"
        self._descriptor = output.fileno()
        self._encoding = "utf-8" if speaks_unicode() else "ascii"  # which decides the signs, too
        self._diff = OutputDiff()
        self._writer: TerminalWriter | None = None
        self._stop_pipe: tuple[int, int] | None = None
        self._is_switching = self._has_started = self._is_outdated = False

    def write(self, data: str) -> None:
        """Write what changes on the screen; drawings are dropped while the terminal is behind."""
        if self._writer is None:
            return
        if self._writer.is_behind and DRAWING.search(data):
            self._is_outdated = True
        elif changes := self._diff(data, self._get_terminal_size()):
            self._writer.write(changes.encode(self._encoding, "replace"))

    def redraw(self) -> None:
        """Clear the screen and draw it again, whatever another program has written on it."""
        self.write(CLEAR)
        self._app.refresh(layout=True)

    def _get_terminal_size(self) -> tuple[int, int]:
        return _bounded(*super()._get_terminal_size())

    def process_message(self, message: Message) -> None:
        """Pass on a message, with the size bounded."""
        if isinstance(message, Resize):
            message = Resize.from_dimensions(_bounded(*message.size), message.pixel_size)
        super().process_message(message)

    def start_application_mode(self) -> None:
        """Take over the terminal; if it is taken over already, give it back first.

        SIGCONT comes after a SIGSTOP that could not be handled, and with the loss of a connection.
        """
        with self._switching() as alone:
            if not alone:
                return
            self._stop()
            self._loop = asyncio.get_running_loop()
            for number in END_SIGNALS:
                self._loop.add_signal_handler(number, self._end, number)
            self._stop_pipe = os.pipe()
            self._diff.forget()
            self._writer = TerminalWriter(self._descriptor, self._caught_up)
            super().start_application_mode()  # type: ignore[no-untyped-call]
            if self._key_thread is None:  # in the background, where the terminal cannot be had
                self._release()
                return
            if self._has_started:
                self._loop.call_soon_threadsafe(self.redraw)
            self._has_started = True

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        with self._switching() as alone:
            if alone:
                self._stop()

    def close(self) -> None:
        """Give the terminal back, if that has not been done."""
        self.stop_application_mode()

    @contextmanager
    def _switching(self) -> Iterator[bool]:
        """Give False to a signal handler that comes while the terminal is being taken over or given back."""
        if self._is_switching:
            yield False
            return
        self._is_switching = True
        try:
            yield True
        finally:
            self._is_switching = False

    def _stop(self) -> None:
        if self._stop_pipe is None or self._writer is None:
            return
        if self._mouse_pixels:
            self.write(MOUSE_IN_CELLS)
            self._mouse_pixels = False
        super().stop_application_mode()
        self._release()

    def _release(self) -> None:
        super().close()
        if self._writer is not None:
            self._writer.stop()
        for descriptor in self._stop_pipe or ():
            os.close(descriptor)
        self._writer = self._stop_pipe = self._key_thread = None

    def disable_input(self) -> None:
        """Stop reading input."""
        if self._stop_pipe and self._key_thread is not None and self._key_thread.is_alive():
            os.write(self._stop_pipe[1], b"\0")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Read input and pass it on until it is disabled; sleep while there is none."""
        assert self._stop_pipe is not None
        stopping = self._stop_pipe[0]
        parser, decode, split = (
            XTermParser(self._debug),
            getincrementaldecoder("utf-8")("replace").decode,
            InputFilter(),
        )
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(stopping, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _ in selector.select(split.delay)}
                if stopping in ready:
                    return
                data = self._read() if ready else b""
                if ready and not data:
                    selector.unregister(self.fileno)
                    self._loop.call_soon_threadsafe(self._end, signal.SIGHUP)
                for unit in split.feed(decode(data)) if data else split.flush():
                    if isinstance(unit, PastedText):
                        self.process_message(Paste(unit.text))
                        continue
                    try:
                        for event in (*parser.feed(unit), *parser.tick()):
                            self.process_message(event)
                    except (ValueError, ArithmeticError):  # numbers that no terminal has reason to send
                        parser = XTermParser(self._debug)

    def _read(self) -> bytes:
        """What has come; nothing if the terminal is gone."""
        try:
            return os.read(self.fileno, READ_SIZE)
        except OSError:
            return b""

    def _caught_up(self) -> None:
        with suppress(RuntimeError):  # the event loop has ended
            self._loop.call_soon_threadsafe(self._update)

    def _update(self) -> None:
        if self._is_outdated:
            self._is_outdated = False
            self.redraw()

    def _end(self, number: signal.Signals) -> None:
        self._app.exit(return_code=KILLED + number)
