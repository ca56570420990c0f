"""Crosswalks carry scores from an old framework to a new one."""

import pytest

from kmtui.model.base import ValidationError
from kmtui.model.crosswalk import Continuation, Crosswalk


def continuation(change, old=(), new=()):
    return {"change": change, "old": list(old), "new": list(new), "source": ["5.1"]}


def crosswalk(*continuations):
    name = {"nl": "Van oud naar nieuw", "en": "From old to new"}
    return Crosswalk.model_validate(
        {"id": "walk", "name": name, "old": "old", "new": "new", "continuations": continuations}
    )


def test_levels_go_where_their_dimension_continues(framework):
    walk = crosswalk(
        continuation("same", ["a"], ["a"]),
        continuation("renamed", ["b"], ["beta"]),
        continuation("split", ["c"], ["c-one", "c-two"]),
        continuation("merged", ["d", "e"], ["de"]),
        continuation("new", [], ["f"]),
        continuation("gone", ["g"]),
    )
    levels = {"a": ("groen",), "b": ("rood", "geel"), "c": ("geel",), "d": ("groen",), "e": ("rood", "groen")}
    assert walk.carry(levels | {"g": ("rood",)}, framework.scale) == {
        "a": ("groen",),
        "beta": ("rood", "geel"),
        "c-one": ("geel",),
        "c-two": ("geel",),
        "de": ("rood", "groen"),
        "f": (),
    }


@pytest.mark.parametrize(
    ("change", "old", "new", "problem"),
    [
        ("split", ["a"], ["a"], "'split' has 2 or more new dimensions, found 1"),
        ("merged", ["a"], ["a"], "'merged' has 2 or more old dimensions, found 1"),
        ("new", ["a"], ["a"], "'new' has 0 old dimensions, found 1"),
        ("gone", ["a"], ["a"], "'gone' has 0 new dimensions, found 1"),
        ("same", [], ["a"], "'same' has 1 old dimensions, found 0"),
    ],
)
def test_a_change_joins_as_many_dimensions_as_its_name_says(change, old, new, problem):
    with pytest.raises(ValidationError, match=problem):
        Continuation.model_validate(continuation(change, old, new))


def test_no_dimension_continues_twice():
    with pytest.raises(ValidationError, match="new dimension a is there twice"):
        crosswalk(continuation("same", ["a"], ["a"]), continuation("renamed", ["b"], ["a"]))


def test_a_crosswalk_leads_to_another_framework():
    with pytest.raises(ValidationError, match=r"Crosswalk\.new: found 'a', which is the old framework too"):
        Crosswalk(id="x", name={"nl": "x", "en": "x"}, old="a", new="a", continuations=[continuation("same", "a", "b")])
