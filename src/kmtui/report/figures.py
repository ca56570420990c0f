"""Tables of figures as they are printed: indicators beside each other, years below them, every cell exact."""

from collections.abc import Iterator, Sequence

from kmtui.analysis.rollup import add_up
from kmtui.blocks import (
    Block,
    Course,
    Footnote,
    Items,
    Section,
    Table,
    TableCell,
    TableRow,
    Target,
    cell,
    inline,
    item,
    paragraph,
    source,
    text_of,
)
from kmtui.blocks import Column as TableColumn
from kmtui.model.cells import Cell
from kmtui.model.figures import FigureTable, Indicator
from kmtui.pages.figures import left_out, subject_name
from kmtui.pages.view import View

MOST_COLUMNS = 7
"""So many columns of figures fit beside each other on a page."""


def figure_section(view: View, table_id: str) -> Section:
    """One table of figures with its notes (raises KeyError, or EditionError with its faults)."""
    table, say = view.table(table_id), view.say
    blocks: list[Block] = [paragraph(f"{say('source')}: ", source(table.source))]
    if table.note:
        blocks.append(paragraph(text_of(table.note)))
    noted = [indicator for indicator in table.indicators if indicator.note]
    if noted:
        blocks.append(Items(tuple(item(f"{say.of(one.name)}: ", text_of(one.note)) for one in noted)))
    for number, indicators in enumerate(_packed(table)):
        blocks.append(_table(view, table, indicators, f"table-{table.id}-{number}"))
    blocks += _courses(view, table)
    blocks += _remarks(view, table)
    title = f"{say('table')} {table.id}: {say.of(table.title)}"
    return Section(f"table-{table.id}", inline(title), tuple(blocks), Target("table", "", table.id))


def _packed(table: FigureTable) -> Iterator[list[Indicator]]:
    """Neighbouring indicators that fit on a page together."""
    pack: list[Indicator] = []
    width = 0
    for indicator in table.indicators:
        columns = len(table.years(indicator.id))
        if pack and width + columns > MOST_COLUMNS:
            yield pack
            pack, width = [], 0
        pack.append(indicator)
        width += columns
    yield pack


def _table(view: View, table: FigureTable, indicators: Sequence[Indicator], table_id: str) -> Table:
    """The indicators of a pack: a column for each year, a row for each subject, and below them the sum of the corps."""
    columns = [(indicator, year) for indicator in indicators for year in table.years(indicator.id)]
    cells = {(found.indicator, found.year, found.subject): found for found in table.cells}
    subjects = [name for name in table.subjects if any((i.id, y, name) in cells for i, y in columns)]
    heads = [TableColumn("subject", view.say("corps"))]
    for indicator, year in columns:
        title = f"{view.say.of(indicator.name)} ({indicator.unit})"
        head = str(year) if year else view.say("no_year")
        heads.append(TableColumn(f"{indicator.id}-{year}", head, "number", align="right", group=title))
    rows = []
    for name in subjects:
        found = [cells.get((indicator.id, year, name)) for indicator, year in columns]
        rows.append(TableRow((_subject(view, name), *(_cell(one) for one in found))))
    used = {cells[key].footnote for key in cells if (key[0] in {one.id for one in indicators})} - {""}
    footnotes = tuple(Footnote(one.id, inline(text_of(one.text))) for one in view.figures.footnotes if one.id in used)
    return Table(table_id, tuple(heads), tuple(rows), "", tuple(_sums(view, table, columns)), footnotes)


def _subject(view: View, name: str) -> TableCell:
    return cell(subject_name(view, name), target=Target("corps", name) if name in view.corps else None)


def _cell(found: Cell | None) -> TableCell:
    """A printed cell exactly as it is; an empty one is a dot, and where there is none the place stays empty."""
    if found is None:
        return TableCell()
    return TableCell(inline(found.raw or "."), found.number(), footnote=found.footnote)


def _sums(view: View, table: FigureTable, columns: Sequence[tuple[Indicator, int | None]]) -> Iterator[TableRow]:
    """The sum over the corps, with the kinds of cells that it could not add."""
    sums = [
        add_up(found for found in table.of(indicator.id, year) if found.subject in view.corps)
        for indicator, year in columns
    ]
    if not any(total.added for total in sums):
        return
    say = view.say
    shown = (cell(say.number(one.value), number=one.value) if one.added else TableCell() for one in sums)
    left = []
    for (indicator, year), one in zip(columns, sums, strict=True):
        if one.added and one.left_out:
            about = f"{say.of(indicator.name)}{f' {year}' if year else ''}"
            left.append(f"{about}: {say('not_added')} {left_out(view, one.left_out)}")
    yield TableRow((cell(say("sum_corps")), *shown), note=inline("; ".join(left)) if left else ())


LEAST_YEARS = 3
"""Years from which a course is drawn."""


def _courses(view: View, table: FigureTable) -> Iterator[Course]:
    """The sum of the corps over the years, for each indicator that has one for enough of them."""
    for indicator in table.indicators:
        years = sorted(year for year in table.years(indicator.id) if year is not None)
        sums = [add_up(one for one in table.of(indicator.id, year) if one.subject in view.corps) for year in years]
        points = tuple((year, total.value if total.added else None) for year, total in zip(years, sums, strict=True))
        if sum(value is not None for _, value in points) >= LEAST_YEARS:
            title = f"{view.say.of(indicator.name)}: {view.say('sum_corps').lower()}"
            yield Course(points, title, indicator.unit)


def _remarks(view: View, table: FigureTable) -> Iterator[Block]:
    """What is odd about single cells."""
    items = []
    for remark in table.remarks:
        what = view.say.of(table.indicator(remark.indicator).name)
        year = f" {remark.year}" if remark.year else ""
        items.append(item(f"{subject_name(view, remark.subject)}, {what}{year}: ", text_of(remark.text)))
    if items:
        yield paragraph(f"{view.say('remarks')}:")
        yield Items(tuple(items))
