"""A list of the scores of one corps and the parameters of a scheme, which keys change."""

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
from kmtui.tui.widgets.flow import Flow

PLAIN, BOLD, HEAD = Style(), Style(bold=True), Style(bold=True, underline=True)
CURSOR = Style(bold=True, reverse=True)
BEFORE = 2
"""Cells for what a score was: the sign of one level or two."""


class Item(msgspec.Struct, frozen=True):
    """A line of the list: a head, a dimension, or a parameter with its own id."""

    name: str
    dimension: str = ""
    parameter: str = ""

    @property
    def is_head(self) -> bool:
        """Whether it only names what follows."""
        return not (self.dimension or self.parameter)


class TrialView(Widget, can_focus=True):
    """A list with a cursor on a dimension or parameter; a changed value has a star and its old value beside it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "up", id="trial.up", show=False),
        Binding("down,j", "step(1)", "down", id="trial.down", show=False),
        Binding("left,h", "column(-1)", "left", id="trial.left", show=False),
        Binding("right,l", "column(1)", "right", id="trial.right", show=False),
        Binding("home,g", "edge(0)", "first", id="trial.first", show=False),
        Binding("end,G", "edge(-1)", "last", id="trial.last", show=False),
        Binding("enter", "open", "open", id="open", show=False),
        Binding("i", "cycle", "next level", id="trial.cycle", show=False),
        Binding("plus,equals_sign", "change(1)", "better", id="trial.better", show=False),
        Binding("minus", "change(-1)", "worse", id="trial.worse", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another line."""

        item: Item

    @dataclass
    class Tried(Message):
        """Something was changed."""

        trial: Scenario

    @dataclass
    class Opened(Message):
        """The dimension under the cursor was chosen."""

        dimension: str

    def __init__(self, view: View, trial: Scenario, signs: Signs, **options: str) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.signs = signs
        self.look_at(view, trial)

    def look_at(self, view: View, trial: Scenario) -> None:
        """Show another corps, or use another language."""
        self._view = view
        self._items = tuple(_items(view, trial))
        self._stops = [at for at, item in enumerate(self._items) if not item.is_head]
        labels = [*view.scale.levels, view.scale.blank]
        self._label_width = max(self.signs.width(view.say.of(level.label)) for level in labels) + 4
        self.cursor = self._stops[0]
        self._found: list[int] = []
        self.show(trial)

    def show(self, trial: Scenario) -> None:
        """Show these scores and values."""
        self.trial = trial
        self.refresh()

    @property
    def item(self) -> Item:
        """What the cursor is on."""
        return self._items[self.cursor]

    def go_to(self, dimension: str) -> None:
        """Put the cursor on a dimension, if it is there."""
        self._move(next((at for at in self._stops if self._items[at].dimension == dimension), self.cursor))

    def action_step(self, step: int) -> None:
        """Move to the next or previous line."""
        at = self._stops.index(self.cursor) + step
        self._move(self._stops[max(0, min(at, len(self._stops) - 1))])

    def action_column(self, columns: int) -> None:
        """Move to the same row of the column beside this one, on another page if need be."""
        wanted = self.cursor + columns * self.size.height
        if 0 <= wanted < len(self._items) or self._flow.place(self.cursor)[0] + columns in range(self._flow.columns):
            self._move(min(self._stops, key=lambda at: abs(at - wanted)))

    def action_edge(self, at: int) -> None:
        """Move to the first or the last line."""
        self._move(self._stops[at])

    def seek(self, typed: str) -> int:
        """Go to the first line from the cursor on whose name has these words; how many there are."""
        index = Index([self._items[at].name for at in self._stops])
        self._found = [self._stops[at] for at in index.numbers(typed)]
        if self._found:
            self._move(next_of(self._found, self.cursor - 1, 1))
        return len(self._found)

    def again(self, step: int) -> None:
        """Go to the next or the previous line that was found, round to the first or the last."""
        if self._found:
            self._move(next_of(self._found, self.cursor, step))

    def action_cycle(self) -> None:
        """Give the next level, or value."""
        item, trial = self.item, self.trial
        self._try(trial.cycled(item.dimension) if item.dimension else trial.turned(item.parameter))

    def action_change(self, step: int) -> None:
        """Give a level, or value, that is one better or higher, or worse or lower."""
        item, trial = self.item, self.trial
        self._try(trial.stepped(item.dimension, step) if item.dimension else trial.tuned(item.parameter, step))

    def on_key(self, event: events.Key) -> None:
        """Give the level of a letter, unless the key does something else."""
        scale, item = self._view.scale, self.item
        level = next((one for one in (*scale.levels, scale.blank) if one.letter == event.character), None)
        if level and item.dimension and event.key not in self.screen.active_bindings:
            event.stop()
            self._try(self.trial.scored(item.dimension, level.id))

    def action_open(self) -> None:
        """Open the dimension under the cursor."""
        if self.item.dimension:
            self.post_message(self.Opened(self.item.dimension))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse points; a click on the cursor gives the next level."""
        found = self._flow.on_row(event.y, self.cursor)
        column = event.x // self._flow.column_width
        if column < len(found) and not self._items[found[column]].is_head:
            if found[column] == self.cursor:
                self.action_cycle()
            self._move(found[column])

    def _try(self, trial: Scenario) -> None:
        if trial != self.trial:
            self.trial = trial
            self.refresh(self._region(self.cursor))
            self.post_message(self.Tried(trial))

    def _move(self, line: int) -> None:
        before, self.cursor = self.cursor, line
        if before // self._flow.page != line // self._flow.page:
            self.refresh()
        elif line != before:
            self.refresh(self._region(before), self._region(line))
        if line != before:
            self.post_message(self.Moved(self.item))

    @property
    def _flow(self) -> Flow:
        return Flow(len(self._items), self.size.height, self.size.width)

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
        changed = item.dimension in self.trial.scores.changes or item.parameter in self.trial.values.changes
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
        """The signs of what it was; sign and label of what it is."""
        was, now = self._levels(self.trial.scores.before[dimension]), self._levels(self.trial.scores[dimension])
        signs, label = sign_cell(self.signs, now, min(2, len(now))), self._view.say("open")
        if len(now) == 1:
            label = self._view.say.of(now[0].label)
        told = Segment(f" {signs} {self.signs.text(label)} ", self._style(now))
        return [Segment(sign_cell(self.signs, was, BEFORE), self._style(was))], [told]

    def _style(self, levels: Sequence[Level]) -> Style:
        return paint(levels[0], self._view.scale) if len(levels) == 1 else BOLD

    def _levels(self, possible: Sequence[str]) -> list[Level]:
        return [self._view.scale[level_id] for level_id in possible] or [self._view.scale.blank]

    def _value(self, parameter: str) -> tuple[list[Segment], list[Segment]]:
        was, now = self.trial.values.before[parameter], self.trial.values[parameter]
        return [Segment(f"{was:>{BEFORE}}", PLAIN)], [Segment(f" {now} ", BOLD)]


def _items(view: View, trial: Scenario) -> Iterator[Item]:
    """The dimensions under the heads of their focus areas, then the parameters."""
    say = view.say
    for area in view.framework.areas:
        yield Item(say.of(area.name))
        for dimension in view.framework.dimensions_of(area.id):
            yield Item(view.dimension_name(dimension.id), dimension=dimension.id)
    if trial.parameters:
        yield Item(say("parameters"))
        for parameter in trial.parameters.values():
            yield Item(say.of(parameter.name), parameter=parameter.id)
