"""Parameter types whose ids a shell can complete: editions, schemes, unit mappings, and what `kmtui show` shows."""

from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, suppress
from io import StringIO
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kmtui.cli.session import Session

if TYPE_CHECKING:
    _TextType = click.ParamType[str]
else:
    _TextType = click.ParamType  # not generic in older versions of click


class IdType(_TextType):
    """Any text; completed to the ids that a session knows, of which the command itself says when one is unknown."""

    def __init__(self, name: str, ids: Callable[[Session, click.Context], Iterable[str]]) -> None:
        self.name, self._ids = name, ids

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids that begin with what was typed; none where plugins or editions cannot be read, without a message."""
        with suppress(Exception), redirect_stderr(StringIO()):  # a shell shows what it completes, and nothing else
            session = Session(**ctx.find_root().params)
            return [CompletionItem(name) for name in self._ids(session, ctx) if name.startswith(incomplete)]
        return []


def _page_ids(kind: str) -> Callable[[Session, click.Context], list[str]]:
    def ids(session: Session, ctx: click.Context) -> list[str]:
        from kmtui.pages.kinds import KINDS
        from kmtui.pages.view import View

        monitor = session.quiet_monitor
        edition = monitor.select(ctx.params.get("edition_id"))[0]
        return list(KINDS[kind].ids(View(monitor, edition, session.wording, ctx.params.get("scheme_id"))))

    return ids


EDITION = IdType("text", lambda session, _: session.quiet_monitor.edition_ids)
EDITION_OR_ALL = IdType("text", lambda session, _: (*session.quiet_monitor.edition_ids, "all"))
SCHEME = IdType("text", lambda session, _: session.quiet_monitor.registry.schemes)
MAPPING = IdType("text", lambda session, _: session.quiet_monitor.registry.mappings)
PLUGIN = IdType("text", lambda session, _: [plugin.id for plugin in session.quiet_monitor.registry.plugins])


def page_id(kind: str) -> IdType:
    """The type of the ids of a kind of page, in the edition and under the scheme that options name."""
    return IdType("text", _page_ids(kind))
