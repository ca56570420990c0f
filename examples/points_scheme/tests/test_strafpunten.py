"""Run with pytest once the plugin is installed."""

import random
import tomllib
from collections import Counter
from pathlib import Path

import kmtui_strafpunten as plugin
import pytest

from kmtui import Monitor, open_monitor

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["cases"]


@pytest.fixture(scope="module")
def monitor() -> Monitor:
    return open_monitor()


def test_it_is_loaded(monitor):
    assert [loaded.error for loaded in monitor.registry.plugins if loaded.id == "strafpunten"] == [""]
    assert monitor.registry.owners["weighting scheme", "strafpunten-2008"] == "strafpunten"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case(monitor, case):
    weigher = monitor.weigher("strafpunten-2008", case.get("set"))
    levels = dict.fromkeys(weigher.framework.dimension_ids, ("groen",))
    for level in ("rood", "geel"):
        levels |= dict.fromkeys(case.get(level, ()), (level,))
    levels |= dict.fromkeys(case.get("blanco", ()), ())
    weighing = weigher.weigh_levels(levels)
    assert weighing.verdict == case["verdict"]
    assert [reason.rule.id for reason in weighing.deciding] == case.get("because", [])


def test_a_better_score_never_gives_a_worse_verdict(monitor):
    """What `monotone` promises, a blank among the better scores."""
    scale = monitor.registry.frameworks["referentiekader-2008"].scale
    names = monitor.registry.frameworks["referentiekader-2008"].dimension_ids
    parameters = monitor.weigher("strafpunten-2008").parameters
    better = [*scale.ids, None]
    draw = random.Random(2008)
    for _ in range(2000):
        levels = dict(zip(names, draw.choices(better, k=len(names)), strict=True))
        name = draw.choice([name for name in names if levels[name] is not None])
        raised = levels | {name: better[better.index(levels[name]) + 1]}
        verdicts = [plugin.judge(found, parameters).verdict for found in (levels, raised)]
        assert scale.rank(verdicts[0]) <= scale.rank(verdicts[1]), (name, levels)


def test_green_needs_fewer_points_than_yellow():
    ranges = {parameter.id: (parameter.minimum, parameter.maximum) for parameter in plugin.PARAMETERS}
    assert ranges["groen-tot"][1] < ranges["geel-tot"][0]


def test_it_weighs_an_edition_beside_the_rules(monitor):
    edition = monitor.edition("2012")
    weigher = monitor.weigher_for(edition, "strafpunten-2008")
    weighed = {corps.id: weigher.weigh(corps.scores) for corps in edition.corps}
    assert Counter(weighing.possible for weighing in weighed.values()) == {("groen",): 24, ("geel",): 1, ("rood",): 2}
    assert weighed["kennemerland"].verdict == "rood"
