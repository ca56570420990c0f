"""Part 3: the corps beside each other, dimension by dimension, partner by partner, and the tables of figures."""

from collections.abc import Iterator, Sequence
from functools import partial

from kmtui.analysis.compare import Direction, shift
from kmtui.analysis.distribution import distribution
from kmtui.blocks import (
    Block,
    Column,
    Facts,
    Items,
    Section,
    Table,
    TableCell,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    paragraph,
    passage,
    source,
    text_of,
)
from kmtui.model.edition import Edition
from kmtui.model.framework import Dimension
from kmtui.model.partners import PartnerType
from kmtui.model.score import Judgement
from kmtui.model.words import PublishedCount
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.panels import panel_ids, panel_page, panel_sections
from kmtui.pages.view import View
from kmtui.report.figures import figure_section
from kmtui.report.judgements import Print, corps_of, judged, level_cell

MOVES = (Direction.BETTER, Direction.WORSE)


def national_sections(view: View, shown: Sequence[Edition]) -> Iterator[Section]:
    """The sections of the part; `shown` are the editions beside each other, oldest first."""
    say, words = view.say, Print(view)
    yield Section("end-scores", inline(words("end_scores")), tuple(_end_scores(view, shown)))
    yield Section("matrix", inline(words("matrix")), (_matrix(view),))
    for area in view.framework.areas:
        dimensions = view.framework.dimensions_of(area.id)
        found = tuple(_dimension(view, dimension, shown) for dimension in dimensions)
        yield Section(f"area-{area.id}", inline(say.of(area.name)), found)
    partners = dict.fromkeys(column.partner.id for column in view.partners.values())
    if partners:
        found = tuple(_partner(view, partner_id, shown) for partner_id in partners)
        yield Section("partners", inline(say("partners")), found)
    for panel_id in panel_ids(view):
        page = panel_page(view, panel_id)
        yield Section(f"panel-{panel_id}", inline(page.title), page.blocks, page.target)
    tables = inline_errors(partial(_tables, view))
    if tables:
        yield Section("figures", inline(words("figure_tables")), tuple(tables), Target("figures"))


def _end_scores(view: View, shown: Sequence[Edition]) -> Iterator[Block]:
    """The published end scores over the editions, and who rose or fell since the one before."""
    say, words = view.say, Print(view)
    before = shown[-2] if len(shown) > 1 else None
    moved: dict[Direction, list[str]] = {direction: [] for direction in MOVES}
    rows = []
    for corps in view.edition.corps:
        found = [corps_of(edition, corps.id) for edition in shown]
        published = [one.published if one else None for one in found]
        direction = None
        if before and published[-1] and published[-2]:
            direction = shift(published[-2].possible, published[-1].possible, view.scale).direction
            if direction in moved:
                moved[direction].append(corps.id)
        change = cell(say(direction) if direction in MOVES else "")
        name = cell(corps.name, target=Target("corps", corps.id))
        rows.append(TableRow((name, *(judged(view, one) for one in published), change)))
    columns = [view.level_column(edition.id, edition.id) for edition in shown]
    head = f"{words('mover')} {say('since')} {before.id}" if before else words("mover")
    yield Table("end-scores", (Column("corps", say("corps")), *columns, Column("change", head)), tuple(rows))
    if before:
        for direction, title in ((Direction.BETTER, "risers"), (Direction.WORSE, "fallers")):
            names = [item(view.corps[corps_id].name, target=Target("corps", corps_id)) for corps_id in moved[direction]]
            body: Block = Items(tuple(names)) if names else paragraph(words(f"no_{title}"))
            yield Section(title, inline(f"{words(title)} {say('since')} {before.id}"), (body,))


def _matrix(view: View) -> Table:
    """Every corps on every dimension, and its end score."""
    say = view.say
    areas = {area.id: say.of(area.name) for area in view.framework.areas}
    columns = [Column("corps", say("corps"))]
    for dimension in view.framework.dimensions:
        column = view.level_column(dimension.id, view.dimension_name(dimension.id), dimension.short)
        columns.append(_grouped(column, areas[dimension.area]))
    columns.append(view.level_column("verdict", say("verdict")))
    rows = []
    for corps in view.edition.corps:
        scores = (judged(view, corps.scores.get(one), Target("cell", corps.id, one)) for one in view.dimensions)
        found = view.verdict(corps.id)
        verdict = found.published.possible if found.published else found.weighing.possible
        rows.append(TableRow((cell(corps.name, target=Target("corps", corps.id)), *scores, level_cell(view, verdict))))
    return Table("matrix", tuple(columns), tuple(rows))


def _grouped(column: Column, group: str) -> Column:
    return Column(column.id, column.head, column.kind, column.unit, column.align, column.short, column.levels, group)


def _dimension(view: View, dimension: Dimension, shown: Sequence[Edition]) -> Section:
    """The norm of a dimension, the national picture, and how the corps are spread, now and then."""
    say = view.say
    blocks: list[Block] = [
        Facts(
            (
                fact(
                    say("norm"),
                    say.of(dimension.norm),
                    " ",
                    source(dimension.source),
                    view.standing(dimension.standing),
                ),
            )
        )
    ]
    blocks += inline_errors(partial(_picture, view, "dimensions", dimension.id, ""))
    blocks += inline_errors(partial(_spreads, view, "dimension", dimension.id, say("distribution"), shown))
    blocks += panel_sections(view, "dimension", dimension.id)
    title = inline(view.dimension_name(dimension.id))
    return Section(f"dimension-{dimension.id}", title, tuple(blocks), Target("dimension", "", dimension.id))


def _picture(view: View, kind: str, name: str, title: str) -> Iterator[Block]:
    """What the source says about a dimension or partner in the country as a whole."""
    found = getattr(view.monitor.picture(view.edition), kind).get(name)
    if found:
        yield paragraph(passage(found, title))


def _spreads(view: View, kind: str, name: str, title: str, shown: Sequence[Edition]) -> Iterator[Table]:
    """How many corps have which levels, counted here and as published, in each edition of which anything is known."""
    say, words = view.say, Print(view)
    rows: list[TableRow] = []
    for edition in reversed(shown):
        judgements: list[Judgement] = []
        for corps in edition.corps:
            found = (corps.scores if kind == "dimension" else corps.partners).get(name)
            if found:
                judgements.append(found)
        counts = [one for one in view.monitor.counts(edition).counts if getattr(one, kind) == name]
        unknown = all(set(one.possible) >= set(view.scale.ids) for one in judgements)
        if edition is view.edition or counts or not unknown:
            rows += _spread_rows(view, edition, judgements, counts)
    columns = (
        view.level_column("level", say("level")),
        Column("counted", say("corps"), "number", align="right"),
        Column("bar", "", "bar"),
        Column("published", words("published_count"), "number", align="right"),
        Column("note", say("note")),
    )
    yield Table(f"spread-{name}", columns, tuple(rows), title)


def _spread_rows(
    view: View, edition: Edition, judgements: Sequence[Judgement], counts: Sequence[PublishedCount]
) -> Iterator[TableRow]:
    spread = distribution(judgements, view.scale)
    counted: dict[tuple[str, ...], int | None] = {(level,): count for level, count in spread.certain.items()}
    counted |= spread.open
    if spread.blank:
        counted[()] = spread.blank
    published = {tuple(one for one in count.levels if one != view.scale.blank.id): count for count in counts}
    for levels in published:
        counted.setdefault(levels, None)
    group = f"{view.say('edition')} {edition.id}"
    for levels, number in counted.items():
        printed = published.get(levels)
        if not number and not printed:
            continue
        remark = inline()
        if printed:
            doubt = "" if printed.exact else f" ({view.say('loose')})"
            remark = inline(text_of(printed.note), doubt, " ", source(printed.source))
        yield TableRow(
            (
                level_cell(view, levels),
                cell("" if number is None else str(number), number=number),
                TableCell(number=number),
                cell(str(printed.count), number=printed.count) if printed else cell(),
                cell(remark),
            ),
            group=group,
        )


def _partner(view: View, partner_id: str, shown: Sequence[Edition]) -> Section:
    """The role of a partner, the national picture, how it is judged, and what it answered."""
    say, words = view.say, Print(view)
    columns = [column for column in view.partners.values() if column.partner.id == partner_id]
    partner: PartnerType = columns[0].partner
    blocks: list[Block] = [paragraph(f"{say(partner.kind)}. ", say.of(partner.role), " ", source(partner.source))]
    blocks += inline_errors(partial(_picture, view, "partners", partner_id, ""))
    for column in columns:
        title = f"{say('distribution')}: {say.of(column.name)}" if len(columns) > 1 else say("distribution")
        blocks += inline_errors(partial(_spreads, view, "partner", column.id, title, shown))
    blocks += inline_errors(partial(_picture, view, "answers", partner_id, words("partner_replies")))
    blocks += panel_sections(view, "partner", partner_id)
    return Section(
        f"partner-{partner_id}", inline(say.of(partner.name)), tuple(blocks), Target("partner", "", partner_id)
    )


def _tables(view: View) -> Iterator[Block]:
    for table in view.tables:
        yield from inline_errors(partial(_figures, view, table.id))


def _figures(view: View, table_id: str) -> Iterator[Block]:
    yield figure_section(view, table_id)
