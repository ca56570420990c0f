"""Editor of a scenario: the scores of a corps and the parameters of a scheme, original and changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import msgspec
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from kmtui.analysis.scenario import Scenario
from kmtui.model.scale import Level
from kmtui.pages.view import View
from kmtui.render.signs import Signs
from kmtui.tui.drawing import paint, sign_cell
from kmtui.tui.search import Index, next_of
from kmtui.tui.widgets.column_flow import ColumnFlow

PLAIN, BOLD, HEAD = Style(), Style(bold=True), Style(bold=True, underline=True)
CURSOR = Style(bold=True, reverse=True)
BEFORE = 2
"""Width of the original score, in cells: the signs of one or two levels."""


class Item(msgspec.Struct, frozen=True):
    """A line of the list: a head, a dimension, or a parameter with its own id."""

    name: str
    dimension: str = ""
    parameter: str = ""

    @property
    def is_head(self) -> bool:
        """Whether it is the head of a group."""
        return not (self.dimension or self.parameter)


class ScenarioEditor(Widget, can_focus=True):
    """A list with a cursor on a dimension or parameter; changed lines have a star and show the original value."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "up", id="scenario.up", show=False),
        Binding("down,j", "step(1)", "down", id="scenario.down", show=False),
        Binding("left,h", "column(-1)", "left", id="scenario.left", show=False),
        Binding("right,l", "column(1)", "right", id="scenario.right", show=False),
        Binding("home,g", "edge(0)", "first", id="scenario.first", show=False),
        Binding("end,G", "edge(-1)", "last", id="scenario.last", show=False),
        Binding("enter", "open", "open", id="open", show=False),
        Binding("i", "cycle", "next level", id="scenario.cycle", show=False),
        Binding("plus,equals_sign", "change(1)", "better", id="scenario.better", show=False),
        Binding("minus", "change(-1)", "worse", id="scenario.worse", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor moved to another line."""

        item: Item

    @dataclass
    class Changed(Message):
        """A score or parameter was changed."""

        scenario: Scenario

    @dataclass
    class Opened(Message):
        """The dimension under the cursor is to be opened."""

        dimension: str

    def __init__(self, view: View, scenario: Scenario, signs: Signs, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.signs = signs
        self.set_view(view, scenario)

    def set_view(self, view: View, scenario: Scenario) -> None:
        """Show another corps or another language."""
        self._view = view
        self._items = tuple(_items(view, scenario))
        self._stops = [at for at, item in enumerate(self._items) if not item.is_head]
        labels = [*view.scale.levels, view.scale.blank]
        self._label_width = max(self.signs.width(view.say.of(level.label)) for level in labels) + 4
        self.cursor = self._stops[0]
        self._found: list[int] = []
        self.show(scenario)

    def show(self, scenario: Scenario) -> None:
        """Show these scores and values."""
        self.scenario = scenario
        self.refresh()

    @property
    def item(self) -> Item:
        """The item under the cursor."""
        return self._items[self.cursor]

    def go_to(self, dimension: str) -> None:
        """Put the cursor on a dimension, if it is there."""
        self._move(next((at for at in self._stops if self._items[at].dimension == dimension), self.cursor))

    def action_step(self, step: int) -> None:
        """Move to the next or previous line."""
        at = self._stops.index(self.cursor) + step
        self._move(self._stops[max(0, min(at, len(self._stops) - 1))])

    def action_column(self, columns: int) -> None:
        """Move to the same row of an adjacent column, also on another page."""
        wanted = self.cursor + columns * self.size.height
        if 0 <= wanted < len(self._items) or self._flow.place(self.cursor)[0] + columns in range(self._flow.columns):
            self._move(min(self._stops, key=lambda at: abs(at - wanted)))

    def action_edge(self, at: int) -> None:
        """Move to the first or the last line."""
        self._move(self._stops[at])

    def seek(self, typed: str) -> int:
        """Move to the next line whose name matches; returns the number of matches."""
        index = Index([self._items[at].name for at in self._stops])
        self._found = [self._stops[at] for at in index.numbers(typed)]
        if self._found:
            self._move(next_of(self._found, self.cursor - 1, 1))
        return len(self._found)

    def again(self, step: int) -> None:
        """Move to the next or previous match, wrapping around."""
        if self._found:
            self._move(next_of(self._found, self.cursor, step))

    def action_cycle(self) -> None:
        """Set the next level or value."""
        item, scenario = self.item, self.scenario
        self._change(scenario.cycled(item.dimension) if item.dimension else scenario.turned(item.parameter))

    def action_change(self, step: int) -> None:
        """Move the level or value `step` places up or down its scale."""
        item, scenario = self.item, self.scenario
        self._change(scenario.stepped(item.dimension, step) if item.dimension else scenario.tuned(item.parameter, step))

    def on_key(self, event: events.Key) -> None:
        """Set the level of the typed letter, unless the key is bound."""
        scale, item = self._view.scale, self.item
        level = next((one for one in (*scale.levels, scale.blank) if one.letter == event.character), None)
        if level and item.dimension and event.key not in self.screen.active_bindings:
            event.stop()
            self._change(self.scenario.scored(item.dimension, level.id))

    def action_open(self) -> None:
        """Open the dimension under the cursor."""
        if self.item.dimension:
            self.post_message(self.Opened(self.item.dimension))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the mouse; a click on the cursor sets the next level."""
        found = self._flow.on_row(event.y, self.cursor)
        column = event.x // self._flow.column_width
        if column < len(found) and not self._items[found[column]].is_head:
            if found[column] == self.cursor:
                self.action_cycle()
            self._move(found[column])

    def _change(self, scenario: Scenario) -> None:
        if scenario != self.scenario:
            self.scenario = scenario
            self.refresh(self._region(self.cursor))
            self.post_message(self.Changed(scenario))

    def _move(self, line: int) -> None:
        before, self.cursor = self.cursor, line
        if before // self._flow.page != line // self._flow.page:
            self.refresh()
        elif line != before:
            self.refresh(self._region(before), self._region(line))
        if line != before:
            self.post_message(self.Moved(self.item))

    @property
    def _flow(self) -> ColumnFlow:
        return ColumnFlow(len(self._items), self.size.height, self.size.width)

    def _region(self, line: int) -> Region:
        column, row = self._flow.place(line)
        return Region(column * self._flow.column_width, row, self._flow.column_width, 1)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        flow = self._flow
        strips = []
        for line in flow.on_row(y, self.cursor):
            strip = Strip(self._segments(line, flow.column_width - 1))
            strips.append(strip.adjust_cell_length(flow.column_width))
        return Strip.join(strips).adjust_cell_length(self.size.width, self.rich_style).apply_style(self.rich_style)

    def _segments(self, line: int, width: int) -> list[Segment]:
        item = self._items[line]
        if item.is_head:
            return [Segment(self.signs.fit(item.name, width), HEAD)]
        changed = item.dimension in self.scenario.scores.changes or item.parameter in self.scenario.values.changes
        before, now = self._score(item.dimension) if item.dimension else self._value(item.parameter)
        room = width - 2 - BEFORE - 3 - self._label_width
        return [
            Segment("* " if changed else "  ", BOLD),
            Segment(self.signs.fit(item.name, room), CURSOR if line == self.cursor else PLAIN),
            Segment(" "),
            *(before if changed else [Segment(" " * BEFORE)]),
            Segment(self.signs.pointer if changed else " ", BOLD),
            Segment(" "),
            *now,
        ]

    def _score(self, dimension: str) -> tuple[list[Segment], list[Segment]]:
        """Segments for the original score, and for the sign and label of the present one."""
        was, now = self._levels(self.scenario.scores.before[dimension]), self._levels(self.scenario.scores[dimension])
        signs, label = sign_cell(self.signs, now, min(2, len(now))), self._view.say("open")
        if len(now) == 1:
            label = self._view.say.of(now[0].label)
        present = Segment(f" {signs} {self.signs.text(label)} ", self._style(now))
        return [Segment(sign_cell(self.signs, was, BEFORE), self._style(was))], [present]

    def _style(self, levels: Sequence[Level]) -> Style:
        return paint(levels[0], self._view.scale) if len(levels) == 1 else BOLD

    def _levels(self, possible: Sequence[str]) -> list[Level]:
        return [self._view.scale[level_id] for level_id in possible] or [self._view.scale.blank]

    def _value(self, parameter: str) -> tuple[list[Segment], list[Segment]]:
        was, now = self.scenario.values.before[parameter], self.scenario.values[parameter]
        return [Segment(f"{was:>{BEFORE}}", PLAIN)], [Segment(f" {now} ", BOLD)]


def _items(view: View, scenario: Scenario) -> Iterator[Item]:
    """The dimensions under the heads of their focus areas, then the parameters."""
    say = view.say
    for area in view.framework.areas:
        yield Item(say.of(area.name))
        for dimension in view.framework.dimensions_of(area.id):
            yield Item(view.dimension_name(dimension.id), dimension=dimension.id)
    if scenario.parameters:
        yield Item(say("parameters"))
        for parameter in scenario.parameters.values():
            yield Item(say.of(parameter.name), parameter=parameter.id)
