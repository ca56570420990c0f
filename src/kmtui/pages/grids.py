"""The grids of an edition: scores of its corps, scores rolled up to units, judgements of partners."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from kmtui.analysis.rollup import RolledUp, UnitVerdict, roll_up, unit_verdict
from kmtui.analysis.rollup_methods import WORST, rollup_method
from kmtui.elements import Line, Role, Span, Target, line, name
from kmtui.pages.evidence import evidence
from kmtui.pages.grid import Column, Grid, Row
from kmtui.pages.nothing import nothing_of
from kmtui.pages.rolled import combined_name, counted, unit_verdict_lines
from kmtui.pages.summaries import cell_summary, verdict_summary
from kmtui.pages.view import View
from kmtui.plugins.failure import PluginFailureError
from kmtui.weighing.coded import JudgeError

FAILURES = (JudgeError, PluginFailureError)
"""What goes wrong in the code of plugins that weigh or roll up."""


def scores_grid(view: View) -> Grid:
    """Corps down, dimensions across, and the end score: computed, published, and how they relate."""

    def row(corps_id: str) -> Row:
        corps = view.corps[corps_id]
        cells = tuple(corps.scores[dimension_id].possible for dimension_id in view.dimensions)
        published = corps.published.possible if corps.published else ()
        try:
            found = view.verdict(corps_id)
        except FAILURES:
            return Row(cells, (None, published))
        return Row(cells, (found.weighing.possible, published), found.agreement)

    def summary(corps_id: str, dimension_id: str | None) -> Iterable[Line]:
        if dimension_id is not None:
            return cell_summary(view, corps_id, dimension_id)
        try:
            return verdict_summary(view, corps_id)
        except FAILURES as error:
            return (_fault(error),)

    return Grid(
        kind="scores",
        head=view.say("corps"),
        scale=view.scale,
        groups=_areas(view),
        columns=_dimensions(view),
        names={corps_id: corps.name for corps_id, corps in view.corps.items()},
        row=cache(row),
        summary=summary,
        target=lambda corps_id, dimension_id: (
            Target("cell", corps_id, dimension_id) if dimension_id else Target("corps", corps_id)
        ),
        row_target=_corps,
        column_target=_dimension,
        end_head=view.say("verdict"),
        ends={name: view.say(name) for name in ("computed", "published")},
        sections=_units_of_corps(view),
        agreement=True,
        empty=view.say("no_scores"),
    )


def units_grid(view: View) -> Grid:
    """Units down, dimensions rolled up across, and the end score in both ways; no rows without a mapping."""
    units = {unit.id: unit for unit in view.mapping.units} if view.mapping else {}
    way = rollup_method(view.monitor.registry, view.mapping.roll_up) if view.mapping else WORST

    @cache
    def rolled(unit_id: str) -> Mapping[str, RolledUp]:
        return {found.dimension: found for found in roll_up(view.edition, units[unit_id], view.weigher, way)}

    @cache
    def verdict(unit_id: str) -> UnitVerdict:
        return unit_verdict(view.edition, units[unit_id], view.weigher, way)

    def row(unit_id: str) -> Row:
        try:
            cells = tuple(found.possible for found in rolled(unit_id).values())
            return Row(cells, (verdict(unit_id).combined, verdict(unit_id).weighing.possible))
        except FAILURES:
            return Row((None,) * len(view.dimensions), (None, None))

    def summary(unit_id: str, dimension_id: str | None) -> tuple[Line, ...]:
        head = name(view.say.of(units[unit_id].name))
        try:
            if dimension_id is None:
                return (line(head, f" · {view.say('verdict')}"), *unit_verdict_lines(view, verdict(unit_id)))
            found = rolled(unit_id)[dimension_id]
        except FAILURES as error:
            return (line(head), _fault(error))
        return (
            line(head, f" · {view.dimension_name(dimension_id)}: ", view.levels(found.possible)),
            line(f"{view.say('distribution')}: {counted(view, found.distribution)}"),
            *(
                line(f"{corps.name}: ", view.levels(corps.scores[dimension_id].possible), indent=1)
                for corps_id in units[unit_id].corps
                if (corps := view.corps.get(corps_id))
            ),
        )

    return Grid(
        kind="units",
        head=view.say("unit") if units else "",
        scale=view.scale,
        groups=_areas(view),
        columns=_dimensions(view) if units else (),
        names={unit_id: view.say.of(unit.name) for unit_id, unit in units.items()},
        row=cache(row),
        summary=summary,
        target=lambda unit_id, dimension_id: (
            Target("rolled", unit_id, dimension_id) if dimension_id else _unit(unit_id)
        ),
        row_target=_unit,
        column_target=_dimension,
        end_head=view.say("verdict"),
        ends={"rolled_up": combined_name(view), "ruled": view.say("ruled")} if units else {},
        empty=view.say("no_units"),
    )


def partners_grid(view: View) -> Grid:
    """Corps down, their judgements of partners across, in groups by what the partners are to the police."""
    columns = view.partners

    def row(corps_id: str) -> Row:
        judged = view.corps[corps_id].partners
        return Row(tuple(judged[column_id].possible if column_id in judged else None for column_id in columns))

    def summary(corps_id: str, column_id: str | None) -> tuple[Line, ...]:
        corps = view.corps[corps_id]
        if column_id is None or column_id not in corps.partners:
            return (line(name(corps.name), f" · {view.say('not_judged')}"),)
        judgement, about = corps.partners[column_id], view.say.of(columns[column_id].name)
        head = line(name(corps.name), f" · {about}: ", view.levels(judgement.possible))
        return (head, *evidence(view, judgement, 0))

    def partner(column_id: str) -> Target:
        return Target("partner", "", columns[column_id].partner.id)

    kinds = dict.fromkeys(column.partner.kind for column in columns.values())
    return Grid(
        kind="partners",
        head=view.say("corps") if columns else "",
        scale=view.scale,
        groups={kind: view.say(f"{kind}_group") for kind in kinds},
        columns=tuple(
            Column(column.id, column.short, view.say.of(column.name), column.partner.kind)
            for column in columns.values()
        ),
        names={corps_id: corps.name for corps_id, corps in view.corps.items()} if columns else {},
        row=cache(row),
        summary=summary,
        target=lambda corps_id, column_id: Target("judgement", corps_id, column_id) if column_id else _corps(corps_id),
        row_target=_corps,
        column_target=partner,
        sections=_units_of_corps(view),
        empty="" if columns else nothing_of(view, "partners", lambda edition: edition.head.partners),
    )


GRIDS: dict[str, Callable[[View], Grid]] = {"scores": scores_grid, "partners": partners_grid, "units": units_grid}
"""How each kind of grid is made."""


def _areas(view: View) -> dict[str, str]:
    return {area.id: view.say.of(area.name) for area in view.framework.areas}


def _dimensions(view: View) -> tuple[Column, ...]:
    return tuple(
        Column(dimension.id, dimension.short, view.say.of(dimension.name), dimension.area)
        for dimension in view.framework.dimensions
    )


def _units_of_corps(view: View) -> dict[str, str]:
    """The name of the unit of each corps that is in one."""
    units = view.mapping.units if view.mapping else ()
    return {corps_id: view.say.of(unit.name) for unit in units for corps_id in unit.corps}


def _corps(corps_id: str) -> Target:
    return Target("corps", corps_id)


def _unit(unit_id: str) -> Target:
    return Target("unit", "", unit_id)


def _dimension(dimension_id: str) -> Target:
    return Target("dimension", "", dimension_id)


def _fault(error: Exception) -> Line:
    return line(Span(str(error), Role.WARNING))
