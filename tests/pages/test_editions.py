"""Pages of editions that are known from others only: what they lack, and what is rolled up all the same."""

import pytest
from msgspec.structs import replace

from kmtui import Monitor
from kmtui.analysis.rollup import roll_up
from kmtui.blocks import Target
from kmtui.editions.parts import PartRead
from kmtui.pages.grids import GRIDS
from kmtui.pages.kinds import KINDS, page_of
from kmtui.pages.view import View
from kmtui.wording import Wording


@pytest.fixture
def older(monitor):
    return {name: View(monitor, monitor.edition(name), Wording("nl")) for name in ("2008", "2010")}


@pytest.mark.parametrize("kind", ["claims", "recommendations"])
def test_an_index_without_entries_says_which_edition_has_them(older, text, kind, targets):
    for view in older.values():
        page = page_of(view, Target(kind))
        assert text(page).endswith("Wel in 2012.")
        assert len(page.blocks) == 1, "no heads over nothing"
        assert not targets(page)


def test_figures_that_no_edition_has_are_said_to_be_nowhere(older, text, monkeypatch):
    view = older["2010"]
    none = view.figures.of_years(())
    monkeypatch.setattr(type(view.monitor), "figures", lambda _self, _edition: none)
    monkeypatch.setattr(view, "_read_figures", PartRead(none, []))
    assert text(page_of(view, Target("figures"))).endswith("geen cijfers bekend.")


def test_a_grid_of_partners_without_any_says_which_editions_have_them(older):
    grid = GRIDS["partners"](older["2008"])
    assert not grid.names
    assert grid.empty.endswith("2012, 2010.")


def test_units_are_those_of_the_newest_edition_that_has_a_mapping(older, text):
    for view in older.values():
        grid = GRIDS["units"](view)
        assert len(grid.names) == 11
        for unit in view.mapping.units:
            expected = [row.possible for row in roll_up(view.edition, unit, view.weigher)]
            assert list(grid.row(unit.id).cells) == expected
            page = text(page_of(view, Target("unit", "", unit.id)))
            assert view.say("units_borrowed") in page
    assert KINDS["unit"].ids(older["2008"])


def test_without_a_mapping_there_is_no_row_no_column_and_a_reason(monitor, edition):
    bare = edition.replace(head=edition.head.replace(unit_mapping=None))
    alone = Monitor(replace(monitor.registry, mappings={}), monitor.entries)
    grid = GRIDS["units"](View(alone, bare, Wording("nl")))
    assert (grid.names, grid.columns, grid.ends, grid.head) == ({}, (), {}, "")
    assert "plugin" in grid.empty


def test_a_mapping_that_takes_in_no_corps_of_the_edition_is_none_of_its(monitor, edition):
    mapping = monitor.mapping(edition)
    head = edition.head.replace(unit_mapping=None, corps=("kmar",))
    other = edition.replace(head=head, corps=(edition.find_corps("kmar"),))
    assert "kmar" not in [corps for unit in mapping.units for corps in unit.corps]
    assert View(monitor, other, Wording("nl")).mapping is None
