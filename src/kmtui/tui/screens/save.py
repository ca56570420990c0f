"""Ask for the file to write what is on the screen to, and confirm before overwriting."""

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from kmtui.render.publication import MissingExtraError
from kmtui.render.signs import Signs
from kmtui.tui.saving import Extract, RefusedError, place_of, save
from kmtui.wording import Wording


class SaveScreen(ModalScreen[Path | None]):
    """Returns the file that was written, or None."""

    CSS_PATH = "save.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "close", id="save.close")]

    def __init__(self, extract: Extract, say: Wording, signs: Signs) -> None:
        super().__init__()
        self._extract, self._say, self._signs = extract, say, signs
        self._warned_of: Path | None = None

    def compose(self) -> ComposeResult:
        """The field for the name, and a message about it."""
        with Vertical(id="save"):
            yield Static(self._say("save"), markup=False)
            if self._extract.forms:
                yield Static(self._say("save_forms"), markup=False)
            yield Input(self._extract.name, id="file", compact=True, select_on_focus=False)
            yield Static(id="message", markup=False)

    def on_mount(self) -> None:
        """Say where the file goes."""
        self._tell_of(self._extract.name)

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        self._warned_of = None
        self._tell_of(event.value)

    def _tell_of(self, name: str) -> None:
        if not name.strip():
            self._tell(self._say("save_name"))
            return
        try:
            self._tell(f"{self._say('save_to')} {place_of(name)}")
        except (RefusedError, OSError, RuntimeError, ValueError) as error:
            self._tell_why(error)

    @on(Input.Submitted)
    def _write(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            return
        try:
            file = place_of(event.value)
            if file.exists() and file != self._warned_of:
                self._warned_of = file
                self._tell(f"{file} {self._say('save_exists')}")
                return
            save(self._extract, file)
        except (RefusedError, MissingExtraError, OSError, RuntimeError, ValueError) as error:
            self._tell_why(error)
        else:
            self.dismiss(file)

    def _tell_why(self, error: Exception) -> None:
        if isinstance(error, RefusedError):
            self._tell(f"{self._say('save_only_below')} {error}")
        else:
            reason = error.strerror if isinstance(error, OSError) else None
            self._tell(f"{self._say('not_saved')} {reason or error}")

    def _tell(self, text: str) -> None:
        self.query_one("#message", Static).update(Text(self._signs.text(text)))
