"""Random sequences of actions by random people against a small model of the rules: no sequence gets round them.

The machine does anything anybody might try, and now and then the next step that is due, so that it gets as far as a
published round. After each step the invariants below look at the state itself, not at the rules that led there; and a
model that knows only who belongs to which corps, what is locked and which reports are final says what must be refused.
"""

from datetime import UTC, date, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kmtui.rounds import actions as do
from kmtui.rounds.errors import RefusedError
from kmtui.rounds.progress import blockers, interview_status
from kmtui.rounds.rules import decide
from kmtui.rounds.sight import seen_by
from kmtui.rounds.state import State, apply

CORPS, DIMENSIONS, LEVELS = ("north", "south"), ("skill", "will"), ("low", "high")
DAY = datetime(2015, 1, 5, tzinfo=UTC)
DRAFT, REPORT = "d" * 64, "e" * 64
HOME = {"nora": "north", "sam": "south", "sue": "south"}
"""Whose corps is whose, from the start."""
WHO = ("office", "ann", "bob", "nora", "chris", "dee", "nick", "sam", "sue", "pat")
corps, dimension = st.sampled_from(CORPS), st.sampled_from(DIMENSIONS)
subject = st.sampled_from((*CORPS, "court"))
evidence = st.lists(
    st.sampled_from(("form/staff", "interview/north", "interview/south", "interview/court", f"file/{DRAFT}")),
    max_size=2,
).map(tuple)
scored = {"level": st.sampled_from((*LEVELS, None)), "reason": st.just("Seen."), "evidence": evidence}
file = st.sampled_from((DRAFT, REPORT))
roles = st.lists(st.sampled_from(list(do.Role)), min_size=1, max_size=2).map(tuple)
PEOPLE = st.one_of(
    st.builds(do.Enrol, id=st.sampled_from(WHO), roles=roles, corps=st.none() | corps, partner=st.none()),
    st.builds(do.Leave, id=st.sampled_from(("bob", "pat", "dee")), reason=st.just("x")),
)
FORMS = st.one_of(
    st.builds(do.Send, corps=corps),
    st.builds(do.Remind, corps=corps),
    st.builds(do.Accept, corps=corps),
    st.builds(do.Reopen, corps=corps, reason=st.just("x")),
    st.builds(do.Query, corps=corps, topic=st.just("skill"), text=st.just("?")),
    st.builds(do.Close, query=st.integers(1, 60), reason=st.just("x")),
)
INTERVIEWS = st.one_of(
    st.builds(
        do.Plan,
        subject=subject,
        on=st.just(DAY.date()),
        interviewers=st.lists(st.sampled_from(WHO), min_size=1, max_size=2).map(tuple),
        note_taker=st.sampled_from(WHO),
    ),
    st.builds(do.Hold, subject=subject, on=st.just(DAY.date())),
    st.builds(do.Draft, subject=subject, file=file),
    st.builds(do.Check, subject=subject),
    st.builds(do.Offer, subject=subject),
    st.builds(do.React, subject=subject, approves=st.booleans(), text=st.sampled_from(("", "Change this."))),
    st.builds(do.Finalise, subject=subject, file=file),
    st.builds(do.Delete, hash=file, reason=st.just("x")),
)
SCORES = st.one_of(
    st.builds(do.OpenSession, number=st.sampled_from((1, 2)), blind=st.booleans()),
    st.builds(do.CloseSession),
    st.builds(do.Propose, corps=corps, dimension=dimension, **scored),
    st.builds(do.Withdraw, corps=corps, dimension=dimension),
    st.builds(do.Settle, corps=corps, dimension=dimension, **scored),
    st.builds(do.Judge, corps=corps, column=st.just("court"), **scored),
    st.builds(do.Erratum, corps=corps, dimension=dimension, **scored),
)
HEARINGS = st.one_of(
    st.builds(do.Hear, partner=st.just("court")),
    st.builds(do.Answered, partner=st.just("court"), text=st.just("No.")),
    st.builds(do.Approve, partner=st.just("court"), reason=st.sampled_from(("", "No reply."))),
    st.builds(do.Freeze),
    st.builds(do.Thaw, reason=st.just("x")),
)
WHILE_FROZEN = (do.Delete, do.Thaw, do.Publish, do.Erratum)


class Rounds(RuleBasedStateMachine):
    """A round that lives in memory."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.at, self.blind_reads = State(), DAY, 0
        self.stages: dict[str, list[str]] = {}
        self.history: list[tuple[str, do.Action]] = []
        questions = {
            "id": "q", "version": 1, "title": "Q", "source": "a test", "chapters": [{"id": "all", "title": "All"}],
            "questions": [{"id": "staff", "chapter": "all", "text": "How many?", "type": "number"}],
        }  # fmt: skip
        begin = do.Begin(
            round="next", title="Next", start=date(2013, 1, 1), end=date(2014, 12, 31), publisher="a test",
            framework="plain", scheme="plain", corps={name: name for name in CORPS}, dimensions=DIMENSIONS,
            levels=LEVELS, blank="none", partners={"court": "court"}, owner="office",
        )  # fmt: skip
        people = {
            "ann": ("weigher", "interviewer"), "bob": ("weigher", "interviewer"), "nora": ("weigher", "expert"),
            "chris": ("chair",), "dee": ("analyst",), "nick": ("note-taker",), "sam": ("expert",),
            "sue": ("leadership",), "pat": ("partner",),
        }  # fmt: skip
        self.done("office", begin)
        for who, has in people.items():
            partner = "court" if who == "pat" else None
            self.done("office", do.Enrol(id=who, roles=has, corps=HOME.get(who), partner=partner))
        self.done("office", do.Ask.model_validate({"questionnaire": questions}))
        for digest, what in ((DRAFT, "draft"), (REPORT, "report")):
            late = DAY.date() + timedelta(days=90) if what == "draft" else None
            self.done("office", do.Attach(hash=digest, name=what, size=1, what=what, delete_by=late))

    def done(self, who: str, action: do.Action) -> None:
        """Do something that has to be allowed."""
        refused = self.attempt(who, action)
        assert refused is None, (who, action, str(refused))

    def attempt(self, who: str, action: do.Action) -> RefusedError | None:
        """Try something, and hold the answer against the model."""
        self.at += timedelta(minutes=1)
        before = self.state
        try:
            decision = decide(before, who, action, self.at.date())
        except RefusedError as error:
            return error
        assert not self.forbidden(who, action), (who, action)
        event = do.Event(
            seq=before.seq + 1, at=self.at, by=who, role=decision.role, token="t" * 8, old=decision.old, action=action
        )
        assert do.Event.model_validate_json(event.model_dump_json()) == event
        self.state = apply(before, event, f"{event.seq:064}")
        self.history.append((who, action))
        return None

    def forbidden(self, who: str, action: do.Action) -> bool:
        """What the model knows must be refused, in its own words."""
        about = getattr(action, "corps", None) or getattr(action, "subject", None)
        assesses = (do.Propose, do.Withdraw, do.Settle, do.Judge, do.Erratum, do.Hold, do.Draft, do.Check, do.Finalise)
        if isinstance(action, assesses) and self.home(who) == about and about is not None:
            return True
        if isinstance(action, do.Plan) and action.subject in [
            self.home(name) for name in (*action.interviewers, action.note_taker)
        ]:
            return True
        if self.state.frozen and not isinstance(action, WHILE_FROZEN):
            return True
        if isinstance(action, do.Propose | do.Settle | do.Judge | do.Erratum):
            unread = [one for one in action.evidence if one.startswith("interview/") and self.final(one[10:]) is False]
            return (
                bool(unread) or (action.level is not None and not action.evidence) or f"file/{DRAFT}" in action.evidence
            )
        if isinstance(action, do.Enrol) and self.home(action.id) not in (None, action.corps):
            return True
        return isinstance(action, do.Judge | do.Settle | do.Propose) and who == "pat"

    def home(self, who: str) -> str | None:
        """The first corps that somebody was enrolled with."""
        for _, action in self.history:
            if isinstance(action, do.Enrol) and action.id == who and action.corps:
                return action.corps
        return None

    def final(self, about: str) -> bool:
        """Whether a report went all the way, by what was done."""
        kinds = [one.kind for _, one in self.history if getattr(one, "subject", None) == about]
        steps = [kind for kind in kinds if kind in ("hold", "draft", "check", "offer", "react", "finalise")]
        return steps[-1:] == ["finalise"] and [kind for kind in steps if kind != "draft"][-4:-1] == [
            "check", "offer", "react",
        ]  # fmt: skip

    @initialize(stage=st.sampled_from((0, 1, 2, 2, 2, 3, 4, 5)))
    def begin_at(self, stage: int) -> None:
        """Begin with nothing, final reports, a session open, all scored, the round frozen, or it published."""
        steps = (
            lambda: self.bring_to_the_report(CORPS if stage != 2 else CORPS[:1]),
            lambda: self.done("chris", do.OpenSession(number=1)),
            lambda: self.score_everything(LEVELS[0]),
            self.close_queries_and_freeze,
            lambda: self.publish("1" * 64),
        )
        for step in steps[:stage]:
            step()
        assert self.state.published == (stage == 5)

    @rule(first=st.integers(0, len(WHO) - 1), action=st.one_of(PEOPLE, FORMS, INTERVIEWS, SCORES, HEARINGS))
    def everybody_tries(self, first: int, action: do.Action) -> None:
        """One after the other tries the same thing, until somebody may."""
        for who in (*WHO[first:], *WHO[:first]):
            if self.attempt(who, action) is None:
                return

    @rule(first=st.integers(0, len(WHO) - 1), actions=st.lists(SCORES, min_size=1, max_size=6))
    def everybody_scores(self, first: int, actions: list[do.Action]) -> None:
        """Everybody tries to score, and then to come to belong to a corps or to be rid of it."""
        for action in actions:
            for who in (*WHO[first:], *WHO[:first]):
                self.attempt(who, action)
        for corps in (None, *CORPS):
            self.attempt("office", do.Enrol(id=WHO[first], roles=(do.Role.WEIGHER, do.Role.INTERVIEWER), corps=corps))

    @rule(
        who=st.sampled_from(("sam", "sue", "nora", "office")),
        corps=corps,
        author=st.sampled_from(("expert", "leadership")),
    )
    def receive(self, who: str, corps: str, author: str) -> None:
        """Somebody returns a form."""
        answers = {"staff": do.Answer(kind="number", value=3)}
        self.attempt(who, do.Receive.model_validate({"corps": corps, "author": author, "answers": answers}))

    @rule(
        corps=corps, dimension=dimension, evidence=st.sampled_from(("form/staff", "interview/north", "interview/court"))
    )
    def everybody_scores_with_one_piece_of_evidence(self, corps: str, dimension: str, evidence: str) -> None:
        """Everybody tries every way to score a corps."""
        given = {"corps": corps, "level": LEVELS[0], "reason": "Seen.", "evidence": (evidence,)}
        for kind in (do.Propose, do.Settle, do.Erratum):
            for who in WHO:
                self.attempt(who, kind(dimension=dimension, **given))
        for who in WHO:
            self.attempt(who, do.Judge(column="court", **given))

    @precondition(lambda self: not self.state.frozen)
    @rule(some=st.sampled_from((CORPS, CORPS[:1], CORPS[1:])))
    def bring_to_the_report(self, some: tuple[str, ...]) -> None:
        """Do what is due about form and interview, as far as the people are still there."""
        for corps in some:
            self._bring(corps)

    def _bring(self, corps: str) -> None:
        expert = {"north": "nora", "south": "sam"}[corps]
        answers = {"staff": do.Answer(kind="number", value=3)}
        for who, action in (
            ("office", do.Send(corps=corps)),
            ("office", do.Receive(corps=corps, author="expert", answers=answers)),
            ("dee", do.Accept(corps=corps)),
            ("office", do.Plan(subject=corps, on=DAY.date(), interviewers=("ann",), note_taker="nick")),
            ("nick", do.Hold(subject=corps, on=DAY.date())),
            ("nick", do.Draft(subject=corps, file=DRAFT)),
            ("ann", do.Check(subject=corps)),
            ("nick", do.Offer(subject=corps)),
            (expert, do.React(subject=corps, approves=True)),
            ("nick", do.Finalise(subject=corps, file=REPORT)),
        ):
            self.attempt(who, action)

    @precondition(lambda self: not self.state.frozen)
    @rule(level=st.sampled_from(LEVELS))
    def score_everything(self, level: str) -> None:
        """The chair settles all in session 2, and judgements are heard."""
        for number in (1, 2):
            if self.state.session < number:
                self.attempt("chris", do.CloseSession())
                self.attempt("chris", do.OpenSession(number=number))
        for corps in CORPS:
            given = {"corps": corps, "level": level, "reason": "Seen.", "evidence": (f"interview/{corps}",)}
            for dimension in DIMENSIONS:
                self.attempt("chris", do.Settle(dimension=dimension, **given))
            self.attempt("ann", do.Judge(column="court", **given))
        self.attempt("office", do.Hear(partner="court"))
        self.attempt("chris", do.Approve(partner="court", reason="No reply."))
        self.attempt("chris", do.CloseSession())

    @rule()
    def close_queries_and_freeze(self) -> None:
        """Close what is open, and try to freeze."""
        for query in list(self.state.queries):
            self.attempt("dee", do.Close(query=query, reason="Clear."))
        lacking = blockers(self.state, self.at.date())
        refused = self.attempt("office", do.Freeze())
        assert refused is not None or not lacking

    @precondition(lambda self: self.state.frozen)
    @rule(digest=st.sampled_from(("1" * 64, "2" * 64)))
    def publish(self, digest: str) -> None:
        """Try to publish."""
        was_frozen = self.state.frozen
        if self.attempt("office", do.Publish(digest=digest, head=self.state.head)) is None:
            assert was_frozen

    @invariant()
    def nobody_has_assessed_their_own_corps(self) -> None:
        for corps, cells in self.state.cells.items():
            for cell in cells.values():
                opinions = [*cell.proposals.values(), *([cell.settled] if cell.settled else [])]
                assert corps not in [self.home(one.by) for one in opinions]
        for subject, interview in self.state.interviews.items():
            assert subject not in [self.home(name) for name in (*interview.interviewers, interview.note_taker)]

    @invariant()
    def every_score_has_a_reason_and_evidence_that_is_final(self) -> None:
        for cells in self.state.cells.values():
            for cell in cells.values():
                for one in (*cell.proposals.values(), *([cell.settled] if cell.settled else [])):
                    assert one.reason
                    assert one.level is None or one.evidence
                    for evidence in one.evidence:
                        kind, _, name = evidence.partition("/")
                        assert kind != "file"
                        assert kind != "interview" or interview_status(self.state, name) == "final"

    @invariant()
    def a_frozen_round_lacks_nothing(self) -> None:
        if self.state.frozen:
            today = DAY.date()  # drafts that fall due later do not thaw it
            assert [line for line in blockers(self.state, today) if "deleted" not in line] == []

    @invariant()
    def a_corps_sees_only_itself_until_publication(self) -> None:
        sam = self.state.participants["sam"]
        if self.state.published or not sam.active or not {*sam.roles} <= {do.Role.EXPERT, do.Role.LEADERSHIP}:
            return
        seen = seen_by(self.state, "sam")
        assert {*seen.forms, *seen.interviews, *seen.judgements} <= {"south"}
        assert seen.cells == {}


Rounds.TestCase.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
TestRounds = Rounds.TestCase
