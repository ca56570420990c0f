"""What rules can do, beside every set of scores of a small framework."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.analysis import rule_set
from kmtui.analysis.rule_set import Effect, findings, frequencies
from kmtui.model.base import Text
from kmtui.model.scheme import Cap, Neutral, WeightingScheme
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.weigher import Weigher


def without(weigher, rule):
    rules = tuple(other for other in weigher.scheme.rules if other != rule)
    return Weigher(weigher.framework, WeightingScheme.unchecked(**dict(weigher.scheme) | {"rules": rules}))


def effect_by_force(weigher, rule, worlds):
    """The effect as its words say it."""
    if rule.kind == "cap" and rule.switch and not weigher.parameters[rule.switch]:
        return Effect.OFF
    lesser = without(weigher, rule)
    reasons = []
    for levels in worlds:
        weighing = weigher.weigh_levels(levels)
        if lesser.weigh_levels(levels).possible != weighing.possible:
            return Effect.NEEDED
        reasons += [reason for reason in weighing.reasons if reason.rule.id == rule.id]
    if not reasons:
        return Effect.DEAD
    return Effect.NEEDLESS if any(reason.decisive for reason in reasons) else Effect.OVERSHADOWED


def in_force(weigher, levels):
    """The rank of the verdict that each rule in force brings about."""
    rank = weigher.framework.scale.rank
    return {reason.rule.id: rank(reason.verdict) for reason in weigher.weigh_levels(levels).reasons}


@given(data=st.data())
def test_effects_are_those_that_trying_everything_finds(any_weighers, worlds_of, data):
    [weigher] = any_weighers(data, 1)
    worlds = list(worlds_of(weigher))
    for found in findings(weigher):
        assert found.effect == effect_by_force(weigher, found.rule, worlds), found.rule


@given(data=st.data())
def test_covering_rules_go_along_wherever_the_rule_is_in_force(any_weighers, worlds_of, data):
    [weigher] = any_weighers(data, 1)
    worlds = [in_force(weigher, levels) for levels in worlds_of(weigher)]
    guards = [
        found
        for found in findings(weigher)
        if found.rule.kind in ("cap", "points") and found.effect not in (Effect.OFF, Effect.DEAD, Effect.NEEDED)
    ]
    names = [rule.id for rule in weigher.scheme.rules if rule.kind in ("cap", "points")]
    for found in guards:
        own = found.rule.id
        expected = {
            name
            for name in names
            if name != own and all(rules.get(name, 9) <= rules[own] for rules in worlds if own in rules)
        }
        assert set(found.covered_by) == expected
        contradicting = {
            name
            for name in expected
            if name.startswith("cap")
            and {own in rules for rules in worlds if name in rules} == {True}
            and all(rules[name] < rules[own] for rules in worlds if own in rules)
        }
        if found.rule.kind == "cap":
            assert {name for name in found.contradicts if name.startswith("cap")} == contradicting


def told(weigher):
    return {found.rule.id: (found.effect, found.covered_by, found.contradicts) for found in findings(weigher)}


def test_each_kind_of_overlap_is_told(plain_weigher, cap, prerequisite):
    weigher = plain_weigher(
        cap("hard", "a", "mid", "low"),
        cap("soft", "a", "low", "mid"),
        cap("same", "a", "mid", "mid"),
        cap("never", "b", "low", "low", {"at_most": "mid", "count": "many"}),
        cap("off", "c", "low", "low", switch="no"),
        cap("twin", "d", "low", "mid"),
        cap("other-twin", "d", "low", "mid"),
        prerequisite("idle", "e", "c", "low", "low"),
        many=5,
        no=0,
    )
    assert told(weigher) == {
        "hard": (Effect.NEEDED, (), ()),
        "soft": (Effect.OVERSHADOWED, ("hard", "same"), ()),
        "same": (Effect.OVERSHADOWED, ("hard",), ("hard",)),
        "never": (Effect.DEAD, (), ()),
        "off": (Effect.OFF, (), ()),
        "twin": (Effect.NEEDLESS, ("other-twin",), ()),
        "other-twin": (Effect.NEEDLESS, ("twin",), ()),
        "idle": (Effect.DEAD, (), ()),
    }


def test_a_prerequisite_may_matter_by_what_it_makes_count(plain_weigher, cap, prerequisite):
    """It limits a dimension that no cap is about, but which counts as a weak one beside another."""
    weigher = plain_weigher(
        cap("together", "a", "low", "low", {"at_most": "low", "count": "n"}),
        prerequisite("counts", "b", "c", "mid", "low"),
        n=1,
    )
    assert told(weigher)["counts"] == (Effect.NEEDED, (), ())


def test_prerequisites_that_say_different_things_of_one_case_contradict(plain_weigher, cap, prerequisite):
    weigher = plain_weigher(
        cap("cap", "a", "mid", "low"),
        prerequisite("to-mid", "a", "b", "low", "mid"),
        prerequisite("to-low", "a", "b", "low", "low"),
        prerequisite("wider", "a", "b", "mid", "low"),
    )
    assert told(weigher)["to-mid"] == (Effect.NEEDLESS, ("to-low", "wider"), ("to-low",))
    assert told(weigher)["to-low"] == (Effect.NEEDLESS, ("wider",), ("to-mid",))
    assert told(weigher)["wider"] == (Effect.NEEDED, (), ())


def test_a_rule_that_calls_neutral_what_decides_is_contradicted(plain_weigher, cap, prerequisite):
    said = Text(nl="zo", en="so")
    neutral = [
        Neutral(kind="neutral", id=f"{name}-neutral", dimension=name, text=said, source=("1",)) for name in "abc"
    ]
    weigher = plain_weigher(cap("cap", "a", "low", "mid"), prerequisite("pre", "a", "b", "low", "low"), *neutral)
    assert told(weigher)["a-neutral"][2] == ("cap",)
    assert told(weigher)["b-neutral"][2] == ("cap", "pre")
    assert told(weigher)["c-neutral"] == (Effect.NEUTRAL, (), ())


def test_every_rule_of_2008_is_needed(monitor):
    for beside in (1, 4):
        weigher = monitor.weigher("referentiekader-2008", {"geel-naast-rood": beside})
        assert Counter(found.effect for found in findings(weigher)) == {Effect.NEEDED: 28, Effect.NEUTRAL: 2}
        assert not any(found.covered_by or found.contradicts for found in findings(weigher))


def test_without_escalation_its_rules_are_off(monitor):
    weigher = monitor.weigher("referentiekader-2008", {"overige-rode-scores-verzwaren": 0})
    off = [found.rule.id for found in findings(weigher) if found.effect is Effect.OFF]
    assert len(off) == 11
    assert "gedragscode-rood-met-geel" in off


def test_how_often_rules_decide_in_2012(edition, weigher):
    weighings = [weigher.weigh(corps.scores) for corps in edition.corps]
    for found in frequencies(weigher.scheme, weighings):
        reasons = [reason for one in weighings for reason in one.reasons if reason.rule.id == found.rule]
        assert found.maybe_in_force == len(reasons) >= found.in_force >= found.decides
        assert found.maybe_decides >= found.decides
    by_rule = {found.rule: found for found in frequencies(weigher.scheme, weighings)}
    assert by_rule["financieel-rechercheren-rood-met-geel"].decides == 1
    assert "themakennis-weegt-niet" not in by_rule


def test_a_scheme_in_code_is_not_examined(monitor, weigher):
    class Coded:
        scheme = type("Scheme", (), {"id": "points"})()
        program = None

    with pytest.raises(SchemeError, match="'points' is code"):
        findings(Coded())


def test_caps_on_a_thousand_dimensions_are_examined_one_by_one(make_framework, monkeypatch):
    """Without a sweep over all dimensions for each of them, which took minutes."""
    framework = make_framework([f"d{at}" for at in range(1000)], ("low", "mid", "high"))
    text = Text(nl="zo", en="so")

    def cap(name, dimension, at_most, verdict):
        return Cap(
            id=name, dimension=dimension, at_most=at_most, verdict=verdict, text=text, standing="cited", source=("1",)
        )

    rules = [cap(f"r{at}", f"d{at}", "mid", "low") for at in range(1000)]
    more = [cap("covered", "d5", "low", "mid"), cap("other", "d6", "mid", "mid")]
    scheme = WeightingScheme(id="plain", name=text, framework=framework.id, source="x", rules=(*rules, *more))
    monkeypatch.setattr(rule_set, "SchemeTrack", None)
    found = {one.rule.id: one for one in findings(Weigher(framework, scheme))}
    assert {found[f"r{at}"].effect for at in range(1000)} == {Effect.NEEDED}
    assert (found["covered"].effect, found["covered"].covered_by) == (Effect.OVERSHADOWED, ("r5",))
    assert (found["other"].effect, found["other"].contradicts) == (Effect.OVERSHADOWED, ("r6",))


def test_a_threshold_that_cannot_be_reached_hides_no_covering_rule(plain_weigher, cap, points):
    weigher = plain_weigher(
        cap("cap", "a", "low", "mid"), points("points", {"low": 1}, (0, "mid"), (9, "low"), b=0, c=0, d=0, e=0)
    )
    (found,) = [found for found in findings(weigher) if found.rule.id == "points"]
    assert (found.effect, found.covered_by, found.contradicts) == (Effect.NEEDLESS, ("cap",), ())
