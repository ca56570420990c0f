"""Run slow work in a background thread without blocking the event loop."""

from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol, TypeVar

Made = TypeVar("Made")


class Receiver(Protocol):
    """Receives the result; callbacks run in its own thread."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Schedule a callback; may be called from any thread."""


class Work:
    """Runs one task at a time; a new task replaces one that is still running.

    `on_change` is called when waiting begins, and when it is over.
    """

    patience = 0.1
    """Seconds to wait for the result at once, so that quick work shows no busy sign."""

    def __init__(self, receiver: Receiver, on_change: Callable[[], None] = lambda: None) -> None:
        self._receiver, self._on_change = receiver, on_change
        self._wanted: Future[Any] | None = None

    @property
    def lasts(self) -> bool:
        """Whether a task is running."""
        return self._wanted is not None

    def do(self, make: Callable[[], Made], then: Callable[[Made], None]) -> None:
        """Call `make` in a thread and pass its result to `then`: before returning if it is quick, otherwise later.

        An error of `make` is raised here, or in the receiver's thread.
        """
        self.cancel()
        future = _begun(make)
        try:
            made = future.result(self.patience)
        except TimeoutError:
            if future.done():  # `make` itself raised TimeoutError
                raise
        else:
            then(made)
            return
        self._wanted = future
        self._on_change()
        future.add_done_callback(lambda done: self._report(done, then))

    def cancel(self) -> bool:
        """Drop the result of the running task; return whether there was one."""
        lasted, self._wanted = self.lasts, None
        if lasted:
            self._on_change()
        return lasted

    def _report(self, future: "Future[Made]", then: Callable[[Made], None]) -> None:
        with suppress(RuntimeError):  # the event loop has ended
            self._receiver.call_later(self._finish, future, then)

    def _finish(self, future: "Future[Made]", then: Callable[[Made], None]) -> None:
        if future is self._wanted:
            self.cancel()
            then(future.result())


def _begun(make: Callable[[], Made]) -> "Future[Made]":
    """Start `make` in a daemon thread and return its future (an executor would be joined at exit)."""
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
