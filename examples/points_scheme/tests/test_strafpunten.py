"""Run with pytest once the plugin is installed."""

import tomllib
from collections import Counter
from pathlib import Path

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
    if "points" in case:
        (reason,) = weighing.deciding
        assert dict(zip(reason.dimensions, reason.points, strict=True)) == case["points"]


def test_green_needs_fewer_points_than_yellow(monitor):
    ranges = {one.id: (one.minimum, one.maximum) for one in monitor.scheme("strafpunten-2008").parameters}
    assert ranges["groen-tot"][1] < ranges["geel-tot"][0]


def test_it_weighs_an_edition_beside_the_rules(monitor):
    edition = monitor.edition("2012")
    weigher = monitor.weigher_for(edition, "strafpunten-2008")
    weighed = {corps.id: weigher.weigh(corps.scores) for corps in edition.corps}
    assert Counter(weighing.possible for weighing in weighed.values()) == {("groen",): 24, ("geel",): 1, ("rood",): 2}
    assert weighed["kennemerland"].verdict == "rood"
