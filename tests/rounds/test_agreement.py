"""Krippendorff's alpha against published values, and the list of what has to be talked over."""

import pytest

from kmtui.rounds import actions as do
from kmtui.rounds.agreement import agreement, alpha

PUBLISHED = [
    [1, 1, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1],
    [2, 2, 2, 2], [5, 5, 5], [1, 1], [3],
]  # fmt: skip
"""Krippendorff (2011), example C: four observers, twelve units, some values missing."""


def test_the_published_example():
    assert alpha(PUBLISHED) == pytest.approx(0.815, abs=0.0005)


def test_bounds():
    assert alpha([[0, 0], [1, 1], [2, 2]]) == 1
    assert alpha([[0, 2], [2, 0], [0, 2], [2, 0]]) < 0
    assert alpha([[1, 1], [1, 1]]) is None
    assert alpha([[1], []]) is None


def test_a_neighbouring_level_is_less_of_a_difference_than_the_other_end():
    near = alpha([[0, 0], [1, 1], [2, 2], [0, 1]])
    far = alpha([[0, 0], [1, 1], [2, 2], [0, 2]])
    assert far < near < 1


def test_what_differs_and_what_lacks(table):
    table.collect()
    table.do("chris", do.OpenSession(number=1))

    def propose(who, dimension, level):
        table.do(
            who, do.Propose(corps="south", dimension=dimension, level=level, reason="Seen.", evidence=("form/staff",))
        )

    propose("ann", "skill", "high")
    propose("bob", "skill", "low")
    propose("ann", "will", "mid")
    found = agreement(table.state)
    assert found.differing == (("south", "skill"),)
    assert found.lacking == (("north", "skill"), ("north", "will"), ("south", "will"))
    assert found.scored == 1
