"""Trying out other scores and parameters on a corps."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui import Monitor, open_monitor
from kmtui.blocks import Target
from kmtui.tui.screens.whatif import WhatIfScreen
from kmtui.tui.widgets.column_flow import NARROWEST, ColumnFlow

SLOWEST = 0.016
"""Seconds that a key may take to be weighed, at most."""


def outcome(hand) -> str:
    return "\n".join(map(hand.told, hand.entries))


async def try_out(hand, corps: str, dimension: str) -> WhatIfScreen:
    """Open it for a corps, with the cursor on a dimension."""
    hand.matrix.go_to(corps, dimension)
    await hand.press("8")
    screen = hand.app.screen
    assert isinstance(screen, WhatIfScreen)
    assert screen.target == Target("whatif", corps)
    screen.editor.go_to(dimension)
    return screen


def line_of(hand, name: str) -> str:
    """What the list says of a dimension or parameter."""
    shown = hand.app.screen.editor
    lines = (shown.render_line(y).text for y in range(shown.size.height))
    (line,) = (line[line.index(name) - 2 :] for line in lines if name in line)
    return line


async def test_what_would_make_gooi_en_vechtstreek_green(open_app) -> None:
    async with open_app() as hand:
        await try_out(hand, "gooi-en-vechtstreek", "vergunde-branche")
        await hand.until(lambda: "Minste verbeteringen tot minstens Groen" in outcome(hand))
        assert "Vergunde branche naar Groen" in outcome(hand)
        await hand.press("plus")
        assert hand.told(hand.entries[0]).endswith("Groen")
        assert "* Vergunde branche" in hand.text
        assert "▲ ›  ● Groen" in line_of(hand, "Vergunde branche")


async def test_why_kennemerland_is_red_and_what_parameters_do_to_it(open_app) -> None:
    async with open_app() as hand:
        screen = await try_out(hand, "kennemerland", "weging")
        assert outcome(hand).startswith("Eindscore: nu Rood\n- ")
        assert "[2.12.5, 2.16.5]" in outcome(hand)
        await hand.press("end", "up", "up", "minus")
        assert hand.told(hand.entries[0]) == "Eindscore: nu Rood dan Geel"
        assert screen.editor.scenario.values.changes == {"overige-rode-scores-verzwaren": 0}
        await hand.press("i")
        assert hand.told(hand.entries[0]) == "Eindscore: nu Rood"


async def test_undo_goes_back_step_by_step_and_reset_can_be_undone(open_app) -> None:
    async with open_app() as hand:
        screen = await try_out(hand, "groningen", "weging")
        await hand.press("i", "i", "Z")
        assert not screen.editor.scenario.changed
        assert "zoals de bron" in hand.title
        await hand.press("z")
        assert screen.editor.scenario.scores.changes == {"weging": ("geel",)}
        await hand.press("z", "z", "z", "Z")
        assert not screen.editor.scenario.changed


async def test_letters_of_the_levels_set_them_where_they_are_free(open_app) -> None:
    async with open_app() as hand:
        screen = await try_out(hand, "groningen", "weging")
        for letter, level in (("A", "geel"), ("R", "rood"), ("C", "groen")):
            await hand.press(letter)
            assert screen.editor.scenario.scores["weging"] == (level,)
        await hand.press("minus")
        assert screen.editor.scenario.scores["weging"] == ("geel",)
        await hand.press("end", "R")
        assert screen.editor.scenario.values.changes == {}


async def test_nothing_is_saved(open_app) -> None:
    async with open_app() as hand:
        await try_out(hand, "groningen", "weging")
        await hand.press("i", "escape")
        assert hand.depth == 1
        assert hand.app.view.score("groningen", "weging").possible == ("groen",)
        screen = await try_out(hand, "groningen", "weging")
        assert not screen.editor.scenario.changed


async def test_open_scores_stay_open_until_they_are_changed(open_app, monitor: Monitor) -> None:
    shown = Monitor(monitor.registry, tuple(entry for entry in monitor.entries if entry.id == "2010"))
    async with open_app(shown) as hand:
        await try_out(hand, "drenthe", "weging")
        assert "■▲ open" in line_of(hand, "Weging")
        assert hand.told(hand.entries[0]) == "Eindscore: nu Rood of Geel"
        await hand.press("R")
        assert "■▲›  ■ Rood" in line_of(hand, "Weging")


async def test_the_corps_looked_at_last_is_tried_and_brackets_turn_to_the_next(open_app, edition) -> None:
    async with open_app() as hand:
        await hand.press("2", "right_square_bracket", "8")
        first, second = edition.corps[1:3]
        assert first.name in hand.title
        await hand.press("i", "right_square_bracket")
        assert second.name in hand.title
        assert "zoals de bron" in hand.title
        await hand.press("left_square_bracket")
        assert "1 wijziging" in hand.title, "what was tried with a corps stays"
        await hand.press("right_square_bracket", "2")
        assert hand.target == Target("corps", second.id)


async def test_enter_leads_to_the_evidence_and_back(open_app) -> None:
    async with open_app() as hand:
        screen = await try_out(hand, "kennemerland", "weging")
        await hand.press("i", "enter")
        assert hand.target == Target("cell", "kennemerland", "weging")
        await hand.press("escape")
        assert hand.app.screen is screen
        assert screen.editor.scenario.changed


async def test_keys_go_through_the_columns_of_a_low_screen(open_app) -> None:
    async with open_app(size=(80, 24)) as hand:
        screen = await try_out(hand, "groningen", "referentiekader")
        await hand.press("right")
        beside = screen.editor.item.dimension
        await hand.press("left")
        assert screen.editor.item.dimension == "referentiekader"
        assert beside != "referentiekader"
        await hand.press("up")
        assert screen.editor.item.dimension == "referentiekader"


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 50)])
async def test_everything_is_in_reach_at_every_size(open_app, size, framework) -> None:
    async with open_app(size=size) as hand:
        screen = await try_out(hand, "groningen", framework.dimension_ids[0])
        seen = set()
        for _ in range(len(framework.dimension_ids)):
            seen.add(screen.editor.item.dimension)
            assert screen.editor.item.name[:12] in hand.text
            await hand.press("down")
        assert seen == set(framework.dimension_ids)


async def test_a_key_is_weighed_at_once(open_app, monitor: Monitor) -> None:
    for edition in monitor.openable():
        shown = Monitor(monitor.registry, monitor.entries, {edition.id: edition})
        async with open_app(shown) as hand:
            screen = await try_out(hand, edition.corps[0].id, "weging")
            await hand.press("i")
            start = time.perf_counter()
            screen._maker()()
            assert time.perf_counter() - start < SLOWEST


CODED = """
from kmtui import CodedScheme, Judged, hookimpl

SAID = {"nl": "Hoogstens zoveel gele scores", "en": "At most so many yellow scores"}

def judge(levels, parameters):
    if "rood" in levels.values():
        raise ValueError("red is not foreseen")
    yellow = tuple(name for name, level in levels.items() if level == "geel")
    if len(yellow) > parameters["most"]:
        return Judged(verdict="geel", because={"yellow": yellow})
    return Judged(verdict="groen", because={})

@hookimpl
def weighting_schemes():
    most = {"id": "most", "name": SAID, "reason": SAID, "default": 0, "minimum": 0, "maximum": 5, "source": ["1"]}
    return [
        CodedScheme.model_validate(
            {
                "id": "coded",
                "name": SAID,
                "framework": "referentiekader-2008",
                "source": "a test",
                "parameters": [most],
                "grounds": [{"id": "yellow", "text": SAID, "source": ["1"]}],
                "monotone": True,
                "judge": judge,
            }
        )
    ]
"""


async def test_a_scheme_in_code_is_tried_too_and_its_failure_told_in_place(open_app, tmp_path) -> None:
    file = tmp_path / "coded.py"
    file.write_text(CODED, "utf-8")
    async with open_app(open_monitor([file])) as hand:
        while hand.app.view.weigher.scheme.id != "coded":
            await hand.press("S")
        screen = await try_out(hand, "groningen", "weging")
        assert hand.told(hand.entries[0]) == "Eindscore: nu Groen"
        await hand.press("minus")
        assert hand.told(hand.entries[0]) == "Eindscore: nu Groen dan Geel"
        await hand.until(lambda: "red is not foreseen" in outcome(hand))
        assert hand.told(hand.entries[0]) == "Eindscore: nu Groen dan Geel"
        await hand.press("end", "plus")
        assert hand.told(hand.entries[0]) == "Eindscore: nu Groen dan Groen"
        screen.editor.go_to("weging")
        await hand.press("R")
        assert "red is not foreseen" in outcome(hand)
        await hand.press("C")
        assert hand.told(hand.entries[0]) == "Eindscore: nu Groen dan Groen"


# Where lines stand


flows = st.builds(ColumnFlow, st.integers(1, 80), st.integers(1, 60), st.integers(20, 250))


@given(flow=flows)
def test_every_line_has_a_place_of_its_own(flow: ColumnFlow) -> None:
    for page in range(0, flow.lines, flow.page):
        found = [line for row in range(flow.height) for line in flow.on_row(row, page)]
        assert sorted(found) == list(range(page, min(page + flow.page, flow.lines)))
        for line in found:
            column, row = flow.place(line)
            assert flow.on_row(row, line)[column] == line


@given(flow=flows)
def test_columns_are_wide_enough_and_no_more_than_needed(flow: ColumnFlow) -> None:
    assert flow.columns == 1 or flow.column_width >= NARROWEST
    assert (flow.columns - 1) * flow.height < flow.lines
