"""What if: change the scores of a corps or the parameters of the scheme, and see the resulting end score."""

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
from kmtui.tui.widgets.scenario import ScenarioEditor

IDLE = 0.06
"""Seconds without a key before improvements of the end score are computed."""


class WhatIfScreen(TargetScreen):
    """The scenario in a list, and its outcome below or beside it; nothing is saved."""

    CSS_PATH = "whatif.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual declares it

    KEYBOARD: ClassVar[type[Widget]] = ScenarioEditor
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("help", "help"),
        ("back", "back"),
        ("scenario.better+scenario.worse", "step"),
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
        self._idle_timer: Timer | None = None
        self._history: dict[str, list[Scenario]] = {}
        self._is_idle = False
        self._parameter = ""

    @property
    def current_target(self) -> Target:
        """The score under the cursor."""
        return Target("cell", self.target.corps, self.editor.item.dimension)

    @property
    def editor(self) -> ScenarioEditor:
        """The editor of the scenario."""
        return self.query_one("#scenario", ScenarioEditor)

    @property
    def outcome(self) -> PageView:
        """The page with the outcome."""
        return self.query_one("#page", PageView)

    @property
    def _steps(self) -> list[Scenario]:
        """The scenarios of this corps in order of change; the first is the source under its own rules."""
        corps = self.view.corps[self.target.corps]
        return self._history.setdefault(corps.id, [Scenario.of(corps, self.view.weigher)])

    @property
    def scenario(self) -> Scenario:
        """The present scenario."""
        return self._steps[-1]

    def body(self) -> Iterable[Widget]:
        """The editor and the outcome."""
        self._weigher = ScenarioWeigher(self.view.weigher)
        outcome = PageView(self._maker()(), self.signs, id="page")
        outcome.can_focus = False
        yield Container(ScenarioEditor(self.view, self.scenario, self.signs, id="scenario"), outcome, id="whatif")

    def on_mount(self) -> None:
        """Write the title and focus the editor."""
        self.take_keyboard()
        self._show()

    def refresh_view(self) -> None:
        """Adopt the view of the app; another edition or scheme clears all scenarios."""
        if self.is_seen_otherwise:
            self._history.clear()
            self._weigher = ScenarioWeigher(self.view.weigher)
        super().refresh_view()
        if self.target.corps not in self.view.corps:
            self.leave()
            return
        dimension = self.editor.item.dimension
        self.editor.set_view(self.view, self.scenario)
        self.editor.go_to(dimension)
        self._show()

    def seek(self) -> int:
        """Move to the first dimension or parameter that matches."""
        return self.editor.seek(self.sought)

    def action_again(self, step: int) -> None:
        """Move to the next or previous match."""
        self.editor.again(step)

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Keys and word of each hint, and the letters of the levels."""
        help_key, back, *others = super().hint_keys()
        letters = " ".join(level.letter for level in self.view.scale.levels)
        yield from (help_key, back, (letters, self.view.say("level").lower()), *others)

    @on(ScenarioEditor.Moved)
    def _moved(self, event: ScenarioEditor.Moved) -> None:
        """Explain the parameter under the cursor."""
        if event.item.parameter != self._parameter:
            self._parameter = event.item.parameter
            self.outcome.show(self._maker()())

    @on(ScenarioEditor.Changed)
    def _changed(self, event: ScenarioEditor.Changed) -> None:
        self._steps.append(event.scenario)
        self._show()

    @on(ScenarioEditor.Opened)
    def _open_cell(self, event: ScenarioEditor.Opened) -> None:
        self.open(Target("cell", self.target.corps, event.dimension))

    def action_undo(self) -> None:
        """Undo the last change."""
        if len(self._steps) > 1:
            self._steps.pop()
            self._apply()

    def action_reset(self) -> None:
        """Reset all changes, as one change that can be undone."""
        if self.scenario.changed:
            self._steps.append(self._steps[0])
            self._apply()

    def action_turn(self, pages: int) -> None:
        """Turn the page of the outcome."""
        self.outcome.action_turn(pages)

    def action_neighbour(self, step: int) -> None:
        """Show another corps; the scenarios of this one are kept."""
        corps = siblings(self.view, Target("corps"))
        at = corps.index(Target("corps", self.target.corps))
        self.target = self.target._replace(corps=corps[(at + step) % len(corps)].corps)
        self._apply()

    def action_corps(self) -> None:
        """Open the page of the corps."""
        self.open(Target("corps", self.target.corps))

    def action_dimension(self) -> None:
        """Open the page of the dimension under the cursor."""
        if dimension := self.editor.item.dimension:
            self.open(Target("dimension", "", dimension))

    def _apply(self) -> None:
        self.editor.show(self.scenario)
        self._show()

    def _show(self) -> None:
        """Weigh now, and compute improvements of the end score after a pause in typing."""
        if self._idle_timer is not None:
            self._idle_timer.stop()
        self._is_idle = False
        self._idle_timer = self.set_timer(IDLE, self._search)
        say, view = self.view.say, self.view
        changes = len(self.scenario.scores.changes) + len(self.scenario.values.changes)
        summary = f"{changes} {say('changed' if changes == 1 else 'changed_many')}" if changes else say("as_source")
        self.set_title(f"{say('what_if')}: {view.corps[self.target.corps].name}", summary, *self.view_labels())
        self.outcome.show(self._maker()())

    def _search(self) -> None:
        self._is_idle = True
        self.work.do(self._maker(), self.outcome.show)

    def _maker(self) -> Callable[[], Document]:
        """The function that makes the page of the present scenario."""
        return partial(
            _page, self.view, self.target, self.scenario, self._weigher, find=self._is_idle, parameter=self._parameter
        )


def _page(
    view: View, target: Target, scenario: Scenario, weigher: ScenarioWeigher, *, find: bool, parameter: str
) -> Document:
    """The outcome, with improvements if `find`, and with the explanation of a parameter if one is selected."""

    def page() -> Document:
        then = weigher.then(scenario) if scenario.changed else None
        prospects = partial(weigher.prospects, scenario) if find else None
        return scenario_page(
            view, target.corps, weigher.now(scenario), then, prospects, scenario.parameters.get(parameter)
        )

    return document_or_errors(view, target, page)
