"""The page of one rolled-up score of a unit: its rule, the scores of its corps with their evidence, claims."""

from collections.abc import Iterator

from kmtui.analysis.rollup import roll_up
from kmtui.analysis.rollup_methods import rollup_method
from kmtui.elements import EMPTY, Line, Page, Target, heading, line, link, name, note, passage
from kmtui.model.units import Unit, UnitMapping
from kmtui.pages.claims import claims_within
from kmtui.pages.evidence import evidence
from kmtui.pages.in_place import in_place
from kmtui.pages.norm import norm_lines
from kmtui.pages.rolled import combined_name, counted
from kmtui.pages.view import View


def rolled_page(view: View, unit_id: str, dimension_id: str) -> Page:
    """Everything about one dimension of a unit (raises KeyError where there is no such unit)."""
    say, mapping, dimension = view.say, view.mapping, view.dimensions[dimension_id]
    if mapping is None:
        raise KeyError(unit_id)
    unit = mapping.unit(unit_id)
    lines = [
        *in_place(lambda: _level(view, mapping, unit, dimension_id), 0),
        *_finding(view, unit, dimension.area),
        EMPTY,
        heading(say("members")),
        *_members(view, unit, dimension_id),
        *claims_within(view, unit.corps, dimension_id),
        EMPTY,
        *norm_lines(view, dimension),
        EMPTY,
        link(say("unit"), say.of(unit.name), Target("unit", "", unit_id)),
        link(say("dimension"), say.of(dimension.name), Target("dimension", "", dimension_id)),
    ]
    return Page(
        Target("rolled", unit_id, dimension_id), f"{say.of(unit.name)} · {say.of(dimension.name)}", tuple(lines)
    )


def _level(view: View, mapping: UnitMapping, unit: Unit, dimension_id: str) -> Iterator[Line]:
    """What the scores of the corps come to, and by which rule."""
    way = rollup_method(view.monitor.registry, mapping.roll_up)
    found = next(row for row in roll_up(view.edition, unit, view.weigher, way) if row.dimension == dimension_id)
    yield line(f"{view.say('level')}: ", view.levels(found.possible))
    yield line(f"{view.say('rolled_up_by')}: {combined_name(view)} ({view.say.of(mapping.name)})")
    yield line(f"{view.say('distribution')}: {counted(view, found.distribution)}")


def _finding(view: View, unit: Unit, area_id: str) -> list[Line]:
    """What the source finds about the unit in this focus area."""

    def made() -> Iterator[Line]:
        baseline = view.baseline(unit.id)
        if baseline and area_id in baseline.findings:
            area = view.say.of(view.framework.area(area_id).name)
            yield from (EMPTY, heading(f"{view.say('finding')} - {area}"), passage(baseline.findings[area_id], 1))

    return in_place(made)


def _members(view: View, unit: Unit, dimension_id: str) -> Iterator[Line]:
    """The score of each corps with its evidence, worst first; and which corps the edition lacks."""
    members = [view.corps[corps_id] for corps_id in unit.corps if corps_id in view.corps]
    for corps in sorted(members, key=lambda corps: view.badness(corps.scores[dimension_id].possible)):
        score = corps.scores[dimension_id]
        target = Target("cell", corps.id, dimension_id)
        yield line(name(corps.name), ": ", view.levels(score.possible), indent=1, target=target)
        yield from evidence(view, score, 2)
    missing = [corps_id for corps_id in unit.corps if corps_id not in view.corps]
    if missing:
        yield note(f"{view.say('not_in_edition')}: {', '.join(missing)}", 1)
