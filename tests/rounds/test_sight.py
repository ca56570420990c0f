"""Who sees what: in the state, in the log, and before and after publication."""

import pytest

from kmtui.rounds import actions as do
from kmtui.rounds.errors import RefusedError, UnknownNameError
from kmtui.rounds.progress import Step
from kmtui.rounds.sight import items_seen, subjects_seen

EVERYTHING = ("forms", "cells", "judgements", "interviews", "queries", "hearings", "sources")


@pytest.fixture
def full(table):
    table.whole()
    table.do("office", do.Compare(source="police", title="Police", figures={"north": {"staff": 9}, "south": {}}))
    table.do("dee", do.Query(corps="north", topic="staff", text="Nine or twelve?"))
    return table


def seen(table, who):
    return table[who].refresh()


def test_a_participant_of_a_corps_sees_that_corps_only(full):
    state = seen(full, "sam")
    assert set(state.forms) == set(state.interviews) == set(state.judgements) == {"south"}
    assert (state.cells, state.hearings, state.queries) == ({}, {}, {})
    assert set(state.sources["police"].figures) == {"south"}
    assert {file.subject for file in state.files.values()} == {"south"}
    assert set(state.participants) == {"sam"}
    log = list(full["sam"].log())
    assert not [event for event in log if event.action.kind in ("propose", "settle")]
    about = {getattr(event.action, "corps", None) for event in log if event.action.kind != "begin"}
    assert about == {"south", None}
    assert {event.action.id for event in log if event.action.kind == "enrol"} == {"sam"}
    assert full["sam"].history("proposal/south/skill") == []


def test_a_file_of_another_corps_is_not_even_there(full):
    report = full.state.interviews["north"].file
    with pytest.raises(UnknownNameError, match="unknown file"):
        full["sam"].content(report)
    assert full["nora"].content(report).startswith(b"report")


def test_a_partner_sees_what_it_is_asked_about(full):
    state = seen(full, "pat")
    assert set(state.hearings) == {"shelter"}
    assert {column for row in state.judgements.values() for column in row} == {"shelter-reach", "shelter-beds"}
    assert (state.forms, state.cells, state.interviews, state.sources) == ({}, {}, {}, {})
    judged = {event.action.column for event in full["pat"].log() if event.action.kind == "judge"}
    assert judged == {"shelter-reach", "shelter-beds"}


def test_a_weigher_does_not_see_the_weighing_of_their_own_corps(full):
    assert set(seen(full, "nora").cells) == {"south"}
    about = {event.action.corps for event in full["nora"].log() if event.action.kind == "propose"}
    assert about == {"south"}
    assert set(seen(full, "ann").cells) == {"north", "south"}


def test_in_a_blind_session_each_sees_their_own_proposals(table):
    table.collect()
    table.do("chris", do.OpenSession(number=1, blind=True))
    score = do.Propose(corps="south", dimension="skill", level="high", reason="Seen.", evidence=("form/staff",))
    table.do("ann", score)
    table.do("bob", score)
    for who, expected in (("ann", {"ann"}), ("bob", {"bob"}), ("chris", set()), ("office", set()), ("dee", set())):
        assert set(seen(table, who).cell("south", "skill").proposals) == expected
        assert {event.by for event in table[who].log() if event.action.kind == "propose"} == expected
    table.do("chris", do.CloseSession())
    assert set(seen(table, "ann").cell("south", "skill").proposals) == {"ann", "bob"}


def test_after_publication_the_scores_are_everybodys_and_the_proposals_are_not(full):
    full.do("dee", do.Close(query=full.state.seq, reason="Nine."))
    full.do("chris", do.Freeze())
    full.do("office", do.Publish(digest="0" * 64, head=full.state.head))
    for who in ("sam", "pat"):
        state = seen(full, who)
        assert state.score("north", "skill").level == "high"
        assert not state.cell("north", "skill").proposals
        assert set(state.judgements) == {"north", "south"}
        assert not [event for event in full[who].log() if event.action.kind == "propose"]
    assert not [one for one in seen(full, "sam").files.values() if one.subject == "north"]


def test_what_is_shown_can_be_acted_on_or_the_reason_stands_there(full):
    """A corps shown a form can answer it, a partner shown judgements can reply; else the rules say why not."""
    assert "south" in seen(full, "sam").forms
    with pytest.raises(RefusedError, match="is accepted; the secretariat can reopen it"):
        full["sam"].do(do.Receive(corps="south", author="expert", answers=full.answers))
    full.do("office", do.Reopen(corps="south", reason="One answer was wrong."))
    full.do("sam", do.Receive(corps="south", author="expert", answers=full.answers))


def test_how_far_a_step_is_shows_to_those_who_see_the_step(full):
    def steps(who, subject):
        return {item.step for item in items_seen(seen(full, who), who, subject)}

    assert Step.WEIGH in steps("ann", "north") & steps("nora", "south")
    assert Step.WEIGH not in steps("nora", "north")
    assert steps("sam", "south") == {Step.COLLECT, Step.INTERVIEW, Step.PARTNERS}
    assert steps("pat", "shelter") == {Step.HEARING}
    assert (subjects_seen(full.state, "sam"), subjects_seen(full.state, "pat")) == (["south"], ["shelter"])
