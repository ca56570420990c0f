"""The page of what is loaded and what is not: plugins, editions, and what went wrong between them."""

from collections.abc import Iterator

from kmtui.editions.errors import EditionError
from kmtui.elements import EMPTY, Line, Page, Target, heading, line, name
from kmtui.monitor import EditionEntry
from kmtui.pages.in_place import warning
from kmtui.pages.view import View
from kmtui.plugins.loader import Plugin
from kmtui.wording import capital


def status_page(view: View) -> Page:
    """Every plugin and edition that was found, with the reason where it is not in use."""
    say, monitor = view.say, view.monitor
    plugins = [made for plugin in monitor.registry.plugins for made in _plugin(view, plugin)]
    editions = [made for entry in monitor.entries for made in _edition(view, entry)]
    lines = [heading(say("plugins")), *plugins, EMPTY, heading(capital(say("editions"))), *editions]
    if monitor.problems:
        lines += [EMPTY, heading(say("problems")), *(warning(problem, 1) for problem in monitor.problems)]
    return Page(Target("status"), say("status"), tuple(lines))


def _plugin(view: View, plugin: Plugin) -> Iterator[Line]:
    version = f" {plugin.version}" if plugin.version else ""
    yield line(name(plugin.id), f"{version}: {view.say(f'plugin_{plugin.status}')}", indent=1)
    if plugin.error:
        yield warning(plugin.error, 2)


def _edition(view: View, entry: EditionEntry) -> Iterator[Line]:
    """An edition, and everything that keeps it from being opened."""
    try:
        if entry.head is None:
            raise EditionError(entry.folder, entry.faults)
        edition = view.monitor.edition(entry.id)
    except EditionError as error:
        yield line(name(entry.id), f": {view.say('unread')}", indent=1)
        yield from (warning(str(fault), 2) for fault in error.faults)
        return
    here = f" ({view.say('shown')})" if entry.id == view.edition.id else ""
    known = "" if edition.is_complete else f" ({view.say('half_known')})"
    yield line(name(entry.id), f": {edition.title}{known}{here}", indent=1)
