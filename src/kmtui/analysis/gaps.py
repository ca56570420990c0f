"""Missing data: which corps leave which cells without a number, by kind of gap and year."""

from collections import Counter
from collections.abc import Collection

from kmtui.analysis.findings import Findings, FindingsTable
from kmtui.model.base import Text
from kmtui.model.cells import CellStatus
from kmtui.model.edition import Edition
from kmtui.model.tabular import Column, Row
from kmtui.monitor import Monitor

KINDS = (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN)
"""What a corps says instead of an answer."""


def gaps(monitor: Monitor, edition: Edition, years: Collection[int] | None = None) -> Findings:
    """Cells that are not known or not given, by corps: a profile by kind and year, and a matrix by indicator.

    The years are those of the edition's period, unless others are named. An empty cell may mean that there is nothing
    to report, so these have a column of their own. Tables that repeat another are left out.
    """
    figures = monitor.figures(edition)
    period = edition.head.period
    chosen = sorted(years) if years is not None else list(range(period.start.year, period.end.year + 1))
    tables = [table for table in figures.tables if not table.repeats]
    cells = [cell for table in tables for cell in table.cells if cell.year in chosen]
    counted = Counter((cell.subject, cell.status) for cell in cells)
    by_year = Counter((cell.subject, cell.year) for cell in cells if cell.status in KINDS)
    asked = Counter(cell.subject for cell in cells)
    profile: list[Row] = []
    for corps in edition.corps:
        of_kind = [counted[corps.id, kind] for kind in KINDS]
        of_year = [by_year[corps.id, year] for year in chosen]
        empty = counted[corps.id, CellStatus.EMPTY]
        profile.append((corps.id, sum(of_kind), *of_kind, *of_year, empty, asked[corps.id]))
    profile.sort(key=lambda row: (-int(row[1] or 0), str(row[0])))
    title = Text(nl="Cellen zonder antwoord", en="Cells without an answer")
    columns = (
        Column("corps", "id of the corps"),
        Column("gaps", "cells that are not known or not given", "integer"),
        Column("unknown", "cells that are printed as not known", "integer"),
        Column("not_given", "cells that are printed as not given", "integer"),
        *(Column(f"year_{year}", "the gaps of this year", "integer") for year in chosen),
        Column("empty", "empty cells, which are not counted as gaps", "integer"),
        Column("cells", "cells in these years", "integer"),
    )
    matrix: list[Row] = []
    by_indicator: list[Row] = []
    ids = edition.head.corps
    for table in tables:
        for indicator in table.indicators:
            for year in chosen:
                signs = {cell.subject: cell.status for cell in table.of(indicator.id, year) if cell.status in KINDS}
                silent = [name for name in ids if name in signs]
                if silent:
                    by_indicator.append((f"{table.id}.{indicator.id}", year, len(silent), "|".join(silent)))
                    matrix.append(
                        (f"{table.id}.{indicator.id}", year, len(silent), *(str(signs.get(name, "")) for name in ids))
                    )
    matrix_columns = (
        Column("indicator", "table and id of the indicator"),
        Column("year", "year of the column", "integer"),
        Column("gaps", "corps that give no answer", "integer"),
        *(Column(name, "kind of gap of this corps, empty where there is an answer", optional=True) for name in ids),
    )
    repeats = [table.id for table in figures.tables if table.repeats]
    undated = sum(cell.year is None and cell.status in KINDS for table in tables for cell in table.cells)
    left_out = []
    if repeats:
        said = ", ".join(repeats)
        left_out.append(
            Text(nl=f"Tabellen die een andere herhalen: {said}.", en=f"Tables that repeat another: {said}.")
        )
    if undated:
        left_out.append(Text(nl=f"{undated} cellen zonder jaar.", en=f"{undated} cells without a year."))
    return Findings(
        title,
        (
            FindingsTable("profile", title, columns, tuple(profile)),
            FindingsTable(
                "indicators",
                Text(nl="Per cijfer", en="By indicator"),
                (*matrix_columns[:3], Column("corps", "the corps without an answer, with | between them")),
                tuple(by_indicator),
            ),
            FindingsTable(
                "matrix",
                Text(nl="Per cijfer en korps", en="By indicator and corps"),
                matrix_columns,
                tuple(matrix),
                wide=True,
            ),
        ),
        tuple(left_out),
    )
