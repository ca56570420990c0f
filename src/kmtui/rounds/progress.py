"""The one definition of progress, which board, status, report and the refusal to freeze share.

The progress of a subject is the number of its items that are done over the number of its items:

| step      | items of a corps                | an item is done when                                            |
| --------- | ------------------------------- | --------------------------------------------------------------- |
| collect   | its form                        | the form is accepted, and no query to the corps is open         |
| compare   | each difference beyond a margin | it is explained (it does not block: the report prints the rest) |
| interview | its interview                   | the report is final                                             |
| weigh     | each dimension                  | a score stands: settled, or agreed once session 1 is over       |
| partners  | each column of judgements       | a judgement is recorded, be it blank                            |

A partner has two: its interview, where one is planned, and its hearing, which is done when it is approved.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from kmtui.model.base import Language
from kmtui.rounds.comparing import differences
from kmtui.rounds.state import Form, Interview, State

NAMED = 5
"""Names in one line about what blocks."""


class Step(StrEnum):
    """The steps of a subject on its way into the edition."""

    COLLECT = "collect"
    COMPARE = "compare"
    INTERVIEW = "interview"
    WEIGH = "weigh"
    PARTNERS = "partners"
    HEARING = "hearing"


class Item(msgspec.Struct, frozen=True):
    """One thing that has to be done about a subject."""

    step: Step
    subject: str
    about: str
    """The dimension, column or difference; for a form, an interview or a hearing its status."""
    done: bool
    due: date | None = None

    @property
    def blocks(self) -> bool:
        """Whether the round cannot be frozen before it is done."""
        return not self.done and self.step is not Step.COMPARE


_LACKING: Mapping[Step, tuple[str, str]] = {
    Step.COLLECT: ("{subject}: the form is not accepted ({about})", "{subject}: formulier niet akkoord ({about})"),
    Step.COMPARE: ("{subject}: difference {about} is not explained", "{subject}: verschil {about} niet verklaard"),
    Step.INTERVIEW: (
        "{subject}: the report of the interview is not final ({about})",
        "{subject}: verslag niet definitief ({about})",
    ),
    Step.WEIGH: ("{subject}: no score on {about}", "{subject}: geen score op {about}"),
    Step.PARTNERS: ("{subject}: no judgement on {about}", "{subject}: geen oordeel over {about}"),
    Step.HEARING: ("{subject}: the hearing is not concluded ({about})", "{subject}: wederhoor niet afgerond ({about})"),
}


def form_status(state: State, corps: str) -> str:
    """Where the form of a corps stands: unsent, sent, reminded, received, query or accepted."""
    form = state.forms.get(corps)
    if form is None:
        return "unsent"
    if state.open_queries(corps):
        return "query"
    if form.accepted:
        return "accepted"
    if form.returned:
        return "received"
    return "reminded" if form.reminders else "sent"


def interview_status(state: State, subject: str) -> str:
    """Where the interview with a corps or partner stands: none, planned, held, draft, checked, offered, ... final."""
    return state.interviews[subject].status if subject in state.interviews else "none"


def hearing_status(state: State, partner: str) -> str:
    """Where the hearing of a partner stands: none, sent, answered or approved."""
    hearing = state.hearings.get(partner)
    if hearing is None:
        return "none"
    return "approved" if hearing.approved else "answered" if hearing.replies else "sent"


def items(state: State, subject: str) -> Iterator[Item]:
    """Everything that has to be done about a corps or a partner, in the order of the steps."""
    if subject in state.of.corps:
        yield from _items_of_corps(state, subject)
    if subject in state.of.partners.values():
        yield from _items_of_partner(state, subject)


def _items_of_corps(state: State, corps: str) -> Iterator[Item]:
    form, status = state.forms.get(corps), form_status(state, corps)
    due = form.due if isinstance(form, Form) and not form.returned else None
    yield Item(Step.COLLECT, corps, status, status == "accepted", due)
    for found in differences(state, corps):
        yield Item(Step.COMPARE, corps, f"{found.source}/{found.question}", found.explanation is not None)
    yield _interview(state, corps)
    for name in state.of.dimensions:
        yield Item(Step.WEIGH, corps, name, state.score(corps, name) is not None)
    for name in state.of.partners:
        yield Item(Step.PARTNERS, corps, name, name in state.judgements.get(corps, {}))


def _items_of_partner(state: State, partner: str) -> Iterator[Item]:
    if partner in state.interviews and partner not in state.of.corps:
        yield _interview(state, partner)
    status = hearing_status(state, partner)
    yield Item(Step.HEARING, partner, status, status == "approved")


def _interview(state: State, subject: str) -> Item:
    interview: Interview | None = state.interviews.get(subject)
    due = interview.on if interview and interview.status == "planned" else None
    status = interview_status(state, subject)
    return Item(Step.INTERVIEW, subject, status, status == "final", due)


def subjects(state: State) -> list[str]:
    """The corps in their order, then the partners."""
    return list(dict.fromkeys([*state.of.corps, *state.of.partners.values()]))


def all_items(state: State) -> Iterator[Item]:
    """The items of every subject."""
    for subject in subjects(state):
        yield from items(state, subject)


def progress(state: State, subject: str, step: Step | None = None) -> tuple[int, int]:
    """How many items of a subject, or of one of its steps, are done, and how many there are."""
    done = [item.done for item in items(state, subject) if step is None or item.step is step]
    return sum(done), len(done)


class Due(msgspec.Struct, frozen=True):
    """Something with a date: a form, an interview, a file to be deleted."""

    on: date
    subject: str
    what: str


def due(state: State) -> list[Due]:
    """Everything with a date that is not done, the earliest first."""
    found = [Due(item.due, item.subject, item.step) for item in all_items(state) if item.due and not item.done]
    for file in state.files.values():
        if file.delete_by and not file.deleted:
            found.append(Due(file.delete_by, file.subject or state.of.round, f"delete {file.what} {file.hash[:12]}"))
    return sorted(found, key=lambda one: (one.on, one.subject, one.what))


def blockers(state: State, today: date, language: Language = "en") -> list[str]:
    """What keeps the round from being frozen, a line each."""
    english = language == "en"
    lacking: dict[tuple[str, Step], list[str]] = {}
    for item in all_items(state):
        if item.blocks:
            lacking.setdefault((item.subject, item.step), []).append(item.about)
    lines = [
        _LACKING[step][0 if english else 1].format(subject=subject, about=_first(about))
        for (subject, step), about in lacking.items()
    ]
    if state.session_open:
        lines.append(f"session {state.session} is open" if english else f"sessie {state.session} is nog open")
    for file in state.files.values():
        if file.delete_by and not file.deleted and file.delete_by < today:
            lines.append(
                f"{file.what} {file.hash[:12]} was to be deleted by {file.delete_by}"
                if english
                else f"{file.what} {file.hash[:12]} had op {file.delete_by} verwijderd moeten zijn"
            )
    return lines


def _first(names: list[str]) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" (+{more})" if more > 0 else "")
