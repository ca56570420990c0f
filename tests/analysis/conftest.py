"""Schemes and scores of no consequence, and the slow way to weigh them: every set of scores that there can be."""

import itertools
from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from kmtui import Cap, Parameter, Points, Prerequisite, Text, Threshold, Unless, WeightingScheme
from kmtui.weighing.weigher import Weigher

SAID = Text(nl="zo", en="so")


def make_cap(name, dimension, at_most, verdict, others=None, switch=None, unless=None):
    return Cap(
        kind="cap",
        id=name,
        dimension=dimension,
        at_most=at_most,
        verdict=verdict,
        others=others,
        unless=unless,
        switch=switch,
        text=SAID,
        source=("1",),
    )


def make_prerequisite(name, dimension, requires, at_most, limit):
    return Prerequisite(
        kind="prerequisite",
        id=name,
        dimension=dimension,
        requires=requires,
        at_most=at_most,
        limit=limit,
        text=SAID,
        source=("1",),
    )


def make_points(name, costs, *thresholds, blank=0, **weights):
    """Points by level; thresholds are pairs of a number and a verdict."""
    return Points(
        id=name,
        points=costs,
        blank=blank,
        weights=weights,
        thresholds=tuple(Threshold(above=above, verdict=verdict) for above, verdict in thresholds),
        text=SAID,
        source=("1",),
    )


def make_scheme(rules, **numbers):
    parameters = [
        Parameter(id=name, name=SAID, reason=SAID, default=value, minimum=0, maximum=9, source=("1",))
        for name, value in numbers.items()
    ]
    return WeightingScheme(
        id="plain", name=SAID, framework="plain", source="a test", parameters=tuple(parameters), rules=tuple(rules)
    )


@st.composite
def draw_scheme(draw, names, levels):
    """Caps of every form, points, prerequisites without circles, in any order of dimensions."""
    level, dimension, parameter = st.sampled_from(levels), st.sampled_from(names), st.sampled_from(["p0", "p1"])
    maybe = st.none() | parameter
    others = st.none() | st.fixed_dictionaries({"at_most": level, "count": parameter, "lower": maybe})
    unless = st.none() | st.none() | st.builds(Unless, dimension=dimension, level=level, switch=parameter)
    rules = [
        make_cap(f"cap{at}", draw(dimension), draw(level), draw(level), draw(others), draw(maybe), draw(unless))
        for at in range(draw(st.integers(1, 4)))
    ]
    if draw(st.booleans()):
        costs = draw(st.dictionaries(level, st.integers(0, 2)))
        thresholds = draw(st.lists(st.tuples(st.integers(0, 5), level), min_size=1, max_size=2))
        weights = draw(st.dictionaries(dimension, st.integers(0, 2)))
        rules.append(make_points("points", costs, *thresholds, blank=draw(st.integers(0, 2)), **weights))
    pairs = list(itertools.combinations(draw(st.permutations(names)), 2))
    for at, (required, limited) in enumerate(draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []):
        rules.append(make_prerequisite(f"pre{at}", limited, required, draw(level), draw(level)))
    return make_scheme(rules, p0=draw(st.integers(0, 3)), p1=draw(st.integers(0, 3)))


def draw_names(draw):
    """Ids of few dimensions and of levels, worst first."""
    return [f"d{at}" for at in range(draw(st.integers(1, 4)))], [f"l{at}" for at in range(draw(st.integers(2, 3)))]


def every_world(weigher):
    """Every set of certain scores and blanks, as possible levels, but the one of blanks alone."""
    framework = weigher.framework
    cells = [*((level,) for level in framework.scale.ids), ()]
    for chosen in itertools.product(cells, repeat=len(framework.dimensions)):
        if any(chosen):
            yield dict(zip(framework.dimension_ids, chosen, strict=True))


@pytest.fixture(scope="session")
def any_weighers(make_framework) -> Callable:
    """Draw schemes on one small framework, made ready to weigh."""

    def drawn(data, count):
        names, levels = draw_names(data.draw)
        framework = make_framework(names, levels)
        return [Weigher(framework, data.draw(draw_scheme(names, levels))) for _ in range(count)]

    return drawn


@pytest.fixture(scope="session")
def make_weigher() -> Callable:
    """A weigher of these rules, with the values of their parameters."""
    return lambda framework, *rules, **numbers: Weigher(framework, make_scheme(rules, **numbers))


@pytest.fixture(scope="session")
def plain_weigher(make_framework, make_weigher) -> Callable:
    """The same on five dimensions and three levels."""
    framework = make_framework(tuple("abcde"), ("low", "mid", "high"))
    return lambda *rules, **numbers: make_weigher(framework, *rules, **numbers)


@pytest.fixture(scope="session")
def cap() -> Callable:
    return make_cap


@pytest.fixture(scope="session")
def points() -> Callable:
    return make_points


@pytest.fixture(scope="session")
def prerequisite() -> Callable:
    return make_prerequisite


@pytest.fixture(scope="session")
def worlds_of() -> Callable:
    return every_world
