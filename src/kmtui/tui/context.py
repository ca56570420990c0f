"""What screens, widgets and the palette need of the app, as protocols: they import neither the app nor each other."""

from collections.abc import Mapping
from typing import Protocol

from kmtui.blocks import Target
from kmtui.monitor import Monitor
from kmtui.pages.view import View
from kmtui.render.signs import Signs
from kmtui.tui.colours import Colours


class Navigation(Protocol):
    """Where the interface can go; it turns targets into screens."""

    def open(self, target: Target) -> None:
        """Show the page of something, with the present screen to come back to."""

    def back(self) -> None:
        """Return to where the user came from."""

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
        """The edition as it is looked at now."""

    @property
    def signs(self) -> Signs:
        """The signs that this terminal can show."""

    @property
    def colours(self) -> Colours:
        """How many colours this terminal has."""

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys that the user has changed, by the id of their action."""

    @property
    def navigator(self) -> Navigation:
        """Where the interface can go."""
