"""The page of one indicator: charts over the years and by corps, sums that say what was not added, footnotes."""

from collections.abc import Iterator, Mapping, Sequence

from kmtui.analysis.rollup import add_up
from kmtui.elements import EMPTY, Bars, Course, Line, Page, Role, Span, Target, heading, line, name, note, source
from kmtui.model.cells import Cell, CellStatus
from kmtui.model.numbers import Number
from kmtui.pages.figures import indicator_of
from kmtui.pages.table import footnote_lines, left_out, remark_lines, subject_name
from kmtui.pages.view import View
from kmtui.wording import STATUS

ALIKE = (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN, CellStatus.EMPTY, CellStatus.YES, CellStatus.NO, CellStatus.PARTLY)
"""Cells of one of these kinds all say the same."""

Year = int | None


def indicator_page(view: View, indicator_id: str) -> Page:
    """One indicator of a table (raises KeyError)."""
    say = view.say
    table, indicator = indicator_of(view, indicator_id)
    columns = {year: list(table.of(indicator.id, year)) for year in table.years(indicator.id)}
    of_corps = {year: [cell for cell in cells if cell.subject in view.corps] for year, cells in columns.items()}
    others = [cell for cells in columns.values() for cell in cells if cell.subject not in view.corps]
    lines = [
        line(
            f"{say('table')} {table.id}: ",
            name(say.of(table.title)),
            " ",
            source(table.source),
            target=Target("table", "", table.id),
        ),
        line(f"{say('measured_in')}: {indicator.unit}"),
        *([note(indicator.note)] if indicator.note else []),
        *_sums(view, of_corps),
        *_others(view, others),
        *_by_corps(view, of_corps),
        *remark_lines(view, table, [remark for remark in table.remarks if remark.indicator == indicator.id]),
        *footnote_lines(view, (cell for cells in columns.values() for cell in cells)),
    ]
    return Page(Target("indicator", "", indicator_id), say.of(indicator.name), tuple(lines))


def _sums(view: View, columns: Mapping[Year, Sequence[Cell]]) -> Iterator[Line]:
    """What the corps come to in each year, and how many of their cells are not in it."""
    sums = {year: total for year, cells in columns.items() if (total := add_up(cells)).added}
    if sums:
        yield EMPTY
        yield _over_years(view, Span(view.say("sum_corps"), Role.HEADING), {year: sums[year].value for year in sums})
    for year, total in sums.items():
        missing = f" ({view.say('not_added')} {left_out(view, total.left_out)})" if total.left_out else ""
        yield line(f"{_told(view, year)}: {view.say.number(total.value)}{missing}", indent=1)


def _others(view: View, cells: Sequence[Cell]) -> Iterator[Line]:
    """The rows beside the corps: bodies, places, the nation, printed totals."""
    if cells:
        yield from (EMPTY, heading(view.say("beside_corps")))
    for subject in dict.fromkeys(cell.subject for cell in cells):
        row = [cell for cell in cells if cell.subject == subject]
        numbers = {cell.year: number for cell in row if (number := cell.number()) is not None}
        yield _over_years(view, Span(subject_name(view, subject), Role.NAME), numbers, 1)
        for cell in row:
            yield line(f"{_told(view, cell.year)}: {_printed(view, cell)}", indent=2)


def _over_years(view: View, title: Span, numbers: Mapping[Year, Number], indent: int = 0) -> Line:
    """A title, with a chart where there is more than one year to draw."""
    points = tuple(sorted((year, number) for year, number in numbers.items() if year is not None))
    return Line((title,), indent, chart=Course(points, view.say.decimal) if len(points) > 1 else None)


def _by_corps(view: View, columns: Mapping[Year, Sequence[Cell]]) -> Iterator[Line]:
    """The corps in the last year: bars from high to low, and then what is no number."""
    year = max(columns, key=lambda year: year or 0)
    cells = columns[year]
    numbers = [(view.corps[cell.subject].name, number) for cell in cells if (number := cell.number()) is not None]
    if cells:
        title = Span(f"{view.say('by_corps')}, {_told(view, year)}", Role.HEADING)
        numbers.sort(key=lambda found: -found[1])
        yield EMPTY
        yield Line((title,), chart=Bars(tuple(numbers), view.say.decimal) if numbers else None)
    rest = [cell for cell in cells if cell.status is not CellStatus.NUMBER]
    for status in ALIKE:
        names = [view.corps[cell.subject].name for cell in rest if cell.status is status]
        if names:
            yield line(f"{view.say.of(STATUS[status])} ({len(names)}): {', '.join(names)}", indent=1)
    for cell in rest:
        if cell.status not in ALIKE:
            corps = name(view.corps[cell.subject].name)
            yield line(corps, f": {_printed(view, cell)}", indent=1, target=Target("corps", cell.subject))


def _told(view: View, year: Year) -> str:
    return str(year) if year is not None else view.say("no_year")


def _printed(view: View, cell: Cell) -> str:
    """The cell as it is printed, and what that means where it is no plain number."""
    footnote = f" [{cell.footnote}]" if cell.footnote else ""
    if cell.status in (CellStatus.NUMBER, CellStatus.TEXT):
        return f"{cell.raw}{footnote}"
    return f"{cell.raw or '.'}{footnote} ({view.say.of(STATUS[cell.status])})"
