"""What is wrong with some data, told where they would stand, while the rest of the page stays."""

from collections.abc import Callable, Iterable

from kmtui.editions import EditionError
from kmtui.elements import Line, Role, Span, line
from kmtui.monitor import UnknownIdError
from kmtui.plugins import PluginFailureError


def in_place(lines: Callable[[], Iterable[Line]], indent: int = 1) -> list[Line]:
    """The lines, or a warning for everything that keeps them from being made."""
    try:
        return list(lines())
    except EditionError as error:
        return [warning(str(fault), indent) for fault in error.faults]
    except (UnknownIdError, PluginFailureError) as error:
        return [warning(str(error), indent)]


def warning(text: str, indent: int) -> Line:
    """A line that says what is wrong."""
    return line(Span(text, Role.WARNING), indent=indent)
