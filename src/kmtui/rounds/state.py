"""The state of a round: what replaying its events gives. `apply` is pure, and the only thing that makes a state."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

import msgspec
from msgspec import field
from msgspec.structs import replace

from kmtui.model.questionnaire import Questionnaire
from kmtui.rounds import actions as do
from kmtui.rounds.actions import Action, AnswerKind, Event, Role

LAYOUT = 1
"""Changes with the structs below, so that a state that another version cached is rebuilt."""


class Participant(msgspec.Struct, frozen=True):
    """Somebody who takes part, by id; names are kept elsewhere."""

    id: str
    roles: tuple[Role, ...]
    corps: str | None = None
    partner: str | None = None
    active: bool = True


class Answer(msgspec.Struct, frozen=True):
    """An answer, or the kind of gap with its reason."""

    kind: AnswerKind
    value: int | float | str | None = None
    reason: str = ""


class Returned(msgspec.Struct, frozen=True):
    """The answers of one author."""

    answers: dict[str, Answer]
    by: str
    on: date
    file: str | None = None


class QueryAsked(msgspec.Struct, frozen=True):
    """A question put to a corps about one of its answers, figures or scores."""

    id: int
    corps: str
    topic: str
    text: str
    by: str
    reply: str | None = None
    closed: str | None = None


class Form(msgspec.Struct, frozen=True):
    """The form of a corps: what was returned by whom, and where it stands."""

    sent: date
    due: date
    reminders: int = 0
    returned: dict[str, Returned] = field(default_factory=dict)
    accepted: bool = False

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What counts: the leadership's answers where it gave any, else the expert's."""
        for author in ("leadership", "expert"):
            if author in self.returned:
                return self.returned[author].answers
        return {}


class FileKept(msgspec.Struct, frozen=True):
    """A file of the round."""

    hash: str
    name: str
    size: int
    what: str
    subject: str | None
    by: str
    delete_by: date | None = None
    deleted: bool = False


class SourceFigures(msgspec.Struct, frozen=True):
    """The figures of another source, by corps and question."""

    id: str
    title: str
    figures: dict[str, dict[str, int | float]]
    margin: float | None = None


class Interview(msgspec.Struct, frozen=True):
    """An interview, from its plan to its final report."""

    subject: str
    on: date
    interviewers: tuple[str, ...]
    note_taker: str
    status: str = "planned"
    """planned, held, draft, checked, offered, reaction, final"""
    file: str | None = None
    approved: bool = False
    reaction: str = ""
    written_by: str = ""


class Opinion(msgspec.Struct, frozen=True):
    """A level (None: blank) with its reason and evidence, and who gave it."""

    level: str | None
    reason: str
    evidence: tuple[str, ...]
    by: str
    seq: int


class Cell(msgspec.Struct, frozen=True):
    """What the weighing team has made of a corps on a dimension."""

    proposals: dict[str, Opinion] = field(default_factory=dict)
    settled: Opinion | None = None

    def agreed(self, quorum: int) -> Opinion | None:
        """The first proposal, if at least `quorum` weighers made one and all propose the same level; else None."""
        found = sorted(self.proposals.values(), key=lambda one: one.seq)
        return found[0] if len(found) >= quorum and len({one.level for one in found}) == 1 else None


class Judgement(msgspec.Struct, frozen=True):
    """What a corps thinks of a partner."""

    opinion: Opinion
    points_for: tuple[str, ...] = ()
    points_against: tuple[str, ...] = ()


class PartnerReply(msgspec.Struct, frozen=True):
    """What a partner says to the judgement of one corps, or of all."""

    corps: str | None
    text: str
    by: str


class Hearing(msgspec.Struct, frozen=True):
    """The hearing of a partner."""

    sent: date
    replies: tuple[PartnerReply, ...] = ()
    approved: bool = False
    reason: str = ""


class Published(msgspec.Struct, frozen=True):
    """A publication: when, of what, and of which journal."""

    at: date
    digest: str
    head: str
    signed: bool


class Setup(msgspec.Struct, frozen=True):
    """What the round makes: its first event."""

    round: str
    title: str
    start: date
    end: date
    publisher: str
    framework: str
    scheme: str
    follows: str | None
    corps: dict[str, str]
    dimensions: tuple[str, ...]
    levels: tuple[str, ...]
    blank: str
    partners: dict[str, str]
    owner: str
    term: int
    quorum: int
    keep: int
    margin: float

    def columns(self, partner: str) -> list[str]:
        """The columns of judgements on a partner."""
        return [column for column, about in self.partners.items() if about == partner]


class State(msgspec.Struct, frozen=True):
    """A round after so many events. Mappings are never changed in place."""

    seq: int = 0
    head: str = ""
    """The hash of the last event."""
    setup: Setup | None = None
    participants: dict[str, Participant] = field(default_factory=dict)
    questionnaire: Questionnaire | None = None
    forms: dict[str, Form] = field(default_factory=dict)
    queries: dict[int, QueryAsked] = field(default_factory=dict)
    files: dict[str, FileKept] = field(default_factory=dict)
    sources: dict[str, SourceFigures] = field(default_factory=dict)
    explanations: dict[str, dict[str, str]] = field(default_factory=dict)
    """By corps, and by source and question as `SOURCE/QUESTION`."""
    interviews: dict[str, Interview] = field(default_factory=dict)
    session: int = 0
    """The number of the session of the weighing that is open, or was last."""
    session_open: bool = False
    blind: bool = False
    cells: dict[str, dict[str, Cell]] = field(default_factory=dict)
    judgements: dict[str, dict[str, Judgement]] = field(default_factory=dict)
    hearings: dict[str, Hearing] = field(default_factory=dict)
    frozen: bool = False
    errata: int = 0
    """Corrections since the last publication."""
    publications: tuple[Published, ...] = ()

    @property
    def of(self) -> Setup:
        """The setup of a round that has begun (raises LookupError)."""
        if self.setup is None:
            raise LookupError("the round has not begun")
        return self.setup

    @property
    def published(self) -> bool:
        """Whether an edition of the round has been published."""
        return bool(self.publications)

    def cell(self, corps: str, dimension: str) -> Cell:
        """What there is about a corps on a dimension."""
        return self.cells.get(corps, {}).get(dimension, _NO_CELL)

    def score(self, corps: str, dimension: str) -> Opinion | None:
        """The score that stands: as it was settled, else as enough weighers agreed, once session 1 is over."""
        cell = self.cell(corps, dimension)
        if cell.settled is not None:
            return cell.settled
        over = self.session > 1 or (self.session == 1 and not self.session_open)
        return cell.agreed(self.of.quorum) if over else None

    def open_queries(self, corps: str) -> list[QueryAsked]:
        """The queries to a corps that are not closed."""
        return [query for query in self.queries.values() if query.corps == corps and query.closed is None]


_NO_CELL = Cell()
A = TypeVar("A", bound=Action)
_Fold = Callable[[State, Event, Any], State]
_FOLDS: dict[type[Action], _Fold] = {}


def apply(state: State, event: Event, digest: str = "") -> State:
    """The state after the event, whose hash is `digest`."""
    return replace(_FOLDS[type(event.action)](state, event, event.action), seq=event.seq, head=digest)


def replay(events: Iterable[tuple[Event, str]], state: State = State()) -> State:  # noqa: B008 (immutable)
    """The state after these events with their hashes."""
    for event, digest in events:
        state = apply(state, event, digest)
    return state


def _folds(kind: type[A]) -> Callable[[Callable[[State, Event, A], State]], Callable[[State, Event, A], State]]:
    def register(fold: Callable[[State, Event, A], State]) -> Callable[[State, Event, A], State]:
        _FOLDS[kind] = fold
        return fold

    return register


@_folds(do.Begin)
def _begin(state: State, _event: Event, action: do.Begin) -> State:
    setup = msgspec.convert(
        {name: getattr(action, name) for name in Setup.__struct_fields__}, Setup, builtin_types=(date,)
    )
    owner = Participant(action.owner, (Role.SECRETARIAT,))
    return replace(state, setup=setup, participants={owner.id: owner})


@_folds(do.Enrol)
def _enrol(state: State, _event: Event, action: do.Enrol) -> State:
    one = Participant(action.id, action.roles, action.corps, action.partner)
    return replace(state, participants={**state.participants, one.id: one})


@_folds(do.Leave)
def _leave(state: State, _event: Event, action: do.Leave) -> State:
    gone = replace(state.participants[action.id], active=False)
    return replace(state, participants={**state.participants, gone.id: gone})


@_folds(do.Ask)
def _ask(state: State, _event: Event, action: do.Ask) -> State:
    return replace(state, questionnaire=action.questionnaire)


def _with_form(state: State, corps: str, form: Form) -> State:
    return replace(state, forms={**state.forms, corps: form})


@_folds(do.Send)
def _send(state: State, event: Event, action: do.Send) -> State:
    day = event.at.date()
    return _with_form(state, action.corps, Form(day, action.due or day + timedelta(days=state.of.term)))


@_folds(do.Remind)
def _remind(state: State, _event: Event, action: do.Remind) -> State:
    form = state.forms[action.corps]
    return _with_form(state, action.corps, replace(form, reminders=form.reminders + 1))


@_folds(do.Receive)
def _receive(state: State, event: Event, action: do.Receive) -> State:
    form = state.forms[action.corps]
    answers = {name: Answer(one.kind, one.value, one.reason) for name, one in action.answers.items()}
    version = Returned(answers, event.by, event.at.date(), action.file)
    return _with_form(state, action.corps, replace(form, returned={**form.returned, action.author: version}))


@_folds(do.Accept)
def _accept(state: State, _event: Event, action: do.Accept) -> State:
    return _with_form(state, action.corps, replace(state.forms[action.corps], accepted=True))


@_folds(do.Reopen)
def _reopen(state: State, _event: Event, action: do.Reopen) -> State:
    return _with_form(state, action.corps, replace(state.forms[action.corps], accepted=False))


@_folds(do.Query)
def _query(state: State, event: Event, action: do.Query) -> State:
    query = QueryAsked(event.seq, action.corps, action.topic, action.text, event.by)
    return replace(state, queries={**state.queries, query.id: query})


@_folds(do.Reply)
def _reply(state: State, _event: Event, action: do.Reply) -> State:
    query = replace(state.queries[action.query], reply=action.text)
    return replace(state, queries={**state.queries, query.id: query})


@_folds(do.Close)
def _close(state: State, _event: Event, action: do.Close) -> State:
    query = replace(state.queries[action.query], closed=action.reason)
    return replace(state, queries={**state.queries, query.id: query})


@_folds(do.Attach)
def _attach(state: State, event: Event, action: do.Attach) -> State:
    file = FileKept(
        action.hash, action.name, action.size, action.what, action.subject, event.by, action.delete_by
    )  # fmt: skip
    return replace(state, files={**state.files, file.hash: file})


@_folds(do.Delete)
def _delete(state: State, _event: Event, action: do.Delete) -> State:
    file = replace(state.files[action.hash], deleted=True)
    return replace(state, files={**state.files, file.hash: file})


@_folds(do.Compare)
def _compare(state: State, _event: Event, action: do.Compare) -> State:
    figures = {corps: dict(row) for corps, row in action.figures.items()}
    source = SourceFigures(action.source, action.title, figures, action.margin)
    return replace(state, sources={**state.sources, source.id: source})


@_folds(do.Explain)
def _explain(state: State, _event: Event, action: do.Explain) -> State:
    of = {**state.explanations.get(action.corps, {}), f"{action.source}/{action.question}": action.text}
    return replace(state, explanations={**state.explanations, action.corps: of})


@_folds(do.Plan)
def _plan(state: State, _event: Event, action: do.Plan) -> State:
    interview = Interview(action.subject, action.on, action.interviewers, action.note_taker)
    return replace(state, interviews={**state.interviews, interview.subject: interview})


def _in_interview(state: State, subject: str, **changes: Any) -> State:
    interview = replace(state.interviews[subject], **changes)
    return replace(state, interviews={**state.interviews, subject: interview})


@_folds(do.Hold)
def _hold(state: State, _event: Event, action: do.Hold) -> State:
    return _in_interview(state, action.subject, status="held", on=action.on)


@_folds(do.Draft)
def _draft(state: State, event: Event, action: do.Draft) -> State:
    return _in_interview(
        state, action.subject, status="draft", file=action.file, written_by=event.by, approved=False, reaction=""
    )


@_folds(do.Check)
def _check(state: State, _event: Event, action: do.Check) -> State:
    return _in_interview(state, action.subject, status="checked")


@_folds(do.Offer)
def _offer(state: State, _event: Event, action: do.Offer) -> State:
    return _in_interview(state, action.subject, status="offered")


@_folds(do.React)
def _react(state: State, _event: Event, action: do.React) -> State:
    return _in_interview(state, action.subject, status="reaction", approved=action.approves, reaction=action.text)


@_folds(do.Finalise)
def _finalise(state: State, _event: Event, action: do.Finalise) -> State:
    return _in_interview(state, action.subject, status="final", file=action.file)


@_folds(do.OpenSession)
def _open_session(state: State, _event: Event, action: do.OpenSession) -> State:
    return replace(state, session=action.number, session_open=True, blind=action.blind)


@_folds(do.CloseSession)
def _close_session(state: State, _event: Event, _action: do.CloseSession) -> State:
    return replace(state, session_open=False)


def _opinion(event: Event, action: do.Propose | do.Settle | do.Judge | do.Erratum) -> Opinion:
    return Opinion(action.level, action.reason, action.evidence, event.by, event.seq)


def _with_cell(state: State, corps: str, dimension: str, cell: Cell) -> State:
    return replace(state, cells={**state.cells, corps: {**state.cells.get(corps, {}), dimension: cell}})


@_folds(do.Propose)
def _propose(state: State, event: Event, action: do.Propose) -> State:
    cell = state.cell(action.corps, action.dimension)
    proposals = {**cell.proposals, event.by: _opinion(event, action)}
    return _with_cell(state, action.corps, action.dimension, replace(cell, proposals=proposals))


@_folds(do.Withdraw)
def _withdraw(state: State, event: Event, action: do.Withdraw) -> State:
    cell = state.cell(action.corps, action.dimension)
    proposals = {by: opinion for by, opinion in cell.proposals.items() if by != event.by}
    return _with_cell(state, action.corps, action.dimension, replace(cell, proposals=proposals))


@_folds(do.Settle)
def _settle(state: State, event: Event, action: do.Settle) -> State:
    cell = state.cell(action.corps, action.dimension)
    return _with_cell(state, action.corps, action.dimension, replace(cell, settled=_opinion(event, action)))


@_folds(do.Erratum)
def _erratum(state: State, event: Event, action: do.Erratum) -> State:
    cell = replace(state.cell(action.corps, action.dimension), settled=_opinion(event, action))
    return replace(_with_cell(state, action.corps, action.dimension, cell), errata=state.errata + 1)


@_folds(do.Judge)
def _judge(state: State, event: Event, action: do.Judge) -> State:
    judgement = Judgement(_opinion(event, action), action.points_for, action.points_against)
    of = {**state.judgements.get(action.corps, {}), action.column: judgement}
    return replace(state, judgements={**state.judgements, action.corps: of})


def _with_hearing(state: State, partner: str, hearing: Hearing) -> State:
    return replace(state, hearings={**state.hearings, partner: hearing})


@_folds(do.Hear)
def _hear(state: State, event: Event, action: do.Hear) -> State:
    return _with_hearing(state, action.partner, Hearing(event.at.date()))


@_folds(do.Answered)
def _answered(state: State, event: Event, action: do.Answered) -> State:
    hearing = state.hearings[action.partner]
    reply = PartnerReply(action.corps, action.text, event.by)
    return _with_hearing(state, action.partner, replace(hearing, replies=(*hearing.replies, reply)))


@_folds(do.Approve)
def _approve(state: State, _event: Event, action: do.Approve) -> State:
    hearing = replace(state.hearings[action.partner], approved=True, reason=action.reason)
    return _with_hearing(state, action.partner, hearing)


@_folds(do.Freeze)
def _freeze(state: State, _event: Event, _action: do.Freeze) -> State:
    return replace(state, frozen=True)


@_folds(do.Thaw)
def _thaw(state: State, _event: Event, _action: do.Thaw) -> State:
    return replace(state, frozen=False)


@_folds(do.Publish)
def _publish(state: State, event: Event, action: do.Publish) -> State:
    published = Published(event.at.date(), action.digest, action.head, action.signed)
    return replace(state, publications=(*state.publications, published), errata=0)
