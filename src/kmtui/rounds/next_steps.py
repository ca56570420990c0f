"""What comes next about a step of a corps or partner, and whether a participant may do it.

The board's filter, the menu of a step and the reason that stands where nothing can be done all come from `choices`.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kmtui.rounds import actions as do
from kmtui.rounds.actions import Action
from kmtui.rounds.errors import RefusedError
from kmtui.rounds.progress import Step, form_status, hearing_status, interview_status
from kmtui.rounds.rules import decide, may, require_part
from kmtui.rounds.sight import items_seen
from kmtui.rounds.state import State

_FORM: dict[str, tuple[type[Action], ...]] = {
    "unsent": (do.Send,),
    "sent": (do.Receive, do.Remind),
    "reminded": (do.Receive, do.Remind),
    "received": (do.Accept,),
    "query": (do.Reply, do.Close),
}
_INTERVIEW: dict[str, tuple[type[Action], ...]] = {
    "none": (do.Plan,),
    "planned": (do.Hold,),
    "held": (do.Draft,),
    "draft": (do.Check,),
    "checked": (do.Offer,),
    "offered": (do.React,),
    "reaction": (do.Finalise,),
}
_HEARING: dict[str, tuple[type[Action], ...]] = {
    "none": (do.Hear,),
    "sent": (do.Answered, do.Approve),
    "answered": (do.Approve, do.Answered),
}


class Choice(NamedTuple):
    """A kind of action that brings a step on, and why the participant may not do it (None where they may)."""

    kind: type[Action]
    refused: RefusedError | None


def choices(state: State, who: str, subject: str, step: Step, today: date) -> list[Choice]:
    """The actions that come next about a step; none where all of it is done."""
    return [Choice(kind, _refused(state, who, kind, subject, today)) for kind in _kinds(state, who, subject, step)]


def waits_for(state: State, who: str, subject: str, step: Step, today: date) -> bool:
    """Whether the participant can bring the step on now."""
    return any(choice.refused is None for choice in choices(state, who, subject, step, today))


def of_round(state: State, who: str, today: date) -> list[Choice]:
    """The actions that come next about the round as a whole: its sessions, and its lock."""
    kinds: list[type[Action]] = []
    if not state.frozen:
        kinds.append(do.CloseSession if state.session_open else do.OpenSession)
        kinds.append(do.Freeze)
    elif not state.published:
        kinds += [do.Thaw, do.Publish]
    return [Choice(kind, _refused(state, who, kind, None, today)) for kind in kinds]


def _kinds(state: State, who: str, subject: str, step: Step) -> Iterator[type[Action]]:
    undone = [item for item in items_seen(state, who, subject) if item.step is step and not item.done]
    if not undone:
        return
    match step:
        case Step.COLLECT:
            if state.questionnaire is None:
                yield do.Ask
            else:
                yield from _FORM.get(form_status(state, subject), ())
        case Step.COMPARE:
            yield do.Explain
        case Step.INTERVIEW:
            yield from _INTERVIEW.get(interview_status(state, subject), ())
        case Step.WEIGH:
            if not state.session_open:
                yield do.OpenSession
                return
            if state.session > 1:
                yield do.Settle
            cells = (state.cell(subject, item.about) for item in undone)
            if not all(who in cell.proposals for cell in cells):
                yield do.Propose
        case Step.PARTNERS:
            yield do.Judge
        case Step.HEARING:
            yield from _HEARING.get(hearing_status(state, subject), ())


def _refused(state: State, who: str, kind: type[Action], subject: str | None, today: date) -> RefusedError | None:
    corps = subject if subject in state.of.corps else None
    partner = subject if subject in state.of.partners.values() else None
    try:
        may(state, who, kind, corps, partner)
        if subject is not None and kind in (do.Draft, do.Finalise):
            require_part(state.interviews[subject], state.participants[who])
        elif (whole := complete(kind, subject, today)) is not None:
            decide(state, who, whole, today)
    except RefusedError as error:
        return error
    return None


def complete(kind: type[Action], subject: str | None, today: date) -> Action | None:
    """The action of this kind where it takes no more than a subject and a day, else None."""
    match kind:
        case do.Send | do.Remind | do.Accept:
            return kind.model_validate({"corps": subject})
        case do.Check | do.Offer:
            return kind.model_validate({"subject": subject})
        case do.Hear:
            return do.Hear(partner=subject or "")
        case do.Hold:
            return do.Hold(subject=subject or "", on=today)
        case do.CloseSession | do.Freeze:
            return kind.model_validate({})
        case _:
            return None
