"""Trying out other scores and parameters, and weighing them."""

import pytest

from kmtui.analysis.scenario import Scenario, ScenarioWeigher


@pytest.fixture
def trial_of(edition, weigher):
    corps = {corps.id: corps for corps in edition.corps}
    return lambda name: Scenario.of(corps[name], weigher)


def cycle(scenario, dimension, steps):
    found = []
    for _ in range(steps):
        scenario = scenario.cycled(dimension)
        found.append(scenario.scores[dimension])
    return found


def test_a_score_goes_round_through_all_levels_and_the_blank(trial_of):
    found = cycle(trial_of("groningen"), "weging", 4)
    assert found == [("rood",), ("geel",), (), ("groen",)]


def test_an_open_score_comes_back_to_what_the_source_says(monitor):
    edition = monitor.edition("2010")
    corps = next(corps for corps in edition.corps if corps.id == "drenthe")
    scenario = Scenario.of(corps, monitor.weigher_for(edition))
    assert cycle(scenario, "weging", 5) == [("rood",), ("geel",), ("groen",), (), ("rood", "geel")]


def test_what_is_back_as_it_was_is_no_change(trial_of):
    scenario = trial_of("groningen")
    there = scenario.scored("weging", "rood").tuned("geel-naast-rood", 1)
    assert there.changed
    assert (there.scores.changes, there.values.changes) == ({"weging": ("rood",)}, {"geel-naast-rood": 2})
    assert there.scored("weging", "groen").tuned("geel-naast-rood", -1) == scenario
    assert not scenario.changed


@pytest.mark.parametrize(("step", "found"), [(1, "groen"), (-1, "rood")])
def test_a_blank_steps_to_an_end_of_the_scale(trial_of, step, found):
    scenario = trial_of("groningen").scored("weging", "blanco")
    assert scenario.scores["weging"] == ()
    assert scenario.stepped("weging", step).scores["weging"] == (found,)


def test_steps_end_where_the_scale_does(trial_of):
    scenario = trial_of("groningen")
    assert scenario.stepped("weging", 1) == scenario
    down = scenario.stepped("weging", -1).stepped("weging", -1)
    assert down.stepped("weging", -1) == down == scenario.scored("weging", "rood")


@pytest.mark.parametrize(("step", "found"), [(1, ("geel",)), (-1, ("rood",))])
def test_an_open_score_steps_to_its_own_end(monitor, step, found):
    edition = monitor.edition("2010")
    corps = next(corps for corps in edition.corps if corps.id == "drenthe")
    scenario = Scenario.of(corps, monitor.weigher_for(edition))
    assert scenario.stepped("weging", step).scores["weging"] == found


def test_a_parameter_keeps_to_its_bounds_and_goes_round(trial_of):
    scenario = trial_of("groningen")
    assert scenario.tuned("geel-naast-rood", -1) == scenario
    assert scenario.tuned("geel-naast-rood", 9).values["geel-naast-rood"] == 4
    assert scenario.tuned("geel-naast-rood", 3).turned("geel-naast-rood") == scenario


def test_the_bench_weighs_scores_and_parameters(monitor, edition, weigher, trial_of):
    bench, scenario = ScenarioWeigher(weigher), trial_of("kennemerland")
    assert bench.now(scenario).verdict == bench.then(scenario).verdict == "rood"
    assert bench.then(scenario.scored("financieel-rechercheren", "geel")).verdict == "geel"
    lenient = scenario.tuned("overige-rode-scores-verzwaren", -1)
    parameters = {"overige-rode-scores-verzwaren": 0}
    scores = scenario.scores.before
    assert bench.then(lenient) == monitor.weigher(edition.scheme, parameters).weigh_levels(scores)
    assert bench.now(lenient).verdict == "rood"
    assert bench.prospects(scenario) is bench.prospects(scenario)
    assert bench.prospects(lenient) != bench.prospects(scenario)
