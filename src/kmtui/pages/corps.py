"""The page of one corps: its verdict with reasons, its scores by focus area, partners, and what is told of it."""

from collections.abc import Iterator
from functools import partial

from kmtui.elements import EMPTY, Line, Page, Target, heading, line, link, name, note, passage, source
from kmtui.model.edition import Corps
from kmtui.model.score import PublishedVerdict, Score
from kmtui.pages.editions import by_edition
from kmtui.pages.evidence import evidence
from kmtui.pages.figures_of import figure_lines
from kmtui.pages.panels import panel_lines
from kmtui.pages.rules import reason_line
from kmtui.pages.subjects import claims_link
from kmtui.pages.view import View
from kmtui.wording import AGREEMENT, AGREEMENT_MEANING


def corps_page(view: View, corps_id: str) -> Page:
    """Everything about one corps."""
    corps = view.corps[corps_id]
    lines = [
        line(f"{view.say('source')}: ", source(corps.source)),
        EMPTY,
        heading(view.say("verdict")),
        *_verdict(view, corps_id),
        *(by_edition(view, corps_id, [(view.say("published"), _published, None)]) if view.earlier else ()),
        *_unit(view, corps_id),
    ]
    for area in view.framework.areas:
        lines += [EMPTY, heading(view.say.of(area.name))]
        if area.id in corps.explanations:
            lines.append(passage(corps.explanations[area.id], 1))
        lines += _scores(view, corps, area.id)
    lines += figure_lines(view, corps_id)
    lines += _partners(view, corps_id)
    for title, passages in (
        ("actions", corps.actions),
        ("outlook", (*corps.outlook, *([corps.outlook_note] if corps.outlook_note else []))),
    ):
        if passages:
            lines += [EMPTY, heading(view.say(title)), *(passage(found, 1, bullet=True) for found in passages)]
    lines += [EMPTY, claims_link(view, "corps", corps_id)]
    lines += panel_lines(view, "corps", corps_id)
    return Page(Target("corps", corps_id), corps.name, tuple(lines))


def _verdict(view: View, corps_id: str) -> Iterator[Line]:
    say, found = view.say, view.verdict(corps_id)
    yield line(f"{say('computed')}: ", view.levels(found.weighing.possible), indent=1)
    if found.published:
        level = view.levels(found.published.possible)
        yield line(f"{say('published')}: ", level, " ", source(found.published.source), indent=1)
        if found.published.note:
            yield note(found.published.note, 2)
    agreement, meaning = AGREEMENT[found.agreement](say.language), AGREEMENT_MEANING[found.agreement](say.language)
    yield line(f"{say('agreement')}: {agreement} ({meaning})", indent=1)
    if not found.weighing.deciding:
        yield line(say("no_rule"), indent=1)
    for title, decisive in (("decided_by", True), ("in_force", False)):
        reasons = [reason for reason in found.weighing.reasons if reason.decisive is decisive]
        if reasons:
            yield line(f"{say(title)}:", indent=1)
            for reason in reasons:
                yield reason_line(view, reason, 2)
    if found.weighing.pivotal:
        yield line(f"{say('pivotal')}: {view.dimension_names(found.weighing.pivotal)}", indent=1)
    elif any(score.is_open for score in view.corps[corps_id].scores.values()):
        yield line(say("pivotal_none"), indent=1)


def _published(corps: Corps) -> PublishedVerdict | None:
    return corps.published


def _scores(view: View, corps: Corps, area_id: str) -> Iterator[Line]:
    """The scores of a focus area in all editions, and then what those of this edition rest on."""
    dimensions = view.framework.dimensions_of(area_id)
    yield from by_edition(
        view,
        corps.id,
        [
            (view.say.of(dimension.name), partial(_score_on, dimension.id), Target("cell", corps.id, dimension.id))
            for dimension in dimensions
        ],
    )
    for dimension in dimensions:
        yield from evidence(view, corps.scores[dimension.id], 1, about=view.say.of(dimension.name))


def _score_on(dimension_id: str, corps: Corps) -> Score | None:
    return corps.scores.get(dimension_id)


def _unit(view: View, corps_id: str) -> Iterator[Line]:
    """The unit that the corps became part of."""
    for unit in view.mapping.units if view.mapping else ():
        if corps_id in unit.corps:
            target = Target("unit", "", unit.id)
            yield link(view.say("unit"), view.say.of(unit.name), target, 1)


def _partners(view: View, corps_id: str) -> Iterator[Line]:
    """How the corps judges its partners, and what it says about them."""
    corps = view.corps[corps_id]
    if corps.partners:
        yield EMPTY
        yield heading(view.say("partners"))
    for column_id, score in corps.partners.items():
        column = view.partners[column_id]
        target = Target("judgement", corps_id, column_id)
        yield line(name(view.say.of(column.name)), ": ", view.levels(score.possible), indent=1, target=target)
        yield from evidence(view, score, 2)
    if corps.remarks:
        yield line(f"{view.say('remarks')}:", indent=1)
    for remark in corps.remarks:
        column_name = view.partners.get(remark.partner)
        about = view.say.of(column_name.name) if column_name else remark.partner
        yield passage(remark, 2, bullet=True, about=about)
