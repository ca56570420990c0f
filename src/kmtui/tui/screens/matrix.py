"""The matrix: a grid of the edition, with a detail pane for the cell under the cursor."""

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
from kmtui.tui.status import legend, loaded, problems
from kmtui.tui.widgets.matrix import HEADER_LINES, MatrixView
from kmtui.tui.widgets.row_lines import RowLines
from kmtui.tui.work import Work

if TYPE_CHECKING:
    from kmtui.analysis.compare import Direction
    from kmtui.pages.grids import Changes
    from kmtui.tui.saving import Extract

HOME = "scores"
"""The grid that is shown first."""
LINES = 3
"""Rows of title, status and hints."""
FEW = 10
"""Minimum number of rows of the grid."""
LOW = 22
"""Screen height below which the pane shrinks."""
INDENT = 2
REST = 0.06
"""Seconds without a step before the pane is updated; while a key is held, only the last step updates it."""


class Names(msgspec.Struct, frozen=True):
    """Search indexes of the rows and columns of a grid."""

    grid: Grid
    rows: Index
    columns: Index

    @classmethod
    def of(cls, grid: Grid) -> "Names":
        """Index the names and ids of rows; names, ids and codes of columns."""
        rows = Index([f"{name} {row_id}" for row_id, name in grid.names.items()])
        return cls(grid, rows, Index([f"{column.name} {column.id} {column.short}" for column in grid.columns]))

    def search(self, typed: str) -> tuple[list[str], list[int]]:
        """Ids of matching rows and indexes of matching columns, in grid order."""
        names = list(self.grid.names)
        return [names[at] for at in self.rows.numbers(typed)], self.columns.numbers(typed)


class MatrixScreen(ViewScreen):
    """Shows one grid at a time; each keeps its sort order and cursor while others are shown."""

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
        self._previous_work = Work(self)

    def body(self) -> Iterable[Widget]:
        """The matrix, the pane, the status line."""
        yield MatrixView(self.grid, self.signs, id="matrix")
        detail = Static(id="detail", markup=False)
        detail.styles.height = self._pane_height
        yield detail
        yield Static(self._status(), id="status", markup=False)

    def on_mount(self) -> None:
        """Fill title and pane before the first frame, and focus the matrix."""
        self.take_keyboard()
        self._arrange()
        self._tell_of(self.matrix.row_id, self.matrix.column_id)

    def fit(self) -> None:
        """Fit the status line as well."""
        super().fit()
        self._divide()
        self._show_status()

    @property
    def _pane_height(self) -> int:
        """The height of the pane with its rule: what the grid leaves, with a minimum."""
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
        """The grid that is shown."""
        key = self.view, self.kind
        if key not in self._grids:
            self._grids[key] = GRIDS[self.kind](self.view)
        return self._grids[key]

    def extract(self) -> "Extract":
        """The rows that are shown."""
        from kmtui.tui.saving import of_grid

        return of_grid(self.view, self.grid, self.matrix.row_lines.rows)

    @property
    def matrix(self) -> MatrixView:
        """The matrix itself."""
        return self.query_one("#matrix", MatrixView)

    def refresh_view(self) -> None:
        """Adopt the view of the app; another edition or scheme resets the sort order."""
        if self.is_seen_otherwise:
            self._sorted.clear()
        super().refresh_view()
        self._show_status()
        self._arrange()

    def show_grid(self, kind: str) -> None:
        """Show a grid with its own cursor, sort order and search."""
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
        """Show a message in the pane until the cursor moves."""
        if self._resting is not None:
            self._resting.stop()
        self.query_one("#detail", Static).update(Text(self.signs.text(text)))

    def _show_status(self) -> None:
        self.query_one("#status", Static).update(self._status())

    def _status(self) -> Text:
        monitor, say = self.kmtui.monitor, self.view.say
        wrong = problems(monitor, say)
        if wrong:
            text = f"{say('more_under')} {say('status')} ({self.key_of('palette')}): {wrong}"
            return Text(self.signs.text(text), "bold reverse")
        counts = self.signs.text(loaded(monitor, say))
        room = self.app.size.width - self.signs.width(counts) - PADDING
        signs = legend(self.grid, say, self.signs, room - 1)
        return signs.append(" " * max(1, room - signs.cell_len) + counts, "dim")

    @on(MatrixView.Moved)
    def _follow(self, event: MatrixView.Moved) -> None:
        """Update the pane: at once after a single step, else when steps stop."""
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
        """Read the previous edition and show what changed."""
        if not self._previous_work.lasts:
            from kmtui.pages.grids import changes_of

            self._previous_work.do(partial(changes_of, self.view), partial(self._tell_changes, self.view))

    def _tell_changes(self, view: View, changes: "Changes | None") -> None:
        self._changes[view] = changes
        if view is not self.view:
            return
        self._mark()
        self._title()
        self._show_status()
        self._tell_of(self.matrix.row_id, self.matrix.column_id)

    def _summary(self, row: str, column: str | None) -> Iterator[Block]:
        """The details of a cell, with its previous level after the first line."""
        others = iter(self.grid.summary(row, column))
        changes = self._known_changes()
        yield next(others)
        yield from changes.before(row, self.matrix.column) if changes else ()
        yield from others

    def _known_changes(self) -> "Changes | None":
        """Changes since the previous edition, once they are computed, for grids that show them."""
        return self._changes.get(self.view) if self.kind == HOME else None

    def _mark(self) -> None:
        changes = self._known_changes()
        if changes:
            self.matrix.mark(changes.at)

    @on(MatrixView.Opened)
    def _open_cell(self, event: MatrixView.Opened) -> None:
        self.open(self.grid.target(event.row, event.column))

    def action_corps(self) -> None:
        """Open the page of the row under the cursor."""
        if self.matrix.row_id is not None:
            self.open(self.grid.row_target(self.matrix.row_id))

    def action_dimension(self) -> None:
        """Open the page of the column under the cursor."""
        if self.matrix.column_id is not None:
            self.open(self.grid.column_target(self.matrix.column_id))

    def action_sort(self) -> None:
        """Sort by the column under the cursor: worst first, then best first, then source order."""
        self._sort_by(self.matrix.column)

    def action_sort_verdict(self) -> None:
        """Sort by end score: worst first, then best first, then source order."""
        if self.grid.ends:
            self._sort_by(len(self.grid.columns))

    def action_source_order(self) -> None:
        """Restore the source order."""
        self._sorted.pop(self.kind, None)
        self._arrange()

    def _sort_by(self, column: int) -> None:
        following = {None: (column, False), (column, False): (column, True), (column, True): None}
        order = following.get(self._sorted.pop(self.kind, None), (column, False))
        if order:
            self._sorted[self.kind] = order
        self._arrange()

    def action_group(self) -> None:
        """Toggle grouping by unit."""
        self._grouped = not self._grouped
        self._divide()
        self._arrange()

    def action_jump(self, kind: str) -> None:
        """Move to the next cell of a kind."""
        self._jump = kind
        self.action_again(1)

    def action_again(self, step: int) -> None:
        """Move to the next or previous cell of the last kind."""
        if not self._jump:
            return
        matrix, grid = self.matrix, self.grid
        wanted = fits(self._jump, grid, self._known_changes())
        found = next_cell(matrix.row_lines.rows, grid.width, (matrix.row, matrix.column), step, wanted)
        if found:
            matrix.move(*found)
        else:
            self.tell(self.view.say(f"no_{self._jump}"))

    def action_find(self) -> None:
        """Open the search field; the cursor stays on its row while that matches."""
        self._sought_from = self.matrix.row_id
        super().action_find()

    def seek(self) -> int:
        """Show matching rows; if there are none, move to the first matching column."""
        rows, columns = self._arrange()
        shown = self.matrix.row_lines.rows
        row = shown.index(self._sought_from) if self._sought_from in shown else 0
        self.matrix.move(row, columns[0] if columns and not rows else self.matrix.column)
        return len(rows or columns)

    def leave(self) -> None:
        """Go back to the previous screen, else to the scores."""
        if self.kmtui.navigator.can_resume:
            super().leave()
        else:
            self.show_grid(HOME)

    def _search(self) -> tuple[list[str], list[int]]:
        """Matching rows and columns, in source order; no columns without a search."""
        grid = self.grid
        if not self.sought:
            return [], []
        if self._indexed is None or self._indexed.grid is not grid:
            self._indexed = Names.of(grid)
        return self._indexed.search(self.sought)

    def _arrange(self) -> tuple[list[str], list[int]]:
        """Apply search, sorting and grouping, and update the title; returns matching rows and columns."""
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
        self.matrix.show(grid, self._row_lines(grid, rows), order[0] if order else None)
        self._mark()
        self._title()
        return found, columns

    def _row_lines(self, grid: Grid, rows: list[str]) -> RowLines:
        """The rows, grouped by unit if that is on and there are units."""
        if not (self._grouped and grid.sections):
            return RowLines.plain(rows)
        places = {section: at for at, section in enumerate(dict.fromkeys(grid.sections.values()))}
        rows.sort(key=lambda row_id: places.get(grid.sections.get(row_id, ""), len(places)))
        return RowLines.grouped(rows, lambda row_id: grid.sections.get(row_id, self.view.say("no_unit")))

    def _title(self) -> None:
        """Title labels: grid, sort order, changes and scheme."""
        say, view = self.view.say, self.view
        scheme = say.of(view.weigher.scheme.name)
        parts = [view.edition.title, self._text_changes(), scheme]
        if not view.is_by_own_rules:
            parts = [scheme, view.edition.title]
        if self.kind != HOME:
            parts = [say(self.kind), view.edition.title]
        order = self._sorted.get(self.kind)
        if order is not None:
            way = say("best_first" if order[1] else "worst_first")
            parts = [f"{say('sorted_by')} {self.grid.column_name(order[0])}, {way}", view.edition.title]
        self.set_title(*parts)

    def _text_changes(self) -> str:
        """Counts of better and worse scores and end scores since the previous edition."""
        changes = self._known_changes()
        if changes is None:
            return ""
        scores, ends = self._counted(changes.counts), self._counted(changes.ends)
        ends = f"{self.view.say('verdict').lower()} {ends}" if ends else ""
        text = ", ".join(filter(None, (scores, ends)))
        return text and f"{self.view.say('since').lower()} {changes.earlier.id} {text}"

    def _counted(self, counts: "Mapping[Direction, int]") -> str:
        from kmtui.pages.grids import MOVED

        return " ".join(f"{self.signs.change(way)}{counts[way]}" for way in MOVED if counts[way])
