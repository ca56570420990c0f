"""What would change the end score of one corps, beside trying everything."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kmtui.analysis.improve import prospects
from kmtui.analysis.minimal_changes import MOST_FOUND
from kmtui.model.base import Text
from kmtui.model.scheme import CodedScheme, Ground, Judged
from kmtui.weighing.weigher import Weigher


def turned(weigher, levels, step, nearest):
    """The scores with one step taken."""
    scale = weigher.framework.scale
    moved = {nearest(level, step.level, key=scale.rank) for level in levels[step.dimension]}
    return levels | {step.dimension: scale.ordered(moved)}


def moves_by_force(weigher, levels, goal):
    """All raises of fewest dimensions with least levels after which the worst end score is at least the goal."""
    scale = weigher.framework.scale
    worst = {name: scale.rank(possible[0]) for name, possible in levels.items() if possible}
    for size in range(1, len(worst) + 1):
        found = []
        for names in itertools.combinations(worst, size):
            for ranks in itertools.product(*(range(worst[name] + 1, len(scale.ids)) for name in names)):
                raised = levels
                for name, rank in zip(names, ranks, strict=True):
                    cell = {max(level, scale.ids[rank], key=scale.rank) for level in levels[name]}
                    raised = raised | {name: scale.ordered(cell)}
                if scale.rank(weigher.weigh_levels(raised).possible[0]) >= scale.rank(goal):
                    found.append(dict(zip(names, ranks, strict=True)))
        if found:
            return {
                frozenset(one.items())
                for one in found
                if not any(
                    other != one and other.keys() == one.keys() and all(other[name] <= one[name] for name in one)
                    for other in found
                )
            }
    return set()


def as_ranks(weigher, move):
    return frozenset((step.dimension, weigher.framework.scale.rank(step.level)) for step in move.steps)


def drawn_levels(data, weigher):
    cell = st.sets(st.sampled_from(weigher.framework.scale.ids)).map(weigher.framework.scale.ordered)
    levels = {name: data.draw(cell) for name in weigher.framework.dimension_ids}
    assume(any(levels.values()))
    return levels


@given(data=st.data())
def test_routes_are_those_that_trying_everything_finds(any_weighers, data):
    [weigher] = any_weighers(data, 1)
    levels = drawn_levels(data, weigher)
    found = prospects(weigher, levels)
    now = weigher.weigh_levels(levels).possible
    scale = weigher.framework.scale
    assert found.possible == now
    assert [route.goal for route in found.routes] == list(scale.ids[scale.rank(now[0]) + 1 :])
    for route in found.routes:
        expected = moves_by_force(weigher, levels, route.goal)
        assert route.complete == (len(expected) <= MOST_FOUND)
        if route.complete:
            assert {as_ranks(weigher, move) for move in route.moves} == expected
        assert len(route.moves) == min(len(expected), MOST_FOUND)
        for move in route.moves:
            after = levels
            for step in move.steps:
                after = turned(weigher, after, step, max)
            assert move.possible == weigher.weigh_levels(after).possible


@given(data=st.data())
def test_single_steps_are_those_that_move_the_worst_or_best_end_score(any_weighers, data):
    [weigher] = any_weighers(data, 1)
    levels = drawn_levels(data, weigher)
    found = prospects(weigher, levels)
    ids = weigher.framework.scale.ids
    now = found.possible[0], found.possible[-1]
    for moves, nearest, towards in ((found.improvements, max, ids), (found.deteriorations, min, ids[::-1])):
        expected = {}
        for name, possible in levels.items():
            before = now
            for level in towards if possible else ():
                cell = weigher.framework.scale.ordered({nearest(one, level, key=ids.index) for one in possible})
                after = weigher.weigh_levels(levels | {name: cell}).possible
                if (after[0], after[-1]) != before:
                    expected[name, level] = after
                    before = after[0], after[-1]
        assert {(m.steps[0].dimension, m.steps[0].level): m.possible for m in moves} == expected


@given(data=st.data())
def test_what_a_dimension_left_out_would_change(any_weighers, data):
    [weigher] = any_weighers(data, 1)
    levels = drawn_levels(data, weigher)
    found = prospects(weigher, levels)
    ends = found.possible[:1] + found.possible[-1:]
    expected = {}
    for name, possible in levels.items():
        after = weigher.weigh_levels(levels | {name: ()}).possible
        if possible and after[:1] + after[-1:] != ends:
            expected[name] = after
    assert dict(found.without) == expected


def test_the_corps_of_2012(edition, weigher):
    """Kennemerland is red by one dimension; five must be green before it is."""
    corps = edition.find_corps("kennemerland")
    found = prospects(weigher, {name: score.possible for name, score in corps.scores.items()})
    told = [(move.steps[0].dimension, move.steps[0].level, move.possible) for move in found.improvements]
    assert told == [("financieel-rechercheren", "geel", ("geel",))]
    assert found.without == {"financieel-rechercheren": ("geel",)}
    next_one, best = found.routes
    assert [len(move.steps) for move in next_one.moves] == [1]
    assert {step.dimension for step in best.moves[0].steps} == {
        "referentiekader",
        "korpsexpert-mandaat",
        "vergunde-branche",
        "weging",
        "financieel-rechercheren",
    }
    assert len(best.moves) == 1


def test_a_green_corps_can_only_lose(edition, weigher):
    corps = edition.find_corps("groningen")
    found = prospects(weigher, {name: score.possible for name, score in corps.scores.items()})
    assert found.routes == found.improvements == ()
    lost = {(move.steps[0].dimension, move.steps[0].level) for move in found.deteriorations}
    assert {("weging", "geel"), ("korpsexpert-mandaat", "geel")} <= lost
    assert "themakennis" not in {name for name, _ in lost}


def test_a_corps_without_any_judgement_has_no_prospects(weigher):
    found = prospects(weigher, {})
    assert (found.possible, found.routes, found.without) == ((), (), {})


def test_a_route_with_many_ways_is_cut_short_and_says_so(make_framework, make_weigher, cap):
    """Any three of eight weak dimensions leave too few to make each other heavier: there are 56 such sets."""
    names = [f"d{at}" for at in range(8)]
    rules = [cap(name, name, "low", "low", {"at_most": "mid", "count": "n"}) for name in names]
    weigher = make_weigher(make_framework(names, ("low", "mid", "high")), *rules, n=5)
    to_mid, to_high = prospects(weigher, dict.fromkeys(names, ("low",))).routes
    for route in (to_mid, to_high):
        assert (len(route.moves), route.complete) == (MOST_FOUND, False)
        assert {len(move.steps) for move in route.moves} == {3}


@pytest.fixture(scope="module")
def contrary(make_framework):
    """A scheme in code that likes a and b to be alike: a better score may harm."""
    said = Text(nl="zo", en="so")

    def judge(levels, _):
        return Judged(verdict="high" if levels["a"] == levels["b"] else "low")

    scheme = CodedScheme(
        id="contrary",
        name=said,
        framework="plain",
        source="a test",
        grounds=(Ground(id="g", text=said, source=("1",)),),
        monotone=False,
        judge=judge,
    )
    return Weigher(make_framework(("a", "b"), ("low", "mid", "high")), scheme)


def test_a_scheme_where_better_may_harm_is_tried_through(contrary):
    found = prospects(contrary, {"a": ("mid",), "b": ("low",)})
    [_, route] = found.routes
    assert [[(step.dimension, step.level) for step in move.steps] for move in route.moves] == [[("b", "mid")]]
    assert {as_ranks(contrary, move) for move in route.moves} == moves_by_force(
        contrary, {"a": ("mid",), "b": ("low",)}, "high"
    )
