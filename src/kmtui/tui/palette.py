"""The command palette: every page and every command, found while typing."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher
from textual.types import IgnoreReturnCallbackType

from kmtui.pages import KINDS, target_of, title_of
from kmtui.tui.views import VIEWS

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp

Command = tuple[str, IgnoreReturnCallbackType, str]


class PageProvider(Provider):
    """Offers the pages of the edition that is shown."""

    @cached_property
    def _all(self) -> list[Command]:
        return list(self._commands(list(KINDS)))

    def _commands(self, kinds: Iterable[str]) -> Iterator[Command]:
        app = cast("KmtuiApp", self.app)
        say, shown = app.view.say, app.signs.text
        for destination in VIEWS.values():
            yield say(destination.name), partial(app.action_go, destination.name), shown(app.view.edition.title)
        for kind in kinds:
            for name in KINDS[kind].ids(app.view):
                title = shown(f"{say(kind)}: {title_of(app.view, kind, name)}")
                yield title, partial(app.open_page, target_of(kind, name)), ""

    async def discover(self) -> Hits:
        """Everything that there are not very many of, before anything is typed."""
        for text, command, about in self._commands(kind for kind in KINDS if not KINDS[kind].many):
            yield DiscoveryHit(Content(text), command, help=_literal(about))

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for text, command, about in self._all:
            score, places = matcher.fuzzy_search.match(query, text)
            if score > 0:
                yield Hit(score, _highlighted(text, places, matcher), command, help=_literal(about))


def _literal(text: str) -> str | None:
    """Help that is not taken for markup: Textual reads it as such unless it is content already."""
    return cast(str, Content(text)) if text else None


def _highlighted(text: str, places: Sequence[int], matcher: Matcher) -> Content:
    """The text with the letters that matched; `Matcher.highlight` would take it for markup."""
    content = Content(text)
    for place in places:
        content = content.stylize(matcher.match_style, place, place + 1)
    return content
