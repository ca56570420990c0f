"""The board: corps and partners down, steps across; enter opens the step."""

from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from kmtui.model.base import Text as Bilingual
from kmtui.rounds.board import BoardRow, Standing, StepCell, board
from kmtui.rounds.progress import Step
from kmtui.rounds.rules import CENTRAL
from kmtui.rounds.state import State
from kmtui.tui.rounds.desk import DeskScreen
from kmtui.tui.rounds.screen import Lines, RoundScreen
from kmtui.tui.rounds.steps import StepScreen
from kmtui.tui.rounds.words import KEYS, RoundWording
from kmtui.tui.themes import BAD, BUSY, GOOD

GLYPHS = {
    Standing.EMPTY: (" ", " "),
    Standing.TO_DO: ("·", "."),
    Standing.BEGUN: ("◐", "o"),
    Standing.LATE: ("!", "!"),
    Standing.DONE: ("✓", "v"),
}
"""A glyph for each standing, and its stand-in in ASCII."""
STYLES = {
    Standing.EMPTY: Style(),
    Standing.TO_DO: Style(dim=True),
    Standing.BEGUN: Style(color=BUSY),
    Standing.LATE: Style(color=BAD, bold=True),
    Standing.DONE: Style(color=GOOD),
}
MINE = "*"
"""Marks what waits for the one who looks."""
WIDTHS = {
    Step.COLLECT: 11,
    Step.COMPARE: 8,
    Step.INTERVIEW: 11,
    Step.WEIGH: 8,
    Step.PARTNERS: 9,
    Step.HEARING: 11,
}
"""Cells for each step on a narrow screen, the blank between two steps included."""
DONE, LEAST_NAME, MOST_NAME = 5, 17, 28
"""Cells for what is done, and for a name."""
DATE = 6
"""Cells for a date beside a status."""


class BoardScreen(RoundScreen):
    """How far everybody is."""

    KEYS: ClassVar[tuple[tuple[str, Bilingual], ...]] = (
        ("enter", KEYS["open"]),
        ("w", KEYS["mine"]),
        ("s", KEYS["session"]),
        ("?", KEYS["help"]),
        ("q", KEYS["quit"]),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "mine", "mine", show=False),
        Binding("s", "session", "session", show=False),
        Binding("j", "step(1, 0)", "down", show=False),
        Binding("k", "step(-1, 0)", "up", show=False),
        Binding("h", "step(0, -1)", "left", show=False),
        Binding("l", "step(0, 1)", "right", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._mine = False
        self._name_width, self._more = LEAST_NAME, 0
        self._rows: list[BoardRow] = []

    def body(self) -> ComposeResult:
        """The table."""
        yield Lines(id="board", fixed_columns=1, cell_padding=0, zebra_stripes=False)

    @property
    def table(self) -> Lines:
        """The rows of the board."""
        return self.query_one("#board", Lines)

    def prepare(self) -> None:
        """Make the columns; the cursor begins at the first step."""
        self._columns()
        self.call_after_refresh(self.table.move_cursor, row=0, column=1, animate=False)

    def on_resize(self) -> None:
        """Give the steps the room that there is."""
        if self.table.columns:
            at = self.table.cursor_coordinate
            self._columns()
            self.follow()
            self.table.move_cursor(row=at.row, column=at.column, animate=False)

    def _columns(self) -> None:
        table, say, signs = self.table, self.host.say, self.host.signs
        table.clear(columns=True)
        room = self.size.width - sum(WIDTHS.values()) - DONE - 1
        self._name_width = max(LEAST_NAME, min(room, MOST_NAME))
        self._more = max(0, min((room - self._name_width) // len(Step), DATE))
        table.add_column("", width=self._name_width)
        for step in Step:
            width = WIDTHS[step] + self._more
            table.add_column(Text(signs.fit(f" {say.step(step)}", width)), width=width)
        table.add_column(Text(say.text("done")), width=DONE)

    def follow(self) -> None:
        """Show where everybody stands."""
        say, state = self.host.say, self.host.state
        self._rows = board(state, self.host.round.who, self.host.round.today)
        shown = [row for row in self._rows if not self._mine or any(cell.mine for cell in row.cells)]
        self.put("title", title_of(self.host.state, self.host.round.who, say))
        self.table.show([(row.subject, self._line(row)) for row in shown])
        count = sum(cell.mine for row in self._rows for cell in row.cells)
        told = f"{MINE} {say.text('mine')}: {count}"
        if not self._rows:
            told = say.text("nothing_seen")
        elif not shown:
            told = say.text("nothing_waits")
        self.rest(told)

    def _line(self, row: BoardRow) -> list[Text]:
        signs, state = self.host.signs, self.host.state
        name = state.of.corps.get(row.subject) or self.host.partner_name(row.subject)
        cells = [self._drawn(cell) for cell in row.cells]
        return [Text(signs.fit(name, self._name_width - 1)), *cells, Text(f"{row.percentage:3} %")]

    def _drawn(self, cell: StepCell) -> Text:
        signs, say = self.host.signs, self.host.say
        width = WIDTHS[cell.step] + self._more - 1
        if cell.standing is Standing.EMPTY:
            return Text("")
        told = say.state(cell.status) if cell.status else f"{cell.done}/{cell.total}"
        if cell.standing is Standing.LATE and cell.due is not None:
            told = say.text("days_late", (self.host.round.today - cell.due).days)
        elif cell.due is not None and self._more == DATE:
            told = f"{told} {cell.due:%d-%m}"
        mark = MINE if cell.mine else " "
        glyph = GLYPHS[cell.standing][not signs.unicode]
        return Text(signs.fit(f"{mark}{glyph}{told}", width), STYLES[cell.standing])

    def action_mine(self) -> None:
        """Show only what waits for the participant, and everything again."""
        self._mine = not self._mine
        self.follow()

    def action_session(self) -> None:
        """Sessions of the weighing, and the lock of the round."""
        self.app.push_screen(StepScreen(None, None))

    def action_step(self, down: int, right: int) -> None:
        """Move the cursor."""
        at = self.table.cursor_coordinate
        self.table.move_cursor(row=at.row + down, column=at.column + right, animate=False)

    @on(DataTable.CellSelected)
    def _open(self) -> None:
        subject, column = self.table.key, self.table.cursor_column
        if subject is None:
            return
        row = next(row for row in self._rows if row.subject == subject)
        cell = row.cells[min(max(column - 1, 0), len(row.cells) - 1)]
        state, me = self.host.state, self.host.round.me
        if cell.step is Step.WEIGH and subject in state.of.corps and me and not set(me.roles).isdisjoint(CENTRAL):
            self.app.push_screen(DeskScreen(subject))
        elif cell.standing is not Standing.EMPTY:
            self.app.push_screen(StepScreen(subject, cell.step))


def title_of(state: State, who: str, say: RoundWording) -> str:
    """The round, whether it is open, its session, and who looks at it."""
    where = say.text("published" if state.published else "frozen" if state.frozen else "open")
    parts = [f"{say.text('round')} {state.of.round}", where]
    if state.session:
        session = f"{say.text('session')} {state.session} {say.text('open' if state.session_open else 'closed')}"
        parts.append(session + (f", {say.text('blind')}" if state.blind and state.session == 1 else ""))
    roles = ", ".join(state.participants[who].roles) if who in state.participants else ""
    return " · ".join([*parts, f"{who} ({roles})" if roles else who])
