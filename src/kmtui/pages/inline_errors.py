"""Errors in data, shown where the data would stand while the rest of the page stays; and pages without data."""

from collections.abc import Callable, Iterable

from kmtui.analysis.errors import ClaimError
from kmtui.blocks import Block, Document, Target, note, warning
from kmtui.editions.errors import EditionError
from kmtui.model.edition import Edition
from kmtui.monitor import UnknownIdError
from kmtui.pages.view import View
from kmtui.plugins.failure import PluginFailureError
from kmtui.source_store import SourceError
from kmtui.weighing.coded import JudgeError
from kmtui.weighing.compile import SchemeError

FAILURES = (EditionError, SourceError, UnknownIdError, ClaimError, SchemeError, JudgeError, PluginFailureError)
"""Errors in data, and in the code of plugins."""


def inline_errors(make: Callable[[], Iterable[Block]]) -> list[Block]:
    """The blocks; where making them fails, those that were made before and a warning for each error."""
    found: list[Block] = []
    try:
        for block in make():
            found.append(block)
    except FAILURES as error:
        found += warnings(error)
    return found


def document_or_errors(view: View, target: Target, make: Callable[[], Document]) -> Document:
    """The document, or one that lists the errors that keep it from being made."""
    try:
        return make()
    except FAILURES as error:
        return view.document(target, view.say("broken"), *warnings(error))


def warnings(error: Exception) -> list[Block]:
    """A warning for each fault of an error."""
    faults = error.faults if isinstance(error, EditionError | SourceError) else (error,)
    return [warning(str(fault)) for fault in faults]


def absence(view: View, kind: str, has: Callable[[Edition], object]) -> str:
    """That the edition has none of a kind, and which editions have some."""
    found = [edition.id for edition in view.monitor.openable() if edition.id != view.edition.id and _has(edition, has)]
    text = view.say(f"no_{kind}")
    return f"{text} {view.say('they_are_in')} {', '.join(found)}." if found else text


def empty_state(view: View, kind: str, has: Callable[[Edition], object]) -> Document:
    """The index of a kind of which the edition has none."""
    return view.document(Target(kind), view.say(kind), note(absence(view, kind, has)))


def _has(edition: Edition, has: Callable[[Edition], object]) -> bool:
    try:
        return bool(has(edition))
    except FAILURES:
        return False
