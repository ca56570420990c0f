"""What is wrong with some data, told where they would stand, while the rest of the page stays."""

from collections.abc import Callable, Iterable

from kmtui.analysis.errors import ClaimError
from kmtui.editions.errors import EditionError
from kmtui.elements import Line, Page, Role, Span, Target, line
from kmtui.monitor import UnknownIdError
from kmtui.plugins.failure import PluginFailureError
from kmtui.weighing.coded import JudgeError
from kmtui.weighing.compile import SchemeError

FAILURES = (EditionError, UnknownIdError, ClaimError, SchemeError, JudgeError, PluginFailureError)
"""What goes wrong with data, and in the code of plugins."""


def in_place(lines: Callable[[], Iterable[Line]], indent: int = 1) -> list[Line]:
    """The lines, and after those that could be made, a warning for everything that keeps others from it."""
    found: list[Line] = []
    try:
        for made in lines():
            found.append(made)
    except FAILURES as error:
        found += _warnings(error, indent)
    return found


def page_in_place(target: Target, title: str, page: Callable[[], Page]) -> Page:
    """The page, or one under another title that says what keeps it from being made."""
    try:
        return page()
    except FAILURES as error:
        return Page(target, title, tuple(_warnings(error, 0)))


def _warnings(error: Exception, indent: int) -> list[Line]:
    faults = error.faults if isinstance(error, EditionError) else (error,)
    return [warning(str(fault), indent) for fault in faults]


def warning(text: str, indent: int) -> Line:
    """A line that says what is wrong."""
    return line(Span(text, Role.WARNING), indent=indent)
