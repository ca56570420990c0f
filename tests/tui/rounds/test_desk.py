"""The weighing desk: scores, reasons, evidence, undo, conflicts, and what others do meanwhile."""

import time
from contextlib import asynccontextmanager

import pytest
from textual.coordinate import Coordinate
from textual.widgets import Input

from kmtui.rounds import actions as do
from kmtui.rounds.desk import before, evidence, undo
from kmtui.rounds.errors import JournalAwayError
from kmtui.tui.rounds.desk import DeskScreen


@pytest.fixture
def weighing(table):
    """A round in session 1, with everything to weigh on."""
    table.collect().interview()
    table.do("chris", do.OpenSession(number=1))
    return table


@pytest.fixture
def second(weighing):
    """A round in session 2: two weighers differ on the first two dimensions of the south."""
    weighing.propose("ann").propose("bob")
    for at in (0, 1):
        weighing.propose("bob", level="rood", only=at)
    weighing.do("chris", do.CloseSession(), do.OpenSession(number=2))
    return weighing


@pytest.fixture
def desk(sit):
    """Sit down at the desk of the south."""

    @asynccontextmanager
    async def sitting(who, **more):
        async with sit(who, **more) as hand:
            await hand.pilot.pause()
            await hand.press("down", "right", "right", "right", "enter")
            await hand.until(lambda: isinstance(hand.app.screen, DeskScreen), "the desk opens")
            yield hand

    return sitting


async def recorded(hand):
    await hand.until(lambda: hand.static("status").startswith("Recorded"), "it is recorded")


def proposal(table, who, at=0):
    return table.state.cell("south", table.dimensions[at]).proposals.get(who)


def proposed(hand, at):
    """The proposals on a dimension, as the table shows them."""
    return str(hand.app.screen.table.get_cell_at(Coordinate(at, 3)))


async def test_a_score_is_proposed_with_keys_alone(weighing, desk):
    async with desk("ann") as hand:
        await hand.press("a", "b", "enter", "escape", "n")
        await hand.type("Half done.")
        await hand.press("enter", "enter")
        await recorded(hand)
        found = proposal(weighing, "ann")
        assert (found.level, found.reason, found.evidence) == ("geel", "Half done.", ("form/staff",))
        assert hand.app.screen.dimension == weighing.dimensions[1]


async def test_a_whole_corps_is_scored_without_leaving_the_desk(weighing, desk):
    async with desk("ann", size=(80, 24)) as hand:
        for at in range(len(weighing.dimensions)):
            await hand.press("minus", "n", "x", "enter", "enter")
            await hand.until(lambda at=at: proposal(weighing, "ann", at), f"dimension {at}")
            await recorded(hand)
            assert proposal(weighing, "ann", at).level is None


async def test_what_the_rules_refuse_is_told_with_its_paragraph_and_nothing_is_lost(weighing, desk):
    async with desk("ann") as hand:
        await hand.press("c", "n")
        await hand.type("Fine")
        await hand.press("enter", "enter")
        await hand.until(lambda: "Refused" in hand.static("status"))
        assert "evidence (2.1.6)" in hand.static("status")
        assert "Fine" in hand.static("reason")
        await hand.press("escape")
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, DeskScreen))
        assert "Fine" in hand.static("reason")
        assert proposal(weighing, "ann") is None


async def test_a_level_without_a_reason_asks_for_it(weighing, desk):
    async with desk("ann") as hand:
        await hand.press("r", "enter")
        assert "reason" in hand.static("status")
        assert hand.app.screen.query_one(Input).has_focus


@pytest.mark.parametrize(("who", "why"), [("dee", "weigher"), ("chris", "weigher"), ("office", "weigher")])
async def test_who_may_not_score_reads_why(weighing, desk, who, why):
    async with desk(who) as hand:
        await hand.press("r")
        assert hand.static("status").startswith("Refused")
        assert why in hand.static("status")
        assert "(2.1.6)" in hand.static("status")


async def test_nobody_weighs_their_own_corps(weighing, sit):
    async with sit("nora") as hand:
        await hand.pilot.pause()
        await hand.press("right", "right", "right", "enter")
        await hand.until(lambda: isinstance(hand.app.screen, DeskScreen))
        await hand.press("r")
        assert "nobody assesses their own corps (2.4.2)" in hand.static("status")


async def test_undo_is_a_new_event_and_goes_back_step_by_step(weighing, desk):
    weighing.propose("ann", level="rood", only=0)
    weighing.propose("ann", level="geel", only=0)
    events = weighing.state.seq
    async with desk("ann") as hand:
        await hand.press("z")
        await hand.until(lambda: proposal(weighing, "ann").level == "rood")
        await recorded(hand)
        await hand.press("z")
        await hand.until(lambda: proposal(weighing, "ann") is None)
        await recorded(hand)
        await hand.press("z")
        assert "nothing of yours to undo" in hand.static("status")
    assert weighing.state.seq == events + 2


async def test_a_draft_is_dropped_without_an_event(weighing, desk):
    events = weighing.state.seq
    async with desk("ann") as hand:
        await hand.press("r")
        assert "Rood" in hand.static("reason") or "Red" in hand.static("reason")
        await hand.press("z")
        assert "dropped" in hand.static("status")
    assert weighing.state.seq == events


async def test_quitting_with_a_draft_warns_first(weighing, desk):
    async with desk("ann") as hand:
        await hand.press("r", "q")
        assert "Drafts that are not recorded: 1" in hand.static("status")
        assert hand.app.is_running
        await hand.press("q")
        await hand.until(lambda: hand.app._exit, "the app ends")


async def test_a_blind_session_shows_nobody_elses_proposals(table, desk):
    table.collect().interview()
    table.do("chris", do.OpenSession(number=1, blind=True))
    table.propose("bob", level="rood")
    async with desk("ann") as hand:
        assert "Blind session" in hand.static("status")
        assert "bob" not in hand.text
        assert proposed(hand, 0) == ""
        table.propose("ann", level="geel", only=0)
        await hand.until(lambda: proposed(hand, 0) == "▲A")
        assert "bob" not in hand.text


async def test_session_two_lists_what_differs_and_the_chair_settles_it(second, desk):
    async with desk("chris", language="nl") as hand:
        assert hand.app.screen.table.row_count == 2
        assert "alfa" in hand.static("status")
        await hand.press("a", "n")
        await hand.type("Besproken.")
        await hand.press("enter", "enter")
        await hand.until(lambda: second.state.cell("south", second.dimensions[0]).settled)
        await hand.until(lambda: hand.app.screen.table.row_count == 1)
        settled = second.state.cell("south", second.dimensions[0]).settled
        assert (settled.level, settled.by, settled.evidence) == ("geel", "chris", ("form/staff",))
        await hand.press("d")
        assert hand.app.screen.table.row_count == len(second.dimensions)


async def test_the_second_of_two_is_shown_the_change_of_the_first_and_decides(second, desk):
    second.do("office", do.Enrol(id="cora", roles=("chair",)))
    async with desk("chris") as hand:
        await hand.press("a", "n")
        await hand.type("Discussed.")
        await hand.press("enter")
        second.do("cora", second.score(do.Settle, "south", 0, "rood", reason="No doubt."))
        await hand.until(lambda: hand.app.state.cell("south", second.dimensions[0]).settled, "it appears")
        assert hand.app.screen.dimension == second.dimensions[0]
        await hand.press("enter")
        await hand.until(lambda: "cora" in hand.static("status"))
        assert "No doubt." in hand.static("status")
        assert second.state.cell("south", second.dimensions[0]).settled.by == "cora"
        await hand.press("enter")
        await hand.until(lambda: second.state.cell("south", second.dimensions[0]).settled.by == "chris")


async def test_what_others_propose_appears_and_draws_nothing_else(weighing, desk):
    async with desk("ann") as hand:
        await hand.until(lambda: not hand.app.live.company)
        drawn = []
        table = hand.app.screen.table
        whole = table.update_cell_at
        table.update_cell_at = lambda at, *more, **named: (drawn.append(at), whole(at, *more, **named))
        head = hand.app.state.head
        weighing.propose("bob", level="rood", only=3)
        await hand.until(lambda: hand.app.state.head != head and drawn)
        assert {at.row for at in drawn} == {3}


async def test_two_desks_on_one_corps_see_each_other(weighing, desk):
    async with desk("ann") as one:
        weighing["bob"].journal.announce("bob", "south", time.time())
        await one.until(lambda: "bob" in one.static("title"), "the other is seen")
        weighing["bob"].journal.announce("bob", "", 0)
        await one.until(lambda: "bob" not in one.static("title"), "the other is gone")
        assert weighing["bob"].journal.present()["ann"][0] == "south"


async def test_a_query_goes_to_the_corps(weighing, desk):
    async with desk("ann") as hand:
        await hand.press("v")
        await hand.type("Why?")
        await hand.press("enter")
        await recorded(hand)
    (query,) = weighing.state.open_queries("south")
    assert (query.text, query.topic, query.by) == ("Why?", weighing.dimensions[0], "ann")


async def test_a_database_that_goes_away_loses_nothing(weighing, desk):
    weighing.propose("ann", level="rood", only=0)
    async with desk("ann") as hand:
        journal, append = hand.app.round.journal, hand.app.round.journal.append
        away = [True]

        def failing(*arguments):
            if away[0]:
                raise JournalAwayError("the server closed the connection")
            return append(*arguments)

        journal.append = failing
        await hand.press("a", "enter")
        await hand.until(lambda: "does not answer" in hand.static("status"))
        assert "1 not recorded yet" in hand.static("status")
        away[0] = False
        await recorded(hand)
        assert proposal(weighing, "ann").level == "geel"


async def test_the_verdict_follows_the_draft(weighing, desk):
    weighing.propose("ann", level="groen").propose("bob", level="groen")
    async with desk("chris") as hand:
        green = hand.static("verdict").splitlines()[0]
        assert " or " not in green
        weighing.propose("bob", level="rood", only=0)
        await hand.until(lambda: hand.static("verdict").splitlines()[0] != green)
        assert "depends on" in hand.static("verdict")


async def test_what_is_locked_is_locked_at_the_desk(table, desk):
    table.whole().do("office", do.Freeze())
    async with desk("ann") as hand:
        await hand.press("r")
        assert "frozen" in hand.static("status")
        await hand.press("v")
        await hand.type("Why?")
        await hand.press("enter")
        await hand.until(lambda: hand.static("status").startswith("Refused"))


async def test_the_desk_in_ascii_and_without_colour(weighing, desk, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("NO_COLOR", "1")
    weighing.propose("ann", level="rood")
    async with desk("ann", language="nl") as hand:
        assert hand.text.isascii()
        assert "R" in hand.line("Gedragscode")


def test_evidence_that_feeds_the_dimension_comes_first(weighing):
    found = evidence(weighing.state, "south", weighing.dimensions[0])
    assert [piece.name for piece in found] == ["form/staff", "interview/south", "form/story"]
    assert all(piece.problem is None for piece in found)


def test_a_report_that_is_not_final_is_no_evidence(table):
    table.collect().interview("north")
    assert not [piece for piece in evidence(table.state, "south", table.dimensions[0]) if piece.kind == "interview"]


def test_undoing_by_history_alone(weighing):
    first = weighing.dimensions[0]
    history = lambda: weighing["ann"].history(f"proposal/south/{first}")  # noqa: E731
    assert undo(history(), "ann") is None
    weighing.propose("ann", level="rood", only=0)
    assert isinstance(undo(history(), "ann"), do.Withdraw)
    weighing.propose("ann", level="geel", only=0)
    assert undo(history(), "ann").level == "rood"
    assert undo(history(), "bob") is None


def test_a_round_that_follows_nothing_has_no_scores_of_last_time(table):
    assert before(table.state, table.monitor, "south") is None
