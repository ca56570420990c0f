"""What an edition does not have, and which editions do."""

from collections.abc import Callable

from kmtui.elements import Page, Target, note
from kmtui.model.edition import Edition
from kmtui.pages.in_place import FAILURES
from kmtui.pages.view import View


def nothing_of(view: View, kind: str, has: Callable[[Edition], object]) -> str:
    """That the edition has none of a kind, and where there are some."""
    found = [edition.id for edition in view.monitor.openable() if edition.id != view.edition.id and _has(edition, has)]
    told = view.say(f"no_{kind}")
    return f"{told} {view.say('they_are_in')} {', '.join(found)}." if found else told


def empty_page(view: View, kind: str, has: Callable[[Edition], object]) -> Page:
    """The index of a kind of which the edition has none."""
    return Page(Target(kind), view.say(kind), (note(nothing_of(view, kind, has)),))


def _has(edition: Edition, has: Callable[[Edition], object]) -> bool:
    try:
        return bool(has(edition))
    except FAILURES:
        return False
