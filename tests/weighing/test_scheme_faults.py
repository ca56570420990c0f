"""A scheme that does not fit its framework, or parameters that do not fit the scheme, are refused with every reason."""

import pytest

from kmtui import Cap, Others, Parameter, Prerequisite, Text, WeightingScheme
from kmtui.weighing.compile import SchemeError, scheme_faults
from kmtui.weighing.weigher import Weigher

SAID = Text(nl="zo", en="so")
SOUND = Cap(kind="cap", id="sound", dimension="a", at_most="low", verdict="low", text=SAID, source=("1",))


@pytest.fixture
def framework(make_framework):
    return make_framework(("a", "b", "c"), ("low", "high"))


def scheme(*rules, framework="plain", parameters=()):
    return WeightingScheme(
        id="trial", name=SAID, framework=framework, source="a test", rules=rules or (SOUND,), parameters=parameters
    )


def cap(**changes):
    return SOUND.replace(**changes)


def requires(dimension, required, **changes):
    rule = Prerequisite(
        kind="prerequisite",
        id=f"{dimension}-{required}",
        dimension=dimension,
        requires=required,
        at_most="low",
        limit="low",
        text=SAID,
        source=("1",),
    )
    return rule.replace(**changes)


def number(name="n", default=1, minimum=1, maximum=3):
    return Parameter(id=name, name=SAID, reason=SAID, default=default, minimum=minimum, maximum=maximum, source=("1",))


LEVELS = ", expected one of low, high"
COUNTING = {"others": Others(at_most="low", count="n")}


def test_a_scheme_that_fits_has_no_faults(framework):
    fitting = scheme(SOUND, requires("b", "a"), requires("c", "b"), requires("c", "a"))
    assert scheme_faults(framework, fitting) == []
    assert Weigher(framework, fitting).weigh_levels({"a": ["low"]}).verdict == "low"


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        (cap(dimension="x"), ("rule sound names dimension x", ", expected one of a, b, c")),
        (cap(at_most="mid"), ("rule sound names level mid", LEVELS)),
        (cap(at_most="lwo"), ("rule sound names level lwo", " (did you mean 'low'?)")),
        (cap(verdict="mid"), ("rule sound names level mid", LEVELS)),
        (cap(others=Others(at_most="mid", count="n")), ("rule sound names level mid", LEVELS)),
        (requires("x", "a"), ("rule x-a names dimension x", ", expected one of a, b, c")),
        (requires("a", "x"), ("rule a-x names dimension x", ", expected one of a, b, c")),
        (requires("b", "a", at_most="mid"), ("rule b-a names level mid", LEVELS)),
        (requires("b", "a", limit="mid"), ("rule b-a names level mid", LEVELS)),
    ],
)
def test_unknown_dimensions_and_levels_are_named_with_their_rule(framework, rule, named):
    with pytest.raises(SchemeError) as refused:
        Weigher(framework, scheme(rule, parameters=(number(),)))
    assert str(refused.value) == f"{named[0]}, which framework plain does not have{named[1]}"


def test_a_scheme_for_another_framework_is_refused(framework):
    with pytest.raises(SchemeError, match="scheme trial weighs framework other, not plain"):
        Weigher(framework, scheme(framework="other"))


@pytest.mark.parametrize(
    ("pairs", "circle"),
    [
        ((("a", "a"),), {"a"}),
        ((("a", "b"), ("b", "a")), {"a", "b"}),
        ((("a", "b"), ("b", "c"), ("c", "a")), {"a", "b", "c"}),
    ],
)
def test_prerequisites_in_a_circle_are_refused_and_the_circle_is_told(framework, pairs, circle):
    with pytest.raises(SchemeError) as refused:
        Weigher(framework, scheme(*(requires(dimension, required) for dimension, required in pairs)))
    told = str(refused.value).removeprefix("prerequisites go round in a circle: ").split(" > ")
    assert set(told) == circle
    assert told[0] == told[-1]


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"m": 1}, "scheme trial has no parameter m; it has n"),
        ({"n": 0}, "parameter n is 0, expected 1 to 3"),
        ({"n": 4}, "parameter n is 4, expected 1 to 3"),
    ],
)
def test_parameters_that_do_not_fit_are_refused(framework, parameters, told):
    with pytest.raises(SchemeError) as refused:
        Weigher(framework, scheme(cap(**COUNTING), parameters=(number(),)), parameters)
    assert str(refused.value) == told


def test_a_scheme_without_parameters_says_so(framework):
    with pytest.raises(SchemeError, match="has no parameter m; it has none"):
        Weigher(framework, scheme(), {"m": 1})


@pytest.mark.parametrize("value", [1, 3])
def test_both_ends_of_a_range_are_allowed(framework, value):
    weigher = Weigher(framework, scheme(cap(**COUNTING), parameters=(number(),)), {"n": value})
    assert weigher.parameters == {"n": value}


def test_parameters_that_are_not_named_keep_their_default(framework):
    weigher = Weigher(framework, scheme(cap(**COUNTING), parameters=(number("n", 2), number("m", 3))), {"m": 1})
    assert weigher.parameters == {"n": 2, "m": 1}


def test_one_error_names_everything_that_is_wrong(framework):
    wrong = scheme(
        cap(dimension="x", at_most="mid", **COUNTING),
        requires("a", "b"),
        requires("b", "a", limit="worse"),
        framework="other",
        parameters=(number(),),
    )
    with pytest.raises(SchemeError) as refused:
        Weigher(framework, wrong, {"n": 9, "m": 1})
    told = str(refused.value)
    for part in (
        "framework other, not plain",
        "rule sound names dimension x",
        "rule sound names level mid",
        "rule b-a names level worse",
        "round in a circle",
        "parameter n is 9",
        "no parameter m",
    ):
        assert part in told
