"""Part 2: a section for each corps, as the printed report has it."""

from collections.abc import Iterator, Sequence
from functools import partial

from kmtui.blocks import (
    Block,
    Facts,
    Items,
    Section,
    Table,
    TableRow,
    fact,
    inline,
    item,
    note,
    paragraph,
    passage,
    source,
    text_of,
)
from kmtui.blocks import Target as To
from kmtui.model.edition import Corps, Edition
from kmtui.model.score import Judgement, Score
from kmtui.pages.panels import panel_sections
from kmtui.pages.view import View
from kmtui.report.judgements import Print, by_edition, evidence, level_cell
from kmtui.wording import AGREEMENT, AGREEMENT_MEANING


def corps_section(view: View, corps_id: str, shown: Sequence[Edition]) -> Section:
    """Everything that the report has about one corps; `shown` are the editions beside each other, oldest first."""
    corps, say, words = view.corps[corps_id], view.say, Print(view)
    blocks: list[Block] = [_facts(view, corps)]
    for area in view.framework.areas:
        blocks.append(
            Section(f"{corps_id}-{area.id}", inline(say.of(area.name)), tuple(_area(view, corps, area.id, shown)))
        )
    blocks.append(Section(f"{corps_id}-verdict", inline(say("verdict")), tuple(_verdict(view, corps, shown))))
    if corps.partners or corps.remarks:
        blocks.append(Section(f"{corps_id}-partners", inline(words("partner_bar")), tuple(_partners(view, corps))))
    outlook = (*corps.outlook, *([corps.outlook_note] if corps.outlook_note else []))
    for key, passages in (("actions", corps.actions), ("outlook", outlook)):
        if passages:
            listed = Items(tuple(item(passage(found)) for found in passages))
            blocks.append(Section(f"{corps_id}-{key}", inline(say(key)), (listed,)))
    blocks += panel_sections(view, "corps", corps_id)
    return Section(f"corps-{corps_id}", inline(corps.name), tuple(blocks), To("corps", corps_id))


def _facts(view: View, corps: Corps) -> Facts:
    say, found = view.say, view.verdict(corps.id)
    facts = [fact(say("source"), source(corps.source))]
    for unit in view.mapping.units if view.mapping else ():
        if corps.id in unit.corps:
            facts.append(fact(say("unit"), say.of(unit.name), target=To("unit", "", unit.id)))
    possible = found.published.possible if found.published else found.weighing.possible
    facts.append(fact(say("verdict"), view.levels(possible)))
    return Facts(tuple(facts))


def _area(view: View, corps: Corps, area_id: str, shown: Sequence[Edition]) -> Iterator[Block]:
    """The colour cells of a focus area, its explanation, and what the scores rest on."""
    dimensions = view.framework.dimensions_of(area_id)
    columns = [(one.id, view.say.of(one.name), partial(_score, one.id), None) for one in dimensions]
    yield by_edition(view, corps.id, columns, "", shown)
    if area_id in corps.explanations:
        yield paragraph(passage(corps.explanations[area_id]))
    rows = [(view.say.of(one.name), corps.scores[one.id]) for one in dimensions if one.id in corps.scores]
    yield evidence(view, view.say("dimension"), rows, Print(view)("evidence"))


def _score(dimension_id: str, corps: Corps) -> Score | None:
    return corps.scores.get(dimension_id)


def _published(corps: Corps) -> Judgement | None:
    return corps.published


def _verdict(view: View, corps: Corps, shown: Sequence[Edition]) -> Iterator[Block]:
    """The end score over the editions, how it relates to the rules, and what decided it where it is not the best."""
    say, found = view.say, view.verdict(corps.id)
    yield by_edition(view, corps.id, [("published", say("published"), _published, None)], "", shown)
    if found.published and found.published.note:
        yield paragraph(text_of(found.published.note), " ", source(found.published.source))
    agreement = f"{say.of(AGREEMENT[found.agreement])} ({say.of(AGREEMENT_MEANING[found.agreement])})"
    yield Facts((fact(Print(view)("agreement_short"), view.levels(found.weighing.possible), f" - {agreement}"),))
    weighing = found.weighing
    if weighing.possible != (view.scale.ids[-1],) and weighing.deciding:
        yield paragraph(f"{say('decided_by')}:")
        yield Items(tuple(view.reason(reason) for reason in weighing.deciding))
    if weighing.pivotal:
        yield note(f"{say('pivotal')}: {view.dimension_names(weighing.pivotal)}")


def _partners(view: View, corps: Corps) -> Iterator[Block]:
    """The bar of judgements, the remarks, and what the judgements rest on."""
    say, columns = view.say, view.partners
    if corps.partners:
        heads = tuple(view.level_column(column.id, say.of(column.name), column.short) for column in columns.values())
        found = (corps.partners.get(column_id) for column_id in columns)
        cells = tuple(level_cell(view, judgement.possible if judgement else ()) for judgement in found)
        yield Table(f"partners-{corps.id}", heads, (TableRow(cells),))
    if corps.remarks:
        names = {column.id: say.of(column.name) for column in columns.values()}
        yield Items(tuple(item(passage(remark, names.get(remark.partner, remark.partner))) for remark in corps.remarks))
    if corps.partners:
        rows = [(say.of(columns[column_id].name), score) for column_id, score in corps.partners.items()]
        yield evidence(view, say("partner"), rows, Print(view)("evidence_partners"))
