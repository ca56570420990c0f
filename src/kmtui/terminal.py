"""What the terminal can show, which language its user reads, and whose output belongs on standard output."""

import os
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmtui.model.base import Language

_CONTROL_PICTURES = 0x2400
_BLANKS = dict.fromkeys(map(ord, "\t\n\r"), " ")
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


_diverted: ContextVar[bool] = ContextVar("diverted", default=False)


@contextmanager
def diverted_output() -> Iterator[None]:
    """Mark what the code in the block prints as no result; the standard output of `kmtui` sends it to standard error.

    The mark belongs to the thread (or task): `sys.stdout` is not replaced, which would affect every thread.
    """
    before = _diverted.set(True)
    try:
        yield
    finally:
        _diverted.reset(before)


def is_output_diverted() -> bool:
    """Whether the running code is in such a block."""
    return _diverted.get()


def visible(text: str) -> str:
    """Text from a file as one harmless line: what would steer a terminal is shown as a mark.

    Line breaks and tabs become blanks; other control characters their control picture; bidi, zero-width and private
    characters their code point, as `<U+202E>`.
    """
    return text if text.isascii() and text.isprintable() else marked(text.translate(_BLANKS))


def marked(text: str) -> str:
    """Text of any number of lines, shown in the same way, but with its line breaks and tabs."""
    return text if text.isascii() and text.isprintable() else "".join(map(_mark, text))


def _mark(character: str) -> str:
    if character in "\t\n\r":
        return character
    if character < " ":
        return chr(_CONTROL_PICTURES + ord(character))
    if unicodedata.category(character) in _INVISIBLE:
        return f"<U+{ord(character):04X}>"
    return character


def speaks_unicode(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether the locale promises UTF-8, and PYTHONIOENCODING does not ask for another encoding.

    `LANG=C` and the like do not promise it, whatever Python makes of them. Signs and encoding follow this one decision.
    """
    asked = environment.get("PYTHONIOENCODING", "").partition(":")[0]
    if asked and "utf" not in asked.lower():
        return False
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        value = environment.get(name, "")
        if name == "LC_CTYPE" and value == "C.UTF-8" and environment.get("LANG", "") in ("C", "POSIX"):
            continue
        if value:
            return "utf" in value.lower()
    return os.name == "nt"


def language_of(asked: str | None, environment: Mapping[str, str] = os.environ) -> "Language":
    """The language asked for, else that of the locale, else Dutch."""
    for wanted in (asked, *(environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))):
        if wanted and wanted.partition(".")[0] not in ("C", "POSIX"):
            return "en" if wanted.startswith("en") else "nl"
    return "nl"
