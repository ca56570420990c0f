"""What may be done in a round, by whom and when. Command line, desk and forms all pass through `decide`.

Each rule is declared with the roles that may act, the paragraph that it rests on, and a check of the action itself.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from kmtui.files.faults import unknown
from kmtui.model.base import Text
from kmtui.model.questionnaire import Question, Questionnaire
from kmtui.rounds import actions as do
from kmtui.rounds.actions import GAPS, Action, AnswerKind, Role
from kmtui.rounds.comparing import differences
from kmtui.rounds.errors import RefusedError, UnknownNameError
from kmtui.rounds.progress import blockers, form_status
from kmtui.rounds.state import Interview, Opinion, Participant, State

CENTRAL = (Role.SECRETARIAT, Role.ANALYST, Role.INTERVIEWER, Role.NOTE_TAKER, Role.WEIGHER, Role.CHAIR)
"""Roles that see every corps."""
OF_CORPS = (Role.EXPERT, Role.LEADERSHIP)
"""Roles that act for the corps that they belong to, and for no other."""
A = TypeVar("A", bound=Action)


class Decision(NamedTuple):
    """An action that is allowed: the role that allows it, and the value that it replaces."""

    role: Role
    old: Any


class Rule(NamedTuple):
    """Who may do something, and when."""

    roles: tuple[Role, ...]
    paragraph: str
    impartial: bool
    """Not by somebody who belongs to the corps that it is about (2.4.2)."""
    while_frozen: bool
    check: Callable[[State, Participant, Any, date], None]


RULES: dict[type[Action], Rule] = {}
IMPARTIALITY = "2.4.2"


def decide(state: State, who: str, action: Action, today: date) -> Decision:
    """Whether the participant may do this now (raises RefusedError)."""
    if isinstance(action, do.Begin):
        _require(state.setup is None, "the round has begun already", "de ronde is al begonnen")
        _begin(action)
        return Decision(Role.SECRETARIAT, None)
    _require(state.setup is not None, "the round has not begun", "de ronde is nog niet begonnen")
    rule = RULES[type(action)]
    corps, partner = _subject(state, action)
    actor = _participant(state, who)
    role = _role(state, actor, type(action), corps, partner)
    rule.check(state, actor, action, today)
    return Decision(role, _old(state, who, action))


def may(state: State, who: str, kind: type[Action], corps: str | None = None, partner: str | None = None) -> Role:
    """The role in which the participant may do such a thing now, details aside (raises RefusedError).

    A menu asks this, so that what it offers can be done and what cannot be done has its reason.
    """
    _require(state.setup is not None, "the round has not begun", "de ronde is nog niet begonnen")
    return _role(state, _participant(state, who), kind, corps, partner)


def _participant(state: State, who: str) -> Participant:
    actor = state.participants.get(who)
    if actor is None:
        message = unknown("participant", who, state.participants)
        raise UnknownNameError(Text(nl=f"onbekende deelnemer '{who}'", en=message))
    _require(actor.active, f"{who} takes no part any more", f"{who} doet niet meer mee")
    return actor


def _role(state: State, actor: Participant, kind: type[Action], corps: str | None, partner: str | None) -> Role:
    rule = RULES[kind]
    if not rule.while_frozen:
        _require(
            not state.published,
            "the round is published; only an erratum can change it",
            "de ronde is gepubliceerd; alleen een erratum kan er nog iets aan wijzigen",
        )
        _require(
            not state.frozen,
            "the round is frozen; the chair can thaw it",
            "de ronde is bevroren; de voorzitter kan haar weer openen",
        )
    role = next((role for role in rule.roles if role in actor.roles and _own(role, actor, corps, partner)), None)
    if role is None:
        needed = ", ".join(rule.roles)
        if any(role in actor.roles for role in rule.roles):
            whose = actor.corps or actor.partner
            raise RefusedError(
                Text(nl=f"{actor.id} handelt alleen voor {whose}", en=f"{actor.id} acts for {whose} only"),
                rule.paragraph,
            )
        raise RefusedError(
            Text(
                nl=f"{actor.id} heeft niet de rol die hiervoor nodig is: {needed}",
                en=f"{actor.id} has not the role that this takes: {needed}",
            ),
            rule.paragraph,
        )
    if rule.impartial and corps is not None and actor.corps == corps:
        raise RefusedError(
            Text(
                nl=f"{actor.id} hoort bij {corps}, en beoordeelt het eigen korps niet",
                en=f"{actor.id} belongs to {corps}; nobody assesses their own corps",
            ),
            IMPARTIALITY,
        )
    return role


def _own(role: Role, actor: Participant, corps: str | None, partner: str | None) -> bool:
    if role in OF_CORPS:
        return corps is None or actor.corps == corps
    if role is Role.PARTNER:
        return partner is None or actor.partner == partner
    return True


def _subject(state: State, action: Action) -> tuple[str | None, str | None]:
    """The corps and the partner that the action is about; both are checked to be there."""
    corps, partner = getattr(action, "corps", None), getattr(action, "partner", None)
    if isinstance(action, do.Reply | do.Close):
        _known("query", str(action.query), [str(number) for number in state.queries])
        corps = state.queries[action.query].corps
    subject = getattr(action, "subject", None)
    if subject is not None:
        _known("corps or partner", subject, [*state.of.corps, *state.of.partners.values()])
        corps = subject if subject in state.of.corps else None
        partner = subject if subject in state.of.partners.values() else None
    if corps is not None:
        _known("corps", corps, state.of.corps)
    if partner is not None:
        _known("partner", partner, dict.fromkeys(state.of.partners.values()))
    return corps, partner


def _known(kind: str, name: str, known: Iterable[str]) -> None:
    known = list(known)
    if name not in known:
        raise UnknownNameError(Text(nl=f"onbekend: '{name}'", en=unknown(kind, name, known)))


def _require(holds: object, en: str, nl: str, paragraph: str = "") -> None:
    if not holds:
        raise RefusedError(Text(nl=nl, en=en), paragraph)


def _rule(
    kind: type[A], *roles: Role, paragraph: str = "", impartial: bool = False, while_frozen: bool = False
) -> Callable[[Callable[[State, Participant, A, date], None]], Callable[[State, Participant, A, date], None]]:
    def register(check: Callable[[State, Participant, A, date], None]) -> Callable[[State, Participant, A, date], None]:
        RULES[kind] = Rule(roles, paragraph, impartial, while_frozen, check)
        return check

    return register


def _begin(action: do.Begin) -> None:
    _require(action.corps, "a round assesses at least one corps", "een ronde beoordeelt minstens één korps")
    _require(action.start <= action.end, "the period ends before it starts", "de periode eindigt voor zij begint")
    _require(
        action.blank not in action.levels,
        "the blank is no level of the scale",
        "geen oordeel is geen niveau",
    )


# Participants


@_rule(do.Enrol, Role.SECRETARIAT)
def _enrol(state: State, _actor: Participant, action: do.Enrol, _today: date) -> None:
    before = state.participants.get(action.id)
    if action.corps is None:
        _require(
            not any(role in OF_CORPS for role in action.roles),
            "an expert and the leadership belong to a corps; name it",
            "een expert en de leiding horen bij een korps; noem het",
        )
    _require(
        (Role.PARTNER in action.roles) == (action.partner is not None),
        "the role of partner goes with a partner",
        "bij de rol partner hoort een partner",
    )
    _require(
        Role.PARTNER not in action.roles or len(action.roles) == 1,
        "a partner is heard, and has no other role",
        "een partner wordt gehoord en heeft geen andere rol",
        "2.1.4",
    )
    _require(
        before is None or before.corps is None or before.corps == action.corps,
        f"{action.id} belongs to {before and before.corps} for the whole round",
        f"{action.id} hoort de hele ronde bij {before and before.corps}",
        IMPARTIALITY,
    )
    if action.corps is not None:
        judged = any(
            action.id in cell.proposals or (cell.settled is not None and cell.settled.by == action.id)
            for cell in state.cells.get(action.corps, {}).values()
        )
        interview = state.interviews.get(action.corps)
        asked = interview is not None and action.id in (*interview.interviewers, interview.note_taker)
        _require(
            not judged and not asked,
            f"{action.id} has assessed {action.corps} and cannot come to belong to it",
            f"{action.id} heeft {action.corps} beoordeeld en kan daar niet bij gaan horen",
            IMPARTIALITY,
        )
    _require(
        action.id != state.of.owner or Role.SECRETARIAT in action.roles,
        "the owner of the round stays its secretariat",
        "de eigenaar van de ronde blijft secretariaat",
    )


@_rule(do.Leave, Role.SECRETARIAT)
def _leave(state: State, _actor: Participant, action: do.Leave, _today: date) -> None:
    _known("participant", action.id, state.participants)
    _require(action.id != state.of.owner, "the owner of the round stays", "de eigenaar van de ronde blijft")


# Collect


@_rule(do.Ask, Role.SECRETARIAT, Role.ANALYST, paragraph="2.1.1")
def _ask(state: State, _actor: Participant, _action: do.Ask, _today: date) -> None:
    _require(
        not state.forms,
        "forms have been sent; the questionnaire stays as it is",
        "er zijn al formulieren verstuurd; de vragenlijst blijft zoals zij is",
        "2.1.1",
    )


@_rule(do.Send, Role.SECRETARIAT, paragraph="2.1.1")
def _send(state: State, _actor: Participant, action: do.Send, _today: date) -> None:
    _require(state.questionnaire, "there is no questionnaire yet", "er is nog geen vragenlijst", "2.1.1")
    _require(
        action.corps not in state.forms,
        f"the form of {action.corps} has been sent",
        f"het formulier van {action.corps} is al verstuurd",
    )


@_rule(do.Remind, Role.SECRETARIAT, paragraph="2.1.1")
def _remind(state: State, _actor: Participant, action: do.Remind, _today: date) -> None:
    status = form_status(state, action.corps)
    _require(
        status in ("sent", "reminded"),
        f"the form of {action.corps} is {status}; only one that was sent and not received needs reminding",
        f"alleen voor een verstuurd formulier dat nog niet terug is, wordt herinnerd (nu: {status})",
    )


@_rule(do.Receive, *OF_CORPS, Role.SECRETARIAT, paragraph="5.2.1")
def _receive(state: State, actor: Participant, action: do.Receive, _today: date) -> None:
    form = state.forms.get(action.corps)
    _require(
        form is not None,
        f"no form was sent to {action.corps}",
        f"er is geen formulier naar {action.corps} verstuurd",
    )
    assert form is not None
    assert state.questionnaire is not None
    _require(
        not form.accepted,
        f"the form of {action.corps} is accepted; the secretariat can reopen it",
        f"het formulier van {action.corps} is akkoord; het secretariaat kan het weer openen",
    )
    if Role.SECRETARIAT not in actor.roles:
        _require(
            action.author in actor.roles,
            f"{actor.id} does not answer as {action.author}; what the expert wrote and what the leadership made of "
            "it are kept apart",
            f"{actor.id} antwoordt niet als {action.author}; de versies van expert en leiding blijven apart",
            "5.2.1",
        )
    faults = answer_faults(state.questionnaire, action.answers)
    _require(not faults, "; ".join(faults), "; ".join(faults), "5.2.4")
    if action.file is not None:
        _file(state, action.file)


def answer_faults(questionnaire: Questionnaire, answers: dict[str, do.Answer]) -> list[str]:
    """What is wrong with the answers, by question: unknown or missing ones, wrong types, gaps without a reason."""
    asked = {question.id: question for question in questionnaire.questions}
    faults = [unknown("question", name, asked) for name in answers if name not in asked]
    for name, question in asked.items():
        fault = answer_fault(question, answers.get(name))
        if fault:
            faults.append(f"{name}: {fault}")
    return faults


def answer_fault(question: Question, answer: do.Answer | None) -> str:
    """What is wrong with one answer, empty where nothing is."""
    if answer is None:
        return "found nothing, expected an answer or the kind of gap with its reason"
    if answer.kind in GAPS:
        if answer.value is not None:
            return f"found a value beside '{answer.kind}', expected none"
        return "" if answer.reason else f"found '{answer.kind}' without a reason, expected one (5.2.4)"
    if answer.kind != question.type:
        return f"found {answer.kind}, expected {question.type}"
    if answer.kind is AnswerKind.NUMBER:
        fine = isinstance(answer.value, int | float)
        return "" if fine else f"found '{answer.value}', expected a number"
    if not isinstance(answer.value, str) or not answer.value:
        return "found nothing, expected text"
    if question.choices and answer.value not in question.choices:
        return f"found '{answer.value}', expected one of {', '.join(question.choices)}"
    return ""


@_rule(do.Query, Role.SECRETARIAT, Role.ANALYST, Role.INTERVIEWER, Role.WEIGHER, Role.CHAIR, paragraph="2.1.6")
def _query(state: State, _actor: Participant, action: do.Query, _today: date) -> None:
    questions = [question.id for question in state.questionnaire.questions] if state.questionnaire else []
    _known("question or dimension", action.topic, [*questions, *state.of.dimensions])


def _open_query(state: State, number: int) -> None:
    _require(state.queries[number].closed is None, f"query {number} is closed", f"vraag {number} is gesloten")


@_rule(do.Reply, *OF_CORPS, Role.SECRETARIAT)
def _reply(state: State, _actor: Participant, action: do.Reply, _today: date) -> None:
    _open_query(state, action.query)


@_rule(do.Close, Role.SECRETARIAT, Role.ANALYST, Role.INTERVIEWER, Role.WEIGHER, Role.CHAIR, impartial=True)
def _close(state: State, _actor: Participant, action: do.Close, _today: date) -> None:
    _open_query(state, action.query)


@_rule(do.Accept, Role.SECRETARIAT, Role.ANALYST, impartial=True)
def _accept(state: State, _actor: Participant, action: do.Accept, _today: date) -> None:
    status = form_status(state, action.corps)
    _require(
        status == "received",
        f"the form of {action.corps} is '{status}', expected 'received' with no open query",
        f"het formulier van {action.corps} staat op '{status}'; het moet terug zijn, zonder open vragen",
    )


@_rule(do.Reopen, Role.SECRETARIAT)
def _reopen(state: State, _actor: Participant, action: do.Reopen, _today: date) -> None:
    form = state.forms.get(action.corps)
    _require(
        form is not None and form.accepted,
        f"the form of {action.corps} is not accepted",
        f"het formulier van {action.corps} is niet akkoord",
    )


# Files


@_rule(do.Attach, *CENTRAL, *OF_CORPS, Role.PARTNER, paragraph="2.1.3")
def _attach(state: State, actor: Participant, action: do.Attach, today: date) -> None:
    _require(
        not set(actor.roles).isdisjoint(CENTRAL) or action.subject in (actor.corps, actor.partner),
        f"{actor.id} attaches files about {actor.corps or actor.partner} only",
        f"{actor.id} voegt alleen stukken toe over {actor.corps or actor.partner}",
    )
    if action.what in ("recording", "draft"):
        latest = today + timedelta(days=state.of.keep)
        _require(
            action.delete_by is not None and action.delete_by <= latest,
            f"a {action.what} has a date by which it is deleted, {latest} at the latest",
            f"een {action.what} heeft een datum waarop zij wordt verwijderd, uiterlijk {latest}",
        )
    kept = state.files.get(action.hash)
    _require(kept is None or kept.deleted, "this file is there already", "dit bestand is er al")


@_rule(do.Delete, Role.SECRETARIAT, while_frozen=True)
def _delete(state: State, _actor: Participant, action: do.Delete, _today: date) -> None:
    _file(state, action.hash)
    final = [one.subject for one in state.interviews.values() if one.status == "final" and one.file == action.hash]
    _require(
        not final,
        f"this is the final report of the interview with {', '.join(final)}",
        f"dit is het definitieve verslag van het gesprek met {', '.join(final)}",
        "2.1.3",
    )
    _require(
        f"file/{action.hash}" not in cited(state),
        "a score rests on this file",
        "een score berust op dit bestand",
    )


def cited(state: State) -> set[str]:
    """All evidence that any opinion rests on."""
    opinions: list[Opinion] = []
    for cells in state.cells.values():
        for cell in cells.values():
            opinions += cell.proposals.values()
            opinions += [cell.settled] if cell.settled else []
    for judgements in state.judgements.values():
        opinions += [judgement.opinion for judgement in judgements.values()]
    return {evidence for opinion in opinions for evidence in opinion.evidence}


def _file(state: State, digest: str) -> None:
    kept = [name for name, file in state.files.items() if not file.deleted]
    _require(
        digest in kept,
        f"there is no file {digest[:12]} in the round",
        f"er is geen bestand {digest[:12]} in de ronde",
    )


# Compare


@_rule(do.Compare, Role.ANALYST, Role.SECRETARIAT, paragraph="2.1.5")
def _compare(state: State, _actor: Participant, action: do.Compare, _today: date) -> None:
    _require(state.questionnaire, "there is no questionnaire yet", "er is nog geen vragenlijst")
    assert state.questionnaire is not None
    numbers = [question.id for question in state.questionnaire.questions if question.type == "number"]
    for corps, row in action.figures.items():
        _known("corps", corps, state.of.corps)
        for name in row:
            _known("question with a number", name, numbers)


@_rule(do.Explain, *OF_CORPS, Role.ANALYST, Role.INTERVIEWER, Role.SECRETARIAT, paragraph="2.1.5")
def _explain(state: State, _actor: Participant, action: do.Explain, _today: date) -> None:
    found = [f"{one.source}/{one.question}" for one in differences(state, action.corps)]
    _known("difference", f"{action.source}/{action.question}", found)


# Interview


@_rule(do.Plan, Role.SECRETARIAT, paragraph="2.1.2")
def _plan(state: State, _actor: Participant, action: do.Plan, _today: date) -> None:
    before = state.interviews.get(action.subject)
    _require(
        before is None or before.status == "planned",
        f"the interview with {action.subject} was held",
        f"het gesprek met {action.subject} is al gehouden",
    )
    named = [(name, Role.INTERVIEWER) for name in action.interviewers] + [(action.note_taker, Role.NOTE_TAKER)]
    for name, role in named:
        one = _participant(state, name)
        _require(role in one.roles, f"{name} is no {role}", f"{name} heeft niet de rol {role}", "2.1.2")
        _require(
            one.corps is None or one.corps != action.subject,
            f"{name} belongs to {action.subject}; nobody interviews their own corps",
            f"{name} hoort bij {action.subject}; niemand spreekt met het eigen korps",
            IMPARTIALITY,
        )


def _interview(state: State, subject: str, *expected: str) -> Interview:
    interview = state.interviews.get(subject)
    status = interview.status if interview else "not planned"
    _require(
        interview is not None and status in expected,
        f"the interview with {subject} is '{status}', expected '{' or '.join(expected)}'",
        f"het gesprek met {subject} staat op '{status}', verwacht: '{' of '.join(expected)}'",
        "2.1.3",
    )
    assert interview is not None
    return interview


def require_part(interview: Interview, actor: Participant) -> None:
    """That the participant takes part in the interview, or is the secretariat (raises RefusedError)."""
    _require(
        actor.id in (*interview.interviewers, interview.note_taker) or Role.SECRETARIAT in actor.roles,
        f"{actor.id} does not take part in this interview",
        f"{actor.id} doet niet mee aan dit gesprek",
        "2.1.2",
    )


@_rule(do.Hold, Role.INTERVIEWER, Role.NOTE_TAKER, Role.SECRETARIAT, paragraph="2.1.2", impartial=True)
def _hold(state: State, actor: Participant, action: do.Hold, _today: date) -> None:
    require_part(_interview(state, action.subject, "planned"), actor)


@_rule(do.Draft, Role.NOTE_TAKER, paragraph="2.1.3", impartial=True)
def _draft(state: State, actor: Participant, action: do.Draft, _today: date) -> None:
    require_part(_interview(state, action.subject, "held", "draft", "checked", "reaction"), actor)
    _file(state, action.file)
    _require(
        state.files[action.file].what == "draft", "the file is not attached as a draft", "het bestand is geen concept"
    )


@_rule(do.Check, Role.INTERVIEWER, paragraph="2.1.3", impartial=True)
def _check(state: State, actor: Participant, action: do.Check, _today: date) -> None:
    interview = _interview(state, action.subject, "draft")
    _require(
        actor.id in interview.interviewers and actor.id != interview.written_by,
        "the draft is checked by one of the interviewers, who did not write it",
        "het concept wordt nagekeken door een van de interviewers, die het niet zelf schreef",
        "2.1.3",
    )


@_rule(do.Offer, Role.NOTE_TAKER, Role.SECRETARIAT, paragraph="2.1.3", impartial=True)
def _offer(state: State, actor: Participant, action: do.Offer, _today: date) -> None:
    require_part(_interview(state, action.subject, "checked"), actor)


@_rule(do.React, Role.EXPERT, Role.PARTNER, Role.SECRETARIAT, paragraph="2.1.3")
def _react(state: State, _actor: Participant, action: do.React, _today: date) -> None:
    _interview(state, action.subject, "offered")
    _require(
        action.approves or action.text,
        "a reaction that does not approve says what has to change",
        "wie niet akkoord is, zegt wat er anders moet",
        "2.1.3",
    )


@_rule(do.Finalise, Role.NOTE_TAKER, Role.SECRETARIAT, paragraph="2.1.3", impartial=True)
def _finalise(state: State, actor: Participant, action: do.Finalise, _today: date) -> None:
    interview = _interview(state, action.subject, "reaction")
    require_part(interview, actor)
    _file(state, action.file)
    _require(
        state.files[action.file].what == "report", "the file is not attached as a report", "het bestand is geen verslag"
    )
    _require(
        interview.approved or action.file != interview.file,
        "the reaction asks for changes; the final report is another file than the draft",
        "de reactie vraagt om wijzigingen; het definitieve verslag is een ander bestand dan het concept",
        "2.1.3",
    )


# Weigh


@_rule(do.OpenSession, Role.CHAIR, paragraph="2.1")
def _open_session(state: State, _actor: Participant, action: do.OpenSession, _today: date) -> None:
    _require(not state.session_open, f"session {state.session} is open", f"sessie {state.session} is al open")
    _require(
        action.number >= state.session and action.number <= state.session + 1,
        f"session {action.number} cannot follow session {state.session}",
        f"sessie {action.number} kan niet op sessie {state.session} volgen",
    )
    _require(
        not action.blind or action.number == 1,
        "only session 1 can be blind; session 2 is about what differs",
        "alleen sessie 1 kan blind zijn; sessie 2 gaat over de verschillen",
    )
    _require(
        not action.blind or state.session == 0,
        "session 1 was open; its proposals have been seen",
        "sessie 1 is al gehouden; de voorstellen zijn gezien",
    )


@_rule(do.CloseSession, Role.CHAIR, paragraph="2.1")
def _close_session(state: State, _actor: Participant, _action: do.CloseSession, _today: date) -> None:
    _require(state.session_open, "no session is open", "er is geen sessie open")


@_rule(do.Propose, Role.WEIGHER, paragraph="2.1.6", impartial=True)
def _propose(state: State, _actor: Participant, action: do.Propose, _today: date) -> None:
    _require(state.session_open, "no session of the weighing is open", "er is geen weegsessie open", "2.1")
    _require(
        state.cell(action.corps, action.dimension).settled is None,
        "the chair has settled this score",
        "de voorzitter heeft deze score vastgesteld",
    )
    _scored(state, action.corps, action)


@_rule(do.Withdraw, Role.WEIGHER, paragraph="2.1.6", impartial=True)
def _withdraw(state: State, actor: Participant, action: do.Withdraw, _today: date) -> None:
    _known("dimension", action.dimension, state.of.dimensions)
    _require(state.session_open, "no session of the weighing is open", "er is geen weegsessie open", "2.1")
    cell = state.cell(action.corps, action.dimension)
    _require(cell.settled is None, "the chair has settled this score", "de voorzitter heeft deze score vastgesteld")
    _require(
        actor.id in cell.proposals, f"{actor.id} has proposed nothing here", f"{actor.id} heeft hier niets voorgesteld"
    )


@_rule(do.Settle, Role.CHAIR, paragraph="2.1.6", impartial=True)
def _settle(state: State, _actor: Participant, action: do.Settle, _today: date) -> None:
    _require(
        state.session == 2 and state.session_open,
        "scores are settled in session 2, which is not open",
        "scores worden vastgesteld in sessie 2, en die is niet open",
        "2.1",
    )
    _scored(state, action.corps, action)


def _scored(state: State, corps: str, action: do.Propose | do.Settle | do.Judge | do.Erratum) -> None:
    """A level of the scale with reason and evidence; a blank with its reason."""
    if not isinstance(action, do.Judge):
        _known("dimension", action.dimension, state.of.dimensions)
    if action.level is not None:
        _known("level", action.level, state.of.levels)
        _require(
            action.evidence,
            "a score rests on at least one piece of evidence",
            "een score berust op minstens één bewijsstuk",
            "2.1.6",
        )
    for evidence in action.evidence:
        problem = evidence_problem(state, corps, evidence)
        _require(problem is None, f"evidence {evidence}: {problem}", f"bewijs {evidence}: {problem}", "2.1.3, 2.1.4")


def evidence_problem(state: State, corps: str, evidence: str) -> str | None:
    """Why something cannot be evidence about a corps; None where it can."""
    kind, _, rest = evidence.partition("/")
    match kind:
        case "form":
            form = state.forms.get(corps)
            if form is None or rest not in form.answers:
                return f"{corps} has returned no answer to this question"
        case "figures":
            source, _, question = rest.partition("/")
            if source not in state.sources or question not in state.sources[source].figures.get(corps, {}):
                return f"there is no such figure about {corps}"
        case "interview":
            if rest != corps and rest not in state.of.partners.values():
                return f"it is not about {corps}"
            if rest not in state.interviews or state.interviews[rest].status != "final":
                return "only the final report of an interview is evidence"
        case "file":
            file = state.files.get(rest)
            if file is None or file.deleted:
                return "there is no such file in the round"
            if file.what in ("recording", "draft", "report"):
                return f"a {file.what} is no evidence; the final report of an interview is"
            if file.subject is not None and file.subject in state.of.corps and file.subject != corps:
                return f"it is about {file.subject}"
    return None


# Partners


@_rule(do.Judge, Role.WEIGHER, Role.CHAIR, paragraph="2.2.2", impartial=True)
def _judge(state: State, actor: Participant, action: do.Judge, _today: date) -> None:
    _known("partner", action.column, state.of.partners)
    _scored(state, action.corps, action)
    _require(
        state.of.partners[action.column] not in state.hearings or Role.CHAIR in actor.roles,
        "the partner has been asked for its reply; only the chair can change the judgement",
        "de partner is om een reactie gevraagd; alleen de voorzitter kan het oordeel nog wijzigen",
        "2.1.4",
    )


@_rule(do.Hear, Role.SECRETARIAT, Role.CHAIR, paragraph="2.1.4")
def _hear(state: State, _actor: Participant, action: do.Hear, _today: date) -> None:
    _require(
        action.partner not in state.hearings,
        f"{action.partner} has been asked for its reply",
        f"{action.partner} is al om een reactie gevraagd",
    )
    lacking = [
        f"{corps}/{column}"
        for column in state.of.columns(action.partner)
        for corps in state.of.corps
        if column not in state.judgements.get(corps, {})
    ]
    _require(
        not lacking,
        f"there is no judgement yet: {', '.join(lacking[:5])}{', ...' if len(lacking) > 5 else ''}",
        f"er is nog geen oordeel: {', '.join(lacking[:5])}{', ...' if len(lacking) > 5 else ''}",
        "2.1.4",
    )


def _hearing(state: State, partner: str) -> None:
    hearing = state.hearings.get(partner)
    _require(
        hearing is not None,
        f"{partner} has not been asked for its reply",
        f"{partner} is nog niet om een reactie gevraagd",
        "2.1.4",
    )
    assert hearing is not None
    _require(
        not hearing.approved, f"the hearing of {partner} is concluded", f"wederhoor van {partner} is afgerond", "2.1.4"
    )


@_rule(do.Answered, Role.PARTNER, Role.SECRETARIAT, paragraph="2.1.4")
def _answered(state: State, _actor: Participant, action: do.Answered, _today: date) -> None:
    _hearing(state, action.partner)


@_rule(do.Approve, Role.CHAIR, paragraph="2.1.4")
def _approve(state: State, _actor: Participant, action: do.Approve, _today: date) -> None:
    _hearing(state, action.partner)
    _require(
        state.hearings[action.partner].replies or action.reason,
        f"{action.partner} has not replied; say why the hearing is concluded without it",
        f"{action.partner} heeft niet gereageerd; zeg waarom het wederhoor toch wordt afgerond",
        "2.1.4",
    )


# Freeze and publish


@_rule(do.Freeze, Role.CHAIR, Role.SECRETARIAT)
def _freeze(state: State, _actor: Participant, _action: do.Freeze, today: date) -> None:
    lacking, ontbreekt = blockers(state, today), blockers(state, today, "nl")
    _require(not lacking, "\n".join(lacking), "\n".join(ontbreekt))


@_rule(do.Thaw, Role.CHAIR, while_frozen=True)
def _thaw(state: State, _actor: Participant, _action: do.Thaw, _today: date) -> None:
    _require(state.frozen, "the round is not frozen", "de ronde is niet bevroren")
    _require(not state.published, "the round is published", "de ronde is gepubliceerd")


@_rule(do.Publish, Role.SECRETARIAT, Role.CHAIR, while_frozen=True)
def _publish(state: State, _actor: Participant, action: do.Publish, _today: date) -> None:
    _require(state.frozen, "the round is not frozen", "de ronde is niet bevroren")
    _require(
        not state.published or state.errata,
        "the round is published, and nothing was corrected since",
        "de ronde is gepubliceerd en er is sindsdien niets gecorrigeerd",
    )
    _require(
        action.head == state.head,
        "the journal has changed since the edition was written; write it again",
        "het journaal is gewijzigd sinds de editie is geschreven; schrijf haar opnieuw",
    )


@_rule(do.Erratum, Role.CHAIR, paragraph="2.1.6", impartial=True, while_frozen=True)
def _erratum(state: State, _actor: Participant, action: do.Erratum, _today: date) -> None:
    _require(
        state.published,
        "the round is not published; settle the score instead",
        "de ronde is niet gepubliceerd; stel de score gewoon vast",
    )
    _scored(state, action.corps, action)


def _old(state: State, who: str, action: Action) -> Any:
    """The value that an action replaces, as plain data."""
    match action:
        case do.Propose() | do.Withdraw():
            return _plain(state.cell(action.corps, action.dimension).proposals.get(who))
        case do.Settle() | do.Erratum():
            return _plain(state.score(action.corps, action.dimension))
        case do.Judge():
            judgement = state.judgements.get(action.corps, {}).get(action.column)
            return _plain(judgement.opinion if judgement else None)
        case do.Enrol():
            before = state.participants.get(action.id)
            return {"roles": list(before.roles), "active": before.active} if before else None
        case do.Receive():
            form = state.forms[action.corps]
            before_it = form.returned.get(action.author)
            changed = before_it.answers if before_it else {}
            return {name: {"kind": one.kind, "value": one.value, "reason": one.reason} for name, one in changed.items()}
        case _:
            return None


def _plain(opinion: Opinion | None) -> dict[str, Any] | None:
    if opinion is None:
        return None
    return {"level": opinion.level, "reason": opinion.reason, "by": opinion.by, "seq": opinion.seq}
