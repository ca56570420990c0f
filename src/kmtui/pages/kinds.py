"""All kinds of pages, in the order in which lists show them; and the page of a target."""

from collections.abc import Collection

from kmtui.blocks import Document, Target
from kmtui.monitor import UnknownIdError
from kmtui.pages import (
    analyses,
    claims,
    corps,
    dimension,
    figures,
    glossary,
    panels,
    paragraphs,
    partner,
    recommendations,
    schemes,
    scores,
    status,
    unit,
)
from kmtui.pages.page_kind import CellKind, PageKind, Rows
from kmtui.pages.view import View

KINDS: dict[str, PageKind] = {
    kind.id: kind
    for kind in (
        corps.CORPS,
        dimension.DIMENSION,
        partner.PARTNER,
        unit.UNIT,
        scores.WEIGHING,
        figures.FIGURES,
        figures.TABLE,
        figures.INDICATOR,
        claims.CLAIMS,
        claims.STANDING,
        claims.SUBJECTS_INDEX,
        claims.SUBJECT,
        paragraphs.PARAGRAPH,
        claims.CLAIM,
        analyses.ANALYSIS,
        recommendations.RECOMMENDATIONS,
        recommendations.ADDRESSEE,
        recommendations.TOPIC,
        glossary.GLOSSARY,
        schemes.SCHEME,
        panels.PANEL,
        status.STATUS,
    )
}
CELLS: dict[str, CellKind] = {kind.id: kind for kind in (scores.CELL, scores.JUDGEMENT, unit.ROLLED)}
"""The kinds of pages about a cell of a grid."""


def page_of(view: View, target: Target) -> Document:
    """The page of a target (raises UnknownIdError where there is none, EditionError where its data are broken).

    A dimension that these rules lack is shown by others that have it.
    """
    view = _seeing(view, target)
    if target.kind in CELLS:
        cell = CELLS[target.kind]
        _check(cell.row, target.corps, cell.row_ids(view))
        _check(cell.column, target.id, cell.column_ids(view))
        return cell.make(view, target.corps, target.id)
    _check("page", target.kind, KINDS)
    kind = KINDS[target.kind]
    found = target.corps or target.id
    _check(target.kind, found, kind.ids(view))
    return kind.make(view, found)


def _check(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UnknownIdError(kind, name, known)


def _seeing(view: View, target: Target) -> View:
    """The view itself, or one by other rules that have the dimension of the target: its own before others."""
    if target.kind not in ("cell", "dimension") or target.id in view.dimensions:
        return view
    others = (View(view.monitor, view.own.edition, view.say, name) for name in schemes.scheme_ids(view))
    return next((other for other in others if target.id in other.dimensions), view)


def rows_of(kind: str) -> Rows | None:
    """The rows of an export that a kind of page is about, if there are any."""
    found = KINDS.get(kind) or CELLS.get(kind)
    return found.rows if found else None


def siblings(view: View, target: Target) -> list[Target]:
    """The pages of the same kind, in order; of a cell, those of its column in other rows."""
    view = _seeing(view, target)
    if target.kind in CELLS:
        return [target._replace(corps=row) for row in CELLS[target.kind].row_ids(view)]
    return [target_of(target.kind, name) for name in KINDS[target.kind].ids(view)]


def row_of(target: Target) -> Target | None:
    """The page of the row of a cell; None where the target is no cell."""
    return target_of(CELLS[target.kind].row, target.corps) if target.kind in CELLS else None


def column_of(view: View, target: Target) -> Target | None:
    """The page of the column of a cell; None where the target is no cell."""
    return CELLS[target.kind].column_target(view, target.id) if target.kind in CELLS else None


def target_of(kind: str, name: str) -> Target:
    """The target of an id."""
    return Target(kind, name) if kind == "corps" else Target(kind, "", name)


def title_of(view: View, kind: str, name: str) -> str:
    """The name of a thing that has a page, without making the page."""
    return KINDS[kind].title(view, name)
