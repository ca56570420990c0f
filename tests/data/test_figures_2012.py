"""The tables of the report: every printed cell, and the sums that the report's prose gives of them."""

import pytest

from kmtui.analysis.rollup import add_up
from kmtui.model.cells import CellStatus

SUMS = [
    ("3", "pct-medewerkers", 2012, 282),
    ("5", "controles-vergund", 2010, 2906),
    ("5", "controles-vergund", 2011, 3386),
    ("5", "controles-vergund", 2012, 3705),
    ("5", "misstanden-vergund", 2012, 561),
    ("5", "misstanden-niet-vergund", 2012, 107),
    ("6", "locatiegebonden-inrichtingen", 2012, 652),
    ("6", "niet-locatiegebonden-inrichtingen", 2012, 128),
    ("9", "escortbedrijven", 2012, 154),
    ("11", "signalen-volgens-korpsen", 2010, 3988),
    ("11", "signalen-volgens-korpsen", 2012, 4049),
    ("14", "intakes", 2011, 1184),
    ("14", "aangiften", 2012, 481),
    ("18", "b9-aangiften", 2011, 419),
    ("18", "b9-geseponeerd", 2012, 160),
    ("19", "onderzoeken-overige-uitbuiting", 2012, 81),
    ("20", "sfo", 2010, 21),
    ("21", "ontnemingen-seksueel", 2011, 18),
    ("22", "mma-meldingen", 2012, 335),
    ("26", "mutaties-bestuurlijk-toezicht", 2012, 3938),
    ("28", "bestuurlijke-rapportages", 2011, 372),
]
"""Sums over the corps that the prose of 3.3 and 3.4 prints, and that its tables bear out."""

CELLS = [
    ("5", "controles-vergund", "amsterdam-amstelland", 2010, "108", CellStatus.NUMBER, 108, "14"),
    ("5", "controles-vergund", "amsterdam-amstelland", 2011, "336", CellStatus.NUMBER, 336, "15"),
    ("5", "controles-vergund", "haaglanden", 2010, "172", CellStatus.NUMBER, 172, "17"),
    ("5", "misstanden-niet-vergund", "brabant-zuid-oost", 2012, "54", CellStatus.NUMBER, 54, "18"),
    ("6", "locatiegebonden-inrichtingen", "amsterdam-amstelland", 2008, "195", CellStatus.NUMBER, 195, "19"),
    ("23", "slachtoffers-gemeld", "rotterdam-rijnmond", 2011, "146", CellStatus.NUMBER, 146, "29"),
    ("5", "misstanden-vergund", "brabant-zuid-oost", 2010, "15-20", CellStatus.RANGE, None, ""),
    ("5", "misstanden-niet-vergund", "groningen", 2010, "Nb", CellStatus.UNKNOWN, None, ""),
    ("4", "aangewezen-toezichthouder", "groningen", 2008, "Deels", CellStatus.PARTLY, None, ""),
    ("12", "preweeg-van-emm", "groningen", 2012, "0(1)", CellStatus.DOUBLE, None, ""),
    ("12", "preweeg-naar-emm", "rotterdam-rijnmond", 2012, "-", CellStatus.NOT_GIVEN, None, "27"),
    ("13", "vast-opsporingsteam", "rotterdam-rijnmond", 2012, "Ja (2 teams)", CellStatus.MIXED, None, ""),
    ("13", "teamleden-opsporing", "noord-holland-noord", 2012, "12-17", CellStatus.RANGE, None, ""),
]


@pytest.fixture(scope="module")
def figures(monitor, edition):
    return monitor.figures(edition)


def test_every_table_but_those_of_colours_is_there(figures):
    assert [table.id for table in figures.tables] == [str(number) for number in range(3, 32) if number != 24]
    assert sum(len(table.cells) for table in figures.tables) == 4445


@pytest.mark.parametrize(("table", "indicator", "year", "printed"), SUMS)
def test_the_sums_of_the_prose_are_those_of_the_tables(figures, edition, table, indicator, year, printed):
    cells = figures.table(table).of(indicator, year)
    assert add_up(cell for cell in cells if cell.subject in edition.head.corps).value == printed


@pytest.mark.parametrize(("table", "indicator", "subject", "year", "raw", "status", "value", "footnote"), CELLS)
def test_footnotes_are_apart_and_cells_say_what_they_are(
    figures, table, indicator, subject, year, raw, status, value, footnote
):
    (cell,) = [cell for cell in figures.table(table).of(indicator, year) if cell.subject == subject]
    assert (cell.raw, cell.status, cell.value, cell.footnote) == (raw, status, value, footnote)


def test_tables_5_and_7_print_the_same_cells(figures):
    five, seven = figures.table("5").cells, figures.table("7").cells
    assert [(cell.indicator, cell.subject, cell.year, cell.raw) for cell in five] == [
        (cell.indicator, cell.subject, cell.year, cell.raw) for cell in seven
    ]


def test_printed_totals_are_no_corps(figures, edition):
    totals = {subject.id for subject in figures.subjects if subject.kind == "total"}
    assert totals
    assert not totals & set(edition.head.corps)


def test_older_columns_are_the_figures_of_older_editions(monitor):
    for year in (2008, 2010):
        older = monitor.figures(monitor.edition(str(year)))
        assert older.tables
        assert {cell.year for table in older.tables for cell in table.cells} == {year}
