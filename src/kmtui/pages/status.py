"""The page of what is loaded and what is not: plugins, editions, and errors between them."""

from kmtui.blocks import Block, Column, Document, Role, Span, Table, TableRow, Target, cell, name, section, warning
from kmtui.editions.errors import EditionError
from kmtui.monitor import EditionEntry
from kmtui.pages.page_kind import PageKind, text
from kmtui.pages.view import View
from kmtui.plugins.loader import Plugin
from kmtui.wording import capital


def status_page(view: View) -> Document:
    """Every plugin and edition that was found, with the reason where it is not in use."""
    say, monitor = view.say, view.monitor
    plugins = Table(
        "plugins",
        (Column("plugin", say("plugin")), Column("version", say("version")), Column("status", say("status"))),
        tuple(_plugin(view, plugin) for plugin in monitor.registry.plugins),
    )
    editions = Table(
        "editions",
        (Column("edition", say("edition")), Column("title", say("title")), Column("status", say("status"))),
        tuple(_edition(view, entry) for entry in monitor.entries),
    )
    blocks: list[Block] = [
        section("plugins", say("plugins"), plugins),
        section("editions", capital(say("editions")), editions),
    ]
    if monitor.problems:
        blocks.append(section("problems", say("problems"), *map(warning, monitor.problems)))
    return view.document(Target("status"), say("status"), *blocks)


def _plugin(view: View, plugin: Plugin) -> TableRow:
    cells = (cell(name(plugin.id)), cell(str(plugin.version or "")), cell(view.say(f"plugin_{plugin.status}")))
    return TableRow(cells, note=(Span(plugin.error, Role.WARNING),) if plugin.error else ())


def _edition(view: View, entry: EditionEntry) -> TableRow:
    """An edition, and everything that keeps it from being opened."""
    try:
        if entry.head is None:
            raise EditionError(entry.folder, entry.faults)
        edition = view.monitor.edition(entry.id)
    except EditionError as error:
        faults = (Span("; ".join(map(str, error.faults)), Role.WARNING),)
        return TableRow((cell(name(entry.id)), cell(""), cell(view.say("unread"))), note=faults)
    state = [] if edition.is_complete else [view.say("half_known")]
    state += [view.say("shown")] if entry.id == view.edition.id else []
    return TableRow((cell(name(entry.id)), cell(edition.title), cell(", ".join(state))))


STATUS = PageKind.single(
    "status",
    text(
        "Welke plugins en edities in gebruik zijn, en waarom andere niet.",
        "Which plugins and editions are in use, and why others are not.",
    ),
    status_page,
)
