"""Two editions or two schemes side by side; keys choose what stands on each side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from kmtui.analysis.side import side_of
from kmtui.elements import Page, Target
from kmtui.pages.comparing import Comparing, mapping_of
from kmtui.pages.in_place import page_in_place, warning
from kmtui.tui.screens.base import TargetScreen
from kmtui.tui.widgets.page_view import PageView
from kmtui.weighing.check import SchemeError

REMEMBERED = 16
"""How many comparisons are kept, so that going to and fro compares nothing twice."""


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared with what, by id; `known` are all there are, oldest first."""

    known: tuple[str, ...]
    left: str
    right: str

    def turned_left(self) -> "Sides":
        """With the next on the left."""
        return replace(self, left=self._after(self.left, self.right))

    def turned_right(self) -> "Sides":
        """With the next on the right."""
        return replace(self, right=self._after(self.right, self.left))

    def swapped(self) -> "Sides":
        """With left and right in each other's place."""
        return replace(self, left=self.right, right=self.left)

    def _after(self, name: str, other: str) -> str:
        """The next one that is not on the other side, if there is any."""
        at = self.known.index(name)
        following = [*self.known[at + 1 :], *self.known[:at]]
        return next((found for found in following if found != other), name)


class CompareScreen(TargetScreen):
    """A page of what changed from the left to the right, for corps or for units."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("comma,less_than_sign", "left", "left", id="compare.left"),
        Binding("full_stop,greater_than_sign", "right", "right", id="compare.right"),
        Binding("x", "swap", "swap", id="compare.swap"),
        Binding("R", "schemes", "editions or rules", id="compare.schemes"),
        Binding("r", "units", "corps or units", id="compare.units"),
    ]

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._schemes = False
        self._units = False
        self._made = lru_cache(REMEMBERED)(self._make)

    @cached_property
    def _sides(self) -> dict[bool, Sides]:
        """The editions, the one looked at and the one before it first; and the schemes, with the present one first."""
        view, monitor = self.view, self.view.monitor
        editions = tuple(edition.id for edition in monitor.openable())[::-1]
        schemes = tuple(name for name in monitor.registry.schemes if self._sees(name))
        before = view.previous.id if view.previous else view.edition.id
        here = view.weigher.scheme.id
        return {
            False: Sides(editions, before, view.edition.id),
            True: Sides(schemes, here, here).turned_right(),
        }

    def _sees(self, scheme: str) -> bool:
        """Whether a scheme can weigh the edition that is looked at, maybe by a crosswalk."""
        monitor = self.view.monitor
        try:
            side_of(self.view.framework, monitor.weigher(scheme), monitor.registry.crosswalks.values())
        except SchemeError:
            return False
        return True

    @property
    def sides(self) -> Sides:
        """What is compared now."""
        return self._sides[self._schemes]

    @property
    def in_hand(self) -> Target | None:
        """What the line under the cursor leads to."""
        shown = self.page_view
        return shown.page.lines[shown.cursor].target if shown.page.lines else None

    @property
    def page_view(self) -> PageView:
        """The page."""
        return self.query_one("#page", PageView)

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield PageView(self._page(), self.signs, id="page")

    def on_mount(self) -> None:
        """Write the title; the page has the keyboard."""
        self.page_view.focus()
        self._title()

    def say_anew(self) -> None:
        """Say everything in the language that the app speaks now."""
        super().say_anew()
        self._made.cache_clear()
        self._show()

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Key and word of each hint."""
        say = self.view.say
        yield from (
            ("?", say("help")),
            ("esc", say("back")),
            (",", say("left")),
            (".", say("right")),
            ("x", say("swap")),
            ("R", say("editions" if self._schemes else "scheme").lower()),
            ("r", say("all_corps" if self._units else "units").lower()),
        )

    @on(PageView.Followed)
    def _follow(self, event: PageView.Followed) -> None:
        self.open(event.target)

    def action_left(self) -> None:
        """Put the next on the left."""
        self._compare(self.sides.turned_left())

    def action_right(self) -> None:
        """Put the next on the right."""
        self._compare(self.sides.turned_right())

    def action_swap(self) -> None:
        """Look the other way."""
        self._compare(self.sides.swapped())

    def action_schemes(self) -> None:
        """Compare schemes instead of editions, or editions again."""
        self._schemes = not self._schemes
        self._show()

    def action_units(self) -> None:
        """Compare units instead of corps, or corps again."""
        self._units = not self._units
        self._show()

    def _compare(self, sides: Sides) -> None:
        self._sides[self._schemes] = sides
        self._show()

    def _show(self) -> None:
        self.page_view.show(self._page())
        self._title()
        super().say_anew()

    def _title(self) -> None:
        say, sides = self.view.say, self.sides
        about = self.view.edition.title if self._schemes else ""
        who = say("units" if self._units else "all_corps").lower()
        self.set_title(f"{say('compare')}: {sides.left} {self.signs.pointer} {sides.right}", who, about)

    def _page(self) -> Page:
        return self._made(self._schemes, self.sides, self._units)

    def _make(self, schemes: bool, sides: Sides, units: bool) -> Page:
        """The page, or why there is none."""
        say, monitor = self.view.say, self.view.monitor
        if sides.left == sides.right:
            return self._told(say("nothing_beside"))
        editions = [self.view.edition] if schemes else [monitor.edition(name) for name in (sides.right, sides.left)]
        mapping = mapping_of(monitor, *editions) if units else None
        if units and mapping is None:
            return self._told(say("no_units"))
        comparing = Comparing(monitor, mapping)

        def made() -> Page:
            if schemes:
                day = self.view.edition.head.period.end
                old, new = (monitor.weigher(name, day=day) for name in (sides.left, sides.right))
                return comparing.schemes_page(say, self.view.edition, old, new)
            return comparing.editions_page(say, editions[1], editions[0])

        return page_in_place(self.target, say("broken"), made)

    def _told(self, text: str) -> Page:
        return Page(self.target, self.view.say("compare"), (warning(text, 0),))
