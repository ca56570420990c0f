"""Run what was asked for: the interface, or what click makes of the command line, which is imported for that alone."""

import gc
import os
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from kmtui.cli import streams
from kmtui.cli.session import Session

GARBAGE = 500_000, 20, 50
"""When to look for garbage: importing and reading make much and leave none, and looking through it takes a tenth."""


def has_terminal() -> bool:
    """Whether somebody sits before the standard streams, or before a browser that they are connected to."""
    return (os.isatty(0) and os.isatty(1)) or os.environ.get("TEXTUAL_DRIVER", "").endswith(":WebDriver")


def open_interface(session: Session, edition_id: str | None = None) -> int:
    """The interface on an edition, else on the newest complete one, until its user quits; its exit status."""
    from kmtui.tui import run as show

    with streams.telling_of_waiting("reading plugins and editions"):
        edition = session.monitor.edition(edition_id) if edition_id else session.monitor.newest()
    for problem in session.problems:
        session.monitor.report(problem)
    return show(session.monitor, edition, session.language, session.configuration, session.choices)


def run(call: Callable[[], object]) -> NoReturn:
    """Do what was asked for, and end with its status; every problem ends in one clear line on standard error."""
    gc.set_threshold(*GARBAGE)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # of which it would look for its own everywhere
    streams.prepare()
    threading.excepthook = sys.unraisablehook = _report_aside
    try:
        status = call()
        sys.stdout.flush()
    except streams.ReaderGoneError:
        status = 0
    except (Exception, KeyboardInterrupt) as error:
        status = _report(error)
        streams.settle()
    if any(thread is not threading.main_thread() and not thread.daemon for thread in threading.enumerate()):
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 0)  # a plugin's thread that goes on is not waited for
    sys.exit(status if isinstance(status, int) else 0)


def _report_aside(what: "threading.ExceptHookArgs | sys.UnraisableHookArgs") -> None:
    """Tell of an error that ends nothing: in a plugin's thread, or while something is cleared away."""
    if isinstance(what.exc_value, Exception):
        _trace(what.exc_value)
        from kmtui.plugins.failure import error_text
        from kmtui.terminal import visible

        print(visible(f"kmtui: what a plugin left running has failed: {error_text(what.exc_value)}"), file=sys.stderr)


def _trace(error: BaseException) -> None:
    if "--debug" in sys.argv:
        import traceback

        import click

        if not isinstance(error, click.ClickException):
            traceback.print_exception(error)


def _report(error: BaseException) -> int:
    _trace(error)
    from kmtui.cli.errors import explain

    lines, status = explain(error)
    for line in lines:
        print(line, file=sys.stderr)
    return status
