"""The page of one judgement: what a corps gives a partner, what that rests on, and what bears on it."""

from collections.abc import Iterator

from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, link, name, passage
from kmtui.model.edition import Corps
from kmtui.model.partners import PartnerColumn
from kmtui.model.score import Score
from kmtui.pages.claims import claims_on_judgement
from kmtui.pages.counts import distribution_lines, published_lines
from kmtui.pages.editions import elsewhere
from kmtui.pages.evidence import evidence
from kmtui.pages.view import View


def judgement_page(view: View, corps_id: str, column_id: str) -> Page:
    """Everything about the judgement of one corps on a partner, or on an aspect of it."""
    say, corps, column = view.say, view.corps[corps_id], view.partners[column_id]
    lines = [
        *_judgement(view, corps.partners.get(column_id)),
        *elsewhere(view, corps_id, lambda found: found.partners.get(column_id)),
        *_aspects(view, corps, column),
        *_remarks(view, corps, column),
        EMPTY,
        *spread_lines(view, column),
        *claims_on_judgement(view, corps_id, column_id),
        EMPTY,
        link(say("corps"), corps.name, Target("corps", corps_id)),
        link(say("partner"), say.of(column.partner.name), Target("partner", "", column.partner.id)),
    ]
    return Page(Target("judgement", corps_id, column_id), f"{corps.name} · {say.of(column.name)}", tuple(lines))


def spread_lines(view: View, column: PartnerColumn) -> Iterator[Line]:
    """How the judgements of all corps are spread over the levels, beside the published counts."""
    judgements = [corps.partners[column.id] for corps in view.edition.corps if column.id in corps.partners]
    yield line(Span(view.say("distribution"), Role.HEADING), f" - {view.say.of(column.name)}")
    yield from distribution_lines(view, judgements, 1)
    yield from published_lines(view, view.edition, "partner", column.id, 1)


def _judgement(view: View, judgement: Score | None) -> Iterator[Line]:
    if judgement is None:
        yield line(f"{view.say('level')}: {view.say('not_judged')}")
        return
    yield line(f"{view.say('level')}: ", view.levels(judgement.possible))
    yield from evidence(view, judgement, 0, explain=True)


def _aspects(view: View, corps: Corps, column: PartnerColumn) -> Iterator[Line]:
    """What the corps gives the other aspects of the partner."""
    for other in view.partners.values():
        if other.partner.id == column.partner.id and other.id != column.id and other.id in corps.partners:
            levels = view.levels(corps.partners[other.id].possible)
            yield line(name(view.say.of(other.name)), ": ", levels, target=Target("judgement", corps.id, other.id))


def _remarks(view: View, corps: Corps, column: PartnerColumn) -> Iterator[Line]:
    """What the corps says about the partner or this aspect of it."""
    found = [remark for remark in corps.remarks if remark.partner in (column.id, column.partner.id)]
    if found:
        yield from (EMPTY, heading(view.say("remarks")))
    for remark in found:
        yield passage(remark, 1, bullet=True)
