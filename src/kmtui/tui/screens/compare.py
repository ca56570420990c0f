"""Two editions or two schemes side by side; keys choose what stands on each side."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from msgspec.structs import replace
from textual.binding import Binding, BindingType

from kmtui.analysis.adapted_weigher import schemes_for
from kmtui.blocks import Document, Target, warning
from kmtui.export.compared import EDITION_COLUMNS, SCHEME_COLUMNS, edition_rows, scheme_rows
from kmtui.pages.compare import Comparing, mapping_of
from kmtui.pages.inline_errors import document_or_errors
from kmtui.pages.view import View
from kmtui.tui.screens.reading import ReadingScreen
from kmtui.weighing.weigher import Weigher

if TYPE_CHECKING:
    from kmtui.tui.saving import Extract

REMEMBERED = 16
"""Number of cached comparisons."""


class Sides(msgspec.Struct, frozen=True):
    """What is compared with what, by id; `known` are all there are, oldest first."""

    known: tuple[str, ...]
    left: str
    right: str

    def turned_left(self) -> "Sides":
        """The next item on the left."""
        return replace(self, left=self._after(self.left, self.right))

    def turned_right(self) -> "Sides":
        """The next item on the right."""
        return replace(self, right=self._after(self.right, self.left))

    def swapped(self) -> "Sides":
        """Left and right swapped."""
        return replace(self, left=self.right, right=self.left)

    def _after(self, name: str, other: str) -> str:
        """The next item that is not on the other side, if any."""
        at = self.known.index(name)
        following = [*self.known[at + 1 :], *self.known[:at]]
        return next((found for found in following if found != other), name)


class Compared(msgspec.Struct, frozen=True):
    """What stands beside each other: editions or, if `schemes`, rules on the edition in view; of corps, or of units."""

    sides: Sides
    schemes: bool
    units: bool


class CompareScreen(ReadingScreen):
    """A page of what changed from the left to the right, for corps or for units."""

    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("help", "help"),
        ("back", "back"),
        ("compare.left", "left"),
        ("compare.right", "right"),
        ("compare.swap", "swap"),
        ("compare.schemes", "editions_or_rules"),
        ("compare.units", "corps_or_units"),
        ("find", "find"),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("comma,less_than_sign", "left", "left", id="compare.left"),
        Binding("full_stop,greater_than_sign", "right", "right", id="compare.right"),
        Binding("x", "swap", "swap", id="compare.swap"),
        Binding("X", "schemes", "editions or rules", id="compare.schemes"),
        Binding("r", "units", "corps or units", id="compare.units"),
    ]

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._schemes = False
        self._units = False
        self._sides: dict[bool, Sides] = {}
        self._made = lru_cache(REMEMBERED)(_page)

    @property
    def sides(self) -> Sides:
        """The present comparison; at first the shown edition with the one before it, and its scheme with another."""
        if self._schemes not in self._sides:
            self._sides[self._schemes] = (_schemes if self._schemes else _editions)(self.view)
        return self._sides[self._schemes]

    @property
    def current_target(self) -> Target | None:
        """The target of the line under the cursor."""
        return self.page_view.target

    def refresh_view(self) -> None:
        """Compare the view of the app, unless only its language changed."""
        if self.is_seen_otherwise:
            self._sides.clear()
        super().refresh_view()

    def maker(self) -> Callable[[], Document]:
        """The function that makes the page or its error; recent comparisons are cached."""
        return partial(self._made, self.view, self._compared)

    def extract(self) -> "Extract":
        """The rows of the comparison (raises as the comparison does)."""
        from kmtui.tui.saving import of_rows

        compared = self._compared
        parts = ("compare", compared.sides.left, compared.sides.right, "units" if compared.units else "")
        return of_rows(self.view, parts, *_rows(self.view, compared))

    @property
    def _compared(self) -> Compared:
        return Compared(self.sides, self._schemes, self._units)

    def write_title(self) -> None:
        """Name the two sides."""
        say, sides = self.view.say, self.sides
        about = self.view.edition.title if self._schemes else ""
        who = say("units" if self._units else "all_corps").lower()
        self.set_title(f"{say('compare')}: {sides.left} {self.signs.pointer} {sides.right}", who, about)

    def action_left(self) -> None:
        """Show the next item on the left."""
        self._compare(self.sides.turned_left())

    def action_right(self) -> None:
        """Show the next item on the right."""
        self._compare(self.sides.turned_right())

    def action_swap(self) -> None:
        """Swap left and right."""
        self._compare(self.sides.swapped())

    def action_schemes(self) -> None:
        """Switch between schemes and editions."""
        self._schemes = not self._schemes
        self.turn()

    def action_units(self) -> None:
        """Switch between units and corps."""
        self._units = not self._units
        self.turn()

    def _compare(self, sides: Sides) -> None:
        self._sides[self._schemes] = sides
        self.turn()


def _editions(view: View) -> Sides:
    """All editions: the shown one on the right; the one before it, else the one after it, on the left."""
    known = tuple(edition.id for edition in view.monitor.openable())[::-1]
    sides = Sides(known, view.previous.id if view.previous else view.edition.id, view.edition.id)
    return sides if sides.left != sides.right else sides.turned_right()


def _schemes(view: View) -> Sides:
    """All schemes that can weigh the edition, its present one on the left."""
    here = view.weigher.scheme.id
    return Sides(tuple(schemes_for(view.monitor, view.own.edition)), here, here).turned_right()


def _page(view: View, compared: Compared) -> Document:
    """The page, or the reason why there is none."""
    say, sides, target = view.say, compared.sides, Target("compare")

    def message(text: str) -> Document:
        return view.document(target, say("compare"), warning(text))

    def made() -> Document:
        if sides.left == sides.right:
            return message(say("nothing_beside"))
        comparing = _comparing(view, compared)
        if comparing is None:
            return message(say("no_units"))
        if compared.schemes:
            return comparing.schemes_page(say, view.own.edition, *_weighers(view, sides))
        return comparing.editions_page(say, *map(view.monitor.edition, (sides.left, sides.right)))

    return document_or_errors(view, target, made)


def _comparing(view: View, compared: Compared) -> Comparing | None:
    """The function that compares; None for units if an edition has none."""
    names = (view.edition.id,) if compared.schemes else (compared.sides.right, compared.sides.left)
    if not compared.units:
        return Comparing(view.monitor)
    mapping = mapping_of(view.monitor, *map(view.monitor.edition, names)) or view.mapping
    return Comparing(view.monitor, mapping) if mapping else None


def _weighers(view: View, sides: Sides) -> tuple[Weigher, Weigher]:
    day = view.edition.head.period.end
    return view.monitor.weigher(sides.left, day=day), view.monitor.weigher(sides.right, day=day)


def _rows(view: View, compared: Compared) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
    """Columns and rows of the comparison; empty if nothing can be compared."""
    sides, comparing = compared.sides, _comparing(view, compared)
    columns = SCHEME_COLUMNS if compared.schemes else EDITION_COLUMNS
    if comparing is None or sides.left == sides.right:
        return columns, ()
    if compared.schemes:
        found = comparing.schemes(view.own.edition, *_weighers(view, sides))
        return columns, scheme_rows(view.edition.id, sides.left, sides.right, found)
    return columns, edition_rows(comparing.editions(*map(view.monitor.edition, (sides.left, sides.right))))
