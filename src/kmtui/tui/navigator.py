"""Turns targets into screens and keeps track of open screens.

A screen asks for a target and never imports another screen. Screens are imported when they are first shown.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

import msgspec

from kmtui.blocks import Target
from kmtui.tui.screens.base import TargetScreen, ViewScreen
from kmtui.tui.screens.matrix import MatrixScreen
from kmtui.tui.views import VIEWS

if TYPE_CHECKING:
    from textual.app import App


class SuspendedScreens(msgspec.Struct, frozen=True):
    """The screens that were left for one below them, lowest first, and what to do before they are shown again."""

    screens: tuple[ViewScreen, ...]
    before: Callable[[], None]


class Navigator:
    """Opens screens for targets over the app's stack of screens, the lowest of which is the matrix."""

    def __init__(self, app: "App[None]") -> None:
        self._app = app
        self._suspended: dict[object, SuspendedScreens] = {}

    def open(self, target: Target) -> None:
        """Open the page of a target over the present screen; closes help."""
        self._close_help()
        self._app.push_screen(_screen_of(target))

    def go_to(self, target: Target) -> None:
        """Return to the page of a target if it is open, else open it."""
        for depth, screen in reversed(list(enumerate(self._app.screen_stack))):
            if isinstance(screen, TargetScreen) and screen.target == target:
                self._return_to(depth)
                return
        self._app.push_screen(_screen_of(target))

    def show(self, view: str) -> None:
        """Open one of the views that digits open; closes help."""
        self._close_help()
        destination = VIEWS[view]
        if destination.kind == "grid":
            self._show_grid(destination.subject)
        elif destination.kind == "page":
            self.go_to(Target(destination.subject))
        elif found := self._last(destination.subject):
            self.go_to(found._replace(kind="whatif") if destination.kind == "whatif" else found)

    def back(self) -> None:
        """Show the screens again that were suspended for this one, else the one below."""
        screen = cast(ViewScreen, self._app.screen)
        if (suspended := self._suspended.pop(screen, None)) is not None:
            suspended.before()
            for above in suspended.screens:
                self._app.uninstall_screen(above)
                self._app.push_screen(above)
        elif len(self._app.screen_stack) > 1:
            self._app.pop_screen()

    @property
    def can_resume(self) -> bool:
        """Whether screens were suspended for the present one."""
        return self._app.screen in self._suspended

    def help(self) -> None:
        """Show the keys of the present screen."""
        from kmtui.tui.screens.help import HelpScreen

        self._app.push_screen(HelpScreen(cast(ViewScreen, self._app.screen)))

    def _show_grid(self, kind: str) -> None:
        matrix = cast(MatrixScreen, self._app.screen_stack[0])
        self._return_to(0, partial(matrix.show_grid, matrix.kind))
        matrix.show_grid(kind)

    def _return_to(self, depth: int, before: Callable[[], None] = lambda: None) -> None:
        """Show a screen that is open below; those above it are suspended until `back`.

        `before` runs before they are shown again, and undoes what is done to that screen in between.
        """
        above = cast(list[ViewScreen], self._app.screen_stack[depth + 1 :])
        for screen in reversed(above):
            self._app.install_screen(screen, str(id(screen)))  # so that it is not removed
            self._app.pop_screen()
        reached = cast(ViewScreen, self._app.screen)
        if above:
            self._remove_suspended(reached)
            self._suspended[reached] = SuspendedScreens(tuple(above), before)

    def _remove_suspended(self, screen: ViewScreen) -> None:
        """Remove the screens that were suspended for a screen, and those that were suspended for them."""
        suspended = self._suspended.pop(screen, None)
        for above in suspended.screens if suspended else ():
            self._remove_suspended(above)
            self._app.uninstall_screen(above)
            above.remove()

    def _last(self, kind: str) -> Target | None:
        """The last shown corps or dimension, else the first; None if there is none."""
        from kmtui.pages.kinds import siblings

        matrix = cast(MatrixScreen, self._app.screen_stack[0])
        known = siblings(matrix.view, Target(kind))
        names = (Target(kind, at.corps) if kind == "corps" else Target(kind, "", at.id) for at in self._current())
        return next((target for target in names if target in known), known[0] if known else None)

    def _current(self) -> Iterator[Target]:
        """The targets under the cursors of open screens, topmost first."""
        for screen in reversed(self._app.screen_stack):
            if isinstance(screen, ViewScreen) and (target := screen.current_target):
                yield target

    def _close_help(self) -> None:
        if not isinstance(self._app.screen, ViewScreen):
            from kmtui.tui.screens.help import HelpScreen

            if isinstance(self._app.screen, HelpScreen):
                self._app.pop_screen()


def _screen_of(target: Target) -> TargetScreen:
    if target.kind == "compare":
        from kmtui.tui.screens.compare import CompareScreen

        return CompareScreen(target)
    if target.kind == "whatif":
        from kmtui.tui.screens.whatif import WhatIfScreen

        return WhatIfScreen(target)
    from kmtui.tui.screens.page import PageScreen

    return PageScreen(target)
