"""What people do in a round. Each action is the body of an event in the journal, and a command of `kmtui round`.

Actions are versioned: a change that old journals do not fit gets the next number in `v`, and the model of the old one
stays beside it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kmtui.model.base import SLUG
from kmtui.model.questionnaire import Questionnaire

Slug = Annotated[str, Field(pattern=SLUG.replace(r"\Z", "$"), max_length=80)]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Evidence = Annotated[str, Field(pattern=r"^(form|figures|interview|file)/[a-z0-9][a-z0-9./-]*$", max_length=200)]
"""`form/QUESTION`, `figures/SOURCE/QUESTION`, `interview/SUBJECT` or `file/HASH`."""
Author = Literal["expert", "leadership"]


class Role(StrEnum):
    """What a participant does in a round."""

    SECRETARIAT = "secretariat"
    ANALYST = "analyst"
    INTERVIEWER = "interviewer"
    NOTE_TAKER = "note-taker"
    WEIGHER = "weigher"
    CHAIR = "chair"
    EXPERT = "expert"
    LEADERSHIP = "leadership"
    PARTNER = "partner"


class AnswerKind(StrEnum):
    """What kind of thing an answer is; the last three are gaps, each of which has a reason (5.2.4)."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    UNKNOWN = "unknown"
    NOT_GIVEN = "not-given"
    EMPTY = "empty"


GAPS = (AnswerKind.UNKNOWN, AnswerKind.NOT_GIVEN, AnswerKind.EMPTY)


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Answer(_Frozen):
    """An answer to a question, or the kind of gap that stands in its place with the reason."""

    kind: AnswerKind
    value: int | float | str | None = None
    reason: Annotated[str, Field(max_length=4000)] = ""


class Action(_Frozen):
    """Something done in a round. `about` is the thing that it changes; two actions on one thing can conflict."""

    ABOUT: ClassVar[str]
    POSITIONAL: ClassVar[tuple[str, ...]] = ()
    """Fields that the command takes as arguments, in order; the others are options."""
    PERSONAL: ClassVar[bool] = False
    """Whether each participant has one of their own: then only one's own other actions conflict with it."""
    ADDS: ClassVar[bool] = False
    """Whether it adds to what is there and replaces nothing: then nothing conflicts with it."""

    kind: str
    v: Literal[1] = 1

    @property
    def about(self) -> str:
        """What the action changes, as a path."""
        return self.ABOUT.format_map({name: getattr(self, name) for name in type(self).model_fields})


class Begin(Action):
    """Start the round: what is made, who is assessed on what, and who owns it. Always the first event."""

    ABOUT = "round"

    kind: Literal["begin"] = "begin"
    round: Slug
    title: Words
    start: date
    end: date
    publisher: Words
    framework: Slug
    scheme: Slug
    follows: Slug | None = None
    corps: dict[Slug, Words]
    dimensions: tuple[Slug, ...]
    levels: tuple[Slug, ...]
    blank: Slug
    partners: dict[Slug, Slug]
    """The partner that each column of judgements is about."""
    owner: Slug
    term: Annotated[int, Field(ge=1)] = 31
    """Days that a corps has to return its form."""
    quorum: Annotated[int, Field(ge=1)] = 2
    """Weighers who have to propose the same level before it stands without being settled."""
    keep: Annotated[int, Field(ge=1)] = 365
    """Most days that a recording or draft may be kept."""
    margin: Annotated[float, Field(ge=0)] = 0.1
    """Share by which another source may differ before a figure has to be explained."""


class Enrol(Action):
    """Give a participant roles, and the corps or partner that they belong to."""

    ABOUT = "participant/{id}"
    POSITIONAL = ("id", "roles")

    kind: Literal["enrol"] = "enrol"
    id: Slug
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    corps: Slug | None = None
    partner: Slug | None = None


class Leave(Action):
    """Take a participant's roles away; what they did stays."""

    ABOUT = "participant/{id}"
    POSITIONAL = ("id",)

    kind: Literal["leave"] = "leave"
    id: Slug
    reason: Words


class Ask(Action):
    """Set the questionnaire, before any form is sent."""

    ABOUT = "questionnaire"

    kind: Literal["ask"] = "ask"
    questionnaire: Questionnaire


class Send(Action):
    """Send the form to a corps; it is due after the term of the round unless a date is named."""

    ABOUT = "form/{corps}"
    POSITIONAL = ("corps",)

    kind: Literal["send"] = "send"
    corps: Slug
    due: date | None = None


class Remind(Action):
    """Remind a corps of its form."""

    ABOUT = "form/{corps}"
    ADDS = True
    POSITIONAL = ("corps",)

    kind: Literal["remind"] = "remind"
    corps: Slug


class Receive(Action):
    """Take in the answers of a corps, as its expert wrote them or as its leadership made them (both are kept)."""

    ABOUT = "form/{corps}/{author}"
    POSITIONAL = ("corps",)

    kind: Literal["receive"] = "receive"
    corps: Slug
    author: Author
    answers: dict[Slug, Answer]
    file: Hash | None = None


class Query(Action):
    """Ask a corps about an answer, a figure or a score; the number of the event is the number of the query."""

    ABOUT = "query/{corps}/{topic}"
    ADDS = True
    POSITIONAL = ("corps", "topic")

    kind: Literal["query"] = "query"
    corps: Slug
    topic: Slug
    """A question or a dimension."""
    text: Words


class Reply(Action):
    """Answer a query."""

    ABOUT = "reply/{query}"
    POSITIONAL = ("query",)

    kind: Literal["reply"] = "reply"
    query: Annotated[int, Field(ge=1)]
    text: Words


class Close(Action):
    """Close a query."""

    ABOUT = "reply/{query}"
    POSITIONAL = ("query",)

    kind: Literal["close"] = "close"
    query: Annotated[int, Field(ge=1)]
    reason: Words


class Accept(Action):
    """Accept the form of a corps: it is complete, and no query about it is open."""

    ABOUT = "form/{corps}"
    POSITIONAL = ("corps",)

    kind: Literal["accept"] = "accept"
    corps: Slug


class Reopen(Action):
    """Take back the acceptance of a form, so that it can be received again."""

    ABOUT = "form/{corps}"
    POSITIONAL = ("corps",)

    kind: Literal["reopen"] = "reopen"
    corps: Slug
    reason: Words


class Attach(Action):
    """Record that a file is part of the round; the content is stored by its hash."""

    ABOUT = "file/{hash}"
    ADDS = True

    kind: Literal["attach"] = "attach"
    hash: Hash
    name: Annotated[str, Field(min_length=1, max_length=200)]
    size: Annotated[int, Field(ge=0)]
    what: Literal["recording", "draft", "report", "questionnaire", "figures", "document"]
    subject: Slug | None = None
    """The corps or partner that it is about."""
    delete_by: date | None = None


class Delete(Action):
    """Delete the content of a file; that it was there, and its hash, stay in the journal."""

    ABOUT = "file/{hash}"
    POSITIONAL = ("hash",)

    kind: Literal["delete"] = "delete"
    hash: Hash
    reason: Words


class Compare(Action):
    """Bring in figures of another source, to compare with the answers."""

    ABOUT = "figures/{source}"
    POSITIONAL = ("source",)

    kind: Literal["compare"] = "compare"
    source: Slug
    title: Words
    figures: dict[Slug, dict[Slug, int | float]]
    """By corps and question."""
    margin: Annotated[float, Field(ge=0)] | None = None


class Explain(Action):
    """Explain why an answer differs from another source, or from last time."""

    ABOUT = "explanation/{corps}/{source}/{question}"
    POSITIONAL = ("corps", "source", "question")

    kind: Literal["explain"] = "explain"
    corps: Slug
    source: Slug
    question: Slug
    text: Words


class Plan(Action):
    """Plan an interview with a corps or a partner."""

    ABOUT = "interview/{subject}"
    POSITIONAL = ("subject",)

    kind: Literal["plan"] = "plan"
    subject: Slug
    on: date
    interviewers: Annotated[tuple[Slug, ...], Field(min_length=1)]
    note_taker: Slug


class Hold(Action):
    """Record that the interview was held."""

    ABOUT = "interview/{subject}"
    POSITIONAL = ("subject",)

    kind: Literal["hold"] = "hold"
    subject: Slug
    on: date


class Draft(Action):
    """Hand in the draft report of an interview."""

    ABOUT = "interview/{subject}"
    POSITIONAL = ("subject", "file")

    kind: Literal["draft"] = "draft"
    subject: Slug
    file: Hash


class Check(Action):
    """Check the draft: by one of the interviewers, before it goes to the expert."""

    ABOUT = "interview/{subject}"
    POSITIONAL = ("subject",)

    kind: Literal["check"] = "check"
    subject: Slug


class Offer(Action):
    """Send the checked draft to the expert of the corps, or to the partner."""

    ABOUT = "interview/{subject}"
    POSITIONAL = ("subject",)

    kind: Literal["offer"] = "offer"
    subject: Slug


class React(Action):
    """Approve the draft report, or say what has to change in it."""

    ABOUT = "interview/{subject}"
    POSITIONAL = ("subject",)

    kind: Literal["react"] = "react"
    subject: Slug
    approves: bool
    text: Annotated[str, Field(max_length=20_000)] = ""


class Finalise(Action):
    """Adopt the report of an interview: only now does it count as evidence."""

    ABOUT = "interview/{subject}"
    POSITIONAL = ("subject", "file")

    kind: Literal["finalise"] = "finalise"
    subject: Slug
    file: Hash


class OpenSession(Action):
    """Open session 1 or 2 of the weighing; in a blind session nobody sees the proposals of others."""

    ABOUT = "session"
    POSITIONAL = ("number",)

    kind: Literal["open-session"] = "open-session"
    number: Literal[1, 2]
    blind: bool = False


class CloseSession(Action):
    """Close the session of the weighing that is open."""

    ABOUT = "session"

    kind: Literal["close-session"] = "close-session"


class _Scored(Action):
    level: Slug | None = None
    """None is the blank: no judgement was given."""
    reason: Words
    evidence: tuple[Evidence, ...] = ()


class Propose(_Scored):
    """Propose the score of a corps on a dimension."""

    ABOUT = "proposal/{corps}/{dimension}"
    PERSONAL = True
    POSITIONAL = ("corps", "dimension", "level")

    kind: Literal["propose"] = "propose"
    corps: Slug
    dimension: Slug


class Withdraw(Action):
    """Withdraw one's own proposal."""

    ABOUT = "proposal/{corps}/{dimension}"
    PERSONAL = True
    POSITIONAL = ("corps", "dimension")

    kind: Literal["withdraw"] = "withdraw"
    corps: Slug
    dimension: Slug


class Settle(_Scored):
    """Settle the score of a corps on a dimension."""

    ABOUT = "score/{corps}/{dimension}"
    POSITIONAL = ("corps", "dimension", "level")

    kind: Literal["settle"] = "settle"
    corps: Slug
    dimension: Slug


class Judge(_Scored):
    """Record what a corps thinks of a partner, with the points for and against that go to the partner."""

    ABOUT = "judgement/{corps}/{column}"
    POSITIONAL = ("corps", "column", "level")

    kind: Literal["judge"] = "judge"
    corps: Slug
    column: Slug
    points_for: tuple[Words, ...] = ()
    points_against: tuple[Words, ...] = ()


class Hear(Action):
    """Send a partner the points for and against, and ask for its reply."""

    ABOUT = "hearing/{partner}"
    POSITIONAL = ("partner",)

    kind: Literal["hear"] = "hear"
    partner: Slug


class Answered(Action):
    """Record a partner's reply: to one corps, or to all. It stands beside the judgement."""

    ABOUT = "hearing/{partner}"
    ADDS = True
    POSITIONAL = ("partner",)

    kind: Literal["answer"] = "answer"
    partner: Slug
    corps: Slug | None = None
    text: Words


class Approve(Action):
    """Conclude the hearing of a partner: after its reply, or with the reason why there is none."""

    ABOUT = "hearing/{partner}"
    POSITIONAL = ("partner",)

    kind: Literal["approve"] = "approve"
    partner: Slug
    reason: Annotated[str, Field(max_length=4000)] = ""


class Freeze(Action):
    """Freeze the round: from now on nothing in it changes until it is published."""

    ABOUT = "round"

    kind: Literal["freeze"] = "freeze"


class Thaw(Action):
    """Open a frozen round again, before it is published."""

    ABOUT = "round"

    kind: Literal["thaw"] = "thaw"
    reason: Words


class Publish(Action):
    """Record that the edition was written: its digest, and the head of the journal that it was made of."""

    ABOUT = "round"

    kind: Literal["publish"] = "publish"
    digest: Hash
    head: Hash
    signed: bool = False


class Erratum(_Scored):
    """Correct a published score; the edition is published again, with another digest."""

    ABOUT = "score/{corps}/{dimension}"
    POSITIONAL = ("corps", "dimension", "level")

    kind: Literal["erratum"] = "erratum"
    corps: Slug
    dimension: Slug


AnyAction = Annotated[
    Begin | Enrol | Leave | Ask | Send | Remind | Receive | Query | Reply | Close | Accept | Reopen | Attach | Delete
    | Compare | Explain | Plan | Hold | Draft | Check | Offer | React | Finalise | OpenSession | CloseSession | Propose
    | Withdraw | Settle | Judge | Hear | Answered | Approve | Freeze | Thaw | Publish | Erratum,
    Field(discriminator="kind"),
]  # fmt: skip
KINDS: dict[str, type[Action]] = {
    str(action.model_fields["kind"].default): action for action in get_args(get_args(AnyAction)[0])
}
"""Every action by its kind, in the order of the steps."""
ACTION: TypeAdapter[Action] = TypeAdapter(AnyAction)
"""Validates the data of an action by its kind."""


class Event(_Frozen):
    """One entry of the journal: who did what, when, in which role, and what it replaces."""

    seq: int
    at: datetime
    by: Slug
    role: Role
    token: Annotated[str, Field(min_length=8, max_length=64)]
    """Made by the writer, so that an append that is tried again is recorded once."""
    old: Any = None
    action: AnyAction
