"""The smallest set of scores on which two schemes differ, beside every set of a small framework."""

import re

from hypothesis import given
from hypothesis import strategies as st

from kmtui.analysis.adapted_weigher import AdaptedWeigher
from kmtui.analysis.difference import smallest_difference
from kmtui.model.base import Text
from kmtui.model.crosswalk import Crosswalk
from kmtui.model.scheme import CodedScheme, Ground, Judged, WeightingScheme
from kmtui.weighing.weigher import Weigher

SAID = Text(nl="zo", en="so")


def size(framework, levels):
    """Whether a dimension is blank, how many are below the best level, how many are blank."""
    best = framework.scale.ids[-1]
    blank = sum(not level for level in levels.values())
    return bool(blank), sum(level not in ((), (best,)) for level in levels.values()), blank


def smallest_by_force(framework, first, second, worlds):
    apart = [levels for levels in worlds if first.weigh(levels).possible != second.weigh(levels).possible]
    return min((size(framework, levels) for levels in apart), default=None)


def agrees_with_trying_everything(framework, first, second, worlds):
    found = smallest_difference(framework, first, second)
    assert found.complete
    expected = smallest_by_force(framework, first, second, worlds)
    if found.example is None:
        assert expected is None
        return
    levels = {name: (level,) if level else () for name, level in found.example.scores.items()}
    assert size(framework, levels) == expected
    assert (found.example.first, found.example.second) == (first.weigh(levels), second.weigh(levels))
    assert found.example.first.possible != found.example.second.possible


@given(data=st.data())
def test_the_smallest_example_is_what_trying_everything_finds(any_weighers, worlds_of, data):
    one, other = any_weighers(data, 2)
    agrees_with_trying_everything(
        one.framework, AdaptedWeigher(weigher=one), AdaptedWeigher(weigher=other), list(worlds_of(one))
    )


@st.composite
def crosswalk(draw, old, new):
    """Each new dimension continues one or two old ones, or none; an old one may be split."""
    left, continuations = list(new), []
    for names in ([name] for name in draw(st.permutations(old))):
        if continuations and draw(st.booleans()) and len(continuations[-1]["new"]) == 1:
            continuations[-1]["old"] += names
            continue
        count = min(len(left), draw(st.integers(0, 2)))
        continuations.append({"old": names, "new": [left.pop() for _ in range(count)]})
    continuations += [{"old": [], "new": [name]} for name in left]
    kinds = {(1, 1): "same", (1, 2): "split", (1, 0): "gone", (0, 1): "new"}
    for found in continuations:
        found["change"] = kinds.get((len(found["old"]), len(found["new"])), "merged")
        found["source"] = ["1"]
    return Crosswalk(id="walk", name=SAID, old="plain", new="another", continuations=continuations)


@given(data=st.data())
def test_across_a_crosswalk_too(any_weighers, worlds_of, data):
    """But for scores of which nothing is carried over, on which there is no second end score to compare with."""
    one, other = any_weighers(data, 1)[0], any_weighers(data, 1)[0]
    scale = one.framework.scale
    if other.framework.scale != scale:
        other = Weigher(other.framework.replace(scale=scale), _in_levels(other.scheme, scale.ids))
    walk = data.draw(crosswalk(one.framework.dimension_ids, other.framework.dimension_ids))
    first, second = AdaptedWeigher(weigher=one), AdaptedWeigher(weigher=other, crosswalk=walk)
    worlds = [levels for levels in worlds_of(one) if any(second.levels(levels).values())]
    found = smallest_difference(one.framework, first, second)
    expected = smallest_by_force(one.framework, first, second, worlds)
    if expected is not None:
        assert found.example is not None
        levels = {name: (level,) if level else () for name, level in found.example.scores.items()}
        assert size(one.framework, levels) <= expected
    if found.example is not None:
        assert found.example.first.possible != found.example.second.possible


def _in_levels(scheme, ids):
    """The scheme with levels that the scale does not have replaced by its best."""

    def fitting(data):
        if isinstance(data, dict):
            return {fitting(key): fitting(value) for key, value in data.items()}
        if isinstance(data, list | tuple):
            return [fitting(one) for one in data]
        return ids[-1] if isinstance(data, str) and re.fullmatch(r"l\d", data) and data not in ids else data

    return WeightingScheme.model_validate(fitting(scheme.model_dump()))


def test_prerequisites_that_point_at_each_other_in_two_schemes(plain_weigher, cap, prerequisite):
    one = plain_weigher(cap("cap", "a", "low", "low"), prerequisite("pre", "a", "b", "low", "low"))
    other = plain_weigher(cap("cap", "a", "low", "low"), prerequisite("pre", "b", "a", "low", "low"))
    found = smallest_difference(one.framework, AdaptedWeigher(weigher=one), AdaptedWeigher(weigher=other))
    assert {name for name, level in found.example.scores.items() if level != "high"} == {"b"}


def test_parameters_of_2008_differ_by_two_scores(monitor, framework):
    one, other = (
        AdaptedWeigher(weigher=monitor.weigher("referentiekader-2008", {"geel-naast-rood": beside}))
        for beside in (1, 2)
    )
    example = smallest_difference(framework, one, other).example
    weak = {name: level for name, level in example.scores.items() if level != "groen"}
    assert sorted(weak.values()) == ["geel", "rood"]
    assert (example.first.verdict, example.second.verdict) == ("rood", "geel")


def test_a_scheme_agrees_with_itself(monitor, framework, weigher):
    side = AdaptedWeigher(weigher=weigher)
    found = smallest_difference(framework, side, side)
    assert (found.example, found.complete) == (None, True)


def test_a_scheme_in_code_is_tried_on_small_sets_of_scores(framework, weigher):
    def judge(levels, _):
        return Judged(verdict="rood" if levels["weging"] == "rood" else "groen")

    coded = CodedScheme(
        id="coded",
        name=SAID,
        framework=framework.id,
        source="a test",
        grounds=(Ground(id="g", text=SAID, source=("1",)),),
        monotone=True,
        judge=judge,
    )
    side = AdaptedWeigher(weigher=Weigher(framework, coded))
    found = smallest_difference(framework, AdaptedWeigher(weigher=weigher), side)
    assert sum(level != "groen" for level in found.example.scores.values()) == 1
    same = smallest_difference(framework, side, side)
    assert (same.example, same.complete) == (None, False)
