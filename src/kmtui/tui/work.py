"""Run slow work in a background thread without blocking the event loop."""

from collections.abc import Callable
from concurrent.futures import Future, TimeoutError
from contextlib import suppress
from threading import Thread
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")


class Receiver(Protocol):
    """Receives results; callbacks run in its own thread."""

    def call_later(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Schedule the callback; may be called from any thread."""


class Work:
    """Runs one task at a time; a new task replaces an unfinished one.

    `on_wait` is called when a task takes longer than `patience`, and when that task ends or is cancelled.
    """

    patience = 0.1
    """Seconds to wait for a result before `on_wait` is called; nearly every task ends sooner."""

    def __init__(self, receiver: Receiver, on_wait: Callable[[], None] = lambda: None) -> None:
        self._receiver, self._on_wait = receiver, on_wait
        self._pending: Future[Any] | None = None

    @property
    def lasts(self) -> bool:
        """Whether a task is running."""
        return self._pending is not None

    def do(self, make: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Call `make` in a thread and pass its result to `then`: now if it is ready within `patience`, else later.

        An exception of `make` is raised here or in the receiver's thread.
        """
        self.cancel()
        future = _start(make)
        try:
            made = future.result(self.patience)
        except TimeoutError:
            if future.done():  # `make` raised it, not the wait for it
                raise
        else:
            then(made)
            return
        self._pending = future
        self._on_wait()
        future.add_done_callback(lambda done: self._report(done, then))

    def cancel(self) -> bool:
        """Drop the running task and its result; returns whether there was one."""
        lasted, self._pending = self.lasts, None
        if lasted:
            self._on_wait()
        return lasted

    def _report(self, future: "Future[Result]", then: Callable[[Result], None]) -> None:
        with suppress(RuntimeError):  # the app has ended
            self._receiver.call_later(self._finish, future, then)

    def _finish(self, future: "Future[Result]", then: Callable[[Result], None]) -> None:
        if future is self._pending:
            self.cancel()
            then(future.result())


def _start(make: Callable[[], Result]) -> "Future[Result]":
    """Start `make` in a daemon thread and return its future (an executor would be joined at exit)."""
    future: Future[Result] = Future()

    def work() -> None:
        try:
            made = make()
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(made)

    Thread(target=work, daemon=True).start()
    return future
