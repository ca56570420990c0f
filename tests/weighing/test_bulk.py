"""Weighing in bulk gives for every row what weighing it alone gives."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.weighing.test_properties import any_scheme

from kmtui import CodedScheme, Ground, Judged, Text
from kmtui.weighing.bulk import NOBODY, Bulk
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.weigher import Weigher

SAID = Text(nl="zo", en="so")


def masks_of(rows, bulk):
    """Rows of cells as arrays; a cell is a set of ranks, the blank's among them."""
    return np.array([[sum(1 << rank for rank in cell) for cell in row] for row in rows], bulk.dtype).T.copy()


def alike(weigher, rows):
    """Bulk and single weighing agree on the possible verdicts, the rule that decides and all that decide."""
    bulk = Bulk(weigher)
    cells = masks_of(rows, bulk)
    names = (*weigher.framework.scale.ids, weigher.framework.scale.blank.id)
    ids = weigher.framework.dimension_ids
    before = cells.copy()
    verdicts, decided = bulk.verdicts(cells), bulk.decided(cells)
    explained = [flags for _, block in bulk.explained(cells) for flags in block]
    assert (cells == before).all()
    assert (verdicts == decided.possible).all()
    for at, row in enumerate(rows):
        levels = {name: [names[rank] for rank in sorted(cell)] for name, cell in zip(ids, row, strict=True)}
        alone = weigher.weigh_levels({name: () if found == [names[-1]] else found for name, found in levels.items()})
        assert tuple(level for rank, level in enumerate(names[:-1]) if verdicts[at] >> rank & 1) == alone.possible
        first = alone.deciding[0].rule.id if alone.deciding else None
        place = decided.rule[at]
        assert (None if place == NOBODY else weigher.scheme.rules[place].id) == first
        flags = np.unpackbits(explained[at])
        told = [
            (entry.rule.id, bool(flags[2 * number]))
            for number, entry in enumerate(bulk.entries)
            if flags[2 * number] or flags[2 * number + 1]
        ]
        assert told == [(reason.rule.id, reason.certain) for reason in alone.deciding]


@given(data=st.data())
def test_any_scheme_weighs_in_bulk_as_row_by_row(make_framework, data):
    scheme, names, levels = data.draw(any_scheme())
    cell = st.sets(st.integers(0, len(levels)), min_size=1)
    rows = data.draw(st.lists(st.tuples(*[cell] * len(names)), min_size=1, max_size=20))
    alike(Weigher(make_framework(names, levels), scheme), rows)


@pytest.mark.parametrize("scheme", ["referentiekader-2008", "referentiekader-2013"])
def test_random_corps_weigh_in_bulk_as_row_by_row(monitor, scheme):
    weigher = monitor.weigher(scheme)
    choices = [{2}] * 12 + [{1}] * 3 + [{0}, {3}, {1, 2}, {0, 1, 2}, {0, 2}, {2, 3}]
    random = np.random.default_rng(1)
    picked = random.integers(0, len(choices), (2000, len(weigher.framework.dimensions)))
    alike(weigher, [[choices[at] for at in row] for row in picked])


def test_every_set_of_scores_on_few_dimensions(monitor, weigher):
    """All others are green; rows past the first block are weighed like those in it."""
    few = list(product([{0}, {1}, {2}, {3}, {0, 2}], repeat=3))
    rest = [{2}] * (len(weigher.framework.dimensions) - 3)
    alike(weigher, [[*row, *rest] for row in few])
    bulk = Bulk(weigher)
    cells = np.tile(masks_of([[*row, *rest] for row in few], bulk), 400)
    verdicts = bulk.verdicts(cells).reshape(400, -1)
    assert (verdicts == verdicts[0]).all()


def test_a_scheme_in_code_is_refused(make_framework):
    scheme = CodedScheme(
        id="coded",
        name=SAID,
        framework="plain",
        source="a test",
        grounds=(Ground(id="ground", text=SAID, source=("1",)),),
        monotone=True,
        judge=lambda _levels, _parameters: Judged(verdict="low"),
    )
    with pytest.raises(SchemeError, match="'coded' is written in code"):
        Bulk(Weigher(make_framework(("a",), ("low", "high")), scheme))
