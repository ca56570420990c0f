"""Pages of figures: the index of tables and indicators, one table cell by cell, one indicator over years and corps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtui.analysis.rollup import Sum, add_up
from kmtui.blocks import (
    Bars,
    Block,
    Column,
    Course,
    Document,
    Fact,
    Facts,
    Items,
    Number,
    Role,
    Section,
    Span,
    Table,
    TableCell,
    TableRow,
    Target,
    cell,
    fact,
    item,
    name,
    note,
    paragraph,
    section,
    source,
    warning,
)
from kmtui.model.cells import Cell, CellStatus
from kmtui.model.figures import CellRemark, FigureTable, Indicator, LevelTable
from kmtui.pages.evidence import claims_link
from kmtui.pages.inline_errors import empty_state
from kmtui.pages.page_kind import PageKind, Rows, text
from kmtui.pages.view import View
from kmtui.wording import STATUS

Year = int | None

ALIKE = (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN, CellStatus.EMPTY, CellStatus.YES, CellStatus.NO, CellStatus.PARTLY)
"""Cells of one of these kinds all have the same content."""


def figures_page(view: View) -> Document:
    """The tables and indicators of the edition."""
    say = view.say
    if not view.tables:
        return empty_state(view, "figures", lambda edition: view.monitor.figures(edition).tables)
    return view.document(
        Target("figures"),
        say("figures"),
        section("tables", say("tables"), _table_index(view), *(warning(str(fault)) for fault in view.stray_faults)),
        section("indicators", say("indicators"), _indicator_index(view)),
    )


def _table_index(view: View) -> Table:
    rows = []
    for table in view.tables:
        faults = "; ".join(str(fault) for fault in view.table_faults.get(table.id, ()))
        cells = (
            cell(f"{table.id}.", number=int(table.id) if table.id.isdigit() else None),
            cell(name(view.say.of(table.title))),
            cell(source(table.source)),
        )
        below = (Span(faults, Role.WARNING),) if faults else ()
        rows.append(TableRow(cells, Target("table", "", table.id), note=below))
    columns = (
        Column("table", view.say("table"), "number", align="right"),
        Column("title", view.say("title")),
        Column("source", view.say("source")),
    )
    return Table("tables", columns, tuple(rows))


def _indicator_index(view: View) -> Table:
    rows = []
    for indicator_id in sorted(indicator_ids(view), key=lambda found: indicator_title(view, found).casefold()):
        table, indicator = indicator_of(view, indicator_id)
        years = [year for year in table.years(indicator.id) if year]
        span = "-".join(map(str, dict.fromkeys((min(years), max(years))))) if years else ""
        cells = (
            cell(name(view.say.of(indicator.name))),
            cell(f"{view.say('table').lower()} {table.id}", number=int(table.id) if table.id.isdigit() else None),
            cell(span),
        )
        rows.append(TableRow(cells, Target("indicator", "", indicator_id)))
    columns = (
        Column("indicator", view.say("indicator")),
        Column("table", view.say("table")),
        Column("years", view.say("years")),
    )
    return Table("indicators", columns, tuple(rows))


def indicator_ids(view: View) -> list[str]:
    """Every indicator, as the number of its table and its own id."""
    return [f"{table.id}.{indicator.id}" for table in view.figures.tables for indicator in table.indicators]


def indicator_of(view: View, indicator_id: str) -> tuple[FigureTable, Indicator]:
    """An indicator and its table (raises KeyError)."""
    table_id, _, own_id = indicator_id.partition(".")
    table = view.table(table_id)
    return table, table.indicator(own_id)


def indicator_title(view: View, indicator_id: str) -> str:
    """Its name, and the table that it stands in (raises KeyError)."""
    table, indicator = indicator_of(view, indicator_id)
    return f"{view.say.of(indicator.name)} ({view.say('table').lower()} {table.id})"


def table_title(view: View, table_id: str) -> str:
    """The number of a table and its title, also where its cells cannot be read (raises KeyError)."""
    titles = {table.id: table.title for table in view.level_tables} | {table.id: table.title for table in view.tables}
    return f"{table_id}. {view.say.of(titles[table_id])}"


def subject_name(view: View, subject_id: str) -> str:
    """The name of a row: of a corps, or of what stands beside them; else its id."""
    if subject_id in view.corps:
        return view.corps[subject_id].name
    for subject in view.figures.subjects:
        if subject.id == subject_id:
            return view.say.of(subject.name)
    return subject_id


def table_page(view: View, table_id: str) -> Document:
    """One table: years across, subjects down, and the sum over the corps, for each indicator (raises KeyError)."""
    for found in view.level_tables:
        if found.id == table_id:
            return _level_table_page(view, found)
    say, table = view.say, view.table(table_id)
    blocks: list[Block] = [Facts((fact(say("source"), source(table.source)),))]
    if table.note:
        blocks.append(note(table.note))
    for indicator in table.indicators:
        indicator_id = f"{table.id}.{indicator.id}"
        cells = {year: list(table.of(indicator.id, year)) for year in _years(table, indicator)}
        blocks.append(
            section(
                indicator_id,
                f"{say.of(indicator.name)} ({indicator.unit})",
                *([note(indicator.note)] if indicator.note else []),
                cells_table(view, indicator_id, cells, indicator.unit),
                *_left_out_notes(view, cells),
                target=Target("indicator", "", indicator_id),
            )
        )
    blocks += _remarks(view, table, table.remarks)
    blocks += _footnotes(view, table.cells)
    blocks.append(section("claims", say("claims"), claims_link(view, "table", table_id)))
    return view.document(Target("table", "", table_id), f"{say('table')} {table.id}: {say.of(table.title)}", *blocks)


def table_ids(view: View) -> list[str]:
    """The numbers of all printed tables, in order."""
    return sorted((*(table.id for table in view.level_tables), *(table.id for table in view.tables)), key=int)


def _level_table_page(view: View, table: LevelTable) -> Document:
    """A printed table of levels: a row for each corps, with what is known of each cell."""
    corps_column = Column("corps", view.say("corps"))
    rows: list[TableRow] = []
    if table.shows == "verdicts":
        editions = sorted((*view.earlier, view.edition), key=lambda edition: edition.id)
        columns = [view.level_column(edition.id, edition.id) for edition in editions]
        for corps in view.edition.corps:
            found = [next((one for one in edition.corps if one.id == corps.id), None) for edition in editions]
            published = [one.published.possible if one and one.published else None for one in found]
            cells = (view.level_cell(possible, brief=True) for possible in published)
            rows.append(TableRow((cell(name(corps.name)), *cells), Target("corps", corps.id)))
    else:
        by_scores = table.shows == "scores"
        shorts = (
            {one.id: one.short for one in view.framework.dimensions}
            if by_scores
            else {one.id: one.short for one in view.partners.values()}
        )
        columns = [view.level_column(own, short, short) for own, short in shorts.items()]
        kind = "cell" if by_scores else "judgement"
        for corps in view.edition.corps:
            judged = corps.scores if by_scores else corps.partners
            cells_of = (
                view.level_cell(judged[own].possible, brief=True, target=Target(kind, corps.id, own)) for own in shorts
            )
            rows.append(TableRow((cell(name(corps.name)), *cells_of), Target("corps", corps.id)))
    title = f"{view.say('table')} {table.id}: {view.say.of(table.title)}"
    facts = Facts((fact(view.say("source"), source(table.source)),))
    notes = [note(table.note)] if table.note else []
    levels = Table(f"table-{table.id}", (corps_column, *columns), tuple(rows))
    return view.document(Target("table", "", table.id), title, facts, *notes, levels)


def _years(table: FigureTable, indicator: Indicator) -> list[Year]:
    """The years of an indicator, oldest first; a value without a year comes last."""
    return sorted(table.years(indicator.id), key=lambda year: (year is None, year))


def cells_table(view: View, table_id: str, columns: Mapping[Year, Sequence[Cell]], unit: str) -> Table:
    """Years across, subjects down, cells as printed; the sum over the corps below them."""
    say = view.say
    by_year = {year: {found.subject: found for found in cells} for year, cells in columns.items()}
    rows = []
    for subject in dict.fromkeys(subject for cells in by_year.values() for subject in cells):
        printed = (_printed_cell(cells.get(subject)) for cells in by_year.values())
        target = Target("corps", subject) if subject in view.corps else None
        rows.append(TableRow((cell(name(subject_name(view, subject))), *printed), target))
    sums = [add_up(cells[corps_id] for corps_id in view.corps if corps_id in cells) for cells in by_year.values()]
    totals = []
    if any(total.added for total in sums):
        added = (cell(say.number(total.value), number=total.value) for total in sums)
        totals.append(TableRow((cell(say("sum_corps")), *added)))
    heads = (Column(str(year or "value"), _year(view, year), "number", unit, "right") for year in by_year)
    return Table(table_id, (Column("subject", ""), *heads), tuple(rows), totals=tuple(totals))


def _left_out_notes(view: View, columns: Mapping[Year, Sequence[Cell]]) -> Iterator[Block]:
    """What the sums could not add."""
    sums = {year: _sum(view, cells) for year, cells in columns.items()}
    if not any(total.added for total in sums.values()):
        return
    for year, total in sums.items():
        if total.left_out:
            about = f"{year}: " if year else ""
            yield note(f"{about}{view.say('not_added')} {left_out(view, total.left_out)}")


def _printed_cell(found: Cell | None) -> TableCell:
    if found is None:
        return TableCell()
    return TableCell((Span(found.raw or "."),), found.number(), footnote=found.footnote)


def left_out(view: View, counts: Mapping[CellStatus, int]) -> str:
    """How many cells of which kind a sum could not add."""
    return ", ".join(f"{count} {view.say.of(STATUS[status])}" for status, count in counts.items())


def _remarks(view: View, table: FigureTable, remarks: Sequence[CellRemark]) -> list[Section]:
    """What is odd about single cells."""
    items = []
    for remark in remarks:
        year = f" {remark.year}" if remark.year else ""
        what = view.say.of(table.indicator(remark.indicator).name)
        items.append(item(f"{subject_name(view, remark.subject)}, {what}{year}: {remark.text}"))
    return [section("remarks", view.say("remarks"), Items(tuple(items)))] if items else []


def _footnotes(view: View, cells: Iterable[Cell]) -> list[Section]:
    """The notes of the source that cells refer to."""
    used = {cell.footnote for cell in cells}
    found = [paragraph(f"{note.id}. {note.text}") for note in view.figures.footnotes if note.id in used]
    return [section("footnotes", view.say("footnotes"), *found)] if found else []


def indicator_page(view: View, indicator_id: str) -> Document:
    """One indicator of a table (raises KeyError)."""
    say = view.say
    table, indicator = indicator_of(view, indicator_id)
    columns = {year: list(table.of(indicator.id, year)) for year in _years(table, indicator)}
    of_corps = {year: [cell for cell in cells if cell.subject in view.corps] for year, cells in columns.items()}
    others = [cell for cells in columns.values() for cell in cells if cell.subject not in view.corps]
    facts: tuple[Fact, ...] = (
        fact(
            f"{say('table')} {table.id}",
            name(say.of(table.title)),
            " ",
            source(table.source),
            target=Target("table", "", table.id),
        ),
        fact(say("measured_in"), indicator.unit),
    )
    remarks = [remark for remark in table.remarks if remark.indicator == indicator.id]
    return view.document(
        Target("indicator", "", indicator_id),
        say.of(indicator.name),
        Facts(facts),
        *([note(indicator.note)] if indicator.note else []),
        *_sums(view, of_corps),
        *_others(view, others),
        *_by_corps(view, of_corps),
        *_remarks(view, table, remarks),
        *_footnotes(view, (cell for cells in columns.values() for cell in cells)),
    )


def _sums(view: View, columns: Mapping[Year, Sequence[Cell]]) -> Iterator[Section]:
    """What the corps come to in each year, how many cells are not in it, and the same for corps with every year."""
    sums = {year: total for year, cells in columns.items() if (total := _sum(view, cells)).added}
    if not sums:
        return
    facts = []
    for year, total in sums.items():
        missing = f" ({view.say('not_added')} {left_out(view, total.left_out)})" if total.left_out else ""
        facts.append(fact(_year(view, year), f"{view.say.number(total.value)}{missing}"))
    blocks: list[Block] = [Facts(tuple(facts))]
    blocks += _course({year: total.value for year, total in sums.items()})
    blocks += _same_corps(view, columns, max(total.value for total in sums.values()))
    yield section("sum", view.say("sum_corps"), *blocks)


def _same_corps(view: View, columns: Mapping[Year, Sequence[Cell]], top: Number) -> Iterator[Block]:
    """The course over the corps that have a number in every year, where others have one in some years alone."""
    dated = {year: {cell.subject: cell.number() for cell in cells} for year, cells in columns.items() if year}
    known = [{name for name, value in cells.items() if value is not None} for cells in dated.values()]
    if len(known) < 2:
        return
    always = set.intersection(*known)
    if always and always != set.union(*known):
        points: dict[Year, Number] = {
            year: sum(value for name in always if (value := cells[name]) is not None) for year, cells in dated.items()
        }
        yield from _course(points, view.say("same_corps").format(len(always)), top)


def _sum(view: View, cells: Sequence[Cell]) -> Sum:
    return add_up(found for found in cells if found.subject in view.corps)


def _course(numbers: Mapping[Year, Number], caption: str = "", top: Number | None = None) -> list[Block]:
    """A chart where there is more than one year."""
    points = tuple(sorted((year, number) for year, number in numbers.items() if year is not None))
    return [Course(points, caption, top=top)] if len(points) > 1 else []


def _others(view: View, cells: Sequence[Cell]) -> Iterator[Section]:
    """The rows beside the corps: bodies, places, the nation, printed totals."""
    blocks = []
    for subject in dict.fromkeys(found.subject for found in cells):
        row = [found for found in cells if found.subject == subject]
        numbers = {found.year: number for found in row if (number := found.number()) is not None}
        facts = Facts(tuple(fact(_year(view, found.year), _printed(view, found)) for found in row))
        blocks.append(section(f"row-{subject}", name(subject_name(view, subject)), facts, *_course(numbers)))
    if blocks:
        yield section("others", view.say("beside_corps"), *blocks)


def _by_corps(view: View, columns: Mapping[Year, Sequence[Cell]]) -> Iterator[Section]:
    """The corps in the last year: bars from high to low, and then what is no number."""
    year = max(columns, key=lambda year: year or 0)
    cells = columns[year]
    if not cells:
        return
    numbers = [(view.corps[cell.subject].name, number) for cell in cells if (number := cell.number()) is not None]
    numbers.sort(key=lambda found: -found[1])
    blocks: list[Block] = [Bars(tuple(numbers))] if numbers else []
    items = []
    rest = [cell for cell in cells if cell.status is not CellStatus.NUMBER]
    for status in ALIKE:
        names = [view.corps[cell.subject].name for cell in rest if cell.status is status]
        if names:
            items.append(item(f"{view.say.of(STATUS[status])} ({len(names)}): {', '.join(names)}"))
    for found in rest:
        if found.status not in ALIKE:
            corps = name(view.corps[found.subject].name)
            items.append(item(corps, f": {_printed(view, found)}", target=Target("corps", found.subject)))
    if items:
        blocks.append(Items(tuple(items)))
    yield section("by-corps", f"{view.say('by_corps')}, {_year(view, year)}", *blocks)


def _year(view: View, year: Year) -> str:
    return str(year) if year is not None else view.say("no_year")


def _printed(view: View, cell: Cell) -> str:
    """The cell as it is printed, and what that means where it is no plain number."""
    footnote = f" [{cell.footnote}]" if cell.footnote else ""
    if cell.status in (CellStatus.NUMBER, CellStatus.TEXT):
        return f"{cell.raw}{footnote}"
    return f"{cell.raw or '.'}{footnote} ({view.say.of(STATUS[cell.status])})"


FIGURES = PageKind.single(
    "figures",
    text("Elke tabel en elke indicator.", "Every table and every indicator."),
    figures_page,
    Rows("indicators"),
)
TABLE = PageKind(
    "table",
    text(
        "Een tabel met cijfers, cel voor cel, met sommen en wat daarin ontbreekt.",
        "A table of figures, cell by cell, with sums that say what they could not add.",
    ),
    table_page,
    table_ids,
    table_title,
    rows=Rows.by("indicators", "table"),
)
INDICATOR = PageKind(
    "indicator",
    text(
        "Een indicator, als TABEL.INDICATOR: grafieken over de jaren en per korps, sommen, noten.",
        "An indicator, as TABLE.INDICATOR: charts over the years and by corps, sums, footnotes.",
    ),
    indicator_page,
    indicator_ids,
    indicator_title,
    many=True,
    rows=Rows("indicators", lambda view, target: _indicator_rows(view, target)),
)


def _indicator_rows(view: View, target: Target) -> Mapping[str, set[str]]:
    table, indicator = indicator_of(view, target.id)
    return {"table": {table.id}, "indicator": {indicator.id}}
