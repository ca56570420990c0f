"""The first view: a grid of the edition, with what is known of the cell under the cursor below."""

import time
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

import msgspec
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from kmtui.blocks import Block, Target
from kmtui.pages.grids import GRIDS, Grid
from kmtui.pages.view import View
from kmtui.render.layout import Layout
from kmtui.tui.drawing import text_of
from kmtui.tui.jumps import fits, next_cell
from kmtui.tui.screens.base import PADDING, ViewScreen
from kmtui.tui.search import Index
from kmtui.tui.status import legend, loaded, trouble
from kmtui.tui.widgets.matrix import HEADER_LINES, MatrixView
from kmtui.tui.widgets.sheet import Sheet
from kmtui.tui.work import Work

if TYPE_CHECKING:
    from kmtui.analysis.compare import Direction
    from kmtui.pages.grids import Changes
    from kmtui.tui.saving import Extract

HOME = "scores"
"""The grid that everything starts with."""
LINES = 3
"""Rows for title, status and hints."""
FEW = 10
"""Rows that the grid has at the least, where there are fewer."""
LOW = 22
"""Rows below which the pane takes less."""
INDENT = 2
REST = 0.06
"""Seconds without a step after which the pane is updated; while keys are held, it waits for the last step."""


class Names(msgspec.Struct, frozen=True):
    """The search index of the rows and columns of a grid."""

    grid: Grid
    rows: Index
    columns: Index

    @classmethod
    def of(cls, grid: Grid) -> "Names":
        """The names and ids of the rows; those of the columns, and their codes."""
        rows = Index([f"{name} {row_id}" for row_id, name in grid.names.items()])
        return cls(grid, rows, Index([f"{column.name} {column.id} {column.short}" for column in grid.columns]))

    def search(self, typed: str) -> tuple[list[str], list[int]]:
        """The ids of rows and the numbers of columns, in their order."""
        names = list(self.grid.names)
        return [names[at] for at in self.rows.numbers(typed)], self.columns.numbers(typed)


class MatrixScreen(ViewScreen):
    """Shows one grid at a time; each keeps its order and its cursor while others are looked at."""

    KEYBOARD: ClassVar[type[Widget]] = MatrixView
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("help", "help"),
        ("open", "cell"),
        ("corps", "corps"),
        ("dimension", "dimension"),
        ("edition", "edition"),
        ("find", "find"),
        ("palette", "palette"),
        ("quit", "quit"),
        ("sort", "sort"),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "corps", "corps", id="corps"),
        Binding("d", "dimension", "dimension", id="dimension"),
        Binding("s", "sort", "sort", id="sort"),
        Binding("v", "sort_verdict", "sort by end score", id="sort_verdict"),
        Binding("o", "source_order", "order of the source", id="source_order"),
        Binding("r", "group", "group by unit", id="group"),
        Binding("w", "jump('worst')", "next of the worst level", id="jump.worst"),
        Binding("m", "jump('middle')", "next of a middle level", id="jump.middle"),
        Binding("u", "jump('undecided')", "next open", id="jump.undecided"),
        Binding("a", "jump('changed')", "next changed", id="jump.changed"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.kind = HOME
        self._grids: dict[tuple[View, str], Grid] = {}
        self._cursors: dict[str, tuple[str, str | None]] = {}
        self._typed: dict[str, str] = {}
        self._sorted: dict[str, tuple[int, bool]] = {}
        self._grouped = False
        self._indexed: Names | None = None
        self._sought_from: str | None = None
        self._jump = ""
        self._changes: dict[View, Changes | None] = {}
        self._resting: Timer | None = None
        self._stepped = 0.0
        self._looking_back = Work(self)

    def body(self) -> Iterable[Widget]:
        """The matrix, the pane, the status line."""
        yield MatrixView(self.grid, self.signs, id="matrix")
        detail = Static(id="detail", markup=False)
        detail.styles.height = self._pane_height
        yield detail
        yield Static(self._status(), id="status", markup=False)

    def on_mount(self) -> None:
        """Write title and pane, so that the first drawing is whole; the matrix has the keyboard."""
        self.take_keyboard()
        self._arrange()
        self._tell_of(self.matrix.row_id, self.matrix.column_id)

    def fit(self) -> None:
        """Say in the status line, too, what there is room for."""
        super().fit()
        self._divide()
        self._show_status()

    @property
    def _pane_height(self) -> int:
        """The rows of the pane, with its rule: what the grid leaves, but some at the least."""
        height, grid = self.app.size.height, self.grid
        heads = len(set(grid.sections.values())) + 1 if self._grouped else 0
        left = height - LINES - HEADER_LINES - max(FEW, len(grid.names) + heads)
        return max(3 if height < LOW else 5, left)

    def _divide(self) -> None:
        self.query_one("#detail").styles.height = self._pane_height

    @property
    def current_target(self) -> Target:
        """The cell under the cursor."""
        return Target("cell", self.matrix.row_id or "", self.matrix.column_id or "")

    @property
    def grid(self) -> Grid:
        """The grid that is looked at now."""
        key = self.view, self.kind
        if key not in self._grids:
            self._grids[key] = GRIDS[self.kind](self.view)
        return self._grids[key]

    def extract(self) -> "Extract":
        """The rows that are shown."""
        from kmtui.tui.saving import of_grid

        return of_grid(self.view, self.grid, self.matrix.sheet.rows)

    @property
    def matrix(self) -> MatrixView:
        """The matrix itself."""
        return self.query_one("#matrix", MatrixView)

    def refresh_view(self) -> None:
        """Show the view that the app has now; another edition, or other rules, in the order of the source."""
        if self.is_seen_otherwise:
            self._sorted.clear()
        super().refresh_view()
        self._show_status()
        self._arrange()

    def show_grid(self, kind: str) -> None:
        """Show a grid as it was left: its cursor, its order, and what was sought in it."""
        if kind == self.kind:
            return
        if self.matrix.row_id is not None:
            self._cursors[self.kind] = self.matrix.row_id, self.matrix.column_id
        self._typed[self.kind] = self.sought
        self.kind = kind
        self.search(self._typed.get(kind, ""))
        self._arrange()
        self._show_status()
        if kind in self._cursors:
            self.matrix.go_to(*self._cursors[kind])
        self._divide()

    def tell(self, text: str) -> None:
        """Show a notice in the pane until the cursor moves."""
        if self._resting is not None:
            self._resting.stop()
        self.query_one("#detail", Static).update(Text(self.signs.text(text)))

    def _show_status(self) -> None:
        self.query_one("#status", Static).update(self._status())

    def _status(self) -> Text:
        monitor, say = self.kmtui.monitor, self.view.say
        wrong = trouble(monitor, say)
        if wrong:
            told = f"{say('more_under')} {say('status')} ({self.key_of('palette')}): {wrong}"
            return Text(self.signs.text(told), "bold reverse")
        counts = self.signs.text(loaded(monitor, say))
        room = self.app.size.width - self.signs.width(counts) - PADDING
        signs = legend(self.grid, say, self.signs, room - 1)
        return signs.append(" " * max(1, room - signs.cell_len) + counts, "dim")

    @on(MatrixView.Moved)
    def _follow(self, event: MatrixView.Moved) -> None:
        """Update the pane: at once after a pause, otherwise after the last of several quick steps."""
        before, self._stepped = self._stepped, time.monotonic()
        if self._resting is not None:
            self._resting.stop()
        if self._stepped - before > REST:
            self._tell_of(event.row, event.column)
            self._resting = None if self.view in self._changes else self.set_timer(REST, self._look_back)
        else:
            self._resting = self.set_timer(REST, lambda: self._rest(event.row, event.column))

    def _rest(self, row: str | None, column: str | None) -> None:
        self._tell_of(row, column)
        if self.view not in self._changes:
            self._look_back()

    def _tell_of(self, row: str | None, column: str | None) -> None:
        layout = Layout(max(1, self.app.size.width - PADDING), self.signs, self.view.say, INDENT)
        entries = layout.entries(self._summary(row, column) if row else ())
        rows = islice((line for entry in entries for line in entry.rows), self._pane_height)
        self.query_one("#detail", Static).update(text_of(rows), layout=False)

    def _look_back(self) -> None:
        """Compare with the previous edition, which must be read first, and show the changes."""
        if not self._looking_back.lasts:
            from kmtui.pages.grids import changes_of

            self._looking_back.do(partial(changes_of, self.view), partial(self._tell_changes, self.view))

    def _tell_changes(self, view: View, changes: "Changes | None") -> None:
        self._changes[view] = changes
        if view is not self.view:
            return
        self._mark()
        self._title()
        self._show_status()
        self._tell_of(self.matrix.row_id, self.matrix.column_id)

    def _summary(self, row: str, column: str | None) -> Iterator[Block]:
        """What the grid tells of a cell, and after its first line, what it was before."""
        others = iter(self.grid.summary(row, column))
        changes = self._known_changes()
        yield next(others)
        yield from changes.before(row, self.matrix.column) if changes else ()
        yield from others

    def _known_changes(self) -> "Changes | None":
        """What changed since the edition before, in the grid where that is told, once it is known."""
        return self._changes.get(self.view) if self.kind == HOME else None

    def _mark(self) -> None:
        changes = self._known_changes()
        if changes:
            self.matrix.mark(changes.at)

    @on(MatrixView.Opened)
    def _open_cell(self, event: MatrixView.Opened) -> None:
        self.open(self.grid.target(event.row, event.column))

    def action_corps(self) -> None:
        """Open what the row under the cursor is about."""
        if self.matrix.row_id is not None:
            self.open(self.grid.row_target(self.matrix.row_id))

    def action_dimension(self) -> None:
        """Open what the column under the cursor is about."""
        if self.matrix.column_id is not None:
            self.open(self.grid.column_target(self.matrix.column_id))

    def action_sort(self) -> None:
        """Sort by the column under the cursor: worst first, then best first, then as the source has it."""
        self._sort_by(self.matrix.column)

    def action_sort_verdict(self) -> None:
        """Sort by end score, worst first, then best first, then as the source has it."""
        if self.grid.ends:
            self._sort_by(len(self.grid.columns))

    def action_source_order(self) -> None:
        """Sort as the source has it."""
        self._sorted.pop(self.kind, None)
        self._arrange()

    def _sort_by(self, column: int) -> None:
        following = {None: (column, False), (column, False): (column, True), (column, True): None}
        order = following.get(self._sorted.pop(self.kind, None), (column, False))
        if order:
            self._sorted[self.kind] = order
        self._arrange()

    def action_group(self) -> None:
        """Put the rows of a unit together, or no longer."""
        self._grouped = not self._grouped
        self._divide()
        self._arrange()

    def action_jump(self, kind: str) -> None:
        """Go to the next cell of a kind."""
        self._jump = kind
        self.action_again(1)

    def action_again(self, step: int) -> None:
        """Go to the next or the previous cell of the kind that was last gone to."""
        if not self._jump:
            return
        matrix, grid = self.matrix, self.grid
        wanted = fits(self._jump, grid, self._known_changes())
        found = next_cell(matrix.sheet.rows, grid.width, (matrix.row, matrix.column), step, wanted)
        if found:
            matrix.move(*found)
        else:
            self.tell(self.view.say(f"no_{self._jump}"))

    def action_find(self) -> None:
        """Type what is to be found; the cursor stays on its row as long as that is among it."""
        self._sought_from = self.matrix.row_id
        super().action_find()

    def seek(self) -> int:
        """Show the rows whose names are found; where none are, go to the first column that is."""
        rows, columns = self._arrange()
        shown = self.matrix.sheet.rows
        row = shown.index(self._sought_from) if self._sought_from in shown else 0
        self.matrix.move(row, columns[0] if columns and not rows else self.matrix.column)
        return len(rows or columns)

    def leave(self) -> None:
        """Go back to where one came from; else to the scores."""
        if self.kmtui.navigator.can_resume:
            super().leave()
        else:
            self.show_grid(HOME)

    def _search(self) -> tuple[list[str], list[int]]:
        """The rows and the columns whose names are found, in the order of the source; none where none are sought."""
        grid = self.grid
        if not self.sought:
            return [], []
        if self._indexed is None or self._indexed.grid is not grid:
            self._indexed = Names.of(grid)
        return self._indexed.search(self.sought)

    def _arrange(self) -> tuple[list[str], list[int]]:
        """Apply search, order and grouping to the matrix, and say so in the title; what rows and columns are found."""
        say, grid = self.view.say, self.grid
        found, columns = self._search()
        rows = list(found if found or (self.sought and not columns) else grid.names)
        order = self._sorted.get(self.kind)
        if order is not None:
            column, best_first = order
            possible = {row_id: grid.judged(row_id, column) or () for row_id in rows}
            rows.sort(key=lambda row_id: self.view.badness(possible[row_id]), reverse=best_first)
            rows.sort(key=lambda row_id: not possible[row_id])
        nobody = f"{say('none')} {grid.head.lower()} {say('matches')} '{self.sought}' (esc)"
        self.matrix.empty_text = self.signs.text(nobody if grid.names else grid.empty)
        self.matrix.show(grid, self._sheet(grid, rows), order[0] if order else None)
        self._mark()
        self._title()
        return found, columns

    def _sheet(self, grid: Grid, rows: list[str]) -> Sheet:
        """The rows, by unit if they are to be and belong to any."""
        if not (self._grouped and grid.sections):
            return Sheet.plain(rows)
        places = {section: at for at, section in enumerate(dict.fromkeys(grid.sections.values()))}
        rows.sort(key=lambda row_id: places.get(grid.sections.get(row_id, ""), len(places)))
        return Sheet.grouped(rows, lambda row_id: grid.sections.get(row_id, self.view.say("no_unit")))

    def _title(self) -> None:
        """What is shown, in which order, what changed, and under which rules."""
        say, view = self.view.say, self.view
        scheme = say.of(view.weigher.scheme.name)
        parts = [view.edition.title, self._told_changes(), scheme]
        if not view.is_by_own_rules:
            parts = [scheme, view.edition.title]
        if self.kind != HOME:
            parts = [say(self.kind), view.edition.title]
        order = self._sorted.get(self.kind)
        if order is not None:
            way = say("best_first" if order[1] else "worst_first")
            parts = [f"{say('sorted_by')} {self.grid.column_name(order[0])}, {way}", view.edition.title]
        self.set_title(*parts)

    def _told_changes(self) -> str:
        """How many scores became better and worse since the edition before, and how many end scores."""
        changes = self._known_changes()
        if changes is None:
            return ""
        scores, ends = self._counted(changes.counts), self._counted(changes.ends)
        ends = f"{self.view.say('verdict').lower()} {ends}" if ends else ""
        told = ", ".join(filter(None, (scores, ends)))
        return told and f"{self.view.say('since').lower()} {changes.earlier.id} {told}"

    def _counted(self, counts: "Mapping[Direction, int]") -> str:
        from kmtui.pages.grids import MOVED

        return " ".join(f"{self.signs.change(way)}{counts[way]}" for way in MOVED if counts[way])
