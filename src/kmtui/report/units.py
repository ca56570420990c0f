"""Part 4: a section for each unit with its corps, rolled-up scores, findings, points of attention and figures."""

from collections.abc import Iterator
from functools import partial

from kmtui.analysis.rollup import roll_up, unit_verdict
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
from kmtui.model.units import Baseline, Unit, UnitMapping
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.panels import panel_sections
from kmtui.pages.unit import unit_figures
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
    blocks += inline_errors(partial(unit_figures, view, unit, baseline.figures if baseline else ()))
    blocks += panel_sections(view, "unit", unit.id)
    return Section(f"unit-{unit.id}", inline(say.of(unit.name)), tuple(blocks), Target("unit", "", unit.id))


def _note(view: View, unit_id: str) -> Iterator[Block]:
    baseline = view.baseline(unit_id)
    if baseline and baseline.note:
        yield paragraph(text_of(baseline.note))
