"""The page of two editions: one kind of end score throughout, and a table of who went from what to what."""

import re

import pytest

from kmtui.elements import Role
from kmtui.pages.changes import changes_of
from kmtui.pages.comparing import Comparing
from kmtui.wording import Wording


@pytest.fixture(params=[False, True], ids=["corps", "units"])
def page(monitor, edition, request):
    mapping = monitor.mapping(edition) if request.param else None
    return Comparing(monitor, mapping).editions_page(Wording("nl"), monitor.edition("2010"), edition)


def test_the_counts_are_of_the_end_scores_that_are_told_one_by_one(page, text):
    lines = text(page).splitlines()
    summary = dict(reversed(one.split(" ", 1)) for one in lines[4].split(", "))
    heads = dict(re.findall(r"^(\S[^:]*): (\d+)$", text(page), re.MULTILINE))
    assert {way.casefold(): count for way, count in heads.items()} == summary
    (told,) = [line for line in lines if line.startswith("Wat verandert")]
    assert lines[3].removeprefix("Eindscore, ") in told, "both say which end score"


def test_units_are_told_of_by_computed_end_scores_and_by_no_others(monitor, edition, text):
    comparing = Comparing(monitor, monitor.mapping(edition))
    page = text(comparing.editions_page(Wording("nl"), monitor.edition("2010"), edition))
    assert "Eindscore, berekend" in page
    assert "gepubliceerd" not in page


def test_the_table_from_what_to_what_lines_up_and_paints_only_what_is_certain(page, view):
    first = next(at for at, line in enumerate(page.lines) if line.spans and line.spans[0].text == "van \\ naar")
    head, *rows = [
        line.spans
        for line in page.lines[first : next(at for at in range(first, len(page.lines)) if not page.lines[at].spans)]
    ]
    assert len(rows) > 1
    ends = [span.at + len(span.text) for span in rows[0][1:]]
    for row in rows:
        assert [span.at + len(span.text) for span in row[1:]] == ends
        assert (row[0].level is None) == (row[0].text == "open" or " of " in row[0].text)
    numbers = [int(span.text) for row in rows for span in row[1:] if span.text != "-"]
    assert sum(numbers) in (27, 12)
    assert all(span.role is Role.LEVEL for span in head[1:])


def test_what_is_open_is_nowhere_painted_as_a_level(page):
    for line in page.lines:
        for before, span in zip(line.spans, line.spans[1:], strict=False):
            assert not (before.level and span.text.strip() == "of")


def test_as_many_changes_are_counted_as_are_marked(view):
    changes = changes_of(view)
    columns = range(len(view.dimensions) + 1)
    marked = [changes.at(corps_id, column) for corps_id in view.corps for column in columns]
    for direction in ("better", "worse"):
        assert changes.counts[direction] + changes.ends[direction] == marked.count(direction) > 0
