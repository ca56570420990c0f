"""The pages of figures: what is in the index, what the charts show, what sums say that they did not add."""

import pytest

from kmtui.charts import chart_rows, trend
from kmtui.elements import Bars, Course, Target
from kmtui.model.cells import CellStatus
from kmtui.pages.figures import indicator_ids
from kmtui.pages.kinds import page_of
from kmtui.wording import Wording

CONTROLS = Target("indicator", "", "5.controles-vergund")


def charts(page, kind):
    return [line.chart for line in page.lines if isinstance(line.chart, kind)]


def test_the_index_leads_to_every_table_and_every_indicator(view):
    page = page_of(view, Target("figures"))
    assert [line.target.id for line in page.lines if line.target and line.target.kind == "table"] == [
        table.id for table in view.figures.tables
    ]
    assert {line.target.id for line in page.lines if line.target and line.target.kind == "indicator"} == set(
        indicator_ids(view)
    )


def test_every_indicator_has_a_page_that_can_be_drawn(view):
    for name in indicator_ids(view):
        page = page_of(view, Target("indicator", "", name))
        for line in page.lines:
            if line.chart is not None:
                assert all(len(row) <= 80 for row in chart_rows(line.chart, 80, True))


def test_bars_hold_the_numbers_of_the_last_year_from_high_to_low(view):
    (bars,) = charts(page_of(view, CONTROLS), Bars)
    numbers = {
        view.corps[cell.subject].name: cell.value
        for cell in view.figures.table("5").of("controles-vergund", 2012)
        if cell.status is CellStatus.NUMBER and cell.subject in view.corps
    }
    assert dict(bars.values) == numbers
    assert [value for _, value in bars.values] == sorted(numbers.values(), reverse=True)


def test_the_line_over_the_years_adds_the_corps_and_says_what_it_left_out(view, text):
    page = page_of(view, CONTROLS)
    course = charts(page, Course)[0]
    assert [year for year, _ in course.points] == [2010, 2011, 2012]
    for year, value in course.points:
        cells = view.figures.table("5").of("controles-vergund", year)
        assert value == sum(cell.value or 0 for cell in cells if cell.subject in view.corps)
    assert "2010: 2906 (niet opgeteld: 1 niet bekend, 1 niet opgegeven)" in text(page)


def test_every_corps_is_told_of_as_a_bar_or_in_words(view, text):
    for name in indicator_ids(view):
        page = page_of(view, Target("indicator", "", name))
        table_id, _, own = name.partition(".")
        table = view.figures.table(table_id)
        last = max((year or 0 for year in table.years(own)), default=0) or None
        told = text(page) + str([chart.values for chart in charts(page, Bars)])
        for cell in table.of(own, last):
            if cell.subject in view.corps:
                assert view.corps[cell.subject].name in told, name


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("width", [5, 12, 40, 100])
def test_a_chart_keeps_to_its_width_and_its_signs(width, unicode):
    bars = Bars((("Noord- en Oost-Gelderland", 700), ("Utrecht", 0.5), ("niets", 0)))
    course = Course(((2008, 4), (2010, 8.5), (2011, 0)))
    for chart in (bars, course):
        rows = chart_rows(chart, width, unicode)
        assert max(map(len, rows)) <= max(width, 12)
        assert unicode or "".join(rows).isascii()
        assert not any("\x1b" in row for row in rows)


def test_bars_are_as_long_as_their_values():
    rows = chart_rows(Bars((("a", 100), ("b", 50), ("c", 0))), 60, True)
    lengths = [row.count("█") for row in rows]
    assert lengths[0] > 50
    assert abs(lengths[1] * 2 - lengths[0]) <= 2
    assert lengths[2] == 0
    assert [row[0] for row in rows] == ["a", "b", "c"]


def test_nothing_and_a_single_point_can_be_drawn():
    assert len(chart_rows(Bars((("a", 0),)), 40, True)) == 1
    assert chart_rows(Course(((2010, 0), (2011, 0))), 40, True)


def test_ticks_have_the_decimal_mark_of_the_reader():
    assert "1852,5" in "".join(chart_rows(Course(((2010, 3705), (2011, 5)), ","), 60, True))
    assert "1852.5" in "".join(chart_rows(Course(((2010, 3705), (2011, 5))), 60, True))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (-21, "-21"),
        (1234567, "1234567"),
        (5.14286, "5,143"),
        (1852.5, "1852,5"),
        (0.0001234, "0,000123"),
        (4.9999, "5"),
    ],
)
def test_numbers_are_written_in_dutch(value, told):
    assert Wording("nl").number(value) == told
    assert Wording("en").number(value) == told.replace(",", ".")


def test_labels_of_a_chart_are_shown_and_not_obeyed():
    (row,) = chart_rows(Bars((("\x1b[31mrood", 1),)), 60, True)
    assert row.startswith("␛[31mrood")


def test_a_trend_has_a_sign_for_each_value_and_a_blank_for_none():
    assert trend([0, 5, None, 10]) == "▁▅ █"
    assert trend([0, 0]) == "▁▁"
    assert trend([]) == ""
