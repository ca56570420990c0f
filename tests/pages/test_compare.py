"""The page of two editions: one kind of end score throughout, and a table of who went from what to what."""

from itertools import pairwise

import pytest

from kmtui.blocks import outline, plain, tables
from kmtui.pages.compare import Comparing
from kmtui.pages.grids import changes_of
from kmtui.wording import Wording


@pytest.fixture(params=[False, True], ids=["corps", "units"])
def page(monitor, edition, request):
    mapping = monitor.mapping(edition) if request.param else None
    return Comparing(monitor, mapping).editions_page(Wording("nl"), monitor.edition("2010"), edition)


def section_of(page, anchor):
    return next(found.section for found in outline(page.blocks) if found.section.anchor == anchor)


def test_the_counts_are_of_the_end_scores_that_are_listed_one_by_one(page):
    verdict, changes = (section_of(page, anchor) for anchor in ("verdict", "changes"))
    summary = dict(reversed(one.split(" ", 1)) for one in plain(verdict.blocks[0].spans).split(", "))
    heads = dict(plain(group.title).split(": ") for group in changes.blocks)
    assert {way.casefold(): count for way, count in heads.items()} == summary
    for group in changes.blocks:
        assert len(group.blocks[0].items) == int(plain(group.title).split(": ")[1])
    assert plain(verdict.title).removeprefix("Eindscore, ") in plain(changes.title), "both say which end score"


def test_units_are_told_of_by_computed_end_scores_and_by_no_others(monitor, edition, text):
    comparing = Comparing(monitor, monitor.mapping(edition))
    page = text(comparing.editions_page(Wording("nl"), monitor.edition("2010"), edition))
    assert "Eindscore, berekend" in page
    assert "gepubliceerd" not in page


def test_the_table_from_what_to_what_paints_only_what_is_certain(page):
    table = next(table for table in tables(page.blocks) if table.id == "verdict")
    assert len(table.rows) > 1
    for row in table.rows:
        assert (row.cells[0].spans[0].level is None) == (len(row.cells[0].levels) > 1)
    assert sum(cell.number or 0 for row in table.rows for cell in row.cells[1:]) in (27, 12)


def test_what_is_open_is_nowhere_painted_as_a_level(page, entries):
    for entry in entries(page):
        for row in entry.rows:
            for before, span in pairwise(row):
                assert not (before.level and span.text.strip() == "of")


def test_as_many_changes_are_counted_as_are_marked(view):
    changes = changes_of(view)
    columns = range(len(view.dimensions) + 1)
    marked = [changes.at(corps_id, column) for corps_id in view.corps for column in columns]
    for direction in ("better", "worse"):
        assert changes.counts[direction] + changes.ends[direction] == marked.count(direction) > 0
