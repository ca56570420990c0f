"""Part 4: a section for each unit with its corps, rolled-up scores, findings, points of attention and figures."""

from collections.abc import Iterator
from functools import partial

from kmtui.analysis.rollup import Sum, add_up, count_yes, roll_up, unit_verdict
from kmtui.analysis.rollup_methods import rollup_method
from kmtui.blocks import (
    Block,
    Column,
    Facts,
    Items,
    Section,
    Table,
    TableRow,
    Target,
    cell,
    fact,
    inline,
    item,
    note,
    paragraph,
    passage,
    source,
    text_of,
)
from kmtui.model.units import Baseline, StatedFigure, Unit, UnitMapping
from kmtui.pages.figures import left_out
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.panels import panel_sections
from kmtui.pages.view import View
from kmtui.report.judgements import Print, judged, level_cell


def unit_section(view: View, mapping: UnitMapping, unit: Unit) -> Section:
    """Everything that the report has about one unit."""
    say, method = view.say, rollup_method(view.monitor.registry, mapping.roll_up)
    verdict = unit_verdict(view.edition, unit, view.weigher, method)
    blocks: list[Block] = [
        Facts(
            (
                fact(say("source"), source(unit.source)),
                fact(say("verdict"), view.levels(verdict.possible)),
                fact(say("members"), ", ".join(view.corps[name].name for name in unit.corps if name in view.corps)),
            )
        )
    ]
    if view.edition.head.unit_mapping is None:
        blocks.append(note(say("units_borrowed")))
    baseline: Baseline | None = view.baselines.get(unit.id)
    blocks += inline_errors(partial(_note, view, unit.id))
    rolled = {row.dimension: row for row in roll_up(view.edition, unit, view.weigher, method)}
    for area in view.framework.areas:
        inside: list[Block] = []
        if baseline and area.id in baseline.findings:
            inside.append(paragraph(passage(baseline.findings[area.id])))
        members = [name for name in unit.corps if name in view.corps]
        columns = (
            Column("dimension", say("dimension")),
            *(view.level_column(name, view.corps[name].name) for name in members),
            view.level_column("unit", Print(view)("how_rolled_up")),
        )
        rows = []
        for dimension in view.framework.dimensions_of(area.id):
            scores = (
                judged(view, view.corps[name].scores.get(dimension.id), Target("cell", name, dimension.id))
                for name in members
            )
            rows.append(
                TableRow((cell(say.of(dimension.name)), *scores, level_cell(view, rolled[dimension.id].possible)))
            )
        inside.append(Table(f"unit-{unit.id}-{area.id}", columns, tuple(rows)))
        blocks.append(Section(f"unit-{unit.id}-{area.id}", inline(say.of(area.name)), tuple(inside)))
    if baseline and baseline.points:
        points = Items(tuple(item(passage(point)) for point in baseline.points))
        blocks.append(Section(f"unit-{unit.id}-points", inline(say("points")), (points,)))
    figures = inline_errors(partial(_figures, view, unit, baseline.figures if baseline else ()))
    if figures:
        blocks.append(Section(f"unit-{unit.id}-figures", inline(say("figures")), tuple(figures)))
    blocks += panel_sections(view, "unit", unit.id)
    return Section(f"unit-{unit.id}", inline(say.of(unit.name)), tuple(blocks), Target("unit", "", unit.id))


def _note(view: View, unit_id: str) -> Iterator[Block]:
    baseline = view.baseline(unit_id)
    if baseline and baseline.note:
        yield paragraph(text_of(baseline.note))


def _figures(view: View, unit: Unit, stated: tuple[StatedFigure, ...]) -> Iterator[Block]:
    """What the source states for the unit beside the sum of its corps, with the cells that the sum leaves out."""
    say = view.say
    rows = []
    known = set()
    for table in view.figures.tables:
        for indicator in table.indicators:
            column, year = f"{table.id}.{indicator.id}", table.years(indicator.id)[-1]
            known.add(column)
            cells = [found for found in table.of(indicator.id, year) if found.subject in unit.corps]
            figures = [figure for figure in stated if figure.indicator == column]
            total = add_up(cells)
            if figures and not total.added:
                total = count_yes(cells)
            about = f"{say.of(indicator.name)}{f' {year}' if year else ''}"
            group = f"{say('table')} {table.id}: {say.of(table.title)}"
            for figure in figures:
                rows.append(_row(view, about, figure, total, group))
            if total.added and not figures:
                rows.append(_row(view, about, None, total, group))
    for figure in stated:
        if figure.indicator not in known:
            rows.append(_row(view, "", figure, None, ""))
    if rows:
        columns = (
            Column("indicator", say("indicator")),
            Column("stated", say("stated"), "number", align="right"),
            Column("summed", say("summed"), "number", align="right"),
            Column("note", say("note")),
        )
        yield Table(f"unit-{unit.id}-figures", columns, tuple(rows))


def _row(view: View, about: str, figure: StatedFigure | None, total: Sum | None, group: str) -> TableRow:
    """A figure beside the sum of the corps; without an indicator, the text of the figure says what it is about."""
    say = view.say
    stated, name, words = cell(), cell(about), inline()
    if figure:
        bound = f"{say(figure.bound)} " if figure.bound else ""
        stated = cell(f"{bound}{say.number(figure.value)}", number=figure.value)
        words = inline(text_of(figure.text), " ", source(figure.source))
        if not about:
            name, words = cell(text_of(figure.text)), source(figure.source)
    summed = cell(say.number(total.value), number=total.value) if total and total.added else cell()
    if total and total.left_out:
        words = inline(words, " " if words else "", f"{say('not_added')} {left_out(view, total.left_out)}")
    return TableRow((name, stated, summed, cell(words)), group=group)
