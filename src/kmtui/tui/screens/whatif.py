"""What if: other scores for one corps, or other parameters, and at once the end score that comes of them."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from kmtui.analysis.trial import Bench, Trial
from kmtui.elements import Page, Target
from kmtui.pages.in_place import page_in_place
from kmtui.pages.kinds import siblings
from kmtui.pages.whatif import trial_page
from kmtui.tui.screens.base import TargetScreen
from kmtui.tui.widgets.page_view import PageView
from kmtui.tui.widgets.trial import TrialView

REST = 0.06
"""Seconds that the hand must rest before it is looked for what would better the end score."""


class WhatIfScreen(TargetScreen):
    """The scores and parameters in a list, and what comes of them below or beside it; nothing is saved."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "undo", id="whatif.undo"),
        Binding("r", "reset", "reset", id="whatif.reset"),
        Binding("pageup,b", "turn(-1)", "page up", id="page.page_up"),
        Binding("pagedown", "turn(1)", "page down", id="page.page_down"),
        Binding("left_square_bracket", "neighbour(-1)", "previous", id="previous"),
        Binding("right_square_bracket", "neighbour(1)", "next", id="next"),
        Binding("c", "corps", "corps", id="corps"),
        Binding("d", "dimension", "dimension", id="dimension"),
    ]

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._resting: Timer | None = None
        self._past: list[Trial] = []
        self._rested = False
        self._parameter = ""

    @property
    def in_hand(self) -> Target:
        """The score under the cursor."""
        return Target("cell", self.target.corps, self.trial_view.item.dimension)

    @property
    def trial_view(self) -> TrialView:
        """The list."""
        return self.query_one("#trial", TrialView)

    @property
    def outcome(self) -> PageView:
        """What comes of it."""
        return self.query_one("#page", PageView)

    def _untouched(self) -> Trial:
        """What the source says, under the scheme as it is."""
        return Trial.of(self.view.corps[self.target.corps], self.view.weigher)

    def body(self) -> Iterable[Widget]:
        """The list and the outcome."""
        self._trial, self._bench = self._untouched(), Bench(self.view.weigher)
        outcome = PageView(self._page(), self.signs, id="page")
        outcome.can_focus = False
        yield Container(TrialView(self.view, self._trial, self.signs, id="trial"), outcome, id="whatif")

    def on_mount(self) -> None:
        """Write the title; the list has the keyboard."""
        self.trial_view.focus()
        self._show()

    def say_anew(self) -> None:
        """Say everything in the language that the app speaks now."""
        super().say_anew()
        dimension = self.trial_view.item.dimension
        self.trial_view.look_at(self.view, self._trial)
        self.trial_view.go_to(dimension)
        self._show()

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Key and word of each hint."""
        say = self.view.say
        letters = " ".join(level.letter for level in self.view.scale.levels)
        yield from (
            ("?", say("help")),
            ("esc", say("back")),
            (f"{say('space')} {letters} + -", say("level").lower()),
            ("u", say("undo")),
            ("r", say("reset")),
            ("pgdn", say("read_on")),
        )

    @on(TrialView.Moved)
    def _moved(self, event: TrialView.Moved) -> None:
        """Tell of the parameter under the cursor."""
        if event.item.parameter != self._parameter:
            self._parameter = event.item.parameter
            self.outcome.show(self._page())

    @on(TrialView.Tried)
    def _tried(self, event: TrialView.Tried) -> None:
        self._past.append(self._trial)
        self._trial = event.trial
        self._show()

    @on(TrialView.Opened)
    def _open_cell(self, event: TrialView.Opened) -> None:
        self.open(Target("cell", self.target.corps, event.dimension))

    def action_undo(self) -> None:
        """Take the last change back."""
        if self._past:
            self._trial = self._past.pop()
            self._look()

    def action_reset(self) -> None:
        """Take all changes back, as one change that can be undone."""
        if self._trial.changed:
            self._past.append(self._trial)
            self._trial = self._untouched()
            self._look()

    def action_turn(self, pages: int) -> None:
        """Turn the page of the outcome."""
        self.outcome.action_turn(pages)

    def action_neighbour(self, step: int) -> None:
        """Try out another corps, from what the source says."""
        corps = siblings(self.view, Target("corps"))
        at = corps.index(Target("corps", self.target.corps))
        self.target = self.target._replace(corps=corps[(at + step) % len(corps)].corps)
        self._trial, self._past = self._untouched(), []
        self._look()

    def action_corps(self) -> None:
        """Open the page of the corps."""
        self.open(Target("corps", self.target.corps))

    def action_dimension(self) -> None:
        """Open the page of the dimension under the cursor."""
        if dimension := self.trial_view.item.dimension:
            self.open(Target("dimension", "", dimension))

    def _look(self) -> None:
        self.trial_view.show(self._trial)
        self._show()

    def _show(self) -> None:
        """Weigh at once, and look for what would better the end score when the hand rests."""
        if self._resting is not None:
            self._resting.stop()
        self._rested = False
        self._resting = self.set_timer(REST, self._rest)
        say, view = self.view.say, self.view
        changes = len(self._trial.scores.changes) + len(self._trial.values.changes)
        told = f"{changes} {say('changed' if changes == 1 else 'changed_many')}" if changes else say("as_source")
        self.set_title(f"{say('what_if')}: {view.corps[self.target.corps].name}", told, view.edition.title)
        self.outcome.show(self._page())

    def _rest(self) -> None:
        self._rested = True
        self.outcome.show(self._page())

    def _page(self) -> Page:
        return page_in_place(self.target, self.view.say("broken"), self._told)

    def _told(self) -> Page:
        trial, bench = self._trial, self._bench
        then = bench.then(trial) if trial.changed else None
        find = partial(bench.prospects, trial) if self._rested else None
        parameter = trial.parameters.get(self._parameter)
        return trial_page(self.view, self.target.corps, bench.now(trial), then, find, parameter)
