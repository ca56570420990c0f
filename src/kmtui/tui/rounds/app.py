"""The app of a round: what its screens share, and the round that they follow."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from kmtui.model.base import Language
from kmtui.monitor import Monitor
from kmtui.rounds.desk import Draft
from kmtui.rounds.round import Round
from kmtui.rounds.state import State
from kmtui.terminal import visible
from kmtui.tui.rounds.board import BoardScreen
from kmtui.tui.rounds.live import Live
from kmtui.tui.rounds.screen import RoundScreen
from kmtui.tui.rounds.words import RoundWording
from kmtui.tui.terminal.app import DriverName
from kmtui.tui.themed import ThemedApp
from kmtui.tui.themes import FIRST


class RoundApp(ThemedApp):
    """A round in a terminal, for one participant."""

    CSS_PATH = "rounds.tcss"
    TITLE = "kmtui round"
    ENABLE_COMMAND_PALETTE = False  # it would write pictures to files of the server
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "quit", show=False),
        Binding("ctrl+l", "redraw", "redraw", show=False),
    ]

    def __init__(
        self,
        opened: Round,
        monitor: Monitor,
        language: Language,
        theme: str = FIRST,
        driver: DriverName = "kmtui",
    ) -> None:
        of = opened.state.of
        self.weigher = monitor.weigher(of.scheme, day=of.end)
        self.framework = self.weigher.framework
        super().__init__([self.framework.scale], theme, driver)
        self.stylesheet.set_variables(self.get_css_variables())
        self.monitor = monitor
        self.say = RoundWording(language)
        self.live = Live(opened, self._in_turn, self._follow)
        self.drafts: dict[tuple[str, str], Draft] = {}
        self._warned = False

    @property
    def round(self) -> Round:
        """The round, open to the participant."""
        return self.live.round

    @property
    def state(self) -> State:
        """What the participant sees of the round."""
        return self.live.round.state

    @property
    def notice(self) -> str:
        """What stands in the way of recording, empty where nothing does."""
        parts = [self.say.text("database_away"), visible(self.live.problem)] if self.live.problem else []
        if self.live.problem and self.live.waiting:
            parts.insert(0, self.say.text("not_recorded_yet", self.live.waiting) + ".")
        return " ".join(parts)

    def partner_name(self, partner: str) -> str:
        """The name of a partner, its id where no plugin has a name for it."""
        columns = self.monitor.registry.partner_columns.values()
        return next((self.say.of(one.partner.name) for one in columns if one.partner.id == partner), partner)

    def name_of(self, about: str) -> str:
        """The name of a dimension or of a column of judgements, empty for anything else."""
        if about in self.framework.dimension_ids:
            return self.say.of(self.framework.dimension(about).name)
        columns = self.monitor.registry.partner_columns
        return self.say.of(columns[about].name) if about in columns else ""

    def get_default_screen(self) -> Screen[None]:
        """The board is where everything starts."""
        return BoardScreen()

    def on_mount(self) -> None:
        """Begin to follow the round."""
        self.live.start()

    def on_unmount(self) -> None:
        """Stop following it."""
        self.live.stop()

    def action_leave(self) -> None:
        """Quit, after a warning where anything would be lost."""
        lost = ""
        if self.live.waiting:
            lost = self.say.text("quit_waiting", self.live.waiting)
        elif self.drafts:
            lost = self.say.text("quit_drafts", len(self.drafts))
        if lost and not self._warned and isinstance(self.screen, RoundScreen):
            self._warned = True
            self.screen.warn(lost)
            return
        self.exit()

    def _in_turn(self, call: Callable[[], None]) -> None:
        self.call_later(call)

    def _follow(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, RoundScreen):
                screen.follow()
