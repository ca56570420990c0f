"""From a measured value to the levels that the norm allows, also where the norm says nothing."""

import pytest

from kmtui import Band, Measure, Text

ALL = ("rood", "geel", "groen")


@pytest.mark.parametrize(
    ("dimension", "value", "levels"),
    [
        ("referentiekader", 0, ("rood",)),
        ("referentiekader", 69.9, ("rood",)),
        ("referentiekader", 70, ("rood", "geel")),
        ("referentiekader", 70.1, ("geel",)),
        ("referentiekader", 89.9, ("geel",)),
        ("referentiekader", 90, ("geel", "groen")),
        ("referentiekader", 90.1, ("groen",)),
        ("referentiekader", 100, ("groen",)),
        ("aanleveren-emm", 0, ("rood",)),
        ("aanleveren-emm", 5, ("rood",)),
        *(("aanleveren-emm", value, ALL) for value in range(6, 12)),
        ("aanleveren-emm", 12, ("groen",)),
        ("aanleveren-emm", 365, ("groen",)),
        ("toezicht-kwaliteit", 99, ("rood", "geel")),
        ("toezicht-kwaliteit", 100, ("groen",)),
        ("vergunde-branche", 5.9, ALL),
        ("vergunde-branche", 6, ("groen",)),
        ("opsporing-kwaliteit", 1, ("rood", "geel")),
        ("opsporing-kwaliteit", 2, ALL),
    ],
)
def test_a_value_gets_the_levels_that_the_norm_of_2008_allows(framework, dimension, value, levels):
    assert framework.dimension(dimension).measure.levels_for(value, framework.scale) == levels


@pytest.fixture
def scale(make_framework):
    return make_framework(("a",), ("low", "mid", "high")).scale


def measure(*bands):
    said = Text(nl="zo", en="so")
    return Measure(quantity=said, unit="x", source=("1",), bands=tuple(Band(**band) for band in bands))


@pytest.mark.parametrize(("value", "levels"), [(1, ("low",)), (1.5, ("low", "mid", "high")), (2, ("high",))])
def test_in_a_gap_every_level_between_its_two_bands_is_possible(scale, value, levels):
    gap = measure({"at_most": 1, "levels": ("low",)}, {"at_least": 2, "levels": ("high",)})
    assert gap.levels_for(value, scale) == levels


def test_more_may_be_worse(scale):
    falling = measure({"below": 5, "levels": ("high",)}, {"above": 5, "levels": ("mid",)})
    assert [falling.levels_for(value, scale) for value in (4, 5, 6)] == [("high",), ("mid", "high"), ("mid",)]


def test_levels_come_worst_first_however_a_band_names_them(scale):
    assert measure({"at_least": 0, "levels": ("high", "low")}).levels_for(1, scale) == ("low", "high")


def test_bounds_count_as_their_names_say():
    assert [Band(levels=("a",), at_least=1, at_most=2).holds(value) for value in (0.9, 1, 2, 2.1)] == [0, 1, 1, 0]
    assert [Band(levels=("a",), above=1, below=2).holds(value) for value in (1, 1.1, 1.9, 2)] == [0, 1, 1, 0]
