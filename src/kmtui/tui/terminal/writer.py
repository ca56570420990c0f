"""Write to the terminal from a thread, so that a terminal that is not read never blocks the interface."""

import os
import select
import time
from collections.abc import Callable
from threading import Condition, Thread

BEHIND = 65536
"""Bytes that wait to be written above which the terminal counts as behind: several whole screens."""
CHUNK = 1024
"""Bytes per write: small, so that a blocking terminal seldom holds the thread."""
PATIENCE = 1.0
"""Seconds to write the rest when the terminal is given back."""
RETRY = 0.5
"""Seconds between looks at whether writing should stop."""


class TerminalWriter:
    """Queue bytes without blocking; `caught_up` is called in the writing thread when a terminal that was behind is not.

    Write errors mean that the terminal is gone: the rest is dropped, and reading notices.
    """

    def __init__(self, descriptor: int, caught_up: Callable[[], None]) -> None:
        self._descriptor, self._caught_up = descriptor, caught_up
        self._waiting = bytearray()
        self._changed = Condition()
        self._was_behind = self._writing = self._stopped = False
        self._give_up_at = float("inf")
        self._thread = Thread(target=self._run, name="kmtui-output", daemon=True)
        self._thread.start()

    @property
    def is_behind(self) -> bool:
        """Whether the terminal takes less than it is given; then drawing more is pointless until `caught_up`."""
        with self._changed:
            return self._was_behind

    def write(self, data: bytes) -> None:
        """Queue bytes."""
        with self._changed:
            if not self._stopped:
                self._waiting += data
                self._was_behind = self._was_behind or len(self._waiting) > BEHIND
                self._changed.notify()

    def stop(self) -> None:
        """Write the rest, but no longer than PATIENCE; a terminal that still does not read loses it."""
        with self._changed:
            self._stopped, self._give_up_at = True, time.monotonic() + PATIENCE
            self._changed.notify()
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        while (chunk := self._next()) is not None:
            try:
                self._write(chunk)
            except OSError:
                with self._changed:
                    self._stopped = True
                    self._waiting.clear()

    def _next(self) -> bytes | None:
        """Wait for bytes (None after the last)."""
        with self._changed:
            if not self._waiting and self._was_behind:
                self._was_behind = False
                self._caught_up()
            while not self._waiting and not self._stopped:
                self._changed.wait()
            chunk = bytes(self._waiting[:CHUNK])
            del self._waiting[:CHUNK]
            return chunk or None

    def _write(self, chunk: bytes) -> None:
        while chunk and time.monotonic() < self._give_up_at:
            if select.select([], [self._descriptor], [], RETRY)[1]:
                try:
                    chunk = chunk[os.write(self._descriptor, chunk) :]
                except BlockingIOError:  # somebody has made the terminal non-blocking, which is theirs to do
                    continue
        if chunk:
            raise TimeoutError
