"""Weighing beside two slow evaluators written for these tests alone, and what has to hold whatever the rules are.

The one follows the text of section 2.4.1, the other the docstrings of `kmtui.model.scheme`; both try every combination
of open scores. Levels are ranks here, 0 for the worst, and None is a blank, which an open score may be.
"""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kmtui import Cap, Others, Parameter, Points, Prerequisite, Text, Threshold, Unless, WeightingScheme
from kmtui.weighing.weigher import Weigher

SAID = Text(nl="zo", en="so")
MOST_WORLDS = 729


def cap(name, dimension, at_most, verdict, others=None, switch=None, unless=None):
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


def prerequisite(name, dimension, requires, at_most, limit):
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


def points(name, costs, blank, weight, weights, thresholds):
    return Points(
        id=name,
        points=costs,
        blank=blank,
        weight=weight,
        weights=weights,
        thresholds=tuple(Threshold(above=above, verdict=verdict) for above, verdict in thresholds),
        text=SAID,
        source=("1",),
    )


def number(name, default):
    return Parameter(id=name, name=SAID, reason=SAID, default=default, minimum=0, maximum=5, source=("1",))


def scheme_of(rules, parameters):
    return WeightingScheme(
        id="plain", name=SAID, framework="plain", source="a test", parameters=tuple(parameters), rules=tuple(rules)
    )


# The rules of 2008, as the text puts them

RED, YELLOW, GREEN = range(3)
MUST_BE_GREEN = (
    "referentiekader",
    "vergunde-branche",
    "slachtofferbejegening",
    "weging",
    "financieel-rechercheren",
)
RED_RULES_OUT_GREEN = (
    "gedragscode",
    "toezicht-kwaliteit",
    "toezicht-continuiteit",
    "niet-vergunde-branche",
    "informatieorganisatie",
    "centrale-informatiecoordinatie",
    "aanleveren-emm",
    "opsporing-kwaliteit",
)
EXPERTS = ("korpsexpert-kwaliteit", "korpsexpert-mandaat")
SECTORS = ("vergunde-branche", "niet-vergunde-branche")


def by_the_text(scores, beside, escalates, red_counts=1, yellow_holds=0):
    """Section 2.4.1: the end score of a corps without open scores; None where everything is blank.

    `red_counts` and `yellow_holds` are its two readings: whether red counts as yellow beside a red score, and whether
    yellow on the licensed sector keeps the end score at yellow.
    """
    scored = {name: rank for name, rank in scores.items() if rank is not None}
    if not scored:
        return None
    if "referentiekader" in scored and any(scored.get(name, GREEN) < GREEN for name in EXPERTS):
        scored["referentiekader"] = min(scored["referentiekader"], YELLOW)
    heavy = MUST_BE_GREEN + RED_RULES_OUT_GREEN if escalates else SECTORS
    if yellow_holds and scored.get("vergunde-branche") == YELLOW:
        heavy = ()
    for name in heavy:
        others = [rank for other, rank in scored.items() if other != name]
        if scored.get(name) == RED and sum(rank == YELLOW or (red_counts and rank == RED) for rank in others) >= beside:
            return RED
    if any(scored.get(name, GREEN) < GREEN for name in MUST_BE_GREEN):
        return YELLOW
    return YELLOW if any(scored.get(name) == RED for name in RED_RULES_OUT_GREEN) else GREEN


# Any rules, as the docstrings put them


def by_the_docstrings(scheme, levels, parameters, scores):
    """The end score under any scheme of caps and prerequisites; `levels` are ids, worst first."""
    rank = levels.index
    if all(level is None for level in scores.values()):
        return None
    counts_as = dict(scores)
    conditions = [rule for rule in scheme.rules if rule.kind == "prerequisite"]
    for rule in conditions * len(conditions):  # as many rounds as the longest chain can ask
        on, required = counts_as[rule.dimension], counts_as[rule.requires]
        if None not in (on, required) and required <= rank(rule.at_most):
            counts_as[rule.dimension] = min(on, rank(rule.limit))

    def weak(name, level):
        return counts_as[name] is not None and counts_as[name] <= rank(level)

    def value(number):
        return parameters.get(number, number)

    def holds(rule):
        if not weak(rule.dimension, rule.at_most) or (rule.switch and not parameters[rule.switch]):
            return False
        unless = rule.unless
        if unless and parameters[unless.switch] and counts_as[unless.dimension] == rank(unless.level):
            return False
        if not rule.others:
            return True
        counted = [
            weak(name, rule.others.at_most)
            and (not rule.others.lower or parameters[rule.others.lower] or counts_as[name] == rank(rule.others.at_most))
            for name in scores
            if name != rule.dimension
        ]
        return sum(map(bool, counted)) >= parameters[rule.others.count]

    def cost(rule, name):
        level = counts_as[name]
        own = rule.blank if level is None else rule.points.get(levels[level], 0)
        return value(own) * value(rule.weights.get(name, rule.weight))

    verdict = len(levels) - 1
    for rule in scheme.rules:
        if rule.kind == "cap" and holds(rule):
            verdict = min(verdict, rank(rule.verdict))
        if rule.kind == "points":
            total = sum(cost(rule, name) for name in scores)
            reached = [rank(one.verdict) for one in rule.thresholds if total > value(one.above)]
            verdict = min([verdict, *reached])
    return verdict


# Both


def worlds(cells):
    """Every corps that the open cells allow; a cell is a tuple of ranks, None for a blank, empty for it alone."""
    names = list(cells)
    for ranks in itertools.product(*(cells[name] or (None,) for name in names)):
        yield dict(zip(names, ranks, strict=True))


def one_of(cells, draw):
    """One corps that the open cells allow."""
    return {name: draw(st.sampled_from(cell)) if cell else None for name, cell in cells.items()}


def settled(world):
    """The cells of a corps without open scores."""
    return {name: () if rank is None else (rank,) for name, rank in world.items()}


def turning(cells, evaluate):
    """The open cells that can change the verdict, all else equal."""
    found = []
    for name in cells:
        rest = {other: cell for other, cell in cells.items() if other != name}
        if any(len({evaluate(world | {name: rank}) for rank in cells[name]}) > 1 for world in worlds(rest)):
            found.append(name)
    return tuple(found)


def weigh(weigher, cells):
    scale = weigher.framework.scale
    levels = {
        name: [scale.blank.id if rank is None else scale.ids[rank] for rank in cell] for name, cell in cells.items()
    }
    weighing = weigher.weigh_levels(levels)
    assert weigher.possible(levels) == weighing.possible
    return weighing


def agree(weigher, cells, evaluate):
    """Possible verdicts and pivotal dimensions are those of the brute force."""
    cells = {name: cells[name] for name in weigher.framework.dimension_ids}
    weighing = weigh(weigher, cells)
    possible = sorted({verdict for world in worlds(cells) if (verdict := evaluate(world)) is not None})
    assert weighing.possible == tuple(weigher.framework.scale.ids[rank] for rank in possible)
    assert weighing.pivotal == turning(cells, evaluate)


def account(weigher, cells):
    """The reasons given for open scores are those given for the corps that they allow."""
    whole = weigh(weigher, cells)
    each = [{reason.rule.id for reason in weigh(weigher, one).reasons} for one in map(settled, worlds(cells))]
    assert {reason.rule.id for reason in whole.reasons} == set().union(*each)
    assert {reason.rule.id for reason in whole.reasons if reason.certain} == set.intersection(*each)


def cells_of(names, ranks):
    cell = st.sets(st.integers(0, ranks - 1)).map(lambda found: tuple(sorted(found)))
    return st.fixed_dictionaries(dict.fromkeys(names, cell)).filter(few_worlds)


def few_worlds(cells):
    count = 1
    for cell in cells.values():
        count *= len(cell) or 1
    return count <= MOST_WORLDS


def names_of_2008():
    return (*EXPERTS, *MUST_BE_GREEN, *RED_RULES_OUT_GREEN, "themakennis", "procesverantwoordelijkheid")


@st.composite
def corps_of_2008(draw):
    """Mostly green, as real ones are; up to six cells are open."""
    names = names_of_2008()
    certain = st.sampled_from([(GREEN,)] * 6 + [(YELLOW,), (YELLOW,), (RED,), ()])
    undecided = st.sampled_from([(RED, YELLOW), (YELLOW, GREEN), (RED, GREEN), (RED, YELLOW, GREEN)])
    still_open = draw(st.sets(st.sampled_from(names), max_size=6))
    return {name: draw(undecided if name in still_open else certain) for name in names}


@st.composite
def any_scheme(draw):
    """A scheme with dimension and level ids: caps with and without others, switches, prerequisites without circles."""
    names = [f"d{at}" for at in range(draw(st.integers(1, 5)))]
    levels = [f"l{at}" for at in range(draw(st.integers(2, 4)))]
    level, dimension = st.sampled_from(levels), st.sampled_from(names)
    parameters = [number(f"p{at}", draw(st.integers(0, 3))) for at in range(draw(st.integers(1, 3)))]
    parameter = st.sampled_from([parameter.id for parameter in parameters])
    maybe = st.none() | parameter
    others = st.none() | st.builds(Others, at_most=level, count=parameter, lower=maybe)
    unless = st.none() | st.none() | st.builds(Unless, dimension=dimension, level=level, switch=parameter)
    rules = [
        cap(f"cap{at}", draw(dimension), draw(level), draw(level), draw(others), draw(maybe), draw(unless))
        for at in range(draw(st.integers(1, 5)))
    ]
    few = st.integers(0, 3) | parameter
    for at in range(draw(st.integers(0, 2))):
        costs = draw(st.dictionaries(level, few))
        thresholds = draw(st.lists(st.tuples(few | st.integers(0, 8), level), min_size=1, max_size=3))
        rules.append(
            points(f"points{at}", costs, draw(few), draw(few), draw(st.dictionaries(dimension, few)), thresholds)
        )
    pairs = list(itertools.combinations(draw(st.permutations(names)), 2))
    linked = draw(st.lists(st.sampled_from(pairs), max_size=5)) if pairs else []
    for at, (required, limited) in enumerate(linked):
        rules.append(prerequisite(f"pre{at}", limited, required, draw(level), draw(level)))
    return scheme_of(draw(st.permutations(rules)), parameters), names, levels


def open_cells(names, ranks):
    """Cells of any ranks, a blank among them, of which at least one is not blank for certain."""
    cell = st.sets(st.sampled_from([*range(ranks), *range(ranks), None]), max_size=ranks).map(
        lambda found: tuple(sorted(found, key=lambda rank: ranks if rank is None else rank))
    )
    some_judged = lambda cells: any(cell and None not in cell for cell in cells.values())  # noqa: E731
    return st.fixed_dictionaries(dict.fromkeys(names, cell)).filter(few_worlds).filter(some_judged)


@pytest.fixture(scope="session")
def any_weigher(make_framework):
    """Draw a scheme, its weigher and the cells of one corps."""

    def drawn(data):
        scheme, names, levels = data.draw(any_scheme())
        return Weigher(make_framework(names, levels), scheme), data.draw(open_cells(names, len(levels)))

    return drawn


@pytest.fixture(scope="session")
def weigher_of_2008(monitor):
    """The rules of 2008 with these parameters."""
    return lambda parameters: monitor.weigher("referentiekader-2008", parameters)


def test_the_text_speaks_of_every_dimension(framework):
    assert sorted(names_of_2008()) == sorted(framework.dimension_ids)


@given(cells=corps_of_2008(), beside=st.integers(1, 4), switches=st.tuples(*[st.integers(0, 1)] * 3))
def test_the_rules_of_2008_are_those_of_the_text(weigher_of_2008, cells, beside, switches):
    names = ("overige-rode-scores-verzwaren", "rood-telt-als-geel", "geel-vergund-houdt-geel")
    weigher = weigher_of_2008({"geel-naast-rood": beside} | dict(zip(names, switches, strict=True)))
    agree(weigher, cells, lambda world: by_the_text(world, beside, *switches))


def test_the_corps_of_2012_weigh_as_the_text_says(edition, weigher):
    scale = weigher.framework.scale

    def rank(level):
        return None if level == scale.blank.id else scale.rank(level)

    for corps in edition.corps:
        cells = {name: tuple(map(rank, score.possible)) for name, score in corps.scores.items()}
        agree(weigher, cells, lambda world: by_the_text(world, 1, 1))


@given(data=st.data())
def test_any_scheme_weighs_as_its_docstrings_say(any_weigher, data):
    weigher, cells = any_weigher(data)
    levels = weigher.framework.scale.ids
    agree(weigher, cells, lambda world: by_the_docstrings(weigher.scheme, levels, weigher.parameters, world))


@given(data=st.data())
def test_improving_a_score_never_worsens_the_verdict(any_weigher, data):
    never_worse(*any_weigher(data), data.draw)


@given(cells=corps_of_2008(), data=st.data())
def test_improving_a_score_never_worsens_the_verdict_of_2008(weigher, cells, data):
    never_worse(weigher, cells, data.draw)


def never_worse(weigher, cells, draw):
    assume(weigher.monotone)
    best = len(weigher.framework.scale.ids) - 1
    world = one_of(cells, draw)
    improvable = [name for name, rank in world.items() if rank is not None and rank < best]
    assume(improvable)
    name = draw(st.sampled_from(improvable))
    better = world | {name: draw(st.integers(world[name] + 1, best))}
    rank = weigher.framework.scale.rank
    assert rank(weigh(weigher, settled(better)).verdict) >= rank(weigh(weigher, settled(world)).verdict)


@given(data=st.data())
def test_narrowing_an_open_score_never_adds_a_possible_verdict(any_weigher, data):
    narrows(*any_weigher(data), data.draw)


@given(cells=corps_of_2008(), data=st.data())
def test_narrowing_an_open_score_never_adds_a_possible_verdict_of_2008(weigher, cells, data):
    narrows(weigher, cells, data.draw)


def narrows(weigher, cells, draw):
    still_open = [name for name, cell in cells.items() if len(cell) > 1]
    assume(still_open)
    name = draw(st.sampled_from(still_open))
    fewer = draw(st.sets(st.sampled_from(cells[name]), min_size=1))
    narrower = cells | {name: tuple(rank for rank in cells[name] if rank in fewer)}
    assume(any(cell and None not in cell for cell in narrower.values()))
    assert set(weigh(weigher, narrower).possible) <= set(weigh(weigher, cells).possible)


@given(data=st.data())
def test_without_open_scores_the_reasons_account_for_the_verdict(any_weigher, data):
    weigher, cells = any_weigher(data)
    world = settled(one_of(cells, data.draw))
    assume(any(world.values()))
    weighing = weigh(weigher, world)
    rank = weigher.framework.scale.rank
    ranks = [rank(reason.verdict) for reason in weighing.reasons]
    assert ranks == sorted(ranks)
    assert rank(weighing.verdict) == min([len(weigher.framework.scale.ids) - 1, *ranks])
    assert all(reason.certain for reason in weighing.reasons)
    assert weighing.deciding == tuple(reason for reason in weighing.reasons if reason.verdict == weighing.verdict)


@given(data=st.data())
def test_with_open_scores_the_reasons_bound_the_verdict(any_weigher, data):
    weigher, cells = any_weigher(data)
    assume(any(cells.values()))
    assume(weigher.monotone and (weigher.program.blank_is_best or not any(None in cell for cell in cells.values())))
    weighing = weigh(weigher, cells)
    rank, best = weigher.framework.scale.rank, len(weigher.framework.scale.ids) - 1
    assert rank(weighing.possible[0]) == min([best, *(rank(reason.verdict) for reason in weighing.reasons)])
    certain = [rank(reason.verdict) for reason in weighing.reasons if reason.certain]
    assert rank(weighing.possible[-1]) == min([best, *certain])


def test_a_certain_prerequisite_says_no_more_than_what_is_certain(make_framework):
    """`b` counts as low for certain and holds the verdict at mid; only an open `c` can make that low."""
    rules = (
        prerequisite("pre", "b", "a", "low", "low"),
        cap("alone", "b", "low", "mid"),
        cap("together", "b", "low", "low", Others(at_most="low", count="n")),
    )
    framework = make_framework(("a", "b", "c"), ("low", "mid", "high"))
    weigher = Weigher(framework, scheme_of(rules, [number("n", 2)]))
    weighing = weigher.weigh_levels({"a": ["low"], "b": ["high"], "c": ["low", "high"]})
    assert weighing.possible == ("low", "mid")
    assert {reason.rule.id: (reason.verdict, reason.certain) for reason in weighing.reasons} == {
        "together": ("low", False),
        "alone": ("mid", True),
        "pre": ("mid", True),
    }


@pytest.mark.parametrize("turned", [False, True])
def test_prerequisites_work_through_each_other_whatever_their_order(make_framework, turned):
    """`a` limits `b`, and `b` limits `c`, which alone can hold the verdict down."""
    links = [prerequisite("b-a", "b", "a", "low", "low"), prerequisite("c-b", "c", "b", "low", "low")]
    rules = [*(links[::-1] if turned else links), cap("c-low", "c", "low", "low")]
    weigher = Weigher(make_framework(("a", "b", "c"), ("low", "high")), scheme_of(rules, []))
    weighing = weigher.weigh_levels({"a": ["low"], "b": ["high"], "c": ["high"]})
    assert weighing.verdict == "low"
    assert {reason.rule.id for reason in weighing.reasons} >= {"c-low", "c-b"}


def test_a_chain_of_prerequisites_is_told_to_its_end(make_framework):
    links = [prerequisite("b-a", "b", "a", "low", "low"), prerequisite("c-b", "c", "b", "low", "low")]
    rules = [*links, cap("c-low", "c", "low", "low")]
    weigher = Weigher(make_framework(("a", "b", "c"), ("low", "high")), scheme_of(rules, []))
    weighing = weigher.weigh_levels({"a": ["low"], "b": ["high"], "c": ["high"]})
    assert {reason.rule.id for reason in weighing.reasons} == {"c-low", "c-b", "b-a"}


@given(data=st.data())
def test_reasons_with_open_scores_are_those_of_the_corps_that_they_allow(any_weigher, data):
    account(*any_weigher(data))


@given(cells=corps_of_2008())
def test_reasons_with_open_scores_are_those_of_the_corps_that_they_allow_in_2008(weigher, cells):
    account(weigher, cells)
