"""The table of all kinds of pages: adding one is a module and a line here."""

from collections.abc import Callable, Collection
from typing import TypeVar

import msgspec

from kmtui.elements import Page, Target
from kmtui.monitor import UnknownIdError
from kmtui.pages.cell import cell_page
from kmtui.pages.claims import claim_ids, claim_of, claim_page
from kmtui.pages.claims_index import (
    STANDINGS,
    claims_page,
    paragraph_page,
    paragraphs,
    standing_page,
    standing_title,
    subject_page,
    subjects_page,
)
from kmtui.pages.corps import corps_page
from kmtui.pages.dimension import dimension_page
from kmtui.pages.figures import figures_page, indicator_ids, indicator_title
from kmtui.pages.indicator import indicator_page
from kmtui.pages.judgement import judgement_page
from kmtui.pages.panels import panel_ids, panel_page
from kmtui.pages.partner import partner_ids, partner_page
from kmtui.pages.recommendations import (
    addressee_name,
    addressee_page,
    addressees,
    recommendations_page,
    topic_name,
    topic_page,
    topics,
)
from kmtui.pages.rolled_score import rolled_page
from kmtui.pages.scheme import scheme_ids, scheme_page
from kmtui.pages.status import status_page
from kmtui.pages.subjects import subject_ids, subject_title, table_title
from kmtui.pages.table import table_page
from kmtui.pages.unit import unit_page
from kmtui.pages.view import View

T = TypeVar("T")

ONLY = ""
"""The id of a page that is the only one of its kind."""


class Kind(msgspec.Struct, frozen=True):
    """How the page of an id is made, which ids there are, in order, and what each is called without making its page.

    Of a kind with `many` pages, a list of all pages shows none.
    """

    make: Callable[[View, str], Page]
    ids: Callable[[View], list[str]]
    title: Callable[[View, str], str]
    many: bool = False


class CellKind(msgspec.Struct, frozen=True):
    """A kind whose pages are about a cell: how one is made, its rows and columns, and the kinds that those have."""

    make: Callable[[View, str, str], Page]
    row: str
    column: str
    rows: Callable[[View], Collection[str]]
    columns: Callable[[View], Collection[str]]
    column_target: Callable[[View, str], Target]


def _only(make: Callable[[View], Page]) -> Kind:
    return Kind(lambda view, _: make(view), lambda _: [ONLY], lambda view, _: view.edition.title)


def _own(make: Callable[[View, str], T]) -> Callable[[View, str], T]:
    """Of what the source says in the terms of the framework that the edition was scored on."""
    return lambda view, found: make(view.own, found)


def _units(view: View) -> list[str]:
    return [unit.id for unit in view.mapping.units] if view.mapping else []


KINDS: dict[str, Kind] = {
    "corps": Kind(corps_page, lambda view: list(view.corps), lambda view, found: view.corps[found].name),
    "dimension": Kind(dimension_page, lambda view: list(view.dimensions), View.dimension_name),
    "partner": Kind(
        partner_page, partner_ids, lambda view, found: view.say.of(view.monitor.registry.partner_types[found].name)
    ),
    "unit": Kind(
        unit_page,
        _units,
        lambda view, found: view.say.of(view.mapping.unit(found).name) if view.mapping else found,
    ),
    "figures": _only(figures_page),
    "table": Kind(
        table_page,
        lambda view: [table.id for table in view.tables],
        table_title,
    ),
    "indicator": Kind(indicator_page, indicator_ids, indicator_title, many=True),
    "claims": _only(lambda view: claims_page(view.own)),
    "standing": Kind(_own(standing_page), lambda _: list(STANDINGS), standing_title),
    "subjects": _only(lambda view: subjects_page(view.own)),
    "subject": Kind(_own(subject_page), lambda view: subject_ids(view.own), _own(subject_title), many=True),
    "paragraph": Kind(_own(paragraph_page), paragraphs, lambda _, found: found, many=True),
    "claim": Kind(_own(claim_page), claim_ids, lambda view, found: claim_of(view, found).text, many=True),
    "recommendations": _only(recommendations_page),
    "addressee": Kind(addressee_page, addressees, addressee_name),
    "topic": Kind(topic_page, topics, topic_name),
    "scheme": Kind(scheme_page, scheme_ids, lambda view, found: view.say.of(view.monitor.scheme(found).name)),
    "panel": Kind(panel_page, panel_ids, lambda view, found: view.say.of(view.monitor.registry.panels[found].title)),
    "status": _only(status_page),
}


def _dimension(_view: View, dimension_id: str) -> Target:
    return Target("dimension", "", dimension_id)


CELLS: dict[str, CellKind] = {
    "cell": CellKind(
        cell_page, "corps", "dimension", lambda view: view.corps, lambda view: view.dimensions, _dimension
    ),
    "judgement": CellKind(
        judgement_page,
        "corps",
        "partner",
        lambda view: view.corps,
        lambda view: view.partners,
        lambda view, column_id: Target("partner", "", view.partners[column_id].partner.id),
    ),
    "rolled": CellKind(rolled_page, "unit", "dimension", _units, lambda view: view.dimensions, _dimension),
}
"""The kinds of pages about a cell of a grid."""


def page_of(view: View, target: Target) -> Page:
    """The page of a target (raises UnknownIdError where there is none, EditionError where its data are broken).

    A dimension that these rules do not see is shown by others that do.
    """
    view = _seeing(view, target)
    if target.kind in CELLS:
        kind = CELLS[target.kind]
        _check(kind.row, target.corps, kind.rows(view))
        _check(kind.column, target.id, kind.columns(view))
        return kind.make(view, target.corps, target.id)
    _check("page", target.kind, KINDS)
    found = target.corps or target.id
    _check(target.kind, found, KINDS[target.kind].ids(view))
    return KINDS[target.kind].make(view, found)


def _check(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UnknownIdError(kind, name, known)


def _seeing(view: View, target: Target) -> View:
    """The view itself, or one by other rules that the dimension of the target is seen by: its own before others."""
    if target.kind not in ("cell", "dimension") or target.id in view.dimensions:
        return view
    others = (View(view.monitor, view.own.edition, view.say, name) for name in scheme_ids(view))
    return next((other for other in others if target.id in other.dimensions), view)


def siblings(view: View, target: Target) -> list[Target]:
    """The pages of the same kind, in order; of a cell, those of its column in other rows."""
    view = _seeing(view, target)
    if target.kind in CELLS:
        return [target._replace(corps=row) for row in CELLS[target.kind].rows(view)]
    return [target_of(target.kind, name) for name in KINDS[target.kind].ids(view)]


def row_of(target: Target) -> Target | None:
    """The page of the row that a cell stands in; None where the target is no cell."""
    return target_of(CELLS[target.kind].row, target.corps) if target.kind in CELLS else None


def column_of(view: View, target: Target) -> Target | None:
    """The page of the column that a cell stands in; None where the target is no cell."""
    return CELLS[target.kind].column_target(view, target.id) if target.kind in CELLS else None


def target_of(kind: str, name: str) -> Target:
    """What leads to the page of an id."""
    return Target(kind, name) if kind == "corps" else Target(kind, "", name)


def title_of(view: View, kind: str, name: str) -> str:
    """The name of a thing that has a page, without making the page."""
    return KINDS[kind].title(view, name)
