"""Every rule, and somebody who tries to get round it."""

from datetime import date, timedelta

import pytest

from kmtui.rounds import actions as do
from kmtui.rounds.actions import KINDS, Role
from kmtui.rounds.comparing import censored
from kmtui.rounds.errors import RefusedError, UnknownNameError
from kmtui.rounds.rules import RULES, may

SCORE = {"corps": "south", "dimension": "skill", "level": "high", "reason": "Seen.", "evidence": ("form/staff",)}


def refused(table, who, action, match):
    """The action is refused with these words, and nothing was recorded."""
    before = table.state
    with pytest.raises(RefusedError, match=match) as error:
        table.do(who, action)
    assert table.state == before
    assert error.value.reason.nl
    return error.value


@pytest.fixture
def weighing(table):
    table.collect().interview()
    table.do("chris", do.OpenSession(number=1))
    return table


def test_every_action_has_a_rule():
    assert set(RULES) == set(KINDS.values()) - {do.Begin}


def test_nobody_weighs_their_own_corps(weighing):
    own = do.Propose(**SCORE | {"corps": "north"})
    assert refused(weighing, "nora", own, "nobody assesses their own corps").paragraph == "2.4.2"
    weighing.do("nora", do.Propose(**SCORE))
    refused(weighing, "nora", do.Judge(corps="north", column="court", reason="x"), "own corps")


def test_a_corps_cannot_be_shed_by_enrolling_again(weighing):
    refused(weighing, "office", do.Enrol(id="nora", roles=("weigher",)), "belongs to north for the whole round")
    refused(weighing, "office", do.Enrol(id="nora", roles=("weigher",), corps="south"), "for the whole round")


def test_nobody_comes_to_belong_to_a_corps_that_they_assessed(weighing):
    weighing.do("bob", do.Propose(**SCORE))
    refused(weighing, "office", do.Enrol(id="bob", roles=("weigher",), corps="south"), "has assessed south")


def test_nobody_interviews_their_own_corps(table):
    table.do("office", do.Enrol(id="ivo", roles=("interviewer", "note-taker"), corps="north"))
    plan = {"subject": "north", "on": date(2015, 2, 1)}
    refused(table, "office", do.Plan(**plan, interviewers=("ivo",), note_taker="nick"), "interviews their own corps")
    refused(table, "office", do.Plan(**plan, interviewers=("ann",), note_taker="ivo"), "interviews their own corps")
    refused(table, "office", do.Plan(**plan, interviewers=("nick",), note_taker="nick"), "nick is no interviewer")
    table.do("office", do.Plan(**plan | {"subject": "south"}, interviewers=("ivo",), note_taker="nick"))
    refused(table, "office", do.Enrol(id="ivo", roles=("interviewer",), corps="south"), "belongs to north")


def test_a_score_has_a_reason_and_evidence(weighing):
    refused(weighing, "ann", do.Propose(**SCORE | {"evidence": ()}), "at least one piece of evidence")
    with pytest.raises(ValueError, match="reason"):
        do.Propose(**SCORE | {"reason": "   "})
    weighing.do("ann", do.Propose(**SCORE | {"level": None, "evidence": (), "reason": "No such task."}))


@pytest.mark.parametrize(
    ("evidence", "problem"),
    [
        ("form/nothing", "has returned no answer"),
        ("figures/police/staff", "no such figure"),
        ("interview/north", "not about south"),
        ("interview/court", "only the final report"),
        ("file/" + "0" * 64, "no such file"),
    ],
)
def test_evidence_that_is_none(weighing, evidence, problem):
    refused(weighing, "ann", do.Propose(**SCORE | {"evidence": (evidence,)}), problem)


def test_only_final_reports_are_evidence(table):
    table.collect()
    table.do("chris", do.OpenSession(number=1))
    interview = do.Propose(**SCORE | {"evidence": ("interview/south",)})
    refused(table, "ann", interview, "only the final report")
    late = (table.now + timedelta(days=9)).date()
    draft = table["nick"].attach("draft", b"draft", "draft", subject="south", delete_by=late)
    report = table["nick"].attach("report", b"report", "report", subject="south")
    for digest in (draft, report):
        refused(table, "ann", do.Propose(**SCORE | {"evidence": (f"file/{digest}",)}), "is no evidence")
    table.interview("south")
    table.do("ann", interview)


def test_a_report_is_final_after_check_and_reaction_only(table):
    table.do("office", do.Plan(subject="south", on=date(2015, 2, 1), interviewers=("ann",), note_taker="nick"))
    late = (table.now + timedelta(days=9)).date()
    draft = table["nick"].attach("draft", b"draft", "draft", subject="south", delete_by=late)
    report = table["nick"].attach("report", b"report", "report", subject="south")
    final = do.Finalise(subject="south", file=report)
    refused(table, "nick", final, "'planned', expected 'reaction'")
    table.do("ann", do.Hold(subject="south", on=date(2015, 2, 1)))
    refused(table, "ann", do.Draft(subject="south", file=draft), "has not the role")
    table.do("nick", do.Draft(subject="south", file=draft))
    refused(table, "bob", do.Check(subject="south"), "one of the interviewers")
    refused(table, "sam", do.React(subject="south", approves=True), "'draft', expected 'offered'")
    table.do("ann", do.Check(subject="south"))
    table.do("nick", do.Offer(subject="south"))
    refused(table, "nora", do.React(subject="south", approves=True), "nora acts for north only")
    refused(table, "sam", do.React(subject="south", approves=False), "says what has to change")
    table.do("sam", do.React(subject="south", approves=False, text="The figure is wrong."))
    refused(table, "nick", do.Finalise(subject="south", file=draft), "not attached as a report")
    table.do("nick", final)
    refused(table, "office", do.Delete(hash=report, reason="x"), "the final report of the interview")
    refused(table, "nick", do.Draft(subject="south", file=draft), "'final'")


def test_recordings_and_drafts_have_a_date_and_their_deletion_is_an_event(table):
    with pytest.raises(RefusedError, match="has a date by which it is deleted"):
        table["nick"].attach("talk", b"talk", "recording", subject="south")
    late = (table.now + timedelta(days=366)).date()
    with pytest.raises(RefusedError, match="at the latest"):
        table["nick"].attach("talk", b"talk", "recording", subject="south", delete_by=late)
    talk = table["nick"].attach("talk", b"talk", "recording", subject="south", delete_by=date(2015, 3, 1))
    assert table["ann"].content(talk) == b"talk"
    event = table.do("office", do.Delete(hash=talk, reason="The report is final."))
    assert event.action.kind == "delete"
    assert table["office"].journal.content(talk) is None


def test_what_expert_and_leadership_wrote_is_both_kept(table):
    table.do("office", do.Ask(questionnaire=table.questions), do.Send(corps="south"))
    mine = {"staff": do.Answer(kind="number", value=3), "plan": table.answers["plan"], "story": table.answers["story"]}
    refused(table, "sue", do.Receive(corps="south", author="expert", answers=mine), "does not answer as expert")
    refused(table, "sam", do.Receive(corps="south", author="leadership", answers=mine), "kept apart")
    table.do("sam", do.Receive(corps="south", author="expert", answers=mine))
    table.do("sue", do.Receive(corps="south", author="leadership", answers=table.answers))
    returned = table.state.forms["south"].returned
    assert (returned["expert"].answers["staff"].value, returned["leadership"].answers["staff"].value) == (3, 12)
    assert [name for name, _, _ in censored(table.state, "south")] == ["staff"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"story": do.Answer(kind="unknown")}, "story: found 'unknown' without a reason"),
        ({"staff": do.Answer(kind="text", value="many")}, "staff: found text, expected number"),
        ({"staff": do.Answer(kind="number", value="many")}, "staff: found 'many', expected a number"),
        ({"plan": do.Answer(kind="choice", value="perhaps")}, "plan: found 'perhaps', expected one of yes, no"),
        ({"plann": do.Answer(kind="empty", reason="x")}, "unknown question 'plann'"),
        ({"staff": do.Answer(kind="empty", value=3, reason="x")}, "found a value beside 'empty'"),
    ],
)
def test_answers_keep_their_kinds(table, change, problem):
    table.do("office", do.Ask(questionnaire=table.questions), do.Send(corps="south"))
    refused(table, "sam", do.Receive(corps="south", author="expert", answers=table.answers | change), problem)
    lacking = {name: answer for name, answer in table.answers.items() if name != "story"}
    refused(table, "sam", do.Receive(corps="south", author="expert", answers=lacking), "story: found nothing")


def test_a_form_is_accepted_without_open_queries_only(table):
    table.do("office", do.Ask(questionnaire=table.questions))
    refused(table, "dee", do.Accept(corps="south"), "'unsent'")
    table.do("office", do.Send(corps="south"))
    refused(table, "office", do.Ask(questionnaire=table.questions), "forms have been sent")
    table.do("sam", do.Receive(corps="south", author="expert", answers=table.answers))
    query = table.do("dee", do.Query(corps="south", topic="staff", text="Is this all?")).seq
    refused(table, "dee", do.Accept(corps="south"), "'query'")
    refused(table, "nora", do.Reply(query=query, text="x"), "nora acts for north only")
    table.do("sam", do.Reply(query=query, text="Yes."))
    table.do("dee", do.Close(query=query, reason="Clear."), do.Accept(corps="south"))
    refused(table, "sam", do.Receive(corps="south", author="expert", answers=table.answers), "is accepted")


def test_a_reply_stands_beside_the_judgement(table):
    table.collect().judge()
    before = table.state.judgements
    assert table.state.hearings["shelter"].replies[0].text == "We do what we can."
    refused(table, "pat", do.Judge(corps="south", column="shelter-beds", reason="We are good."), "has not the role")
    refused(table, "pat", do.Answered(partner="court", text="x"), "pat acts for shelter only")
    refused(table, "pat", do.Answered(partner="shelter", text="x"), "is concluded")
    refused(table, "ann", do.Judge(corps="south", column="court", reason="x"), "only the chair can change")
    assert table.state.judgements == before
    refused(table, "office", do.Enrol(id="pat", roles=("partner", "weigher"), partner="shelter"), "no other role")


def test_a_partner_is_heard_on_whole_judgements(table):
    table.collect()
    refused(table, "office", do.Hear(partner="shelter"), "no judgement yet: north/shelter-reach")
    refused(table, "chris", do.Approve(partner="shelter"), "has not been asked")


def test_sessions_follow_each_other(table):
    refused(table, "ann", do.Propose(**SCORE), "no session of the weighing is open")
    refused(table, "chris", do.OpenSession(number=2), "cannot follow session 0")
    table.do("chris", do.OpenSession(number=1, blind=True))
    refused(table, "chris", do.Settle(**SCORE), "scores are settled in session 2")
    table.do("chris", do.CloseSession())
    refused(table, "chris", do.OpenSession(number=1, blind=True), "its proposals have been seen")
    table.do("chris", do.OpenSession(number=2))
    table.collect()
    table.do("chris", do.Settle(**SCORE))
    refused(table, "ann", do.Propose(**SCORE), "has settled this score")


def test_one_weigher_alone_makes_no_score(weighing):
    weighing.do("ann", do.Propose(**SCORE))
    weighing.do("bob", do.Propose(**SCORE | {"dimension": "will"}))
    weighing.do("ann", do.Propose(**SCORE | {"dimension": "will"}))
    assert weighing.state.score("south", "will") is None, "session 1 is open"
    weighing.do("chris", do.CloseSession())
    assert weighing.state.score("south", "will").level == "high"
    assert weighing.state.score("south", "skill") is None


def test_undo_is_a_new_event(weighing):
    weighing.do("ann", do.Propose(**SCORE), do.Withdraw(corps="south", dimension="skill"))
    assert "ann" not in weighing.state.cell("south", "skill").proposals
    assert [one.action.kind for one in weighing["ann"].history("proposal/south/skill")] == ["propose", "withdraw"]
    refused(weighing, "ann", do.Withdraw(corps="south", dimension="skill"), "has proposed nothing")


def test_freezing_is_refused_with_everything_that_is_lacking(table):
    error = refused(table, "chris", do.Freeze(), "south: no score on skill, will")
    lines = str(error).splitlines()
    assert "south: the form is not accepted (unsent)" in lines
    assert "court: the hearing is not concluded (none)" in lines


def test_what_is_frozen_is_locked_for_everybody(table):
    table.whole()
    table.do("chris", do.Freeze())
    for who in table.state.participants:
        for kind in KINDS.values():
            if kind in (do.Begin, do.Delete, do.Thaw, do.Publish, do.Erratum):
                continue
            with pytest.raises(RefusedError, match="frozen"):
                may(table.state, who, kind, "south", "shelter")
    refused(table, "office", do.Thaw(reason="x"), "has not the role")
    table.do("chris", do.Thaw(reason="One more look."))
    table.do("dee", do.Query(corps="south", topic="staff", text="?"))


def test_after_publication_only_errata(table):
    table.whole()
    refused(table, "office", do.Publish(digest="0" * 64, head=table.state.head), "is not frozen")
    table.do("chris", do.Freeze())
    refused(table, "office", do.Publish(digest="0" * 64, head="1" * 64), "has changed since")
    table.do("office", do.Publish(digest="0" * 64, head=table.state.head))
    refused(table, "office", do.Publish(digest="0" * 64, head=table.state.head), "nothing was corrected")
    refused(table, "chris", do.Thaw(reason="x"), "the round is published")
    refused(table, "dee", do.Query(corps="south", topic="staff", text="?"), "only an erratum")
    refused(table, "ann", do.Erratum(**SCORE), "has not the role")
    event = table.do("chris", do.Erratum(**SCORE | {"level": "low"}))
    assert event.old["level"] == "high"
    assert table.state.score("south", "skill").level == "low"
    table.do("office", do.Publish(digest="1" * 64, head=table.state.head))
    assert len(table.state.publications) == 2


def test_names_that_are_not_there_get_a_suggestion(weighing):
    with pytest.raises(UnknownNameError, match=r"unknown corps 'suth' \(did you mean 'south'\?\)"):
        weighing.do("ann", do.Propose(**SCORE | {"corps": "suth"}))
    for change, words in (({"dimension": "skil"}, "skill"), ({"level": "hihg"}, "high")):
        with pytest.raises(UnknownNameError, match=f"did you mean '{words}'"):
            weighing.do("ann", do.Propose(**SCORE | change))


def test_who_left_does_nothing_any_more(weighing):
    weighing.do("office", do.Leave(id="ann", reason="Another job."))
    refused(weighing, "ann", do.Propose(**SCORE), "takes no part any more")
    refused(weighing, "office", do.Leave(id="office", reason="x"), "the owner of the round stays")


def test_who_has_no_role_for_it_is_told_which_it_takes(table):
    """Every role against every action: allowed by the table of rules, or refused with the roles that it takes."""
    state = table.state
    for who, one in state.participants.items():
        for kind, rule in RULES.items():
            try:
                role = may(state, who, kind, "south", "court")
            except RefusedError as error:
                reason = str(error)
                if not any(word in reason for word in ("has not the role that this takes: ", "acts for", "own corps")):
                    pytest.fail(reason)
                continue
            assert role in rule.roles
            assert role in one.roles
            assert role not in (Role.EXPERT, Role.LEADERSHIP) or one.corps == "south"
            assert role is not Role.PARTNER
