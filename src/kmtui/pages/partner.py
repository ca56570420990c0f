"""The page of one partner: its role, how it is judged, what it answered, and by whom it is judged how."""

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from kmtui.elements import EMPTY, Line, Page, Target, heading, line, name, passage, source
from kmtui.model.partners import PartnerType
from kmtui.pages.evidence import evidence
from kmtui.pages.in_place import in_place
from kmtui.pages.judgement import spread_lines
from kmtui.pages.panels import panel_lines
from kmtui.pages.recommendations import addressees
from kmtui.pages.subjects import claims_link
from kmtui.pages.view import View


def partner_page(view: View, partner_id: str) -> Page:
    """Everything about one partner type."""
    say = view.say
    columns = [column for column in view.partners.values() if column.partner.id == partner_id]
    partner: PartnerType = columns[0].partner
    lines: list[Line] = [line(say(partner.kind), ". ", say.of(partner.role), " ", source(partner.source))]
    lines += in_place(lambda: _picture(view, partner_id))
    for column in columns:
        lines += [EMPTY, *spread_lines(view, column)]
        judgements = {
            corps.id: corps.partners[column.id] for corps in view.edition.corps if column.id in corps.partners
        }
        for corps_id in sorted(judgements, key=lambda corps_id: view.badness(judgements[corps_id].possible)):
            judgement = judgements[corps_id]
            corps_name = name(view.corps[corps_id].name)
            levels = view.levels(judgement.possible)
            lines.append(line(corps_name, ": ", levels, indent=1, target=Target("judgement", corps_id, column.id)))
            lines += evidence(view, judgement, 2)
    lines += _remarks(view, {partner_id, *(column.id for column in columns)})
    lines += in_place(lambda: _advice(view, partner))
    lines += [EMPTY, claims_link(view, "partner", partner_id)]
    lines += panel_lines(view, "partner", partner_id)
    return Page(Target("partner", "", partner_id), say.of(partner.name), tuple(lines))


def partner_ids(view: View) -> list[str]:
    """The partners that the edition has judgements of, in its order."""
    return list(dict.fromkeys(column.partner.id for column in view.partners.values()))


def _picture(view: View, partner_id: str) -> Iterator[Line]:
    """What the source tells of the partner in the whole country, and what the partner answered."""
    picture = view.monitor.picture(view.edition)
    for title, passages in (("picture", picture.partners), ("answer", picture.answers)):
        if partner_id in passages:
            yield from (EMPTY, heading(view.say(title)), passage(passages[partner_id], 1))


def _advice(view: View, partner: PartnerType) -> Iterator[Line]:
    """What leads to the advice that the partner gets, if it gets any."""
    if partner.id in addressees(view):
        about = name(view.say.of(partner.name))
        yield from (EMPTY, line(f"{view.say('recommendations')}: ", about, target=Target("addressee", "", partner.id)))


def _remarks(view: View, names: Collection[str]) -> Iterator[Line]:
    """What corps say about the partner or an aspect of it."""
    found = [(corps, remark) for corps in view.edition.corps for remark in corps.remarks if remark.partner in names]
    if found:
        yield from (EMPTY, heading(view.say("remarks")))
    for corps, remark in found:
        told = passage(remark, 1, bullet=True, about=corps.name)
        yield replace(told, target=Target("corps", corps.id))
