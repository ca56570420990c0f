"""What plugins add to pages: sections about a corps, dimension, unit or partner, and pages about the edition."""

from collections.abc import Iterator

from kmtui.blocks import Block, Document, Section, Target, section
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.page_kind import PageKind, text
from kmtui.pages.view import View
from kmtui.plugins.failure import blaming
from kmtui.plugins.offers import Panel, PanelContext


def panel_sections(view: View, about: str, subject: str) -> list[Section]:
    """The sections of all plugins on the page of something."""
    return [
        section(f"panel-{panel.id}", view.say.of(panel.title), *_blocks(view, panel, subject))
        for panel in view.monitor.registry.panels.values()
        if panel.about == about
    ]


def panel_page(view: View, panel_id: str) -> Document:
    """The page of a panel about the edition (raises KeyError)."""
    panel = view.monitor.registry.panels[panel_id]
    blocks = _blocks(view, panel, view.edition.id)
    return view.document(Target("panel", "", panel_id), view.say.of(panel.title), *blocks)


def panel_ids(view: View) -> list[str]:
    """The panels that have a page."""
    return [panel.id for panel in view.monitor.registry.panels.values() if panel.about == "edition"]


def _blocks(view: View, panel: Panel, subject: str) -> list[Block]:
    """The blocks of a plugin, and after them its error if there is one."""
    monitor, edition = view.monitor, view.edition
    context = PanelContext(subject, edition, view.weigher, view.say.language, lambda: monitor.figures(edition))
    owner = monitor.registry.owner("panels", panel.id)

    def make() -> Iterator[Block]:
        with blaming(owner, f"panel '{panel.id}'"):
            yield from panel.made(context)

    return inline_errors(make)


PANEL = PageKind(
    "panel",
    text("Een pagina over de editie die een plugin toevoegt.", "A page that a plugin adds about the edition."),
    panel_page,
    panel_ids,
    lambda view, panel_id: view.say.of(view.monitor.registry.panels[panel_id].title),
)
