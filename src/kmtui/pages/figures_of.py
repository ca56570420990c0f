"""The main figures of a corps: of each table, the first indicator that has numbers of it for more than one year."""

from collections.abc import Iterator
from functools import partial

from kmtui.charts import trend
from kmtui.elements import EMPTY, Line, Role, Span, Target, heading, line, name
from kmtui.pages.in_place import in_place
from kmtui.pages.view import View


def figure_lines(view: View, corps_id: str) -> Iterator[Line]:
    """A line for each indicator, with a small chart over the years."""
    lines = in_place(lambda: _tables(view, corps_id))
    if lines:
        yield from (EMPTY, heading(view.say("figures")), *lines)


def _tables(view: View, corps_id: str) -> Iterator[Line]:
    seen: set[str] = set()
    for table in view.tables:
        yield from in_place(partial(_indicator, view, table.id, corps_id, seen))


def _indicator(view: View, table_id: str, corps_id: str, seen: set[str]) -> Iterator[Line]:
    """The first indicator of a table that has numbers for more than one year, and has not been seen in another."""
    table = view.table(table_id)
    for indicator in table.indicators:
        if indicator.id in seen:
            continue
        cells = [cell for cell in table.cells if (cell.subject, cell.indicator) == (corps_id, indicator.id)]
        cells.sort(key=lambda cell: cell.year or 0)
        numbers = [cell.number() for cell in cells]
        if sum(number is not None for number in numbers) > 1:
            told = ", ".join(f"{cell.year or view.say('no_year')} {cell.raw or '.'}" for cell in cells)
            seen.add(indicator.id)
            target = Target("indicator", "", f"{table.id}.{indicator.id}")
            chart = Span(trend(numbers), Role.TREND)
            yield line(name(view.say.of(indicator.name)), ": ", chart, f" {told}", indent=1, target=target)
            return
