"""The page of one unit: its corps, scores rolled up, the baseline, figures; and the page of one rolled-up score."""

from collections.abc import Iterator, Sequence

from kmtui.analysis.rollup import add_up, count_yes, roll_up, unit_verdict
from kmtui.analysis.rollup_methods import rollup_method
from kmtui.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Inline,
    Items,
    Role,
    Section,
    Span,
    Table,
    TableCell,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    name,
    note,
    paragraph,
    passage,
    section,
    source,
)
from kmtui.model.figures import FigureTable, Indicator
from kmtui.model.units import StatedFigure, Unit, UnitMapping
from kmtui.pages.claims import claims_within
from kmtui.pages.evidence import (
    claims_link,
    combined_name,
    distribution_text,
    judgements_table,
    link,
    norm_section,
    unit_verdict_blocks,
)
from kmtui.pages.figures import left_out
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.page_kind import CellKind, PageKind, Rows, text
from kmtui.pages.panels import panel_sections
from kmtui.pages.view import View


def unit_page(view: View, unit_id: str) -> Document:
    """Everything about one unit of the view's mapping (raises KeyError where it has none of this id)."""
    if view.mapping is None:
        raise KeyError(unit_id)
    say = view.say
    unit, way = view.mapping.unit(unit_id), rollup_method(view.monitor.registry, view.mapping.roll_up)
    baseline = view.baselines.get(unit_id)
    verdict = unit_verdict(view.edition, unit, view.weigher, way)
    blocks: list[Block] = [paragraph(f"{say.of(view.mapping.name)} ", source(unit.source))]
    blocks += inline_errors(lambda: _note(view, unit_id))
    if view.edition.head.unit_mapping is None:
        blocks.append(note(say("units_borrowed")))
    blocks.append(section("members", say("members"), _members(view, unit)))
    blocks.append(section("verdict", say("verdict"), *unit_verdict_blocks(view, verdict)))
    rolled = {row.dimension: row for row in roll_up(view.edition, unit, view.weigher, way)}
    for area in view.framework.areas:
        rows = tuple(
            TableRow(
                (
                    cell(name(say.of(dimension.name))),
                    view.level_cell(rolled[dimension.id].possible),
                    cell(distribution_text(view, rolled[dimension.id].distribution)),
                ),
                Target("rolled", unit_id, dimension.id),
            )
            for dimension in view.framework.dimensions_of(area.id)
        )
        columns = (
            Column("dimension", say("dimension")),
            view.level_column("level", say("level")),
            Column("distribution", say("distribution")),
        )
        finding = baseline.findings.get(area.id) if baseline else None
        found = [paragraph(passage(finding))] if finding else []
        blocks.append(section(area.id, say.of(area.name), *found, Table(area.id, columns, rows)))
    if baseline and baseline.points:
        points = Items(tuple(item(passage(point)) for point in baseline.points))
        blocks.append(section("points", say("points"), points))
    blocks += inline_errors(lambda: unit_figures(view, unit, baseline.figures if baseline else ()))
    blocks.append(section("claims", say("claims"), claims_link(view, "unit", unit_id)))
    blocks += panel_sections(view, "unit", unit_id)
    return view.document(Target("unit", "", unit_id), say.of(unit.name), *blocks)


def unit_ids(view: View) -> list[str]:
    """The units of the view's mapping."""
    return [unit.id for unit in view.mapping.units] if view.mapping else []


def _note(view: View, unit_id: str) -> Iterator[Block]:
    """The remark on the baseline (raises EditionError with its faults)."""
    baseline = view.baseline(unit_id)
    if baseline and baseline.note:
        yield note(baseline.note)


def _members(view: View, unit: Unit) -> Table:
    columns = (Column("corps", view.say("corps")), view.level_column("published", view.say("published")))
    rows = []
    for corps_id in unit.corps:
        if corps_id in view.corps:
            published = view.corps[corps_id].published
            cells = (
                cell(name(view.corps[corps_id].name)),
                view.level_cell(published.possible if published else None),
            )
            rows.append(TableRow(cells, Target("corps", corps_id)))
    return Table("members", columns, tuple(rows))


def unit_figures(view: View, unit: Unit, stated: Sequence[StatedFigure]) -> Iterator[Section]:
    """What the source states of the unit beside what its corps come to: by indicator, then what has none."""
    say = view.say
    rows: list[TableRow] = []
    known = set()
    for table in view.tables:
        known |= {f"{table.id}.{indicator.id}" for indicator in table.indicators}
        rows += _table_rows(view, unit, table, stated)
    rows += (_alone(view, figure) for figure in stated if figure.indicator not in known)
    if rows:
        columns = (
            Column("stated", say("stated"), "number", align="right"),
            Column("summed", say("summed"), "number", align="right"),
            Column("difference", say("difference"), "number", align="right"),
            Column("indicator", say("indicator")),
        )
        yield section("figures", say("figures"), Table("figures", columns, tuple(rows)))


def _table_rows(view: View, unit: Unit, table: FigureTable, stated: Sequence[StatedFigure]) -> list[TableRow]:
    """The rows of a table, or its faults and what is stated of it."""
    group = f"{view.say('table')} {table.id}: {view.say.of(table.title)}"
    faults = view.table_faults.get(table.id)
    if faults:
        columns = {f"{table.id}.{indicator.id}" for indicator in table.indicators}
        below = (Span("; ".join(map(str, faults)), Role.WARNING),)
        rows = [TableRow((), group=group, note=below)]
        return rows + [_alone(view, figure, group) for figure in stated if figure.indicator in columns]
    return [row for indicator in table.indicators for row in _indicator(view, unit, table, indicator, stated, group)]


def _indicator(
    view: View, unit: Unit, table: FigureTable, indicator: Indicator, stated: Sequence[StatedFigure], group: str
) -> Iterator[TableRow]:
    """What the corps come to in the newest year, beside each figure that is stated of it."""
    year = table.years(indicator.id)[-1]
    cells = [cell for cell in table.of(indicator.id, year) if cell.subject in unit.corps]
    column = f"{table.id}.{indicator.id}"
    figures = [figure for figure in stated if figure.indicator == column]
    total = add_up(cells)
    if figures and not total.added:
        total = count_yes(cells)
    about = [name(view.say.of(indicator.name)), Span(f" {year}" if year else "")]
    if total.left_out:
        about.append(Span(f" ({view.say('not_added')} {left_out(view, total.left_out)})"))
    target = Target("indicator", "", column)
    summed = cell(view.say.number(total.value), number=total.value) if total.added else cell("-")
    for figure in figures:
        difference = float(total.value) - float(figure.value) if total.added else None
        sign = "+" if difference is not None and difference > 0 else ""
        shown = "" if difference is None else f"{sign}{view.say.number(difference)}"
        text = inline(about, ". ", _figure_text(figure))
        row = (_stated(view, figure), summed, cell(shown, number=difference), cell(text))
        yield TableRow(row, target, group)
    if total.added and not figures:
        yield TableRow((cell(""), summed, cell(""), cell(about)), target, group)


def _alone(view: View, figure: StatedFigure, group: str = "") -> TableRow:
    """A figure with nothing to compare it with."""
    return TableRow((_stated(view, figure), cell(""), cell(""), cell(_figure_text(figure))), group=group)


def _stated(view: View, figure: StatedFigure) -> TableCell:
    bound = f"{view.say(figure.bound)} " if figure.bound else ""
    return cell(f"{bound}{view.say.number(figure.value)}", number=figure.value)


def _figure_text(figure: StatedFigure) -> Inline:
    return inline(f"{figure.text} ", source(figure.source))


def rolled_page(view: View, unit_id: str, dimension_id: str) -> Document:
    """Everything about one dimension of a unit (raises KeyError where there is no such unit)."""
    say, mapping, dimension = view.say, view.mapping, view.dimensions[dimension_id]
    if mapping is None:
        raise KeyError(unit_id)
    unit = mapping.unit(unit_id)
    return view.document(
        Target("rolled", unit_id, dimension_id),
        f"{say.of(unit.name)} · {say.of(dimension.name)}",
        *inline_errors(lambda: _level(view, mapping, unit, dimension_id)),
        *inline_errors(lambda: _finding(view, unit, dimension.area)),
        section("members", say("members"), *_member_scores(view, unit, dimension_id)),
        *claims_within(view, unit.corps, dimension_id),
        norm_section(view, dimension),
        section(
            "more",
            say("see_also"),
            Facts(
                (
                    link(say("unit"), say.of(unit.name), Target("unit", "", unit_id)),
                    link(say("dimension"), say.of(dimension.name), Target("dimension", "", dimension_id)),
                )
            ),
        ),
    )


def _level(view: View, mapping: UnitMapping, unit: Unit, dimension_id: str) -> Iterator[Block]:
    """What the scores of the corps come to, and by which method."""
    way = rollup_method(view.monitor.registry, mapping.roll_up)
    found = next(row for row in roll_up(view.edition, unit, view.weigher, way) if row.dimension == dimension_id)
    yield Facts(
        (
            fact(view.say("level"), view.levels(found.possible)),
            fact(view.say("rolled_up_by"), f"{combined_name(view)} ({view.say.of(mapping.name)})"),
            fact(view.say("distribution"), distribution_text(view, found.distribution)),
        )
    )


def _finding(view: View, unit: Unit, area_id: str) -> Iterator[Block]:
    """What the source finds about the unit in this focus area."""
    baseline = view.baseline(unit.id)
    if baseline and area_id in baseline.findings:
        area = view.say.of(view.framework.area(area_id).name)
        yield section("finding", f"{view.say('finding')} - {area}", paragraph(passage(baseline.findings[area_id])))


def _member_scores(view: View, unit: Unit, dimension_id: str) -> Iterator[Block]:
    """The score of each corps with its evidence, worst first; and which corps the edition lacks."""
    scores = [
        (corps_id, view.corps[corps_id].scores[dimension_id]) for corps_id in unit.corps if corps_id in view.corps
    ]
    yield judgements_table(view, "members", scores, "cell", dimension_id)
    missing = [corps_id for corps_id in unit.corps if corps_id not in view.corps]
    if missing:
        yield note(f"{view.say('not_in_edition')}: {', '.join(missing)}")


UNIT = PageKind(
    "unit",
    text(
        "De nulsituatie van een eenheid: haar korpsen, samengevoegde scores, bevindingen, aandachtspunten, cijfers.",
        "The baseline of a unit: its corps, scores rolled up, findings, points of attention, figures.",
    ),
    unit_page,
    unit_ids,
    lambda view, unit_id: view.say.of(view.mapping.unit(unit_id).name) if view.mapping else unit_id,
    rows=Rows.by("units", "unit"),
)
ROLLED = CellKind(
    "rolled",
    rolled_page,
    "unit",
    "dimension",
    unit_ids,
    lambda view: view.dimensions,
    lambda _view, dimension_id: Target("dimension", "", dimension_id),
    Rows("units", lambda _, target: {"unit": {target.corps}, "dimension": {target.id}}),
)
