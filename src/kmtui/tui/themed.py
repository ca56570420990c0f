"""An app with kmtui's themes, which styles levels by theme and terminal."""

import os
from collections.abc import Iterable, Sequence
from functools import cache, partial
from pathlib import Path

from textual.filter import LineFilter

from kmtui.model.scale import Scale
from kmtui.render.signs import Signs
from kmtui.terminal import speaks_unicode
from kmtui.tui.colours import Colours, colours_of, recolouring
from kmtui.tui.terminal.app import DriverName, TerminalApp
from kmtui.tui.themes import FIRST, LOOKS


class ThemedApp(TerminalApp):
    """An app that shows levels of these scales. `signs` are the characters that the terminal can show."""

    def __init__(self, scales: Iterable[Scale], theme: str = FIRST, driver: DriverName = "kmtui") -> None:
        super().__init__(driver)
        self.signs = Signs(speaks_unicode())
        self.colours = colours_of(self.console.color_system, os.environ)
        for lacks, terminal in ((not self.signs.unicode, "ascii"), (self.colours is not Colours.MANY, "few-colours")):
            if lacks:
                self.add_class(f"-{terminal}")
                self.css_path.append(Path(__file__).with_name(f"{terminal}.tcss"))
        self._recolouring = cache(partial(recolouring, tuple(scales), self.colours))
        for look in LOOKS.values():
            self.register_theme(look.theme)
        self.set_reactive(ThemedApp.theme, theme)  # nothing is drawn by another one yet
        self.set_class(self.current_theme.dark, "-dark-mode")
        self.set_class(not self.current_theme.dark, "-light-mode")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filter for levels, beside Textual's own filters on terminals with many colours."""
        own = self._recolouring(self.theme)
        return (*super().get_line_filters(), own) if self.colours is Colours.MANY else (own,)
