"""The framework of 2013 beside that of 2008: what it rests on, how 2008 continues, and 2012 weighed by its rules."""

import re
import tomllib
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kmtui import Band, Cap, Change, Neutral, Prerequisite, Standing, open_monitor

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "plugins" / "referentiekader_2013" / "src" / "kmtui_referentiekader_2013"
REPORT = ROOT.parent / "shared" / "source" / "korpsmonitor-2011-2012.txt"
needs_report = pytest.mark.skipif(not REPORT.is_file(), reason="the text of the report is not beside this checkout")

OLD, NEW = "referentiekader-2008", "referentiekader-2013"
EXPERT, EXPERTS = "expert-mensenhandel", ("korpsexpert-kwaliteit", "korpsexpert-mandaat")
ADDED = ("hon-stappen", "bestuurlijke-rapportages", "overige-uitbuiting")
CARRIED = {"aanleveren-emm", "procesverantwoordelijkheid"}
"""Dimensions of which the text on 2013 says nothing; of all others it does."""
COUNTED = {
    # dimension: the number of chapter 5 that its norm has, below which green is ruled out
    "gedragscode": 100,
    "toezicht-kwaliteit": 100,
    "vergunde-branche": 6,
    "themakennis": 1,
    "financieel-rechercheren": 100,
}
UNLICENSED = "niet-vergunde-branche"
CONDITION = "niet-vergunde-branche-als-voorwaarde"


@pytest.fixture(scope="module")
def old(monitor):
    return monitor.registry.frameworks[OLD]


@pytest.fixture(scope="module")
def new(monitor):
    return monitor.registry.frameworks[NEW]


@pytest.fixture(scope="module")
def crosswalk(monitor):
    return monitor.registry.crosswalk(OLD, NEW)


@pytest.fixture(scope="module")
def newer(monitor):
    """The weigher of 2013."""
    return monitor.weigher(NEW)


@pytest.fixture(scope="module")
def carried(edition, crosswalk, new):
    """The possible levels of each corps of 2012 by dimension of 2013."""
    return {
        corps.id: crosswalk.carry({name: score.possible for name, score in corps.scores.items()}, new.scale)
        for corps in edition.corps
    }


# Beside 2008


def test_both_frameworks_and_their_schemes_are_loaded(monitor):
    assert monitor.registry.failed == ()
    assert {OLD, NEW} <= set(monitor.registry.frameworks)
    for name in (OLD, NEW):
        assert monitor.registry.frameworks[name].default_scheme == name
        assert monitor.registry.schemes[name].framework == name


def test_without_it_2008_says_the_same(monitor):
    """Nothing outside its folder waits for it: kmtui and the editions are whole where it is not imported."""
    alone = open_monitor(installed=False, disabled=[NEW])
    assert (list(alone.registry.frameworks), list(alone.registry.schemes)) == ([OLD], [OLD])
    assert (alone.registry.failed, alone.registry.crosswalks) == ((), {})
    for name in monitor.edition_ids:
        assert alone.edition(name) == monitor.edition(name)
        weighers = [opened.weigher_for(opened.edition(name)) for opened in (alone, monitor)]
        for corps in monitor.edition(name).corps:
            without, beside = (weigher.weigh(corps.scores) for weigher in weighers)
            assert without == beside


def test_2013_starts_on_the_day_after_2008_ends(monitor):
    for things in (monitor.registry.frameworks, monitor.registry.schemes):
        assert things[OLD].valid.end + timedelta(days=1) == things[NEW].valid.start
        assert things[OLD].valid.start is things[NEW].valid.end is None


def test_focus_areas_and_scale_are_those_of_2008(old, new):
    assert [area.id for area in new.areas] == [area.id for area in old.areas]
    assert new.scale == old.scale


def test_short_codes_are_unique(new):
    assert len({dimension.short for dimension in new.dimensions}) == len(new.dimensions) == 19


# What it rests on


@pytest.mark.parametrize(
    ("file", "parts"), [("framework", "dimensions"), ("weighing", "rules"), ("crosswalk", "continuations")]
)
def test_every_part_says_its_standing_itself(file, parts):
    """The model takes what says nothing for cited, so saying nothing must not happen by accident."""
    written = tomllib.loads((DATA / f"{file}.toml").read_text("utf-8"))[parts]
    assert [part for part in written if "standing" not in part] == []


def speaks_of_2013(paragraph):
    return paragraph.startswith(("3.3.", "4.1.", "5."))


def test_a_dimension_is_cited_exactly_where_the_text_speaks_of_2013(new):
    standing = {dimension.id: dimension.standing for dimension in new.dimensions}
    assert standing == {name: Standing.CARRIED if name in CARRIED else Standing.CITED for name in new.dimension_ids}
    for dimension in new.dimensions:
        assert any(map(speaks_of_2013, dimension.source)) is (dimension.standing is Standing.CITED), dimension.id


def test_carried_dimensions_are_those_of_2008(old, new):
    for name in CARRIED:
        before, after = old.dimension(name), new.dimension(name)
        assert (after.area, after.name, after.short, after.measure) == (
            before.area,
            before.name,
            before.short,
            before.measure,
        )
        assert after.source == before.source


def test_numbers_of_chapter_5_rule_out_green_below_them_and_no_more(new):
    for name, number in COUNTED.items():
        measure = new.dimension(name).measure
        assert speaks_of_2013(measure.source[0])
        assert measure.bands == (
            Band(below=number, levels=("rood", "geel")),
            Band(at_least=number, levels=("groen",)),
        )
    assert new.dimension("vergunde-branche").measure.levels_for(5, new.scale) == ("rood", "geel")


def test_other_measures_are_those_of_2008(old, new):
    others = {one.id: one.measure for one in new.dimensions if one.measure and one.id not in COUNTED}
    assert set(others) == {"referentiekader", "aanleveren-emm", "opsporing-kwaliteit"}
    for name, measure in others.items():
        assert measure.bands == old.dimension(name).measure.bands
        assert measure.source == old.dimension(name).measure.source


# Rules


def effect(rule):
    """What a rule does, without its words and sources."""
    return {name: value for name, value in rule if name not in ("text", "source", "standing")}


def test_rules_of_2008_are_carried_but_for_the_two_on_the_expert(monitor):
    before = {rule.id: rule for rule in monitor.scheme(OLD).rules}
    after = {rule.id: rule for rule in monitor.scheme(NEW).rules}
    merged = {f"{name}-voorwaarde" for name in EXPERTS}
    assert set(before) - set(after) == merged
    for name in set(before) - merged:
        assert effect(after[name]) == effect(before[name])
        assert after[name].standing is Standing.CARRIED
    added = {name: rule.standing for name, rule in after.items() if name not in before}
    assert added == {
        "expert-mensenhandel-voorwaarde": Standing.CARRIED,
        "niet-vergunde-branche-moet-groen": Standing.ASSUMED,
        **{f"{name}-weegt-niet": Standing.ASSUMED for name in ADDED},
    }


def test_the_expert_is_a_condition_for_the_referentiekader_as_each_half_was(monitor):
    links = {
        name: [rule for rule in monitor.scheme(name).rules if isinstance(rule, Prerequisite)] for name in (OLD, NEW)
    }
    assert [rule.requires for rule in links[OLD]] == list(EXPERTS)
    assert [rule.requires for rule in links[NEW]] == [EXPERT]
    assert {(rule.dimension, rule.at_most, rule.limit) for rules in links.values() for rule in rules} == {
        ("referentiekader", "geel", "geel")
    }


def test_every_dimension_has_a_rule_and_no_new_one_decides(newer):
    for name in newer.framework.dimension_ids:
        assert newer.scheme.rules_on(name), name
    for name in ADDED:
        assert [type(rule) for rule in newer.scheme.rules_on(name)] == [Neutral]


def test_parameters_of_2008_keep_their_values_and_the_new_one_is_off(monitor):
    def values(scheme):
        return {one.id: (one.default, one.minimum, one.maximum) for one in scheme.parameters}

    assert values(monitor.scheme(NEW)) == values(monitor.scheme(OLD)) | {CONDITION: (0, 0, 1)}
    switched = [rule for rule in monitor.scheme(NEW).rules if isinstance(rule, Cap) and rule.switch == CONDITION]
    assert [(rule.dimension, rule.standing) for rule in switched] == [(UNLICENSED, Standing.ASSUMED)]


# Crosswalk


def test_the_crosswalk_covers_both_frameworks(crosswalk, old, new):
    assert (crosswalk.old, crosswalk.new) == (old.id, new.id)
    for which, framework in (("old", old), ("new", new)):
        named = [name for found in crosswalk.continuations for name in getattr(found, which)]
        assert sorted(named) == sorted(framework.dimension_ids)
    in_order = [name for found in crosswalk.continuations for name in found.new]
    assert in_order == list(new.dimension_ids)


def test_what_became_of_the_dimensions(crosswalk):
    changes = Counter(found.change for found in crosswalk.continuations)
    assert changes == {Change.SAME: 15, Change.MERGED: 1, Change.NEW: 3}
    assert all(found.old == found.new for found in crosswalk.continuations if found.change is Change.SAME)
    assert [(one.old, one.new) for one in crosswalk.continuations if one.change is Change.MERGED] == [
        (EXPERTS, (EXPERT,))
    ]
    assert [one.new for one in crosswalk.continuations if one.change is Change.NEW] == [(name,) for name in ADDED]


def test_every_change_has_a_note_and_only_merging_and_adding_are_assumed(crosswalk):
    for found in crosswalk.continuations:
        assert found.note
        assert (found.standing is Standing.ASSUMED) is (found.change is not Change.SAME)
        assert (found.standing is Standing.CARRIED) is bool(CARRIED & set(found.new))


# 2012 by the rules of 2013


def test_what_is_carried_over(edition, carried):
    for corps in edition.corps:
        after = carried[corps.id]
        assert all(after[name] == () for name in ADDED)
        for name, score in corps.scores.items():
            assert name in EXPERTS or after[name] == score.possible
    expert = {name: levels[EXPERT] for name, levels in carried.items() if levels[EXPERT] != ("groen",)}
    assert expert == {"utrecht": (), "kennemerland": ("rood", "geel")}


def test_carried_over_every_corps_has_the_end_score_that_it_has_by_the_rules_of_2008(edition, weigher, newer, carried):
    before = {corps.id: weigher.weigh(corps.scores) for corps in edition.corps}
    after = {name: newer.weigh_levels(levels) for name, levels in carried.items()}
    assert {name: found.possible for name, found in after.items()} == {
        name: found.possible for name, found in before.items()
    }
    assert Counter(found.verdict for found in after.values()) == {"groen": 22, "geel": 3, "rood": 2}
    deciding = {name: [one.rule.id for one in found.deciding] for name, found in after.items()}
    assert deciding == {name: [one.rule.id for one in found.deciding] for name, found in before.items()}
    assert all(found.pivotal == () for found in after.values())


@pytest.mark.parametrize("beside", [1, 2, 3, 4])
def test_one_expert_less_to_count_changes_no_end_score_of_2012(monitor, edition, carried, beside):
    before = monitor.weigher(OLD, {"geel-naast-rood": beside})
    after = monitor.weigher(NEW, {"geel-naast-rood": beside})
    for corps in edition.corps:
        assert after.weigh_levels(carried[corps.id]).possible == before.weigh(corps.scores).possible


def test_as_a_condition_the_unlicensed_sector_costs_five_corps_their_green(monitor, edition, weigher, carried):
    stricter = monitor.weigher(NEW, {CONDITION: 1})
    after = {name: stricter.weigh_levels(levels) for name, levels in carried.items()}
    changed = {
        corps.id: (weigher.weigh(corps.scores).verdict, after[corps.id].verdict)
        for corps in edition.corps
        if weigher.weigh(corps.scores).verdict != after[corps.id].verdict
    }
    assert changed == dict.fromkeys(
        ("ijsselland", "twente", "zaanstreek-waterland", "haaglanden", "brabant-noord"), ("groen", "geel")
    )
    for name in changed:
        assert carried[name][UNLICENSED] == ("geel",)
        assert [reason.rule.id for reason in after[name].deciding] == [f"{UNLICENSED}-moet-groen"]
    assert Counter(found.verdict for found in after.values()) == {"groen": 17, "geel": 8, "rood": 2}


LEVELS = ("rood", "geel", "groen")
certain = st.sampled_from([("groen",)] * 6 + [("geel",), ("geel",), ("rood",), ()])
"""Mostly green, as real corps are; no level at all is a blank."""
undecided = st.sampled_from([("rood", "geel"), ("geel", "groen"), ("rood", "groen"), LEVELS])


def scores_on(framework, draw, most_open=0):
    still_open = draw(st.sets(st.sampled_from(framework.dimension_ids), max_size=most_open))
    return {name: draw(undecided if name in still_open else certain) for name in framework.dimension_ids}


@given(data=st.data())
def test_carrying_over_never_changes_a_verdict_by_itself(old, weigher, newer, crosswalk, data):
    scores = scores_on(old, data.draw, most_open=5)
    carried_over = crosswalk.carry(scores, newer.framework.scale)
    assert newer.weigh_levels(carried_over).possible == weigher.weigh_levels(scores).possible


@given(data=st.data(), condition=st.integers(0, 1), beside=st.integers(1, 4), escalates=st.integers(0, 1))
def test_improving_a_score_never_worsens_the_verdict(monitor, new, data, condition, beside, escalates):
    parameters = {CONDITION: condition, "geel-naast-rood": beside, "overige-rode-scores-verzwaren": escalates}
    weigher = monitor.weigher(NEW, parameters)
    scores = scores_on(new, data.draw)
    improvable = [name for name, levels in scores.items() if levels in (("rood",), ("geel",))]
    assume(improvable)
    name = data.draw(st.sampled_from(improvable))
    better = data.draw(st.sampled_from(LEVELS[LEVELS.index(scores[name][0]) + 1 :]))
    before, after = weigher.weigh_levels(scores), weigher.weigh_levels(scores | {name: (better,)})
    assert LEVELS.index(after.verdict) >= LEVELS.index(before.verdict)


# The report itself


@cache
def report():
    return REPORT.read_text("utf-8")


@cache
def printed_paragraphs():
    """The numbers that stand before a heading."""
    return set(re.findall(r"^\s*(\d\.\d+(?:\.\d+)*)\.?\s+[A-Z]", report(), re.MULTILINE))


def runs(text, length=7):
    found = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


@cache
def printed_runs():
    """Runs of the report's words, with the hyphens at line ends taken out and left in."""
    return runs(re.sub(r"-\s*\n\s*", "", report())) | runs(report())


@needs_report
def test_every_cited_paragraph_is_one_that_the_report_prints(new, newer, crosswalk):
    parts = [*new.areas, *new.dimensions, *(one.measure for one in new.dimensions if one.measure)]
    parts += [*newer.scheme.rules, *newer.scheme.parameters, *crosswalk.continuations]
    assert {one for part in parts for one in part.source} - printed_paragraphs() == set()


@needs_report
def test_all_words_are_our_own(new, newer, crosswalk):
    said = [dimension.norm for dimension in new.dimensions]
    said += [one for dimension in new.dimensions if dimension.measure for one in words_of(dimension.measure)]
    said += [rule.text for rule in newer.scheme.rules]
    said += [one for parameter in newer.scheme.parameters for one in (parameter.name, parameter.reason)]
    said += [found.note for found in crosswalk.continuations]
    copied = [" ".join(run) for text in said for run in runs(text.nl) & printed_runs()]
    assert copied == []


def words_of(measure):
    return [measure.quantity, *([measure.note] if measure.note else [])]
