"""Reliable standard streams, whatever their state at start-up.

A reader that closes standard output is no error. A full disk or a closed stream is reported by name, except for
standard error, where nothing can be reported.
"""

import io
import os
import select
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from kmtui.terminal import is_output_diverted, marked

if TYPE_CHECKING:
    from typing_extensions import Buffer

    from kmtui.export.delimited import Out

MOMENT = 1.0
"""Seconds before a slow operation is announced."""


class ReaderGoneError(Exception):
    """The reader closed standard output; nothing failed."""


class _Raw(io.FileIO):
    """A descriptor that waits where it would block: another program may have made its end non-blocking (O_NONBLOCK)."""

    def write(self, data: "Buffer", /) -> int:
        while (written := super().write(data)) is None:
            select.select([], [self], [])
        return written

    def readinto(self, buffer: "Buffer", /) -> int:
        while (size := super().readinto(buffer)) is None:
            select.select([self], [], [])
        return size


class _Stream(io.TextIOWrapper):
    """A standard stream; when it fails, that is the last of it: the rest of what is written goes nowhere."""

    def __init__(self, descriptor: int, encoding: str, line_buffering: bool) -> None:
        super().__init__(
            io.BufferedWriter(_Raw(descriptor, "wb", closefd=False)),
            encoding=encoding,
            errors="backslashreplace",
            newline="",
            line_buffering=line_buffering,
        )

    def write(self, text: str, /) -> int:
        try:
            super().write(text)
        except OSError as error:
            self._fail(error)
        return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self._fail(error)

    def _fail(self, _error: OSError) -> None:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, self.fileno())
        os.close(sink)


class _Output(_Stream):
    """Standard output: raises ReaderGoneError, or OSError with the stream's name.

    It is for results, which the thread that opened it writes. What plugins print (see `diverted_output`), and what is
    printed from any other thread, goes to standard error.
    """

    def __init__(self, *options: Any, **more: Any) -> None:
        super().__init__(*options, **more)
        self._owner = threading.get_ident()

    def write(self, text: str, /) -> int:
        if threading.get_ident() != self._owner or is_output_diverted():
            return sys.stderr.write(text)
        return self.write_result(text)

    def write_result(self, text: str) -> int:
        """Write text that belongs on standard output, whoever calls (raises as the class says)."""
        return super().write(text)

    def write_bytes(self, content: bytes) -> None:
        """Write bytes behind the text that was written before (raises as `write` does)."""
        self.flush()
        try:
            self.buffer.write(content)
            self.buffer.flush()
        except OSError as error:
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        super()._fail(error)
        if isinstance(error, BrokenPipeError):
            raise ReaderGoneError from None
        raise OSError(error.errno, error.strerror, "<stdout>") from None


def prepare() -> None:
    """Put such streams in the place of Python's own."""
    # A closed descriptor must not be given to a file that is opened later. Those of standard input and output get one
    # that cannot be read or written, so that any use of them fails.
    for descriptor, mode in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, mode)
    encoding, errors = (sys.stdin.encoding, sys.stdin.errors) if sys.stdin else (None, None)
    sys.stdin = io.TextIOWrapper(
        io.BufferedReader(_Raw(0, "rb", closefd=False)), encoding=encoding, errors=errors, line_buffering=os.isatty(0)
    )
    sys.stdout = _Output(1, "utf-8", line_buffering=os.isatty(1))
    sys.stderr = _Stream(2, sys.stderr.encoding if sys.stderr else "utf-8", line_buffering=True)


class _Results:
    """Writes results on standard output, also between steps of a plugin's code, whose own output is diverted."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write


def results() -> "Out":
    """Standard output for what is in files: exact, except that a terminal shows marks for what would steer it."""
    stream = sys.stdout
    write = stream.write_result if isinstance(stream, _Output) else stream.write
    return _Results((lambda text: write(marked(text))) if stream.isatty() else write)


def binary_results() -> Callable[[bytes], object]:
    """What writes bytes to standard output as it is now (the function raises as writing text does)."""
    stream = sys.stdout
    return stream.write_bytes if isinstance(stream, _Output) else stream.buffer.write


@contextmanager
def telling_of_waiting(what: str) -> Iterator[None]:
    """Say on standard error what is being done, where that takes longer than a moment."""
    timer = threading.Timer(MOMENT, lambda: print(f"kmtui: {what} ...", file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def settle() -> None:
    """Flush standard output after an error that was already reported."""
    with suppress(ReaderGoneError, OSError):
        sys.stdout.flush()
