"""The weighing desk of a corps: its dimensions, what may be done there, the evidence, a draft, and undoing.

Everything here is computed from the state that the participant sees; nothing is recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from kmtui.analysis.adapted_weigher import adapt_to_edition
from kmtui.model.scale import Scale
from kmtui.model.score import Score
from kmtui.monitor import Monitor
from kmtui.rounds import actions as do
from kmtui.rounds.actions import Event
from kmtui.rounds.comparing import PREVIOUS, assessed_before, differences, number
from kmtui.rounds.errors import RefusedError
from kmtui.rounds.rules import decide, evidence_problem
from kmtui.rounds.state import Answer, Cell, Opinion, State

Scored = type[do.Propose] | type[do.Settle] | type[do.Erratum]
Levels = tuple[str, ...]


class Draft(msgspec.Struct, frozen=True):
    """A score that is being made: `level` counts where `chosen`, and None is the blank then.

    `seen` is the number of the last event when it was begun: later changes of the same score conflict with it.
    """

    seen: int
    chosen: bool = False
    level: str | None = None
    reason: str = ""
    evidence: tuple[str, ...] = ()

    def with_evidence(self, name: str) -> "Draft":
        """The draft with this piece of evidence, or without it where it was there."""
        kept = tuple(one for one in self.evidence if one != name)
        return replace(self, evidence=kept if name in self.evidence else (*kept, name))


class Before(msgspec.Struct, frozen=True):
    """What the edition before says about a corps: possible levels by dimension of this round, and its notes."""

    edition: str
    levels: Mapping[str, Levels]
    notes: Mapping[str, str]


def kind_here(state: State) -> Scored:
    """What a score is at this stage: a proposal, settled by the chair in session 2, an erratum once it is published."""
    if state.published:
        return do.Erratum
    return do.Settle if state.session == 2 and state.session_open else do.Propose


def kind_for(state: State, who: str, corps: str, dimension: str, today: date) -> Scored | RefusedError:
    """What the participant may record about the dimension now, or why nothing."""
    first = kind_here(state)
    refused = refusal(state, who, first, corps, dimension, today)
    if refused is not None and first is do.Settle:
        # In session 2 weighers may still change their proposals, and hear why where they may not.
        first = do.Propose
        refused = refusal(state, who, first, corps, dimension, today)
    return refused or first


def refusal(state: State, who: str, kind: Scored, corps: str, dimension: str, today: date) -> RefusedError | None:
    """Why the participant may record no such score, whatever its level; None where they may."""
    blank = kind.model_validate({"corps": corps, "dimension": dimension, "level": None, "reason": "?"})
    try:
        decide(state, who, blank, today)
    except RefusedError as error:
        return error
    return None


def standing(state: State, who: str, kind: Scored, corps: str, dimension: str) -> Opinion | None:
    """What a score of this kind would replace."""
    cell = state.cell(corps, dimension)
    return cell.proposals.get(who) if kind is do.Propose else state.score(corps, dimension)


def begun(state: State, who: str, kind: Scored, corps: str, dimension: str) -> Draft:
    """A draft to begin with: what stands already, else the evidence of all proposals where the score is settled."""
    found = standing(state, who, kind, corps, dimension)
    if found is not None and (kind is do.Propose or state.cell(corps, dimension).settled is not None):
        return Draft(state.seq, True, found.level, found.reason, found.evidence)
    if kind is do.Propose:
        return Draft(state.seq)
    opinions = state.cell(corps, dimension).proposals.values()
    return Draft(state.seq, evidence=tuple(dict.fromkeys(one for opinion in opinions for one in opinion.evidence)))


def levels_now(state: State, cell: Cell, score: Opinion | None, draft: Draft | None) -> Levels:
    """The levels that a score can have as things stand: as drafted, as it stands, as proposed, else any."""
    blank = state.of.blank
    if draft is not None and draft.chosen:
        return (draft.level or blank,)
    if score is not None:
        return (score.level or blank,)
    found = {opinion.level or blank for opinion in cell.proposals.values()}
    return tuple(level for level in (*state.of.levels, blank) if level in found) or state.of.levels


def differs(cell: Cell) -> bool:
    """Whether the proposals are not the same."""
    return len({opinion.level for opinion in cell.proposals.values()}) > 1


def before(state: State, monitor: Monitor, corps: str) -> Before | None:
    """What the edition that the round follows says about the corps, by the dimensions of this round.

    A crosswalk carries levels over from another framework; a unit gets every level that one of its corps can have. None
    where that edition is not there, or did not assess the corps.
    """
    name = state.of.follows
    if name is None or name not in monitor.edition_ids:
        return None
    edition = monitor.edition(name)
    members = assessed_before(monitor, edition, corps)
    of = {one.id: one.scores for one in edition.corps if one.id in members}
    if not of:
        return None
    adapted = adapt_to_edition(monitor, edition, state.of.scheme)
    scale = adapted.weigher.framework.scale
    carried = [
        adapted.levels({dimension: score.possible for dimension, score in scores.items()}) for scores in of.values()
    ]
    levels = {name: _union([one.get(name, ()) for one in carried], scale) for name in state.of.dimensions}
    return Before(edition.id, levels, _notes(of, state.of.dimensions))


def _union(levels: Sequence[Sequence[str]], scale: Scale) -> Levels:
    return scale.ordered(level for possible in levels for level in possible)


def _notes(of: Mapping[str, Mapping[str, Score]], dimensions: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in dimensions:
        notes = [scores[name].note for scores in of.values() if name in scores and scores[name].note]
        if notes:
            found[name] = " ".join(dict.fromkeys(note for note in notes if note))
    return found


class Piece(msgspec.Struct, frozen=True):
    """A piece of evidence about a corps: `name` is how an action cites it, `problem` why it cannot be cited.

    `answer` is what was answered, `found` the figure of a source, `earlier` what was answered last time; `apart` says
    that answer and figure lie further apart than the margin, and `explanation` why.
    """

    name: str
    kind: str
    title: str
    feeds: bool = False
    answer: Answer | None = None
    found: int | float | None = None
    earlier: int | float | None = None
    apart: bool = False
    explanation: str | None = None
    problem: str | None = None

    @property
    def change(self) -> float | None:
        """The change of a number since last time, as a share of what it was."""
        now = number(self.answer)
        return None if now is None or not self.earlier else (now - self.earlier) / self.earlier


def evidence(state: State, corps: str, dimension: str) -> list[Piece]:
    """All evidence about a corps, what feeds the dimension first: answers, figures of sources, interviews, files."""
    found = [*_answers(state, corps, dimension), *_figures(state, corps, dimension)]
    found.sort(key=lambda piece: not piece.feeds)
    return [*(piece for piece in found if piece.feeds), *_interviews(state, corps), *_files(state, corps),
            *(piece for piece in found if not piece.feeds)]  # fmt: skip


def _answers(state: State, corps: str, dimension: str) -> Iterator[Piece]:
    form = state.forms.get(corps)
    earlier = state.sources[PREVIOUS].figures.get(corps, {}) if PREVIOUS in state.sources else {}
    for question in state.questionnaire.questions if state.questionnaire and form else ():
        answer = form.answers.get(question.id) if form else None
        if answer is not None:
            feeds = dimension in question.feeds
            name = f"form/{question.id}"
            yield Piece(name, "form", question.text, feeds, answer=answer, earlier=earlier.get(question.id))


def _figures(state: State, corps: str, dimension: str) -> Iterator[Piece]:
    asked = {question.id: question for question in state.questionnaire.questions} if state.questionnaire else {}
    form = state.forms.get(corps)
    apart = {(found.source, found.question): found for found in differences(state, corps)}
    for source in state.sources.values():
        for name, value in source.figures.get(corps, {}).items():
            if name not in asked or (source.id == PREVIOUS and (source.id, name) not in apart):
                continue
            difference = apart.get((source.id, name))
            yield Piece(
                f"figures/{source.id}/{name}",
                "figures",
                f"{source.title}: {asked[name].text}",
                dimension in asked[name].feeds,
                answer=form.answers.get(name) if form else None,
                found=value,
                apart=difference is not None,
                explanation=difference.explanation if difference else None,
            )


def _interviews(state: State, corps: str) -> Iterator[Piece]:
    for name, interview in state.interviews.items():
        cited = f"interview/{name}"
        problem = evidence_problem(state, corps, cited)
        if name == corps or problem is None:
            yield Piece(cited, "interview", f"{name} {interview.on}", problem=problem)


def _files(state: State, corps: str) -> Iterator[Piece]:
    for file in state.files.values():
        if evidence_problem(state, corps, f"file/{file.hash}") is None:
            yield Piece(f"file/{file.hash}", "file", file.name)


_Value = tuple[str | None, str, tuple[str, ...]]


def undo(events: Sequence[Event], who: str) -> do.Propose | do.Withdraw | do.Settle | None:
    """The action that takes back the participant's last change of a score, by the history of that score.

    An event that brings back what stood before the last one is taken as its undoing, so that undoing again goes further
    back. None where there is nothing to take back; what is settled can be settled as before, and not unsettled.
    """
    done: list[_Value | None] = [None]
    last: do.Propose | do.Settle | do.Withdraw | None = None
    for event in events:
        action = event.action
        if event.by != who or not isinstance(action, do.Propose | do.Settle | do.Withdraw):
            continue
        last = action
        value = None if isinstance(action, do.Withdraw) else (action.level, action.reason, action.evidence)
        if len(done) > 1 and done[-2] == value:
            done.pop()
        else:
            done.append(value)
    if last is None or len(done) < 2:
        return None
    earlier = done[-2]
    if earlier is None:
        if isinstance(last, do.Settle):
            return None
        return do.Withdraw(corps=last.corps, dimension=last.dimension)
    kind = do.Settle if isinstance(last, do.Settle) else do.Propose
    level, reason, cited = earlier
    return kind(corps=last.corps, dimension=last.dimension, level=level, reason=reason, evidence=cited)
