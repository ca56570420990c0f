"""The grids of an edition: scores of its corps, scores rolled up to units, judgements of partners; and what changed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property

import msgspec
from msgspec import field

from kmtui.analysis.compare import Direction, shift
from kmtui.analysis.rollup import RolledUp, UnitVerdict, roll_up, unit_verdict
from kmtui.analysis.rollup_methods import WORST, rollup_method
from kmtui.blocks import Block, Facts, Target, fact, name, paragraph, passage, warning
from kmtui.model.edition import Edition
from kmtui.model.scale import Scale
from kmtui.pages.evidence import (
    brief_evidence,
    combined_name,
    distribution_text,
    norm_section,
    unit_verdict_blocks,
)
from kmtui.pages.inline_errors import absence
from kmtui.pages.view import View
from kmtui.plugins.failure import PluginFailureError
from kmtui.weighing.coded import JudgeError
from kmtui.wording import AGREEMENT

Possible = tuple[str, ...]
Judged = Possible | None
"""Possible levels; empty for a withheld judgement, None if no judgement was asked for."""


class GridColumn(msgspec.Struct, frozen=True):
    """What is judged, its code, and the group that it stands in."""

    id: str
    short: str
    name: str
    group: str


class GridRow(msgspec.Struct, frozen=True):
    """The judgements of one row; `agreement` says how those at its end relate."""

    cells: tuple[Judged, ...]
    ends: tuple[Judged, ...] = ()
    agreement: str = ""


class Grid(msgspec.Struct, frozen=True, dict=True):
    """Rows and columns; a row is made when it is first needed, so that the cost of many rows is that of those shown.

    `ends` are the columns after the others by id; they hold the judgement of the whole row and count as one. `sections`
    say under which head a row stands where rows are grouped. Summary and target are those of a cell, by the ids of its
    row and its column, which is None for the end; of a summary, as much is shown as there is room for.
    """

    kind: str
    head: str
    scale: Scale
    groups: Mapping[str, str]
    columns: tuple[GridColumn, ...]
    names: Mapping[str, str]
    row: Callable[[str], GridRow]
    summary: Callable[[str, str | None], Iterable[Block]]
    target: Callable[[str, str | None], Target]
    row_target: Callable[[str], Target]
    column_target: Callable[[str], Target]
    end_head: str = ""
    ends: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    agreement: bool = False
    """Whether rows say how the judgements at their end relate."""
    empty: str = ""
    """The text for a grid without rows."""

    @property
    def width(self) -> int:
        """The columns that a cursor can stand on."""
        return len(self.columns) + bool(self.ends)

    def column_id(self, column: int) -> str | None:
        """The id of a column, or None for the end."""
        return self.columns[column].id if column < len(self.columns) else None

    def column_name(self, column: int) -> str:
        """The name of a column."""
        return self.columns[column].name if column < len(self.columns) else self.end_head

    def judged(self, row_id: str, column: int) -> Judged:
        """What stands in a cell; at the end, the first that stands there."""
        row = self.row(row_id)
        return row.cells[column] if column < len(row.cells) else row.ends[0]


PLUGIN_FAILURES = (JudgeError, PluginFailureError)
"""Errors in the code of plugins that weigh or roll up."""


def scores_grid(view: View) -> Grid:
    """Corps down, dimensions across, and the end score: computed, published, and how they relate."""

    def row(corps_id: str) -> GridRow:
        corps = view.corps[corps_id]
        cells = tuple(corps.scores[dimension_id].possible for dimension_id in view.dimensions)
        published = corps.published.possible if corps.published else ()
        try:
            found = view.verdict(corps_id)
        except PLUGIN_FAILURES:
            return GridRow(cells, (None, published))
        return GridRow(cells, (found.weighing.possible, published), found.agreement)

    def summary(corps_id: str, dimension_id: str | None) -> Iterable[Block]:
        if dimension_id is not None:
            return cell_summary(view, corps_id, dimension_id)
        try:
            return list(verdict_summary(view, corps_id))
        except PLUGIN_FAILURES as error:
            return (warning(str(error)),)

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

    def row(unit_id: str) -> GridRow:
        try:
            cells = tuple(found.possible for found in rolled(unit_id).values())
            return GridRow(cells, (verdict(unit_id).combined, verdict(unit_id).weighing.possible))
        except PLUGIN_FAILURES:
            return GridRow((None,) * len(view.dimensions), (None, None))

    def summary(unit_id: str, dimension_id: str | None) -> Iterable[Block]:
        head = name(view.say.of(units[unit_id].name))
        try:
            if dimension_id is None:
                about = paragraph(head, f" · {view.say('verdict')}")
                return (about, *unit_verdict_blocks(view, verdict(unit_id)))
            found = rolled(unit_id)[dimension_id]
        except PLUGIN_FAILURES as error:
            return (paragraph(head), warning(str(error)))
        members = (corps for corps_id in units[unit_id].corps if (corps := view.corps.get(corps_id)))
        return (
            paragraph(head, f" · {view.dimension_name(dimension_id)}: ", view.levels(found.possible)),
            paragraph(f"{view.say('distribution')}: {distribution_text(view, found.distribution)}"),
            Facts(tuple(fact(corps.name, view.levels(corps.scores[dimension_id].possible)) for corps in members)),
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

    def row(corps_id: str) -> GridRow:
        judged = view.corps[corps_id].partners
        return GridRow(tuple(judged[column_id].possible if column_id in judged else None for column_id in columns))

    def summary(corps_id: str, column_id: str | None) -> Iterable[Block]:
        corps = view.corps[corps_id]
        if column_id is None or column_id not in corps.partners:
            return (paragraph(name(corps.name), f" · {view.say('not_judged')}"),)
        judgement, about = corps.partners[column_id], view.say.of(columns[column_id].name)
        head = paragraph(name(corps.name), f" · {about}: ", view.levels(judgement.possible))
        return (head, *brief_evidence(view, judgement))

    def partner(column_id: str) -> Target:
        return Target("partner", "", columns[column_id].partner.id)

    kinds = dict.fromkeys(column.partner.kind for column in columns.values())
    return Grid(
        kind="partners",
        head=view.say("corps") if columns else "",
        scale=view.scale,
        groups={kind: view.say(f"{kind}_group") for kind in kinds},
        columns=tuple(
            GridColumn(column.id, column.short, view.say.of(column.name), column.partner.kind)
            for column in columns.values()
        ),
        names={corps_id: corps.name for corps_id, corps in view.corps.items()} if columns else {},
        row=cache(row),
        summary=summary,
        target=lambda corps_id, column_id: Target("judgement", corps_id, column_id) if column_id else _corps(corps_id),
        row_target=_corps,
        column_target=partner,
        sections=_units_of_corps(view),
        empty="" if columns else absence(view, "partners", lambda edition: edition.head.partners),
    )


GRIDS: dict[str, Callable[[View], Grid]] = {"scores": scores_grid, "partners": partners_grid, "units": units_grid}
"""How each kind of grid is made."""


def cell_summary(view: View, corps_id: str, dimension_id: str) -> Iterator[Block]:
    """One score: its levels and what they rest on; then what the source explains, and the norm."""
    score = view.score(corps_id, dimension_id)
    dimension = view.dimensions[dimension_id]
    about = (" · ", view.say.of(dimension.name), view.standing(dimension.standing), ": ")
    yield paragraph(name(view.corps[corps_id].name), *about, view.levels(score.possible))
    yield from brief_evidence(view, score)
    explanation = view.corps[corps_id].explanations.get(dimension.area)
    if explanation is not None:
        yield paragraph(passage(explanation))
    yield norm_section(view, dimension)


def verdict_summary(view: View, corps_id: str) -> Iterator[Block]:
    """Computed beside published, and the rules that decided it."""
    say, found = view.say, view.verdict(corps_id)
    published = (", ", say("published").lower(), " ", view.levels(found.published.possible)) if found.published else ()
    yield paragraph(
        name(view.corps[corps_id].name),
        f" · {say('verdict')}: {say('computed').lower()} ",
        view.levels(found.weighing.possible),
        *published,
        f" ({say.of(AGREEMENT[found.agreement])})",
    )
    weighing = found.weighing
    more = Target("weighing", "", corps_id)
    yield from view.reasons(weighing.deciding, weighing.pivotal, more) or [paragraph(say("no_rule"))]


def _areas(view: View) -> dict[str, str]:
    return {area.id: view.say.of(area.name) for area in view.framework.areas}


def _dimensions(view: View) -> tuple[GridColumn, ...]:
    return tuple(
        GridColumn(dimension.id, dimension.short, view.say.of(dimension.name), dimension.area)
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


MOVED = (Direction.BETTER, Direction.WORSE)


class Changes:
    """The scores and published end scores of an edition, each beside the one before."""

    def __init__(self, view: View, earlier: Edition) -> None:
        self._view = view
        self.earlier = earlier
        self._before = {corps.id: corps for corps in earlier.corps}
        self._direction = cache(lambda old, new: shift(old, new, view.scale).direction)
        self.of = cache(self._of)

    def _of(self, corps_id: str) -> tuple[Direction, ...]:
        """The direction of each dimension, and then of the published end score; none for a corps that is new."""
        if corps_id not in self._before or corps_id not in self._view.corps:
            return ()
        return tuple(self._direction(old, new) for old, new in self._pairs(corps_id))

    def at(self, corps_id: str, column: int) -> Direction | None:
        """Better or worse, else None."""
        found = self.of(corps_id)
        return found[column] if found and found[column] in MOVED else None

    @cached_property
    def counts(self) -> Counter[Direction]:
        """How many scores, without the end scores, went in which direction."""
        return Counter(direction for corps_id in self._view.corps for direction in self.of(corps_id)[:-1])

    @cached_property
    def ends(self) -> Counter[Direction]:
        """How many published end scores went in which direction."""
        return Counter(found[-1] for corps_id in self._view.corps if (found := self.of(corps_id)))

    def before(self, corps_id: str, column: int) -> tuple[Block, ...]:
        """What a cell was before, where it is better or worse now."""
        direction = self.at(corps_id, column)
        if direction is None:
            return ()
        old = list(self._pairs(corps_id))[column][0]
        say = self._view.say
        return (paragraph(f"{say(direction)} {say('than_in')} {self.earlier.id}: ", self._view.levels(old)),)

    def _pairs(self, corps_id: str) -> Iterator[tuple[Possible, Possible]]:
        before, now = self._before[corps_id], self._view.corps[corps_id]
        for dimension_id in self._view.dimensions:
            old = before.scores.get(dimension_id)
            yield (old.possible if old else (), now.scores[dimension_id].possible)
        yield (
            before.published.possible if before.published else (),
            now.published.possible if now.published else (),
        )


def changes_of(view: View) -> Changes | None:
    """What changed since the edition before, if there is one that can be opened."""
    return Changes(view, view.previous) if view.previous else None
