"""The page of one unit: its corps, scores rolled up, the baseline, and figures beside those that the source states."""

from collections.abc import Iterator

from kmtui.analysis.rollup import roll_up, unit_verdict
from kmtui.analysis.rollup_methods import rollup_method
from kmtui.elements import EMPTY, Line, Page, Target, heading, line, name, note, passage, source
from kmtui.model.units import Baseline, Unit
from kmtui.pages.in_place import in_place
from kmtui.pages.panels import panel_lines
from kmtui.pages.rolled import counted, unit_verdict_lines
from kmtui.pages.subjects import claims_link
from kmtui.pages.unit_figures import unit_figure_lines
from kmtui.pages.view import View


def unit_page(view: View, unit_id: str) -> Page:
    """Everything about one unit of the view's mapping (raises KeyError where it has none of this id)."""
    if view.mapping is None:
        raise KeyError(unit_id)
    unit, way = view.mapping.unit(unit_id), rollup_method(view.monitor.registry, view.mapping.roll_up)
    baseline = view.baselines.get(unit_id)
    lines = [
        line(f"{view.say.of(view.mapping.name)} ", source(unit.source)),
        *in_place(lambda: _note(view, unit_id), 0),
        *([note(view.say("units_borrowed"))] if view.edition.head.unit_mapping is None else []),
        EMPTY,
        heading(view.say("members")),
        *_members(view, unit),
        EMPTY,
        heading(view.say("verdict")),
        *unit_verdict_lines(view, unit_verdict(view.edition, unit, view.weigher, way)),
    ]
    rolled = {row.dimension: row for row in roll_up(view.edition, unit, view.weigher, way)}
    for area in view.framework.areas:
        lines += [EMPTY, heading(view.say.of(area.name))]
        if baseline and area.id in baseline.findings:
            lines.append(passage(baseline.findings[area.id], 1))
        for dimension in view.framework.dimensions_of(area.id):
            row = rolled[dimension.id]
            target = Target("rolled", unit_id, dimension.id)
            counts = f" ({counted(view, row.distribution)})"
            title = name(view.say.of(dimension.name))
            lines.append(line(title, ": ", view.levels(row.possible), counts, indent=1, target=target))
    if baseline:
        lines += _points(view, baseline)
    lines += in_place(lambda: unit_figure_lines(view, unit, baseline.figures if baseline else ()))
    lines += [EMPTY, claims_link(view, "unit", unit_id)]
    lines += panel_lines(view, "unit", unit_id)
    return Page(Target("unit", "", unit_id), view.say.of(unit.name), tuple(lines))


def _note(view: View, unit_id: str) -> Iterator[Line]:
    """What is to be noted about the baseline, or what is wrong with it."""
    baseline = view.baseline(unit_id)
    if baseline and baseline.note:
        yield note(baseline.note)


def _members(view: View, unit: Unit) -> Iterator[Line]:
    for corps_id in unit.corps:
        if corps_id in view.corps:
            published = view.corps[corps_id].published
            levels = view.levels(published.possible) if published else ()
            yield line(name(view.corps[corps_id].name), ": ", levels, indent=1, target=Target("corps", corps_id))


def _points(view: View, baseline: Baseline) -> Iterator[Line]:
    if baseline.points:
        yield from (EMPTY, heading(view.say("points")))
    for point in baseline.points:
        yield passage(point, 1, bullet=True)
