"""The page of a unit: what is stated beside what its corps come to."""

import pytest

from kmtui.analysis.rollup import count_yes
from kmtui.blocks import Target, tables
from kmtui.model.cells import CellStatus
from kmtui.pages.kinds import page_of


def cells_of(view, unit_id, indicator):
    """The cells of the row of an indicator."""
    page = page_of(view, Target("unit", "", unit_id))
    target = Target("indicator", "", indicator)
    (row,) = [row for table in tables(page.blocks) for row in table.rows if row.target == target]
    return [cell.text for cell in row.cells]


@pytest.mark.parametrize(
    ("unit", "indicator", "stated", "summed", "difference"),
    [
        ("den-haag", "6.locatiegebonden-inrichtingen", "40", "50", "+10"),
        ("zeeland-west-brabant", "3.pct-medewerkers", "21", "28", "+7"),
        ("limburg", "3.pct-medewerkers", "8", "0", "-8"),
        ("oost-nederland", "9.escortbedrijven", "13", "13", "0"),
        ("oost-nederland", "3.vast-pct", "3", "5", "+2"),
        ("oost-nederland", "8.ramen", "meer dan 40", "40", "0"),
    ],
)
def test_what_is_stated_stands_beside_the_sum_and_the_difference(view, unit, indicator, stated, summed, difference):
    assert cells_of(view, unit, indicator)[:3] == [stated, summed, difference]


def test_a_sum_of_which_nothing_is_stated_stands_alone_and_one_that_cannot_be_made_is_told(view, text):
    stated, summed, difference, _ = cells_of(view, "oost-nederland", "4.pcm-gecertificeerden")
    assert (stated, difference) == ("", "")
    assert int(summed) > 0
    assert cells_of(view, "oost-brabant", "6.ramen")[:2] == ["24", "0"]
    page = text(page_of(view, Target("unit", "", "oost-brabant")))
    assert "(niet opgeteld: 1 niet opgegeven). Ramen voor prostitutie." in page


def test_every_figure_that_is_stated_is_told_once(view, text):
    for unit_id, baseline in view.monitor.baselines(view.edition).items():
        page = text(page_of(view, Target("unit", "", unit_id)))
        for figure in baseline.figures:
            assert page.count(f"{figure.text} [{', '.join(figure.source)}]") == 1


def test_yes_is_counted_and_what_says_neither_is_left_out(view):
    cells = list(view.figures.table("3").of("vast-pct", 2012))
    found = count_yes(cells)
    assert found.value == sum(cell.status is CellStatus.YES for cell in cells)
    assert found.added + sum(found.left_out.values()) == len(cells)
    assert CellStatus.NO not in found.left_out
