"""The pages of figures: what is in the index, what the charts show, what sums say that they did not add."""

import pytest

from kmtui.blocks import Bars, Course, Section, Target, tables, trend
from kmtui.model.cells import CellStatus
from kmtui.pages.figures import indicator_ids
from kmtui.pages.kinds import page_of
from kmtui.wording import Wording

CONTROLS = Target("indicator", "", "5.controles-vergund")


def charts(page, kind):
    def inside(blocks):
        for block in blocks:
            if isinstance(block, kind):
                yield block
            elif isinstance(block, Section):
                yield from inside(block.blocks)

    return list(inside(page.blocks))


def test_the_index_leads_to_every_table_and_every_indicator(view, targets):
    page = page_of(view, Target("figures"))
    found = {kind: [target.id for target in targets(page) if target.kind == kind] for kind in ("table", "indicator")}
    assert found["table"] == [table.id for table in view.figures.tables]
    assert set(found["indicator"]) == set(indicator_ids(view))


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


def test_a_trend_has_a_sign_for_each_value_and_a_blank_for_none():
    assert trend([0, 5, None, 10]).text == "▁▅ █"
    assert trend([0, 0]).text == "▁▁"
    assert trend([]).text == ""


def test_where_corps_lack_some_years_the_course_over_the_same_corps_stands_below(view):
    whole, same = charts(page_of(view, CONTROLS), Course)[:2]
    numbers = {}
    for year in (2010, 2011, 2012):
        cells = (cell for cell in view.figures.table("5").of("controles-vergund", year) if cell.subject in view.corps)
        numbers[year] = {cell.subject: cell.number() for cell in cells if cell.number() is not None}
    always = set.intersection(*map(set, numbers.values()))
    assert str(len(always)) in same.caption
    assert dict(same.points) == {year: sum(found[name] for name in always) for year, found in numbers.items()}
    assert dict(same.points) != dict(whole.points)


def test_years_stand_in_their_order_and_a_sum_below_each(view):
    for name in ("5", "28"):
        for table in tables(page_of(view, Target("table", "", name)).blocks):
            years = [column.id for column in table.columns[1:] if column.id.isdigit()]
            assert years == sorted(years)
            assert len(table.totals) <= 1
