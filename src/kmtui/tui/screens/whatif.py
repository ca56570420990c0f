"""What if: other scores for one corps, or other parameters, and at once the end score that comes of them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from kmtui.analysis.scenario import Scenario, ScenarioWeigher
from kmtui.blocks import Document, Target
from kmtui.pages.inline_errors import document_or_errors
from kmtui.pages.kinds import siblings
from kmtui.pages.view import View
from kmtui.pages.whatif import scenario_page
from kmtui.tui.screens.base import TargetScreen
from kmtui.tui.widgets.page_view import PageView
from kmtui.tui.widgets.trial import TrialView

REST = 0.06
"""Seconds without a change after which improvements of the end score are searched for."""


class WhatIfScreen(TargetScreen):
    """The scores and parameters in a list, and what comes of them below or beside it; nothing is saved."""

    CSS_PATH = "whatif.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it

    KEYBOARD: ClassVar[type[Widget]] = TrialView
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("help", "help"),
        ("back", "back"),
        ("trial.better+trial.worse", "step"),
        ("whatif.undo", "undo"),
        ("whatif.reset", "reset"),
        ("page.page_down", "read_on"),
        ("previous+next", "corps"),
        ("find", "find"),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("z", "undo", "undo", id="whatif.undo"),
        Binding("Z", "reset", "reset", id="whatif.reset"),
        Binding("pageup,b", "turn(-1)", "page up", id="page.page_up"),
        Binding("pagedown,space", "turn(1)", "page down", id="page.page_down"),
        Binding("left_square_bracket", "neighbour(-1)", "previous", id="previous"),
        Binding("right_square_bracket", "neighbour(1)", "next", id="next"),
        Binding("c", "corps", "corps", id="corps"),
        Binding("d", "dimension", "dimension", id="dimension"),
    ]

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._resting: Timer | None = None
        self._trials: dict[str, list[Scenario]] = {}
        self._rested = False
        self._parameter = ""

    @property
    def current_target(self) -> Target:
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

    @property
    def _steps(self) -> list[Scenario]:
        """What was tried with this corps, one after the other; before that, what the source says by its rules."""
        corps = self.view.corps[self.target.corps]
        return self._trials.setdefault(corps.id, [Scenario.of(corps, self.view.weigher)])

    @property
    def trial(self) -> Scenario:
        """What is tried now."""
        return self._steps[-1]

    def body(self) -> Iterable[Widget]:
        """The list and the outcome."""
        self._bench = ScenarioWeigher(self.view.weigher)
        outcome = PageView(self._maker()(), self.signs, id="page")
        outcome.can_focus = False
        yield Container(TrialView(self.view, self.trial, self.signs, id="trial"), outcome, id="whatif")

    def on_mount(self) -> None:
        """Write the title; the list has the keyboard."""
        self.take_keyboard()
        self._show()

    def refresh_view(self) -> None:
        """Try things out in the view that the app has now: with another edition, or other rules, from the beginning."""
        if self.is_seen_otherwise:
            self._trials.clear()
            self._bench = ScenarioWeigher(self.view.weigher)
        super().refresh_view()
        if self.target.corps not in self.view.corps:
            self.leave()
            return
        dimension = self.trial_view.item.dimension
        self.trial_view.look_at(self.view, self.trial)
        self.trial_view.go_to(dimension)
        self._show()

    def seek(self) -> int:
        """Go to the first dimension or parameter that is found."""
        return self.trial_view.seek(self.sought)

    def action_again(self, step: int) -> None:
        """Go to the next or the previous that was found."""
        self.trial_view.again(step)

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Keys and word of each hint, and the letters of the levels."""
        help_key, back, *others = super().hint_keys()
        letters = " ".join(level.letter for level in self.view.scale.levels)
        yield from (help_key, back, (letters, self.view.say("level").lower()), *others)

    @on(TrialView.Moved)
    def _moved(self, event: TrialView.Moved) -> None:
        """Tell of the parameter under the cursor."""
        if event.item.parameter != self._parameter:
            self._parameter = event.item.parameter
            self.outcome.show(self._maker()())

    @on(TrialView.Tried)
    def _tried(self, event: TrialView.Tried) -> None:
        self._steps.append(event.trial)
        self._show()

    @on(TrialView.Opened)
    def _open_cell(self, event: TrialView.Opened) -> None:
        self.open(Target("cell", self.target.corps, event.dimension))

    def action_undo(self) -> None:
        """Take the last change back."""
        if len(self._steps) > 1:
            self._steps.pop()
            self._look()

    def action_reset(self) -> None:
        """Take all changes back, as one change that can be undone."""
        if self.trial.changed:
            self._steps.append(self._steps[0])
            self._look()

    def action_turn(self, pages: int) -> None:
        """Turn the page of the outcome."""
        self.outcome.action_turn(pages)

    def action_neighbour(self, step: int) -> None:
        """Try out another corps; what was tried with this one stays."""
        corps = siblings(self.view, Target("corps"))
        at = corps.index(Target("corps", self.target.corps))
        self.target = self.target._replace(corps=corps[(at + step) % len(corps)].corps)
        self._look()

    def action_corps(self) -> None:
        """Open the page of the corps."""
        self.open(Target("corps", self.target.corps))

    def action_dimension(self) -> None:
        """Open the page of the dimension under the cursor."""
        if dimension := self.trial_view.item.dimension:
            self.open(Target("dimension", "", dimension))

    def _look(self) -> None:
        self.trial_view.show(self.trial)
        self._show()

    def _show(self) -> None:
        """Weigh at once; search for improvements of the end score after a pause."""
        if self._resting is not None:
            self._resting.stop()
        self._rested = False
        self._resting = self.set_timer(REST, self._rest)
        say, view = self.view.say, self.view
        changes = len(self.trial.scores.changes) + len(self.trial.values.changes)
        told = f"{changes} {say('changed' if changes == 1 else 'changed_many')}" if changes else say("as_source")
        self.set_title(f"{say('what_if')}: {view.corps[self.target.corps].name}", told, *self.looked_at())
        self.outcome.show(self._maker()())

    def _rest(self) -> None:
        self._rested = True
        self.work.do(self._maker(), self.outcome.show)

    def _maker(self) -> Callable[[], Document]:
        """What makes the page of what is tried now."""
        return partial(
            _page, self.view, self.target, self.trial, self._bench, find=self._rested, parameter=self._parameter
        )


def _page(
    view: View, target: Target, trial: Scenario, bench: ScenarioWeigher, *, find: bool, parameter: str
) -> Document:
    """The outcome; with `find`, also what would improve it. `parameter` is the one under the cursor."""

    def told() -> Document:
        then = bench.then(trial) if trial.changed else None
        prospects = partial(bench.prospects, trial) if find else None
        return scenario_page(view, target.corps, bench.now(trial), then, prospects, trial.parameters.get(parameter))

    return document_or_errors(view, target, told)
