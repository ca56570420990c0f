"""Editions and schemes beside each other."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui import Crosswalk, Text
from kmtui.analysis.adapted_weigher import AdaptedWeigher, adapt
from kmtui.analysis.compare import Direction, compare_editions, compare_schemes, migration, shift
from kmtui.analysis.rollup import unit_verdict
from kmtui.analysis.rollup_methods import RULES
from kmtui.analysis.subjects import ruling, subjects
from kmtui.weighing.compile import SchemeError

SAID = Text(nl="zo", en="so")
LEVELS = st.sets(st.sampled_from(["rood", "geel", "groen"]))


@given(old=LEVELS, new=LEVELS)
def test_a_direction_is_told_only_where_every_possibility_has_it(framework, old, new):
    scale = framework.scale
    found = shift(scale.ordered(old), scale.ordered(new), scale).direction
    steps = {scale.rank(b) - scale.rank(a) for a in old for b in new}
    if not steps:
        expected = Direction.GIVEN if new else Direction.WITHHELD if old else Direction.SAME
    elif all(step > 0 for step in steps):
        expected = Direction.BETTER
    elif all(step < 0 for step in steps):
        expected = Direction.WORSE
    else:
        expected = Direction.SAME if steps == {0} else Direction.UNKNOWN
    assert found is expected


def test_what_may_have_been_withheld_has_no_direction(framework):
    assert shift(("groen", "blanco"), ("rood",), framework.scale).direction is Direction.UNKNOWN


@pytest.fixture(scope="module")
def since_2010(monitor):
    older, newer = monitor.edition("2010"), monitor.edition("2012")
    return compare_editions((older, monitor.weigher_for(older)), (newer, monitor.weigher_for(newer)))


def test_progress_since_2010_is_what_section_3_1_says(since_2010):
    """Ten corps rose for certain, Kennemerland fell; what is open stays open."""
    published = {course.subject: course.published for course in since_2010.courses}
    assert Counter(found.direction for found in published.values()) == {
        Direction.BETTER: 10,
        Direction.WORSE: 1,
        Direction.SAME: 1,
        Direction.UNKNOWN: 15,
    }
    assert [name for name, found in published.items() if found.direction is Direction.WORSE] == ["kennemerland"]
    assert published["utrecht"].old == ("rood", "geel", "groen")


def test_scores_of_2010_that_are_known_have_a_direction(since_2010):
    [drenthe] = [course for course in since_2010.courses if course.subject == "drenthe"]
    assert drenthe.dimensions["procesverantwoordelijkheid"].direction is Direction.BETTER
    assert drenthe.dimensions["gedragscode"].direction is Direction.UNKNOWN
    assert len(drenthe.dimensions) == 17


def test_corps_that_stand_in_one_edition_only_are_named(monitor, edition, weigher):
    older = monitor.edition("2008")
    found = compare_editions((older, weigher), (edition, weigher))
    assert (found.only_old, found.only_new) == ((), ("klpd", "kmar"))
    assert len(found.courses) == 25


def test_an_edition_beside_itself_has_not_changed(edition, weigher, monitor):
    for mapping in (None, monitor.mapping(edition)):
        found = compare_editions((edition, weigher), (edition, weigher), mapping=mapping)
        shifts = [one for course in found.courses for one in (course.computed, *course.dimensions.values())]
        assert all(one.old == one.new for one in shifts)
        assert not {one.direction for one in shifts} - {Direction.SAME, Direction.UNKNOWN}


def test_a_migration_counts_everybody_once(since_2010, framework):
    moved = migration([course.published for course in since_2010.courses], framework.scale)
    assert sum(moved.values()) == 27
    assert moved[("geel", "groen"), ("rood",)] == 1
    assert next(iter(moved)) == (("rood",), ("rood",))


def test_units_are_ruled_as_they_are_rolled_up(monitor, edition, weigher):
    mapping, side = monitor.mapping(edition), AdaptedWeigher(weigher=weigher)
    found = {subject.id: subject for subject in subjects(edition, weigher.framework.scale, mapping)}
    assert list(found) == [*(unit.id for unit in mapping.units), "kmar"]
    for unit in mapping.units:
        verdict = unit_verdict(edition, unit, weigher)
        assert ruling(found[unit.id], side).possible == verdict.combined
        assert ruling(found[unit.id], side, RULES).possible == verdict.weighing.possible
    deciding = ruling(found["noord-holland"], side).deciding
    assert [reason.rule.id for reason in deciding] == ["financieel-rechercheren-rood-met-geel"]


def test_schemes_with_other_parameters_differ_in_who_changes_and_why(monitor, edition, weigher):
    other = monitor.weigher("referentiekader-2008", {"overige-rode-scores-verzwaren": 0})
    found = compare_schemes(edition, AdaptedWeigher(weigher=weigher), AdaptedWeigher(weigher=other))
    [changed] = [one for one in found if one.verdict.direction is not Direction.SAME]
    assert (changed.subject, changed.verdict.old, changed.verdict.new) == ("kennemerland", ("rood",), ("geel",))
    assert [reason.rule.id for reason in changed.old_deciding] == ["financieel-rechercheren-rood-met-geel"]
    assert "financieel-rechercheren-moet-groen" in [reason.rule.id for reason in changed.new_deciding]
    units = compare_schemes(
        edition, AdaptedWeigher(weigher=weigher), AdaptedWeigher(weigher=other), monitor.mapping(edition)
    )
    assert [one.subject for one in units if one.verdict.direction is not Direction.SAME] == ["noord-holland"]


def test_a_scheme_of_another_framework_gets_carried_scores(
    monitor, edition, weigher, make_framework, make_weigher, cap
):
    """Two dimensions merge into one that alone decides; the rest is gone."""
    framework = make_framework(("both", "fresh"), ("rood", "geel", "groen"))
    other = make_weigher(framework, cap("both", "both", "geel", "geel"), cap("fresh", "fresh", "geel", "rood"))
    merged = {"change": "merged", "old": ["weging", "gedragscode"], "new": ["both"], "source": ["1"]}
    fresh = {"change": "new", "new": ["fresh"], "source": ["1"]}
    walk = Crosswalk(id="walk", name=SAID, old=weigher.framework.id, new="plain", continuations=[merged, fresh])
    side = adapt(weigher.framework, other, [walk])
    for one in compare_schemes(edition, AdaptedWeigher(weigher=weigher), side):
        scores = edition.find_corps(one.subject).scores
        worst = {scores["weging"].possible, scores["gedragscode"].possible} - {("groen",), ()}
        assert (one.verdict.new == ("groen",)) == (not worst)
    with pytest.raises(SchemeError, match="no crosswalk leads there"):
        adapt(framework, weigher, [walk])
