"""What is told about a score, a corps, a dimension and so on: pages of lines that any interface can print or draw."""

from collections.abc import Callable

from kmtui.elements import Line, Page, Role, Span, Target
from kmtui.pages.cell import cell_page, cell_summary
from kmtui.pages.compare import editions_page, schemes_page
from kmtui.pages.corps import corps_page, verdict_summary
from kmtui.pages.dimension import dimension_page
from kmtui.pages.partner import partner_page
from kmtui.pages.rule_set import rule_set_page
from kmtui.pages.table import table_page
from kmtui.pages.telling import Telling
from kmtui.pages.unit import unit_page
from kmtui.pages.view import View
from kmtui.pages.whatif import whatif_page

__all__ = [
    "KINDS",
    "Line",
    "Page",
    "Role",
    "Span",
    "Target",
    "Telling",
    "View",
    "cell_summary",
    "editions_page",
    "page_of",
    "rule_set_page",
    "schemes_page",
    "siblings",
    "title_of",
    "verdict_summary",
    "whatif_page",
]

KINDS: dict[str, tuple[Callable[[View, str], Page], Callable[[View], list[str]]]] = {
    "corps": (corps_page, lambda view: list(view.corps)),
    "dimension": (dimension_page, lambda view: list(view.dimensions)),
    "partner": (partner_page, lambda view: list(dict.fromkeys(column.partner.id for column in view.partners.values()))),
    "unit": (unit_page, lambda view: [unit.id for unit in view.mapping.units] if view.mapping else []),
    "table": (table_page, lambda view: [table.id for table in view.figures.tables]),
}
"""Each kind of page: how it is made, and the ids that there are, in order."""


def page_of(view: View, target: Target) -> Page:
    """The page of a target (raises KeyError where there is none, EditionError where its data are broken)."""
    if target.kind == "cell":
        return cell_page(view, target.corps, target.id)
    make, _ = KINDS[target.kind]
    return make(view, target.corps or target.id)


def siblings(view: View, target: Target) -> list[Target]:
    """The pages of the same kind, in order; of a cell, those of its dimension in other corps."""
    if target.kind == "cell":
        return [target._replace(corps=corps) for corps in view.corps]
    _, ids = KINDS[target.kind]
    return [
        Target(target.kind, name) if target.kind == "corps" else Target(target.kind, "", name) for name in ids(view)
    ]


def title_of(view: View, kind: str, name: str) -> str:
    """The name of a thing that has a page, without making the page."""
    match kind:
        case "corps":
            return view.corps[name].name
        case "dimension":
            return view.dimension_name(name)
        case "partner":
            return view.say.of(view.monitor.registry.partner_types[name].name)
        case "unit" if view.mapping:
            return view.say.of(view.mapping.unit(name).name)
        case _:
            return f"{name}. {view.say.of(view.figures.table(name).title)}"
