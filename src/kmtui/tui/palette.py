"""The command palette: searches all pages and commands."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.style import Style
from textual.types import IgnoreReturnCallbackType

from kmtui.pages.inline_errors import FAILURES
from kmtui.pages.kinds import KINDS, target_of, title_of
from kmtui.tui.context import Interface
from kmtui.tui.search import Index, fold
from kmtui.tui.views import VIEWS

Command = tuple[str, IgnoreReturnCallbackType, str]


class Commands(Provider):
    """Provides the pages of the shown edition, and the commands of every screen."""

    @property
    def _kmtui(self) -> Interface:
        return cast(Interface, self.app)

    @cached_property
    def _all(self) -> list[Command]:
        every = (
            *self._views(),
            *chain.from_iterable(self._pages(kind) for kind in KINDS),
            *self._aspects(),
            *self._in_place(self._recommendations),
            *self._actions(),
        )
        return list(dict.fromkeys(every))  # what is broken may keep several kinds from being known

    @cached_property
    def _index(self) -> Index:
        return Index([text for text, _, _ in self._all])

    def _views(self) -> Iterator[Command]:
        app, say, shown = self._kmtui, self._kmtui.view.say, self._kmtui.signs.text
        for destination in VIEWS.values():
            yield say(destination.name), partial(app.navigator.show, destination.name), shown(app.view.edition.title)

    def _pages(self, kind: str) -> Iterable[Command]:
        """Every page of a kind, or the error that prevents listing them."""
        app, say, shown = self._kmtui, self._kmtui.view.say, self._kmtui.signs.text

        def made() -> Iterator[Command]:
            for name in KINDS[kind].ids(app.view):
                title = title_of(app.view, kind, name)
                short = f" ({name})" if kind == "corps" and _letters(name) not in _letters(title) else ""
                yield shown(f"{say(kind)}: {title}{short}"), partial(app.navigator.open, target_of(kind, name)), ""

        return self._in_place(made)

    def _in_place(self, made: Callable[[], Iterable[Command]]) -> list[Command]:
        app = self._kmtui
        try:
            return list(made())
        except FAILURES as error:
            return [(app.signs.text(f"{app.view.say('broken')}: {error}"), _nothing, "")]

    def _aspects(self) -> Iterator[Command]:
        """The aspects of partners, each leading to the page of its partner."""
        app = self._kmtui
        for column in app.view.partners.values():
            if column.id != column.partner.id:
                title = app.signs.text(f"{app.view.say('partner')}: {app.view.say.of(column.name)}")
                yield title, partial(app.navigator.open, target_of("partner", column.partner.id)), ""

    def _actions(self) -> Iterator[Command]:
        for command in self.app.get_system_commands(self.screen):
            yield command.title, command.callback, command.help

    def _recommendations(self) -> Iterator[Command]:
        """The recommendations, each leading to the page of its theme."""
        app, say, shown = self._kmtui, self._kmtui.view.say, self._kmtui.signs.text
        for advice in app.monitor.recommendations(app.view.edition).recommendations:
            page = partial(app.navigator.open, target_of("topic", advice.theme))
            yield shown(f"{say('recommendation')}: {advice.text}"), page, ""

    async def discover(self) -> Hits:
        """Entries of short lists, shown before a query is typed."""
        few = (kind for kind in KINDS if not KINDS[kind].many)
        for text, command, about in (*self._views(), *chain.from_iterable(map(self._pages, few)), *self._actions()):
            yield DiscoveryHit(Content(text), command, help=_literal(about))

    async def search(self, query: str) -> Hits:
        """Entries that match the query, ignoring accents and small typing errors."""
        style = self.matcher(query).match_style
        results = self._index.search(query)
        if not results:
            yield Hit(1, self._kmtui.view.say("nothing_found"), _nothing)
        for found in results:
            text, command, about = self._all[found.entry]
            yield Hit(found.score, _highlighted(text, found.places, style), command, help=_literal(about))


def _nothing() -> None:
    """Does nothing, for entries that cannot be chosen."""


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def _literal(text: str) -> str | None:
    """Help as content, since Textual parses plain strings as markup."""
    return cast(str, Content(text)) if text else None


def _highlighted(text: str, places: Sequence[int], style: Style) -> Content:
    """The text with matching letters highlighted; `Matcher.highlight` would parse it as markup."""
    content = Content(text)
    for place in places:
        content = content.stylize(style, place, place + 1)
    return content
