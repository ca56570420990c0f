"""What plugins add to pages: sections about a corps, dimension, unit or partner, and pages about the edition."""

from collections.abc import Iterator

from msgspec.structs import replace

from kmtui.charts import chart_rows
from kmtui.elements import EMPTY, Bars, Course, Line, Page, Span, Target, heading
from kmtui.model.scale import Level
from kmtui.pages.in_place import in_place
from kmtui.pages.view import View
from kmtui.plugins.failure import blaming
from kmtui.plugins.offers import Panel, PanelContext

TRIED_WIDTH = 40
"""How wide a chart of a plugin is drawn to find out whether it can be."""


def panel_lines(view: View, about: str, subject: str) -> Iterator[Line]:
    """The sections of all plugins on the page of something."""
    for panel in view.monitor.registry.panels.values():
        if panel.about == about:
            yield from (EMPTY, heading(view.say.of(panel.title)), *_lines(view, panel, subject))


def panel_page(view: View, panel_id: str) -> Page:
    """The page of a panel about the edition (raises KeyError)."""
    panel = view.monitor.registry.panels[panel_id]
    lines = _lines(view, panel, view.edition.id)
    return Page(Target("panel", "", panel_id), view.say.of(panel.title), tuple(lines))


def panel_ids(view: View) -> list[str]:
    """The panels that have a page."""
    return [panel.id for panel in view.monitor.registry.panels.values() if panel.about == "edition"]


def _lines(view: View, panel: Panel, subject: str) -> list[Line]:
    """What the plugin says, and after it what it does wrong, if anything."""
    monitor, edition = view.monitor, view.edition
    context = PanelContext(subject, edition, view.weigher, view.say.language, lambda: monitor.figures(edition))
    owner = monitor.registry.owner("panels", panel.id)

    def made() -> Iterator[Line]:
        with blaming(owner, f"panel '{panel.id}'"):
            for found in panel.lines(context):
                yield _sound(found, view.say.decimal)

    return in_place(made)


def _sound(found: object, decimal: str) -> Line:
    """The line, with its numbers in the reader's language, if it can be drawn.

    Raises TypeError, or what drawing its chart raises.
    """
    if not isinstance(found, Line):
        raise TypeError(f"expected a Line, found {type(found).__name__}")
    for span in found.spans:
        if not isinstance(span, Span) or not isinstance(span.text, str):
            raise TypeError(f"expected a Span with a text in the line, found {span!r}")
        if not isinstance(span.level, Level | None):
            raise TypeError(f"expected a Level in the span, found {type(span.level).__name__}")
        if not isinstance(span.at, int | None):
            raise TypeError(f"expected a column for the span, found {span.at!r}")
    if not isinstance(found.indent, int) or not isinstance(found.target, Target | None):
        raise TypeError(f"expected steps and a Target, found {found.indent!r} and {found.target!r}")
    if found.chart is not None:
        if not isinstance(found.chart, Bars | Course):
            raise TypeError(f"expected Bars or a Course, found {type(found.chart).__name__}")
        chart_rows(found.chart, TRIED_WIDTH, unicode=True)
        return replace(found, chart=replace(found.chart, decimal=decimal))
    return found
