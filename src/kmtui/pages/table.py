"""The page of one table of figures: every printed cell, with sums that say what they could not add."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtui.analysis.rollup import add_up
from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, note, source
from kmtui.model.cells import Cell, CellStatus
from kmtui.model.figures import CellRemark, FigureTable, Indicator
from kmtui.pages.subjects import claims_link
from kmtui.pages.view import View
from kmtui.wording import STATUS

NARROWEST, WIDEST = 6, 24


def table_page(view: View, table_id: str) -> Page:
    """One table (raises KeyError)."""
    table = view.table(table_id)
    lines = [line(f"{view.say('source')}: ", source(table.source)), *([note(table.note)] if table.note else [])]
    for indicator in table.indicators:
        about = Span(f"{view.say.of(indicator.name)} ({indicator.unit})", Role.HEADING)
        lines += [EMPTY, line(about, target=Target("indicator", "", f"{table.id}.{indicator.id}"))]
        if indicator.note:
            lines.append(note(indicator.note, 1))
        lines += _indicator(view, table, indicator)
    lines += remark_lines(view, table, table.remarks)
    lines += footnote_lines(view, table.cells)
    lines += [EMPTY, claims_link(view, "table", table_id)]
    title = f"{view.say('table')} {table.id}: {view.say.of(table.title)}"
    return Page(Target("table", "", table_id), title, tuple(lines))


def _indicator(view: View, table: FigureTable, indicator: Indicator) -> Iterator[Line]:
    """Years across, subjects down, then the sum over the corps."""
    years = table.years(indicator.id)
    columns = {year: {cell.subject: cell for cell in table.of(indicator.id, year)} for year in years}
    shown = {
        (subject, year): f"{cell.raw or '.'}{f' [{cell.footnote}]' if cell.footnote else ''}"
        for year, cells in columns.items()
        for subject, cell in cells.items()
    }
    width = min(WIDEST, max([NARROWEST, *map(len, shown.values())]))
    subjects = list(dict.fromkeys(subject for cells in columns.values() for subject in cells))
    label = max([len(subject_name(view, subject)) for subject in subjects])
    head = "".join(f"{year or view.say('no_year'):>{width + 2}}" for year in years)
    yield line(Span(f"{'':<{label}}{head}", Role.COLUMNS, at=0), indent=1)
    for subject in subjects:
        cells = "".join(f"  {shown.get((subject, year), ''):>{width}}" for year in years)
        target = Target("corps", subject) if subject in view.corps else None
        yield _row(f"{subject_name(view, subject):<{label}}{cells}", target)
    sums = {year: add_up(cells[name] for name in view.corps if name in cells) for year, cells in columns.items()}
    if any(total.added for total in sums.values()):
        told = "".join(f"  {view.say.number(total.value):>{width}}" for total in sums.values())
        yield _row(f"{view.say('sum_corps'):<{label}}{told}")
        for year, total in sums.items():
            if total.left_out:
                told = f"{year}: " if year else ""
                yield note(f"{told}{view.say('not_added')} {left_out(view, total.left_out)}", 2)


def _row(text: str, target: Target | None = None) -> Line:
    """A line that is set in columns already."""
    return line(Span(text, at=0), indent=1, target=target)


def left_out(view: View, counts: Mapping[CellStatus, int]) -> str:
    """How many cells of which kind a sum could not add."""
    return ", ".join(f"{count} {view.say.of(STATUS[status])}" for status, count in counts.items())


def remark_lines(view: View, table: FigureTable, remarks: Sequence[CellRemark]) -> Iterator[Line]:
    """What is odd about single cells."""
    if remarks:
        yield from (EMPTY, heading(view.say("remarks")))
    for remark in remarks:
        year = f" {remark.year}" if remark.year else ""
        what = view.say.of(table.indicator(remark.indicator).name)
        yield line(f"- {subject_name(view, remark.subject)}, {what}{year}: {remark.text}", indent=1)


def footnote_lines(view: View, cells: Iterable[Cell]) -> Iterator[Line]:
    """The notes of the source that cells refer to."""
    used = {cell.footnote for cell in cells}
    footnotes = [footnote for footnote in view.figures.footnotes if footnote.id in used]
    if footnotes:
        yield from (EMPTY, heading(view.say("footnotes")))
    for footnote in footnotes:
        yield line(f"{footnote.id}. {footnote.text}", indent=1)


def subject_name(view: View, subject_id: str) -> str:
    """What a row is called: a corps, or what stands beside them."""
    if subject_id in view.corps:
        return view.corps[subject_id].name
    for subject in view.figures.subjects:
        if subject.id == subject_id:
            return view.say.of(subject.name)
    return subject_id
