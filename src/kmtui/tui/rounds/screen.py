"""What the screens of a round share: a title, a body, a line that tells, and the keys."""

from typing import ClassVar, Protocol, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.coordinate import Coordinate
from textual.screen import ModalScreen, Screen
from textual.widgets import DataTable, Static

from kmtui.model.base import Text as Bilingual
from kmtui.monitor import Monitor
from kmtui.render.signs import Signs
from kmtui.rounds.desk import Draft
from kmtui.rounds.errors import RefusedError, RoundError
from kmtui.rounds.round import Round
from kmtui.rounds.state import State
from kmtui.terminal import visible
from kmtui.tui.keys import printed
from kmtui.tui.rounds.live import Live
from kmtui.tui.rounds.words import HELP, RoundWording
from kmtui.weighing.weigher import Weigher


class Host(Protocol):
    """What the screens use of the app."""

    monitor: Monitor
    weigher: Weigher
    say: RoundWording
    signs: Signs
    live: Live
    drafts: dict[tuple[str, str], Draft]
    """Scores that are being made, by corps and dimension: they outlive the desk."""

    @property
    def round(self) -> Round:
        """The round, open to the participant."""

    @property
    def state(self) -> State:
        """What the participant sees of the round."""

    @property
    def notice(self) -> str:
        """What stands in the way of recording, empty where nothing does."""

    def partner_name(self, partner: str) -> str:
        """The name of a partner."""

    def name_of(self, about: str) -> str:
        """The name of a dimension or of a column of judgements, empty for anything else."""


GENERAL: tuple[tuple[str, Bilingual], ...] = (
    ("up, k", HELP["up"]),
    ("down, j", HELP["down"]),
    ("home, end", HELP["ends"]),
    ("esc", HELP["back"]),
    ("ctrl+l", HELP["redraw"]),
    ("q", HELP["quit"]),
)
"""The keys of every screen of a round."""


class RoundScreen(Screen[None]):
    """A screen that follows the round. `KEYS` names the keys of the hint line, by what they do."""

    KEYS: ClassVar[tuple[tuple[str, Bilingual], ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "help", "help", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._told = self._rest = ""

    @property
    def host(self) -> Host:
        """The app of the round."""
        return cast(Host, self.app)

    def body(self) -> ComposeResult:
        """What stands between title and status."""
        yield from ()

    def compose(self) -> ComposeResult:
        """Title, body, status, keys."""
        yield Static(id="title", markup=False)
        yield from self.body()
        yield Static(id="status", markup=False)
        yield Static(id="hints", markup=False)

    def prepare(self) -> None:
        """Make ready what `follow` fills."""

    @property
    def hints(self) -> str:
        """The line of keys."""
        return "  ".join(f"{printed(key)} {self.host.say.of(what)}" for key, what in self.KEYS)

    def on_mount(self) -> None:
        """Fill the screen."""
        self.prepare()
        self.put("hints", self.hints)
        self.follow()

    @property
    def help(self) -> tuple[tuple[str, Bilingual], ...]:
        """What each key does."""
        return (*(pair for pair in self.KEYS if pair[0] not in dict(GENERAL)), *GENERAL)

    def follow(self) -> None:
        """Show the round as it is now: only what has changed is drawn."""

    def put(self, widget_id: str, text: str | Text) -> None:
        """Give a line or pane its text, unless it has that already."""
        widget = self.query_one(f"#{widget_id}", Static)
        signs = self.host.signs
        shown = text if isinstance(text, Text) else Text("\n".join(map(signs.text, text.split("\n"))))
        if widget.content != shown:
            widget.update(shown)

    def tell(self, text: str) -> None:
        """Say in the status line what came of an action; empty where that is over."""
        self._told = text
        self._show_status()

    def warn(self, text: str) -> None:
        """Say something that comes before whatever else there is to tell."""
        self._told = text
        self.put("status", text)

    def rest(self, text: str) -> None:
        """Set what the status line shows while there is nothing to tell."""
        self._rest = text
        self._show_status()

    def _show_status(self) -> None:
        self.put("status", self.host.notice or self._told or self._rest)

    def reason(self, error: RefusedError) -> str:
        """Why something is refused, with its paragraph."""
        say = self.host.say
        return say.of(error.reason) + (f" ({error.paragraph})" if error.paragraph else "")

    def why(self, error: RoundError) -> str:
        """Why an action was not recorded."""
        return self.reason(error) if isinstance(error, RefusedError) else visible(str(error))

    def action_help(self) -> None:
        """Show every key of this screen."""
        self.app.push_screen(KeysScreen(self.help))


class KeysScreen(ModalScreen[None]):
    """The keys of a screen, one a line; any of these keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,question_mark,f1,q", "dismiss", "close", show=False)]

    def __init__(self, keys: tuple[tuple[str, Bilingual], ...]) -> None:
        super().__init__()
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The list."""
        app = cast(Host, self.app)
        lines = [app.say.text("help"), ""]
        lines += [f"{app.signs.fit(printed(key), 12)} {app.signs.text(app.say.of(what))}" for key, what in self._keys]
        with VerticalScroll(id="keys"):
            yield Static("\n".join(lines), markup=False)


class Lines(DataTable[Text]):
    """A table whose cells change one by one, so that a change draws no more than itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home,g", "scroll_top", "first", show=False),
        Binding("end,G", "scroll_bottom", "last", show=False),
    ]

    def show(self, rows: list[tuple[str, list[Text]]]) -> None:
        """Show these rows, each with its key; the cursor stays on its row, else in its place."""
        keys = [row.value for row in self.rows]
        if keys == [key for key, _ in rows]:
            for line, (_, cells) in enumerate(rows):
                for column, cell in enumerate(cells):
                    at = Coordinate(line, column)
                    if self.get_cell_at(at) != cell:
                        self.update_cell_at(at, cell)
            return
        held, row, column = self.key, self.cursor_row, self.cursor_column
        self.clear()
        for key, cells in rows:
            self.add_row(*cells, key=key)
        names = [key for key, _ in rows]
        row = names.index(held) if held in names else max(0, min(row, len(names) - 1))
        self.move_cursor(row=row, column=column, animate=False)

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor."""
        if not self.row_count or not 0 <= self.cursor_row < self.row_count:
            return None
        return self.coordinate_to_cell_key(Coordinate(self.cursor_row, 0)).row_key.value
