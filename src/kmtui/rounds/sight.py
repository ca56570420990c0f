"""What a participant sees of a round: the state and the log are cut to this before anything shows them.

Until publication a participant of a corps sees that corps only, and nothing of its weighing; a partner sees its own
hearing and interview. Nobody sees the weighing of their own corps. In a blind session each sees their own proposals.
"""

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from kmtui.rounds import actions as do
from kmtui.rounds.actions import Event, Role
from kmtui.rounds.progress import Item, Step, items, subjects
from kmtui.rounds.rules import CENTRAL
from kmtui.rounds.state import Cell, Judgement, Participant, SourceFigures, State

T = TypeVar("T")
_WEIGHING = (do.Propose, do.Withdraw, do.Settle, do.Erratum)
_OF_ALL = (do.Begin, do.Ask, do.OpenSession, do.CloseSession, do.Freeze, do.Thaw, do.Publish)


def seen_by(state: State, who: str) -> State:
    """The state as the participant may see it; of a stranger, nothing but the setup."""
    actor = state.participants.get(who)
    if actor is None or not actor.active:
        return State(seq=state.seq, head=state.head, setup=state.setup)
    if not set(actor.roles).isdisjoint(CENTRAL):
        return replace(state, cells=_cells(state, actor))
    if actor.partner is not None:
        return _for_partner(state, actor, actor.partner)
    return _for_corps(state, actor)


def sees_step(state: State, who: str, subject: str, step: Step | None = None) -> bool:
    """Whether the participant sees how far a corps or partner is, or how far it is with one step."""
    actor = state.participants.get(who)
    if state.published:
        return True
    if actor is None or not actor.active:
        return False
    if not set(actor.roles).isdisjoint(CENTRAL):
        return step is not Step.WEIGH or subject != actor.corps
    if actor.partner is not None:
        return subject == actor.partner and step in (None, Step.INTERVIEW, Step.HEARING)
    return subject == actor.corps and step not in (Step.WEIGH, Step.HEARING)


def subjects_seen(state: State, who: str) -> list[str]:
    """The corps and partners of whose progress the participant sees anything, in order."""
    return [name for name in subjects(state) if sees_step(state, who, name)]


def items_seen(state: State, who: str, subject: str) -> list[Item]:
    """The items of a corps or partner on the steps that the participant sees."""
    return [item for item in items(state, subject) if sees_step(state, who, subject, item.step)]


def _cells(state: State, actor: Participant) -> dict[str, dict[str, Cell]]:
    cells = state.cells
    if _hides_proposals(state):
        cells = {
            corps: {
                name: replace(cell, proposals={by: one for by, one in cell.proposals.items() if by == actor.id})
                for name, cell in row.items()
            }
            for corps, row in cells.items()
        }
    if actor.corps is not None and not state.published:
        cells = {corps: row for corps, row in cells.items() if corps != actor.corps}
    return cells


def _hides_proposals(state: State) -> bool:
    return state.blind and state.session == 1 and state.session_open


def _for_corps(state: State, actor: Participant) -> State:
    mine = {actor.corps}
    everyone = set(state.of.corps) if state.published else mine
    return replace(
        state,
        participants={actor.id: actor},
        forms=_only(state.forms, everyone),
        queries={number: query for number, query in state.queries.items() if query.corps in mine},
        files={name: file for name, file in state.files.items() if file.subject in mine},
        sources=_sources(state, everyone),
        explanations=_only(state.explanations, everyone),
        interviews=_only(state.interviews, mine),
        cells=_standing(state) if state.published else {},
        judgements=_only(state.judgements, everyone),
        hearings=state.hearings if state.published else {},
    )


def _for_partner(state: State, actor: Participant, partner: str) -> State:
    columns = state.of.columns(partner)
    heard = partner in state.hearings
    judgements: dict[str, dict[str, Judgement]] = {
        corps: {column: judgement for column, judgement in row.items() if column in columns}
        for corps, row in state.judgements.items()
        if heard
    }
    return replace(
        state,
        participants={actor.id: actor},
        forms=state.forms if state.published else {},
        queries={},
        files={name: file for name, file in state.files.items() if file.subject == partner},
        sources=state.sources if state.published else {},
        explanations=state.explanations if state.published else {},
        interviews=_only(state.interviews, {partner}),
        cells=_standing(state) if state.published else {},
        judgements=state.judgements if state.published else judgements,
        hearings=state.hearings if state.published else _only(state.hearings, {partner}),
    )


def _only(held: Mapping[str, T], names: set[str | None] | set[str]) -> dict[str, T]:
    return {name: value for name, value in held.items() if name in names}


def _sources(state: State, corps: set[str | None] | set[str]) -> dict[str, SourceFigures]:
    return {name: replace(one, figures=_only(one.figures, corps)) for name, one in state.sources.items()}


def _standing(state: State) -> dict[str, dict[str, Cell]]:
    """The scores as published, without who proposed what."""
    return {
        corps: {name: Cell(settled=state.score(corps, name)) for name in state.of.dimensions}
        for corps in state.of.corps
    }


def sees(state: State, who: str, event: Event) -> bool:
    """Whether the participant may see this event of the journal."""
    actor, action = state.participants.get(who), event.action
    if actor is None or not actor.active:
        return False
    if event.by == who or isinstance(action, _OF_ALL):
        return True
    corps, partner = getattr(action, "corps", None), getattr(action, "partner", None)
    if isinstance(action, do.Reply | do.Close):
        corps = state.queries[action.query].corps
    subject = corps or partner or getattr(action, "subject", None)
    if isinstance(action, do.Delete):
        subject = state.files[action.hash].subject
    central = not set(actor.roles).isdisjoint(CENTRAL)
    if isinstance(action, do.Enrol | do.Leave):
        return central or action.id == who
    if central:
        if isinstance(action, do.Propose | do.Withdraw) and _hides_proposals(state):
            return False
        return not (isinstance(action, _WEIGHING) and corps == actor.corps and not state.published)
    if isinstance(action, do.Judge) and Role.PARTNER in actor.roles:
        subject = state.of.partners[action.column]
        return state.published or (subject == actor.partner and subject in state.hearings)
    if isinstance(action, do.Settle | do.Erratum | do.Judge | do.Answered | do.Hear) and state.published:
        return True
    return not isinstance(action, _WEIGHING) and subject is not None and subject in (actor.corps, actor.partner)
