"""The page of one partner: its role, how it is judged and by whom, what it answered, and what it is advised."""

from collections.abc import Collection, Iterator

from kmtui.blocks import (
    Block,
    Document,
    Facts,
    Items,
    Target,
    item,
    paragraph,
    passage,
    section,
    source,
)
from kmtui.model.partners import PartnerType
from kmtui.pages.evidence import claims_link, judgements_table, link
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.page_kind import PageKind, Rows, text
from kmtui.pages.panels import panel_sections
from kmtui.pages.recommendations import addressees
from kmtui.pages.scores import judgements_distribution
from kmtui.pages.view import View


def partner_page(view: View, partner_id: str) -> Document:
    """Everything about one partner type."""
    say = view.say
    columns = [column for column in view.partners.values() if column.partner.id == partner_id]
    partner: PartnerType = columns[0].partner
    blocks: list[Block] = [paragraph(say(partner.kind), ". ", say.of(partner.role), " ", source(partner.source))]
    blocks += inline_errors(lambda: _picture(view, partner_id))
    for column in columns:
        judged = [(corps.id, corps.partners[column.id]) for corps in view.edition.corps if column.id in corps.partners]
        table = judgements_table(view, column.id, judged, "judgement", column.id)
        blocks.append(judgements_distribution(view, column, section(f"who-{column.id}", say("who"), table)))
    blocks += _remarks(view, {partner_id, *(column.id for column in columns)})
    blocks += inline_errors(lambda: _advice(view, partner))
    blocks.append(section("claims", say("claims"), claims_link(view, "partner", partner_id)))
    blocks += panel_sections(view, "partner", partner_id)
    return view.document(Target("partner", "", partner_id), say.of(partner.name), *blocks)


def partner_ids(view: View) -> list[str]:
    """The partners that the edition has judgements of, in its order."""
    return list(dict.fromkeys(column.partner.id for column in view.partners.values()))


def _picture(view: View, partner_id: str) -> Iterator[Block]:
    """What the source says of the partner in the whole country, and what the partner answered."""
    picture = view.monitor.picture(view.edition)
    for title, passages in (("picture", picture.partners), ("answer", picture.answers)):
        if partner_id in passages:
            yield section(title, view.say(title), paragraph(passage(passages[partner_id])))


def _advice(view: View, partner: PartnerType) -> Iterator[Block]:
    """What leads to the advice that the partner gets, if it gets any."""
    if partner.id in addressees(view):
        target = Target("addressee", "", partner.id)
        advice = Facts((link(view.say("recommendations"), view.say.of(partner.name), target),))
        yield section("recommendations", view.say("recommendations"), advice)


def _remarks(view: View, names: Collection[str]) -> Iterator[Block]:
    """What corps say about the partner or an aspect of it."""
    items = [
        item(passage(remark, corps.name), target=Target("corps", corps.id))
        for corps in view.edition.corps
        for remark in corps.remarks
        if remark.partner in names
    ]
    if items:
        yield section("remarks", view.say("remarks"), Items(tuple(items)))


PARTNER = PageKind(
    "partner",
    text(
        "Een partner: de rol, hoe en door wie hij wordt beoordeeld, en wat hij antwoordde.",
        "A partner: its role, how it is judged and by whom, and what it answered.",
    ),
    partner_page,
    partner_ids,
    lambda view, partner_id: view.say.of(view.monitor.registry.partner_types[partner_id].name),
    rows=Rows(
        "partners",
        lambda view, target: {
            "partner": {column.id for column in view.partners.values() if column.partner.id == target.id}
        },
    ),
)
