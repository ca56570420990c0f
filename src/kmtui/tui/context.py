"""Protocols for what screens, widgets and the palette use of the app, so that they do not import it or each other."""

from collections.abc import Mapping
from typing import Protocol

from kmtui.blocks import Target
from kmtui.monitor import Monitor
from kmtui.pages.view import View
from kmtui.render.signs import Signs
from kmtui.tui.colours import Colours


class Navigation(Protocol):
    """Turns targets into screens."""

    def open(self, target: Target) -> None:
        """Open the page of a target; `back` returns to the present screen."""

    def back(self) -> None:
        """Return to the previous screen."""

    def show(self, view: str) -> None:
        """Open one of the views that digits open."""

    @property
    def can_resume(self) -> bool:
        """Whether screens were suspended for the present one, which `back` shows again."""

    def help(self) -> None:
        """Show the keys of the present screen."""


class Interface(Protocol):
    """The app as its screens see it."""

    @property
    def monitor(self) -> Monitor:
        """Plugins and editions."""

    @property
    def view(self) -> View:
        """The view that is shown: edition, scheme and language."""

    @property
    def signs(self) -> Signs:
        """The signs that this terminal can show."""

    @property
    def colours(self) -> Colours:
        """The colour support of this terminal."""

    @property
    def keys(self) -> Mapping[str, str]:
        """Remapped keys by action id."""

    @property
    def navigator(self) -> Navigation:
        """Turns targets into screens."""
