"""Schemes whose end score a function works out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui import CodedScheme, Judged
from kmtui.weighing.coded import JudgeError
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.weigher import Weigher

POINTS = {"rood": 0, "geel": 1, "groen": 2, None: 2}


def judged(levels, parameters):
    """The average of all points decides; a red score anywhere keeps it from green."""
    average = sum(POINTS[level] for level in levels.values()) / len(levels)
    red = tuple(name for name, level in levels.items() if level == "rood")
    verdict = "groen" if average >= parameters["green"] / 10 and not red else "geel" if average >= 1 else "rood"
    return Judged(verdict=verdict, because={"average": (), **({"red": red} if red else {})})


def coded(framework, judge=judged, **more):
    text = {"nl": "Gemiddelde", "en": "Average"}
    parameter = {"id": "green", "name": text, "reason": text, "default": 18, "minimum": 10, "maximum": 20}
    scheme = {
        "id": "points",
        "name": text,
        "framework": framework.id,
        "source": "A note",
        "parameters": [parameter | {"source": ["1"]}],
        "grounds": [{"id": name, "text": text, "source": ["1"]} for name in ("average", "red")],
        "monotone": True,
        "judge": judge,
    }
    return CodedScheme.model_validate(scheme | more)


@pytest.fixture
def weigh(framework):
    def weigh(scores, scheme=None, **parameters):
        weigher = Weigher(framework, scheme or coded(framework), parameters)
        return weigher.weigh_levels(dict.fromkeys(framework.dimension_ids, ("groen",)) | scores)

    return weigh


def test_it_gives_verdict_and_reasons(weigh):
    weighing = weigh({"gedragscode": ("rood",), "weging": ("rood",)})
    assert weighing.verdict == "geel"
    assert [(reason.rule.id, reason.dimensions, reason.decisive) for reason in weighing.reasons] == [
        ("average", (), True),
        ("red", ("gedragscode", "weging"), True),
    ]


def test_parameters_reach_the_function(weigh):
    yellow = dict.fromkeys(("gedragscode", "weging", "themakennis", "referentiekader"), ("geel",))
    assert weigh(yellow).verdict == "geel"
    assert weigh(yellow, green=17).verdict == "groen"


@given(st.data())
def test_open_scores_give_every_verdict_that_can_come_about(framework, data):
    dimensions = data.draw(st.lists(st.sampled_from(framework.dimension_ids), unique=True, max_size=4))
    choice = st.lists(st.sampled_from(framework.scale.ids), unique=True, min_size=1).map(tuple)
    scores = {name: data.draw(choice) for name in dimensions}
    weigher = Weigher(framework, coded(framework))
    all_green = dict.fromkeys(framework.dimension_ids, ("groen",))
    weighing = weigher.weigh_levels(all_green | scores)
    worlds = [
        weigher.weigh_levels(all_green | {name: (level,) for name, level in zip(scores, levels, strict=True)}).verdict
        for levels in product(*scores.values())
    ]
    assert weighing.possible == framework.scale.ordered(worlds)
    assert set(weighing.pivotal) <= {name for name, possible in scores.items() if len(possible) > 1}
    assert bool(weighing.pivotal) == (len(weighing.possible) > 1)


def test_too_many_open_scores_give_bounds_that_leave_nothing_out(weigh, framework):
    weighing = weigh(dict.fromkeys(framework.dimension_ids, framework.scale.ids))
    assert weighing.possible == framework.scale.ids
    assert weighing.pivotal == framework.dimension_ids
    yellow_at_best = dict.fromkeys(framework.dimension_ids, ("rood", "geel"))
    assert weigh(yellow_at_best).possible == ("rood", "geel")


def test_without_the_promise_of_monotony_too_many_open_scores_leave_every_verdict_open(weigh, framework):
    scheme = coded(framework, monotone=False)
    assert weigh(dict.fromkeys(framework.dimension_ids, ("rood", "geel")), scheme).possible == framework.scale.ids


@pytest.mark.parametrize(
    ("judge", "problem"),
    [
        (lambda levels, parameters: levels["no-such"], "raised KeyError: 'no-such'"),
        (lambda levels, parameters: "groen", "returned str, expected Judged"),
        (lambda levels, parameters: Judged(verdict="paars"), "gave verdict 'paars', expected rood, geel, groen"),
        (
            lambda levels, parameters: Judged(verdict="groen", because={"luck": ()}),
            "gave ground 'luck', which the scheme does not declare",
        ),
        (
            lambda levels, parameters: Judged(verdict="groen", because={"red": ("height",)}),
            "names dimension 'height' in ground 'red'",
        ),
    ],
)
def test_a_function_that_fails_is_named(weigh, framework, judge, problem):
    with pytest.raises(JudgeError, match=f"scheme 'points': its function {problem}"):
        weigh({}, coded(framework, judge))


def test_grounds_name_dimensions_that_are_there(framework):
    text = {"nl": "Gemiddelde", "en": "Average"}
    grounds = [{"id": "average", "dimensions": ["height"], "text": text, "source": ["1"]}]
    with pytest.raises(SchemeError, match="rule average names dimension height"):
        Weigher(framework, coded(framework, grounds=grounds))
