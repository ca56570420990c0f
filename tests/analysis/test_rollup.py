"""Rolling corps up to units."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui import RollUp, Text
from kmtui.analysis.rollup import add_up, roll_up, unit_verdict
from kmtui.analysis.rollup_methods import rollup_method
from kmtui.model.cells import Cell, CellStatus
from kmtui.model.crosswalk import worst_of
from kmtui.model.figures import Notation, parse_cell
from kmtui.monitor import UnknownIdError
from kmtui.plugins.failure import PluginFailureError
from kmtui.plugins.registry import Registry

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
    assert verdict.combined == ("rood",)
    assert dict(verdict.distribution) == {("rood",): 1, ("geel",): 1, ("groen",): 3}
    rolled = {row.dimension: row for row in roll_up(edition, unit, weigher)}
    assert rolled["niet-vergunde-branche"].possible == ("rood",)
    assert rolled["aanleveren-emm"].possible == ("groen",)


def test_the_rules_over_a_unit_may_be_harsher_than_its_worst_corps(monitor, edition, weigher):
    """Limburg: both corps are green, and so are the rules over their weakest scores."""
    unit = monitor.mapping(edition).unit("limburg")
    assert unit_verdict(edition, unit, weigher).combined == ("groen",)
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


def registry_with(combine):
    name = Text(nl="Eigen", en="Own")
    return Registry(
        roll_ups={"own": RollUp(id="own", name=name, combine=combine)}, owners={("roll-up", "own"): "a-plugin"}
    )


def test_a_unit_rolls_up_in_the_way_of_a_plugin(edition, weigher, monitor):
    best = rollup_method(
        registry_with(lambda members, scale: max(members, key=lambda levels: scale.rank(levels[-1]))), "own"
    )
    unit = monitor.mapping(edition).unit("noord-holland")
    assert unit_verdict(edition, unit, weigher).possible == ("rood",)
    assert unit_verdict(edition, unit, weigher, best).possible == ("groen",)


@pytest.mark.parametrize(
    ("combine", "told"),
    [
        (lambda members, scale: ("paars",), "ValueError: it gave level 'paars', expected rood, geel, groen"),
        (lambda members, scale: members[99], "IndexError: list index out of range"),
        (lambda members, scale: None, "TypeError"),
    ],
)
def test_a_way_that_fails_is_told_with_its_plugin(edition, weigher, monitor, combine, told):
    way, unit = rollup_method(registry_with(combine), "own"), monitor.mapping(edition).unit("noord-holland")
    with pytest.raises(PluginFailureError, match=f"plugin 'a-plugin': roll-up 'own' raised {told}"):
        unit_verdict(edition, unit, weigher, way)


def test_a_way_that_nobody_offers_is_refused():
    with pytest.raises(UnknownIdError, match="unknown roll-up 'best'"):
        rollup_method(Registry(), "best")
