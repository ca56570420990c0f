"""Answers beside the figures of other sources: which differences have to be explained (2.1.5)."""

from collections.abc import Iterator

import msgspec

from kmtui.model.edition import Edition
from kmtui.model.figures import Figures
from kmtui.model.numbers import Number
from kmtui.model.questionnaire import Question
from kmtui.monitor import Monitor
from kmtui.rounds.actions import AnswerKind
from kmtui.rounds.state import Answer, State

PREVIOUS = "previous"
"""The source that holds what the edition before says."""


class Difference(msgspec.Struct, frozen=True):
    """An answer and the figure of another source that lie further apart than the margin."""

    corps: str
    source: str
    question: str
    answered: int | float | None
    found: int | float
    margin: float
    explanation: str | None

    @property
    def share(self) -> float | None:
        """The difference as a share of the source's figure; None where that is zero or nothing was answered."""
        if self.answered is None or not self.found:
            return None
        return (self.answered - self.found) / self.found


def differences(state: State, corps: str) -> Iterator[Difference]:
    """Every difference of one corps beyond the margin, with its explanation where there is one.

    The margin is that of the question, else of the source, else of the round. A gap where another source has a figure
    is a difference, too.
    """
    form = state.forms.get(corps)
    if form is None or not form.returned:
        return
    explained = state.explanations.get(corps, {})
    asked = {question.id: question for question in state.questionnaire.questions} if state.questionnaire else {}
    for source in state.sources.values():
        for name, found in source.figures.get(corps, {}).items():
            if name not in asked:
                continue
            margin = next(share for share in (asked[name].margin, source.margin, state.of.margin) if share is not None)
            answered = number(form.answers.get(name))
            if answered is None or abs(answered - found) > margin * abs(found):
                text = explained.get(f"{source.id}/{name}")
                yield Difference(corps, source.id, name, answered, found, margin, text)


def previous_figures(state: State, monitor: Monitor, edition: Edition) -> dict[str, dict[str, int | float]]:
    """What an edition says about each number that is asked, by corps and question, in its last year.

    A question is looked up by its `indicator`, else by the id that it had or has. Where the edition assessed corps that
    went into a unit, their numbers are added up, if each of them has one.
    """
    if state.questionnaire is None:
        return {}
    figures = monitor.figures(edition)
    members = {corps: assessed_before(monitor, edition, corps) for corps in state.of.corps}
    found: dict[str, dict[str, int | float]] = {}
    for question in state.questionnaire.questions:
        numbers = _last_numbers(question, figures) if question.type == "number" else {}
        for corps in state.of.corps:
            values = [numbers.get(one) for one in members[corps]]
            known = [value for value in values if value is not None]
            if known and len(known) == len(values):
                total = sum(known)
                found.setdefault(corps, {})[question.id] = int(total) if total == int(total) else float(total)
    return found


def assessed_before(monitor: Monitor, edition: Edition, corps: str) -> tuple[str, ...]:
    """The corps of an edition that a corps of the round continues: itself, or those that went into a unit."""
    if corps in edition.head.corps:
        return (corps,)
    mapping = monitor.registry.mappings.get(edition.head.unit_mapping or "")
    return next((tuple(unit.corps) for unit in mapping.units if unit.id == corps), ()) if mapping else ()


def _last_numbers(question: Question, figures: Figures) -> dict[str, Number | None]:
    """The numbers of the last year in the column that a question continues, by subject; none where there is none."""
    for column in filter(None, (question.indicator, f".{question.was or question.id}")):
        place, _, name = column.partition(".")
        for table in figures.tables:
            if place in ("", table.id) and any(indicator.id == name for indicator in table.indicators):
                year = max((year for year in table.years(name) if year is not None), default=None)
                return {cell.subject: cell.number() for cell in table.of(name, year)}
    return {}


def number(answer: Answer | None) -> int | float | None:
    """The number that was answered, None for anything else."""
    if answer is None or answer.kind is not AnswerKind.NUMBER or isinstance(answer.value, str):
        return None
    return answer.value


def censored(state: State, corps: str) -> Iterator[tuple[str, Answer | None, Answer | None]]:
    """Question, the expert's answer and the leadership's, where both returned a form and the two differ (5.2.1)."""
    returned = state.forms[corps].returned if corps in state.forms else {}
    if len(returned) == 2:
        expert, leadership = returned["expert"].answers, returned["leadership"].answers
        for name in dict.fromkeys([*expert, *leadership]):
            if expert.get(name) != leadership.get(name):
                yield name, expert.get(name), leadership.get(name)
