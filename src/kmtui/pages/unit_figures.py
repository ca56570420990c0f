"""The figures of a unit: what the source states for it beside what its corps come to."""

from collections.abc import Iterator, Sequence

from kmtui.analysis.rollup import Sum, add_up, count_yes
from kmtui.elements import EMPTY, Line, Role, Span, Target, heading, line, name, source
from kmtui.model.figures import FigureTable, Indicator
from kmtui.model.units import StatedFigure, Unit
from kmtui.pages.aligned import Cell, aligned
from kmtui.pages.in_place import warning
from kmtui.pages.table import left_out
from kmtui.pages.view import View

Row = tuple[Sequence[Cell], Target | None]


def unit_figure_lines(view: View, unit: Unit, stated: Sequence[StatedFigure]) -> Iterator[Line]:
    """A row for each indicator that has numbers of the unit's corps, and one for what is stated without any."""
    say = view.say
    head = [[Span(say(word), Role.SOURCE)] for word in ("stated", "summed", "difference", "indicator")]
    rows: list[Row] = [(head, None), *_rows(view, unit, stated)]
    if len(rows) > 1:
        yield from (EMPTY, heading(say("figures")))
        for spans, (_, target) in zip(aligned([row for row, _ in rows], {0, 1, 2}), rows, strict=True):
            yield line(spans, indent=1, target=target)


def _rows(view: View, unit: Unit, stated: Sequence[StatedFigure]) -> Iterator[Row]:
    known = set()
    for table in view.tables:
        found = _table(view, unit, table, stated)
        known |= {f"{table.id}.{indicator.id}" for indicator in table.indicators}
        if found:
            title = Span(f"{view.say('table')} {table.id}: {view.say.of(table.title)}", Role.SOURCE)
            yield ["", "", "", [title]], Target("table", "", table.id)
            yield from found
    for figure in stated:
        if figure.indicator not in known:
            yield _alone(view, figure), None


def _table(view: View, unit: Unit, table: FigureTable, stated: Sequence[StatedFigure]) -> list[Row]:
    """The rows of a table, or what is wrong with it and what is stated of it."""
    faults = view.table_faults.get(table.id)
    if faults:
        columns = {f"{table.id}.{indicator.id}" for indicator in table.indicators}
        rows: list[Row] = [(["", "", "", warning(str(fault), 0).spans], None) for fault in faults]
        return rows + [(_alone(view, figure), None) for figure in stated if figure.indicator in columns]
    return [row for indicator in table.indicators for row in _indicator(view, unit, table, indicator, stated)]


def _indicator(
    view: View, unit: Unit, table: FigureTable, indicator: Indicator, stated: Sequence[StatedFigure]
) -> Iterator[Row]:
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
    summed = view.say.number(total.value) if total.added else "-"
    for figure in figures:
        difference = _difference(view, figure, total)
        yield [_stated(view, figure), summed, difference, [*about, Span(". "), *_told(figure)]], target
    if total.added and not figures:
        yield ["", summed, "", about], target


def _alone(view: View, figure: StatedFigure) -> list[Cell]:
    """A figure with nothing to set beside it."""
    return [_stated(view, figure), "", "", _told(figure)]


def _stated(view: View, figure: StatedFigure) -> str:
    bound = f"{view.say(figure.bound)} " if figure.bound else ""
    return f"{bound}{view.say.number(figure.value)}"


def _difference(view: View, figure: StatedFigure, total: Sum) -> str:
    """How much the sum is more than what is stated, where there is a sum."""
    if not total.added:
        return ""
    difference = float(total.value) - figure.value
    return f"{'+' if difference > 0 else ''}{view.say.number(difference)}"


def _told(figure: StatedFigure) -> list[Span]:
    return [Span(f"{figure.text} "), source(figure.source)]
