"""The grids of scores, partners and units: the same keys, what changed, jumps, groups."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from kmtui import Monitor
from kmtui.blocks import Target
from kmtui.pages.grids import GRIDS
from kmtui.tui.jumps import next_cell
from kmtui.tui.widgets.row_lines import RowLines

KINDS = {"1": "scores", "4": "partners", "5": "units"}


@pytest.mark.parametrize("kind", GRIDS)
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)])
async def test_every_grid_is_walked_by_the_same_keys(open_app, kind: str, size) -> None:
    async with open_app(size=size) as hand:
        hand.app.navigator.show("matrix" if kind == "scores" else kind)
        grid = hand.app.screen.grid
        await hand.press("down", "right")
        assert (hand.matrix.row, hand.matrix.column) == (1, 1)
        await hand.press("G", "end")
        assert (hand.matrix.row, hand.matrix.column) == (len(grid.names) - 1, grid.width - 1)
        await hand.press("g", "home", "s")
        assert grid.column_name(0) in hand.title
        await hand.press("slash", *"limburg", "enter")
        assert hand.rows
        assert all("Limburg" in name for name in hand.rows)
        await hand.until(lambda: "Limburg" in hand.pane)


async def test_each_grid_keeps_its_cursor_and_escape_goes_back_to_the_scores(open_app) -> None:
    async with open_app() as hand:
        hand.matrix.go_to("utrecht", "gedragscode")
        await hand.press("4")
        assert hand.cell[0] == "utrecht", "the same corps, as long as one has not been elsewhere in this grid"
        await hand.press("down", "right")
        there = hand.cell
        await hand.press("5", "4")
        assert hand.cell == there
        await hand.press("escape")
        assert hand.cell == ("utrecht", "gedragscode")


async def test_enter_and_letters_open_what_rows_and_columns_are_about(open_app, edition) -> None:
    async with open_app() as hand:
        await hand.press("4", "enter")
        assert hand.target == Target("judgement", edition.corps[0].id, edition.head.partners[0])
        await hand.press("escape", "c")
        assert hand.target == Target("corps", edition.corps[0].id)
        await hand.press("escape", "5", "enter")
        assert hand.target.kind == "rolled"
        await hand.press("escape", "d")
        assert hand.target.kind == "dimension"
        await hand.press("escape", "end", "enter")
        assert hand.target.kind == "unit", "the end score is that of the whole unit"


async def test_a_partner_is_told_with_its_evidence_and_a_unit_with_its_corps(open_app, monitor, edition) -> None:
    unit = monitor.mapping(edition).units[0]
    async with open_app(size=(120, 40)) as hand:
        await hand.press("4")
        await hand.until(lambda: "Basis: " in hand.pane)
        await hand.press("5")
        await hand.until(lambda: unit.name.nl in hand.pane)
        assert "Verdeling: " in hand.pane
        assert all(edition.find_corps(corps_id).name in hand.pane for corps_id in unit.corps)


async def test_an_edition_without_units_or_partners_says_so(open_app, monitor, edition) -> None:
    bare = edition.replace(head=edition.head.replace(unit_mapping=None, partners=()))
    alone = Monitor(replace(monitor.registry, mappings={}), [monitor.entry(bare.id)], {bare.id: bare})
    async with open_app(alone) as hand:
        for key, told in (("5", "Geen plugin heeft eenheden"), ("4", "geen oordelen over partners")):
            await hand.press(key)
            assert told in hand.text
            await hand.press("down", "right", "enter", "c", "s", "v", "w", "n", "r", "G", "end")
            assert hand.depth == 1


async def test_a_plugin_that_cannot_weigh_is_told_of_in_its_place(open_app, monkeypatch) -> None:
    from kmtui.pages.view import View
    from kmtui.weighing.coded import JudgeError

    def fail(_view, _corps_id):
        raise JudgeError("scheme 'x': its function raised")

    monkeypatch.setattr(View, "verdict", fail)
    async with open_app() as hand:
        await hand.press("end")
        await hand.until(lambda: "its function raised" in hand.pane)


# What changed


async def test_what_became_better_or_worse_is_marked_counted_and_told(open_app, edition, monitor) -> None:
    async with open_app(size=(200, 50)) as hand:
        await hand.until(lambda: "↑" in hand.title)
        marks = sum(line.count("↑") for line in hand.lines[1:-2])
        changes = hand.app.screen._changes[hand.app.view]
        assert f"sinds 2010 ↑{changes.counts['better']}, eindscore ↑10 ↓1" in hand.title
        cells = [(corps.id, column) for corps in edition.corps for column in range(18)]
        assert marks == sum(changes.at(*cell) == "better" for cell in cells)
        await hand.press("a")
        row, column = hand.matrix.row_id, hand.matrix.column
        assert changes.at(row, column)
        await hand.until(lambda: "beter dan in 2010: " in hand.pane)


async def test_in_the_first_edition_nothing_is_marked(open_app, monitor) -> None:
    async with open_app() as hand:
        oldest = list(monitor.openable())[-1]
        while hand.app.view.edition.id != oldest.id:
            await hand.press("e")
        await hand.until(lambda: hand.app.view in hand.app.screen._changes)
        assert "↑" not in hand.text
        await hand.press("a")
        assert "Niets is beter of slechter" in hand.pane


# Jumps


async def test_jumps_go_round_and_back(open_app, framework) -> None:
    worst, *middle, _best = framework.scale.ids
    wanted = {"w": [(worst,)], "m": [(level,) for level in middle], "u": None}
    async with open_app() as hand:
        for key, levels in wanted.items():
            await hand.press("g", "home", key)
            seen = []
            while (at := (hand.matrix.row, hand.matrix.column)) not in seen:
                seen.append(at)
                judged = hand.app.screen.grid.judged(hand.matrix.row_id, hand.matrix.column)
                assert judged in levels if levels else len(judged) > 1
                await hand.press("n")
            await hand.press("N")
            assert (hand.matrix.row, hand.matrix.column) == seen[-1]


async def test_again_without_a_jump_does_nothing(open_app) -> None:
    async with open_app() as hand:
        await hand.press("n", "N")
        assert (hand.matrix.row, hand.matrix.column) == (0, 0)


def test_the_next_cell_is_in_reading_order_and_at_last_the_same() -> None:
    rows, here = ["a", "b", "c"], {("a", 1), ("b", 0), ("c", 1)}
    found = [(0, 1)]
    for _ in range(3):
        found.append(next_cell(rows, 2, found[-1], 1, lambda row, column: (row, column) in here))
    assert found == [(0, 1), (1, 0), (2, 1), (0, 1)]
    assert next_cell(rows, 2, (0, 1), -1, lambda row, column: (row, column) in here) == (2, 1)
    assert next_cell(rows, 2, (0, 0), 1, lambda *_: False) is None
    assert next_cell([], 2, (0, 0), 1, lambda *_: True) is None


# Groups


async def test_rows_of_a_unit_stand_together_under_its_name_and_keep_their_order(open_app, monitor, edition) -> None:
    mapping = monitor.mapping(edition)
    async with open_app(size=(200, 60)) as hand:
        await hand.press("v", "r")
        for unit in mapping.units:
            assert any(line.rstrip() == unit.name.nl for line in hand.lines)
        units = {corps_id: unit.id for unit in mapping.units for corps_id in unit.corps}
        shown = [units.get(corps_id, "") for corps_id in hand.matrix.row_lines.rows]
        assert len(list(dict.fromkeys(shown))) == 1 + sum(a != b for a, b in pairwise(shown))
        oost = [corps_id for corps_id in hand.matrix.row_lines.rows if units.get(corps_id) == mapping.units[1].id]
        badness = [hand.app.view.badness(hand.app.screen.grid.judged(corps_id, 17)) for corps_id in oost]
        assert badness == sorted(badness)
        await hand.press("r", "o")
        assert hand.rows == [corps.name for corps in edition.corps]


async def test_the_cursor_steps_over_heads_and_pages_reach_every_row(open_app, edition) -> None:
    async with open_app(size=(80, 24)) as hand:
        await hand.press("r", "g")
        seen = [hand.matrix.row_id]
        for _ in range(len(edition.corps) - 1):
            await hand.press("down")
            seen.append(hand.matrix.row_id)
        assert sorted(seen) == sorted(corps.id for corps in edition.corps)
        await hand.press("g")
        for _ in range(6):
            await hand.press("pagedown")
        assert hand.matrix.row == len(edition.corps) - 1


def test_a_sheet_knows_the_lines_of_its_rows() -> None:
    row_lines = RowLines.grouped(["a1", "a2", "b1"], lambda row: row[0])
    assert list(row_lines.lines) == ["a", 0, 1, "b", 2]
    assert list(row_lines.places) == [1, 2, 4]
    assert [row_lines.row_near(line) for line in range(6)] == [0, 0, 1, 1, 2, 2]
    assert row_lines.top(2, 3) == 3
    assert RowLines.plain([]).top(0, 5) == 0


# Schemes


async def test_other_rules_for_the_framework_are_gone_round_and_named(open_app, monitor) -> None:
    edition = monitor.newest()
    own = monitor.scheme(edition.scheme)
    name = own.name.replace(nl="Andere regels")
    other = own.replace(id="andere", name=name)
    registry = replace(monitor.registry, schemes={**monitor.registry.schemes, "andere": other})
    async with open_app(Monitor(registry, monitor.entries)) as hand:
        await hand.press("S")
        assert hand.title.startswith("Andere regels")
        await hand.press("e")
        assert "Andere regels" not in hand.title, "each edition has its own"
        while hand.app.view.edition.id != edition.id:
            await hand.press("e")
        assert "Andere regels" in hand.title
        while hand.app.view.weigher.scheme.id != edition.scheme:
            await hand.press("S")
        assert own.name.nl in hand.title


def with_schemes(monitor: Monitor, *names: str) -> Monitor:
    schemes = {name: monitor.scheme(name) for name in names}
    return Monitor(replace(monitor.registry, schemes=schemes), monitor.entries)


@pytest.mark.parametrize(("keys", "told"), [((), "pane"), (("c",), "notice")])
async def test_where_there_are_no_other_rules_it_says_so(open_app, monitor, keys, told) -> None:
    async with open_app(with_schemes(monitor, monitor.newest().scheme)) as hand:
        await hand.press(*keys, "S")
        shown = hand.pane if told == "pane" else " ".join(note.message for note in hand.app._notifications)
        assert "geen andere weegregels" in shown


async def test_rules_of_another_framework_are_reached_by_its_crosswalk(open_app, monitor) -> None:
    new = monitor.registry.frameworks["referentiekader-2013"]
    async with open_app(size=(140, 40)) as hand:
        hand.matrix.go_to("kennemerland", "weging")
        await hand.press("S")
        await hand.until(lambda: [column.id for column in hand.app.screen.grid.columns] == list(new.dimension_ids))
        assert hand.title.startswith(hand.app.view.say.of(monitor.scheme("referentiekader-2013").name))
        hand.matrix.go_to("kennemerland", "expert-mensenhandel")
        await hand.press("enter")
        await hand.until(lambda: hand.entries and "Korpsexpert: mandaat: " in hand.told(hand.entries[2]))
        await hand.press("escape", "9")
        assert hand.title.startswith("Beweringen"), "what the source asserts, it asserts of its own dimensions"
        await hand.press("1", "S")
        old = monitor.registry.frameworks["referentiekader-2008"]
        await hand.until(lambda: [column.id for column in hand.app.screen.grid.columns] == list(old.dimension_ids))


async def test_edition_and_rules_change_in_every_view_at_the_same_place(open_app, monitor) -> None:
    async with open_app() as hand:
        await hand.press("2", "e")
        assert hand.target.corps == hand.app.view.edition.corps[0].id
        assert hand.app.view.edition.id != monitor.newest().id
        assert hand.app.view.edition.title in hand.title
        await hand.press("escape")
        assert hand.app.view.edition.title in hand.title


async def test_in_another_language_all_is_said_anew(open_app) -> None:
    async with open_app(size=(120, 40)) as hand:
        await hand.press("5", "L")
        await hand.until(lambda: "Distribution: " in hand.pane)
        assert hand.lines[1].startswith("Unit")
        assert "editions" in hand.lines[-2]
        await hand.press("1")
        await hand.until(lambda: "since 2010" in hand.title)


# The status line


async def test_the_status_line_says_what_is_loaded(open_app, monitor) -> None:
    async with open_app(size=(120, 40)) as hand:
        assert f"{len(monitor.entries)} edities" in hand.lines[-2]
        assert "wijkt af" in hand.lines[-2]
        await hand.resize(80, 24)
        assert f"{len(monitor.entries)} edities" in hand.lines[-2]
        assert "wijkt af" not in hand.lines[-2], "the legend has the rest of the line, and help has it all"
