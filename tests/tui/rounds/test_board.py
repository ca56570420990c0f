"""The board of a round and the menus of its steps, as each participant sees them."""

import pytest

from kmtui.rounds import actions as do
from kmtui.rounds.board import Standing, board
from kmtui.rounds.errors import RefusedError
from kmtui.rounds.progress import Step, progress
from kmtui.rounds.sight import seen_by, subjects_seen
from kmtui.tui.rounds.steps import deeds
from kmtui.tui.rounds.words import RoundWording

SAY = RoundWording("en")
EVERYBODY = ("office", "ann", "bob", "nora", "chris", "dee", "nick", "sam", "sue", "pat")


def stages(table):
    """The round after each of its stages."""
    yield "begun"
    table.ask()
    yield "asked"
    table.do("office", do.Send(corps="south"))
    yield "sent"
    answers = {"staff": do.Answer(kind="number", value=12), "story": do.Answer(kind="text", value="Well.")}
    table.do("sam", do.Receive(corps="south", author="expert", answers=answers))
    yield "received"
    query = table.do("dee", do.Query(corps="south", topic="staff", text="Sure?"))
    yield "query"
    table.do("sam", do.Reply(query=query.seq, text="Yes."))
    table.do("dee", do.Close(query=query.seq, reason="Clear."), do.Accept(corps="south"))
    table.do("dee", do.Compare(source="emm", title="EMM", figures={"south": {"staff": 40}}))
    yield "differs"
    table.interview("south")
    yield "interviewed"
    table.do("chris", do.OpenSession(number=1, blind=True))
    yield "blind"
    table.propose("ann").propose("bob", level="rood")
    table.do("chris", do.CloseSession(), do.OpenSession(number=2))
    yield "second session"
    for at in range(len(table.dimensions)):
        table.do("chris", table.score(do.Settle, "south", at, "groen"))
    yield "settled"


async def test_everybody_sees_at_every_stage_what_they_can_do_or_why_not(table):
    for stage in stages(table):
        state = table.state
        today = table.now.date()
        for who in EVERYBODY:
            seen = seen_by(state, who)
            for row in board(seen, who, today):
                for cell in row.cells:
                    found = deeds(seen, who, row.subject, cell.step, today, SAY)
                    able = [deed for deed in found if deed.refused is None]
                    assert bool(able) == cell.mine, (stage, who, row.subject, cell.step)
                    if cell.done == cell.total:
                        assert not found
                    for deed in found:
                        assert deed.make or deed.command or SAY.of(deed.refused.reason), (stage, who, deed)
            for deed in deeds(seen, who, None, None, today, SAY):
                assert deed.make or deed.command or SAY.of(deed.refused.reason), (stage, who, deed)


async def test_what_a_menu_offers_the_rules_allow(table):
    for stage in stages(table):
        today = table.now.date()
        for who in EVERYBODY:
            opened = table[who]
            seen = opened.refresh()
            places = [(None, None), *((name, step) for name in subjects_seen(seen, who) for step in Step)]
            for subject, step in places:
                for deed in deeds(seen, who, subject, step, today, SAY):
                    if deed.make is not None:
                        try:
                            opened.allowed(deed.make("Words."))
                        except RefusedError as error:
                            raise AssertionError(f"{stage}, {who}: {deed.name}") from error


async def test_board_and_status_share_the_definition_of_progress(table):
    table.collect().interview("south")
    state = seen_by(table.state, "office")
    for row in board(state, "office", table.now.date()):
        assert (row.done, row.total) == progress(state, row.subject)
        for cell in row.cells:
            assert (cell.done, cell.total) == progress(state, row.subject, cell.step)


async def test_what_is_locked_is_locked_in_every_menu(table):
    table.whole().do("office", do.Freeze())
    today = table.now.date()
    for who in EVERYBODY:
        seen = table[who].refresh()
        assert seen.frozen
        for row in board(seen, who, today):
            assert not any(cell.mine for cell in row.cells), who
        offered = [deed.name for deed in deeds(seen, who, None, None, today, SAY) if deed.refused is None]
        assert set(offered) <= {SAY.deed(do.Thaw), SAY.deed(do.Publish)}
        with pytest.raises(RefusedError):
            table.do(who, do.Query(corps="south", topic="staff", text="Sure?"))


async def test_a_form_past_its_date_is_late(table):
    table.ask().do("office", do.Send(corps="south", due=table.now.date()))
    seen = table["office"].refresh()
    later = table.now.date().replace(day=table.now.day + 9)
    row = next(row for row in board(seen, "office", later) if row.subject == "south")
    assert (row.cells[0].standing, row.cells[0].status) == (Standing.LATE, "sent")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_board_shows_who_is_how_far(table, sit, size):
    table.collect().interview("north")
    async with sit("dee", size=size) as hand:
        line = hand.line("North")
        assert "✓accepted" in line
        assert "✓final" in line
        assert "0/19" in line or f"0/{len(table.dimensions)}" in line
        assert "nothing" not in hand.static("status")


async def test_a_filter_leaves_what_waits_for_me(table, sit):
    table.ask().do("office", do.Send(corps="south"))
    async with sit("office") as hand:
        assert "North" in hand.text
    async with sit("dee") as hand:
        await hand.press("w")
        assert "North" not in hand.text
        assert hand.static("status") == "Nothing waits for you."
        await hand.press("w")
        assert "North" in hand.text


async def test_enter_opens_a_step_and_does_what_it_offers(table, sit):
    table.ask()
    async with sit("office") as hand:
        await hand.press("enter")
        assert "send the form" in hand.text
        await hand.press("enter")
        await hand.until(lambda: "Recorded" in hand.static("status"))
        assert table.state.forms.keys() == {"north"}
        await hand.press("escape")
        assert "sent" in hand.line("North")


async def test_words_that_are_refused_are_not_lost(table, sit):
    table.ask().do("office", do.Send(corps="south"))
    table.do("dee", do.Query(corps="south", topic="staff", text="Sure?"))
    async with sit("sam") as hand:
        await hand.press("enter", "enter", "enter")
        assert hand.static("status").startswith("Refused")
        await hand.type("We are")
        await hand.press("escape", "enter")
        await hand.type(" sure")
        table.do("dee", do.Close(query=table.state.seq, reason="Clear."))
        await hand.press("enter")
        await hand.until(lambda: "dee was before you: close the query" in hand.static("status"))
        assert "We are sure" in hand.text


async def test_what_others_do_appears_by_itself(table, sit):
    table.ask()
    async with sit("office") as hand:
        assert "unsent" in hand.line("South")
        table.do("office", do.Send(corps="south"))
        await hand.until(lambda: "sent" in hand.line("South") and "unsent" not in hand.line("South"))


async def test_a_participant_of_a_corps_sees_that_corps_alone(table, sit):
    table.collect()
    async with sit("sam") as hand:
        assert "South" in hand.text
        assert "North" not in hand.text
    async with sit("pat") as hand:
        assert "South" not in hand.text


async def test_a_board_in_ascii_has_no_other_signs(table, sit, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    table.collect()
    async with sit("dee", language="nl") as hand:
        assert hand.text.isascii()
        assert "vakkoord" in hand.line("North")
