"""Work that may take long, done aside, so that the keyboard stays alive and nobody has to wait for it."""

from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol, TypeVar

Made = TypeVar("Made")


class Desk(Protocol):
    """Who has the work done, and must hear of it in its own thread."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call it in turn, from any thread."""


class Work:
    """One piece of work at a time; what is begun before the last is done takes its place.

    `tell` is called when one has to wait, and when that is over; without it, work is done in silence.
    """

    patience = 0.1
    """Seconds in which nearly everything is done, so that there is nothing to be told of waiting."""

    def __init__(self, desk: Desk, tell: Callable[[], None] = lambda: None) -> None:
        self._desk, self._tell = desk, tell
        self._wanted: Future[Any] | None = None

    @property
    def lasts(self) -> bool:
        """Whether something is being done."""
        return self._wanted is not None

    def do(self, make: Callable[[], Made], then: Callable[[Made], None]) -> None:
        """Make something in a thread of its own, and then hand it on: at once if it is soon there, else later.

        What `make` raises is raised here or there.
        """
        self.cancel()
        future = _begun(make)
        try:
            made = future.result(self.patience)
        except TimeoutError:
            if future.done():  # it was the work that gave up
                raise
        else:
            then(made)
            return
        self._wanted = future
        self._tell()
        future.add_done_callback(lambda done: self._report(done, then))

    def cancel(self) -> bool:
        """Wait no longer; what is made after all is dropped. Whether there was something to wait for."""
        lasted, self._wanted = self.lasts, None
        if lasted:
            self._tell()
        return lasted

    def _report(self, future: "Future[Made]", then: Callable[[Made], None]) -> None:
        with suppress(RuntimeError):  # the interface has ended meanwhile
            self._desk.call_later(self._finish, future, then)

    def _finish(self, future: "Future[Made]", then: Callable[[Made], None]) -> None:
        if future is self._wanted:
            self.cancel()
            then(future.result())


def _begun(make: Callable[[], Made]) -> "Future[Made]":
    """The work in a thread that nobody waits for at the end, unlike those of an executor."""
    future: Future[Made] = Future()

    def work() -> None:
        try:
            made = make()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(made)

    Thread(target=work, daemon=True).start()
    return future
