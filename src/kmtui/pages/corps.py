"""The page of one corps: its verdict with reasons, scores by focus area, figures, partners, actions and outlook."""

from collections.abc import Iterator
from functools import partial

from kmtui.blocks import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Items,
    Section,
    Table,
    TableRow,
    Target,
    cell,
    fact,
    item,
    name,
    note,
    paragraph,
    passage,
    section,
    source,
    trend,
)
from kmtui.model.edition import Corps
from kmtui.model.score import PublishedVerdict, Score
from kmtui.pages.evidence import basis_cell, basis_column, by_edition, claims_link, link, remark
from kmtui.pages.inline_errors import FAILURES, warnings
from kmtui.pages.page_kind import PageKind, Rows, text
from kmtui.pages.panels import panel_sections
from kmtui.pages.view import View
from kmtui.wording import AGREEMENT, AGREEMENT_MEANING


def corps_page(view: View, corps_id: str) -> Document:
    """Everything about one corps."""
    say, corps = view.say, view.corps[corps_id]
    blocks: list[Block] = [
        Facts((fact(say("source"), source(corps.source)),)),
        section("verdict", say("verdict"), *_verdict(view, corps_id), *_unit(view, corps_id)),
        *(_area(view, corps, area.id, say.of(area.name)) for area in view.framework.areas),
        *_figures(view, corps_id),
        *_partners(view, corps),
    ]
    for title, passages in (
        ("actions", corps.actions),
        ("outlook", (*corps.outlook, *([corps.outlook_note] if corps.outlook_note else []))),
    ):
        if passages:
            blocks.append(section(title, say(title), Items(tuple(item(passage(found)) for found in passages))))
    blocks.append(section("claims", say("claims"), claims_link(view, "corps", corps_id)))
    blocks += panel_sections(view, "corps", corps_id)
    return view.document(Target("corps", corps_id), corps.name, *blocks)


def _verdict(view: View, corps_id: str) -> Iterator[Block]:
    say, found = view.say, view.verdict(corps_id)
    weighing, published = found.weighing, found.published
    facts = [fact(say("computed"), view.levels(weighing.possible))]
    if published:
        facts.append(fact(say("published"), view.levels(published.possible), " ", source(published.source)))
    yield Facts(tuple(facts))
    if published and published.note:
        yield note(published.note)
    agreement, meaning = say.of(AGREEMENT[found.agreement]), say.of(AGREEMENT_MEANING[found.agreement])
    yield Facts((fact(say("agreement"), f"{agreement} ({meaning})"),))
    if not weighing.deciding:
        yield paragraph(say("no_rule"))
    more = Target("weighing", "", corps_id)
    for title, decisive in (("decided_by", True), ("in_force", False)):
        reasons = [reason for reason in weighing.reasons if reason.decisive is decisive]
        if reasons:
            yield section(title, say(title), *view.reasons(reasons, weighing.pivotal, more))
    if weighing.pivotal:
        yield Facts((Fact(say("pivotal"), (name(view.dimension_names(weighing.pivotal)),)),))
    elif any(score.is_open for score in view.corps[corps_id].scores.values()):
        yield paragraph(say("pivotal_none"))
    if view.earlier:
        yield by_edition(view, "published", "", corps_id, [(say("published"), _published, None)])


def _published(corps: Corps) -> PublishedVerdict | None:
    return corps.published


def _unit(view: View, corps_id: str) -> Iterator[Block]:
    """The unit that the corps is part of."""
    for unit in view.mapping.units if view.mapping else ():
        if corps_id in unit.corps:
            yield Facts((link(view.say("unit"), view.say.of(unit.name), Target("unit", "", unit.id)),))


def _area(view: View, corps: Corps, area_id: str, title: str) -> Section:
    """What the source explains of a focus area, and its scores in all editions with what those of this one rest on."""
    dimensions = view.framework.dimensions_of(area_id)
    rows = [
        (view.say.of(dimension.name), partial(_score_on, dimension.id), Target("cell", corps.id, dimension.id))
        for dimension in dimensions
    ]
    scores = [corps.scores[dimension.id] for dimension in dimensions]
    table = by_edition(view, area_id, view.say("dimension"), corps.id, rows, scores)
    explanation = corps.explanations.get(area_id)
    return section(area_id, title, *([paragraph(passage(explanation))] if explanation else []), table)


def _score_on(dimension_id: str, corps: Corps) -> Score | None:
    return corps.scores.get(dimension_id)


def _figures(view: View, corps_id: str) -> Iterator[Section]:
    """Of each table, the first indicator that has numbers of the corps for more than one year."""
    rows: list[TableRow] = []
    errors: list[Block] = []
    seen: set[str] = set()
    try:
        for table in view.tables:
            try:
                rows += _indicator(view, table.id, corps_id, seen)
            except FAILURES as error:
                errors += warnings(error)
    except FAILURES as error:
        errors += warnings(error)
    columns = (
        Column("indicator", view.say("indicator")),
        Column("trend", view.say("trend")),
        Column("values", view.say("values")),
    )
    if rows or errors:
        tables = [Table("figures", columns, tuple(rows))] if rows else []
        yield section("figures", view.say("figures"), *tables, *errors)


def _indicator(view: View, table_id: str, corps_id: str, seen: set[str]) -> Iterator[TableRow]:
    """The row of the first indicator with numbers for more than one year, unless another table has it."""
    table = view.table(table_id)
    for indicator in table.indicators:
        if indicator.id in seen:
            continue
        cells = [cell for cell in table.cells if (cell.subject, cell.indicator) == (corps_id, indicator.id)]
        cells.sort(key=lambda cell: cell.year or 0)
        numbers = [cell.number() for cell in cells]
        if sum(number is not None for number in numbers) > 1:
            seen.add(indicator.id)
            values = ", ".join(f"{cell.year or view.say('no_year')} {cell.raw or '.'}" for cell in cells)
            made = (cell(name(view.say.of(indicator.name))), cell(trend(numbers)), cell(values))
            yield TableRow(made, Target("indicator", "", f"{table.id}.{indicator.id}"))
            return


def _partners(view: View, corps: Corps) -> Iterator[Section]:
    """How the corps judges its partners, and what it says about them."""
    say = view.say
    blocks: list[Block] = []
    if corps.partners:
        columns = (
            Column("partner", say("partner")),
            view.level_column("level", say("level")),
            basis_column(view),
            Column("source", say("source")),
        )
        rows = tuple(
            TableRow(
                (
                    cell(name(say.of(view.partners[column_id].name))),
                    view.level_cell(score.possible),
                    basis_cell(view, score),
                    cell(source(score.source)),
                ),
                Target("judgement", corps.id, column_id),
                note=remark(view, score),
            )
            for column_id, score in corps.partners.items()
        )
        blocks.append(Table("partners", columns, rows))
    if corps.remarks:
        items = []
        for found in corps.remarks:
            column = view.partners.get(found.partner)
            items.append(item(passage(found, say.of(column.name) if column else found.partner)))
        blocks.append(section("remarks", say("remarks"), Items(tuple(items))))
    if blocks:
        yield section("partners", say("partners"), *blocks)


CORPS = PageKind(
    "corps",
    text(
        "De eindscore van een korps met de redenen, elke score met de onderbouwing, cijfers, partners, prognose.",
        "The verdict of a corps with its reasons, every score with its evidence, figures, partners, outlook.",
    ),
    corps_page,
    lambda view: list(view.corps),
    lambda view, corps_id: view.corps[corps_id].name,
    rows=Rows.by("scores", "corps"),
)
