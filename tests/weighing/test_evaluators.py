"""All evaluators of the compiled form give the same on random schemes and scores.

The reference tries every combination of the open scores and follows the docstrings of `kmtui.model.scheme`.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.weighing.test_properties import agree, any_scheme, by_the_docstrings, open_cells, settled, worlds

from kmtui.analysis.improve import prospects
from kmtui.analysis.score_space import SchemeTrack, cheapest_scores
from kmtui.weighing.bulk import NOBODY, Bulk
from kmtui.weighing.weigher import Weigher

CASES = 300
MANY_CASES = 10_000


@pytest.fixture(scope="module")
def compare(make_framework):
    """Draw a scheme and the cells of one subject, and compare all evaluators."""

    def compared(data):
        scheme, names, levels = data.draw(any_scheme())
        weigher = Weigher(make_framework(names, levels), scheme)
        cells = data.draw(open_cells(names, len(levels)))

        def reference(world):
            return by_the_docstrings(scheme, levels, weigher.parameters, world)

        agree(weigher, cells, reference)
        possible = {reference(world) for world in worlds(cells)}
        ranks = {name: ranks_of(cells[name], len(levels)) for name in names}
        assert swept_with_others(weigher, ranks) == possible
        assert in_arrays(weigher, ranks) == (possible, explained(weigher, cells))
        assert_prospects(weigher, cells, reference)

    return compared


def ranks_of(cell, blank):
    return [blank if rank is None else rank for rank in cell] or [blank]


def levels_of(weigher, cells):
    scale = weigher.framework.scale
    return {
        name: [scale.blank.id if rank is None else scale.ids[rank] for rank in cell] for name, cell in cells.items()
    }


def swept_with_others(weigher, ranks):
    """The verdicts that the analysis of score spaces finds, beside the same scheme once more."""
    tracks = [SchemeTrack(weigher.framework, weigher.program)] * 2
    found = cheapest_scores(tracks, [ranks[name] for name in weigher.framework.dimension_ids], [0] * 9)
    assert all(one == other for one, other in found)
    return {one for one, _ in found}


def in_arrays(weigher, ranks):
    """The verdicts, and the first deciding rule, of one row beside rows that are open and closed."""
    bulk = Bulk(weigher)
    row = [sum(1 << rank for rank in ranks[name]) for name in weigher.framework.dimension_ids]
    other = [1 << min(ranks[name]) for name in weigher.framework.dimension_ids]
    cells = np.array([row, other, row], bulk.dtype).T.copy()
    verdicts, decided = bulk.verdicts(cells), bulk.decided(cells)
    assert verdicts.tolist() == decided.possible.tolist()
    assert verdicts[0] == verdicts[2]
    place = decided.rule[0]
    first = None if place == NOBODY else weigher.scheme.rules[place].id
    return {rank for rank in range(8) if verdicts[0] >> rank & 1}, first


def explained(weigher, cells):
    """The first deciding rule of the explanation; its reasons must be those of the worlds that are possible."""
    whole = weigher.weigh_levels(levels_of(weigher, cells))
    each = [
        {reason.rule.id for reason in weigher.weigh_levels(levels_of(weigher, settled(world))).reasons}
        for world in worlds(cells)
    ]
    assert {reason.rule.id for reason in whole.reasons} == set().union(*each)
    assert {reason.rule.id for reason in whole.reasons if reason.certain} == set.intersection(*each)
    return whole.deciding[0].rule.id if whole.deciding else None


def assert_prospects(weigher, cells, reference):
    """What would change the verdict is weighed by the same rules."""
    scale, found = weigher.framework.scale, prospects(weigher, levels_of(weigher, cells))
    for move in (*found.improvements, *(move for route in found.routes for move in route.moves)):
        changed = dict(cells)
        for step in move.steps:
            least = scale.rank(step.level)
            raised = {rank if rank is None else max(rank, least) for rank in cells[step.dimension]}
            changed[step.dimension] = tuple(raised)
        verdicts = {reference(world) for world in worlds(changed)}
        assert move.possible == tuple(scale.ids[rank] for rank in sorted(verdicts))


@given(data=st.data())
@settings(max_examples=CASES, deadline=None)
def test_all_evaluators_agree(compare, data):
    compare(data)


@pytest.mark.long
@given(data=st.data())
@settings(max_examples=MANY_CASES, deadline=None)
def test_all_evaluators_agree_on_many_cases(compare, data):
    compare(data)
