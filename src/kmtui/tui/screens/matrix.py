"""The first view: all corps and dimensions of an edition, with the evidence of the cell under the cursor below."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from kmtui.pages import Target, cell_summary, verdict_summary
from kmtui.tui.drawing import joined, paint
from kmtui.tui.screens.base import ViewScreen
from kmtui.tui.widgets.matrix import MatrixView
from kmtui.wording import AGREEMENT

BOLD = Style(bold=True)
REST = 0.06
"""Seconds that the cursor must rest before the pane below follows it."""


class MatrixScreen(ViewScreen):
    """Corps down, dimensions across."""

    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-medium"), (40, "-tall")]  # noqa: RUF012 - as Textual declares it

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "corps", "corps", id="corps"),
        Binding("d", "dimension", "dimension", id="dimension"),
        Binding("s", "sort", "sort", id="sort"),
        Binding("v", "sort_verdict", "sort by end score", id="sort_verdict"),
        Binding("o", "source_order", "order of the source", id="source_order"),
        Binding("slash", "filter", "find", id="filter"),
        Binding("e", "app.switch_edition(1)", "edition", id="edition"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._sorted: tuple[int, bool] | None = None
        self._pattern = ""
        self._resting: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """The matrix, the pane, the filter, the legend."""
        say = self.view.say
        yield MatrixView(self.view, self.signs, id="matrix")
        yield Static(id="detail", markup=False)
        yield Input(placeholder=f"{say('filter')} ...", id="filter", compact=True)
        yield Static(self._legend(), id="status", markup=False)

    def on_mount(self) -> None:
        """Write the title; the matrix has the keyboard."""
        self.matrix.focus()
        self._arrange()

    @property
    def in_hand(self) -> Target:
        """The cell under the cursor."""
        return Target("cell", self.matrix.corps or "", self.matrix.dimension or "")

    def look_anew(self) -> None:
        """Show the edition that the app looks at now."""
        self._sorted = None
        self._arrange()

    @property
    def matrix(self) -> MatrixView:
        """The matrix itself."""
        return self.query_one("#matrix", MatrixView)

    def hint_keys(self) -> Iterator[tuple[str, str]]:
        """Key and word of each hint."""
        say = self.view.say
        for key, word in (
            ("?", "help"),
            ("enter", "cell"),
            ("c", "corps"),
            ("d", "dimension"),
            ("s", "sort"),
            ("e", "edition"),
            ("/", "find"),
            ("q", "quit"),
        ):
            yield key, say(word).lower()

    def _legend(self) -> Text:
        """The signs and what they mean; plugins that are switched off go before everything else."""
        say, shown = self.view.say, self.signs.text
        failed = self.kmtui.monitor.registry.failed
        if failed:
            reasons = "; ".join(f"{plugin.id}: {plugin.error}" for plugin in failed)
            return Text(shown(f"{say('plugins')} {say('off')}: {reasons}"), "bold reverse")
        scale, agreement = self.view.scale, self.signs.agreement
        signs = (
            *((self.signs(level), paint(level), say.of(level.meaning)) for level in scale.levels),
            (self.signs(scale.blank), paint(scale.blank), say.of(scale.blank.label)),
            ("".join(map(self.signs, scale.levels[:2])), BOLD, say("open")),
            (agreement("yes") + agreement("assumed"), BOLD, say("agrees")),
            (agreement("no"), BOLD, say.of(AGREEMENT["no"])),
        )
        return Text(" ").join(Text.assemble((sign, style), " ", shown(word)) for sign, style, word in signs)

    @on(MatrixView.Moved)
    def _follow(self, event: MatrixView.Moved) -> None:
        """Let the pane follow when the hand rests."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, lambda: self._tell(event.corps, event.dimension))

    def _tell(self, corps: str | None, dimension: str | None) -> None:
        pane = self.query_one("#detail", Static)
        if corps is None:
            pane.update("")
        elif dimension is None:
            pane.update(joined(verdict_summary(self.view, corps), self.signs))
        else:
            pane.update(joined(cell_summary(self.view, corps, dimension), self.signs))

    @on(MatrixView.Opened)
    def _open_cell(self, event: MatrixView.Opened) -> None:
        if event.dimension is None:
            self.open(Target("corps", event.corps))
        else:
            self.open(Target("cell", event.corps, event.dimension))

    def action_corps(self) -> None:
        """Open the corps under the cursor."""
        if self.matrix.corps is not None:
            self.open(Target("corps", self.matrix.corps))

    def action_dimension(self) -> None:
        """Open the dimension under the cursor."""
        if self.matrix.dimension is not None:
            self.open(Target("dimension", "", self.matrix.dimension))

    def action_sort(self) -> None:
        """Sort by the column under the cursor: worst first, then best first, then as the source has it."""
        self._sort_by(self.matrix.column)

    def action_sort_verdict(self) -> None:
        """Sort by end score, worst first, then best first, then as the source has it."""
        self._sort_by(len(self.view.dimensions))

    def action_source_order(self) -> None:
        """Sort as the source has it."""
        self._sorted = None
        self._arrange()

    def _sort_by(self, column: int) -> None:
        following = {None: (column, False), (column, False): (column, True), (column, True): None}
        self._sorted = following.get(self._sorted, (column, False))
        self._arrange()

    def action_filter(self) -> None:
        """Type a part of a name; the matrix shows who matches."""
        field = self.query_one("#filter", Input)
        field.add_class("open")
        field.focus()

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        self._pattern = event.value
        self._arrange()

    @on(Input.Submitted, "#filter")
    def _keep(self) -> None:
        field = self.query_one("#filter", Input)
        field.set_class(bool(field.value), "open")
        self.matrix.focus()

    def action_back(self) -> None:
        """Drop the filter; without one there is nowhere to go back to."""
        field = self.query_one("#filter", Input)
        field.value = ""
        field.remove_class("open")
        self.matrix.focus()

    def _arrange(self) -> None:
        """Apply filter and order to the matrix, and say so in the title."""
        say, view = self.view.say, self.view
        needle = fold(self._pattern.strip())
        corps = [corps_id for corps_id, found in view.corps.items() if needle in fold(f"{found.name} {corps_id}")]
        title = view.edition.title, say.of(view.weigher.scheme.name)
        if self._sorted is not None:
            column, best_first = self._sorted
            possible = {corps_id: self._possible(corps_id, column) for corps_id in corps}
            corps.sort(key=lambda corps_id: view.badness(possible[corps_id]), reverse=best_first)
            corps.sort(key=lambda corps_id: not possible[corps_id])
            names = [*map(view.dimension_name, view.dimensions), say("verdict")]
            way = say("best_first" if best_first else "worst_first")
            title = f"{say('sorted_by')} {names[column]}, {way}", view.edition.title
        self.matrix.empty_text = self.signs.text(f"{say('no_corps')} '{self._pattern}' (esc)")
        self.matrix.show(view, corps, self._sorted[0] if self._sorted else None)
        self.set_title(*title)

    def _possible(self, corps_id: str, column: int) -> tuple[str, ...]:
        """The levels that are possible in a column, which may be the end score."""
        if column < len(self.view.dimensions):
            return self.view.score(corps_id, list(self.view.dimensions)[column]).possible
        return self.view.verdicts[corps_id].weighing.possible


def fold(text: str) -> str:
    """Text for comparing: without case and accents."""
    import unicodedata

    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
