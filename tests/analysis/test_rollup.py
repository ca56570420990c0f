"""Rolling corps up to units."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kmtui.analysis import add_up, roll_up, unit_verdict
from kmtui.model import Cell, CellStatus, Notation, parse_cell, worst_of

NOTATION = Notation.model_validate({"unknown": ["nb"], "not-given": ["-"]})


def cell(raw):
    status, value, parts = parse_cell(raw, NOTATION)
    return Cell("i", "s", 2012, raw, value, status, parts, "")


@given(st.lists(st.sets(st.sampled_from(["rood", "geel", "groen"])), max_size=5))
def test_the_worst_of_open_scores_is_exact(framework, members):
    scale = framework.scale
    possible = [scale.ordered(member) for member in members]
    given_scores = [member for member in possible if member]
    expected = {min(choice, key=scale.rank) for choice in product(*given_scores)} if given_scores else set()
    assert worst_of(possible, scale) == scale.ordered(expected)


def test_a_unit_is_as_weak_as_its_weakest_corps(monitor, edition, weigher):
    unit = monitor.mapping(edition).unit("oost-nederland")
    verdict = unit_verdict(edition, unit, weigher)
    assert verdict.worst == ("rood",)
    assert dict(verdict.distribution) == {("rood",): 1, ("geel",): 1, ("groen",): 3}
    rolled = {row.dimension: row for row in roll_up(edition, unit, weigher)}
    assert rolled["niet-vergunde-branche"].possible == ("rood",)
    assert rolled["aanleveren-emm"].possible == ("groen",)


def test_the_rules_over_a_unit_may_be_harsher_than_its_worst_corps(monitor, edition, weigher):
    """Limburg: both corps are green, and so are the rules over their weakest scores."""
    unit = monitor.mapping(edition).unit("limburg")
    assert unit_verdict(edition, unit, weigher).worst == ("groen",)
    assert unit_verdict(edition, unit, weigher).weighing.verdict == "groen"


def test_a_sum_says_what_it_could_not_add():
    total = add_up(map(cell, ["3", "Nb", "-", "12-17", "2 (1)", "7 (VP)", "veel"]))
    assert (total.value, total.added) == (5, 2)
    assert total.left_out == {
        CellStatus.UNKNOWN: 1,
        CellStatus.NOT_GIVEN: 1,
        CellStatus.RANGE: 1,
        CellStatus.MIXED: 1,
        CellStatus.TEXT: 1,
    }
    assert total.low == 5 + 12 + 7
    assert total.high is None


def test_a_range_bounds_a_sum_from_both_sides():
    total = add_up(map(cell, ["3", "168-89"]))
    assert (total.low, total.high) == (3 + 89, 3 + 89 + 168)


def test_a_double_cell_has_two_readings():
    assert add_up([cell("1(4)")]).value == 1
    assert add_up([cell("1(4)")], reading=1).value == 4
    assert add_up([cell("1 (-)")], reading=1).added == 0
