"""The command palette: every corps, every dimension and every command, found while typing."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from kmtui.pages import KINDS, Target, title_of
from kmtui.terminal import visible

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp

Command = tuple[str, IgnoreReturnCallbackType, str]


class PageProvider(Provider):
    """Offers the pages of the edition that is shown."""

    def _commands(self) -> Iterator[Command]:
        app = cast("KmtuiApp", self.app)
        say = app.view.say
        yield say("matrix"), app.action_matrix, app.view.edition.title
        for kind, (_, ids) in KINDS.items():
            for name in ids(app.view):
                target = Target(kind, name) if kind == "corps" else Target(kind, "", name)
                yield f"{say(kind)}: {visible(title_of(app.view, kind, name))}", partial(app.open_page, target), ""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for text, command, help_text in self._commands():
            yield DiscoveryHit(text, command, help=help_text or None)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for text, command, help_text in self._commands():
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), command, help=help_text or None)
