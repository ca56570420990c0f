"""The questionnaire that every corps answers: chapters and questions, and how two versions differ."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from kmtui.model.base import Id, Value, Words
from kmtui.model.cells import Column


class Chapter(Value):
    """A chapter of the questionnaire."""

    id: Id
    title: Words


class Question(Value):
    """A question; `feeds` names the dimensions that its answer is used for.

    `was` is the id of the question that it continues, where the version before had another; `indicator` the column of
    figures of the edition before that holds what was answered last time, where it goes by another id.
    """

    id: Id
    chapter: Id
    text: Words
    help: str = ""
    type: Literal["number", "text", "choice"]
    choices: tuple[Words, ...] = ()
    feeds: tuple[Id, ...] = ()
    was: Id | None = None
    indicator: Column | None = None
    margin: Annotated[float, Meta(ge=0)] | None = None
    """Share by which the figure of another source may differ before it has to be explained."""

    def __post_init__(self) -> None:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(f"question {self.id}: choices go with type 'choice', and with no other")


class Questionnaire(Value):
    """The questions that every corps answers, by chapter."""

    id: Id
    version: Annotated[int, Meta(ge=1)]
    title: Words
    source: Words
    chapters: Annotated[tuple[Chapter, ...], Meta(min_length=1)]
    questions: Annotated[tuple[Question, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        chapters = [chapter.id for chapter in self.chapters]
        for kind, ids in (("chapter", chapters), ("question", [question.id for question in self.questions])):
            twice = [name for name, times in Counter(ids).items() if times > 1]
            if twice:
                raise ValueError(f"{kind} {', '.join(twice)} is there twice")
        for question in self.questions:
            if question.chapter not in chapters:
                raise ValueError(f"question {question.id} names chapter {question.chapter}, which is not there")

    def question(self, question_id: str) -> Question:
        """The question with this id (raises KeyError)."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)

    def of(self, chapter_id: str) -> list[Question]:
        """The questions of a chapter, in order."""
        return [question for question in self.questions if question.chapter == chapter_id]


class QuestionChange(NamedTuple):
    """How a question differs from the version before; `breaks` says whether its trend ends or begins here."""

    question: str
    change: Literal["added", "dropped", "reworded", "retyped", "renamed"]
    old: str
    new: str
    breaks: bool


def question_changes(old: Questionnaire, new: Questionnaire) -> Iterator[QuestionChange]:
    """Every difference between two versions, in the order of the new one, what was dropped last.

    Another type or other choices break a trend; other words are named, since only a reader can say whether they do.
    """
    before = {question.id: question for question in old.questions}
    continued = set()
    for question in new.questions:
        name = question.was or question.id
        earlier = before.get(name)
        if earlier is None:
            yield QuestionChange(question.id, "added", "", question.text, True)
            continue
        continued.add(name)
        if name != question.id:
            yield QuestionChange(question.id, "renamed", name, question.id, False)
        if (earlier.type, earlier.choices) != (question.type, question.choices):
            was, becomes = (" ".join((one.type, *one.choices)) for one in (earlier, question))
            yield QuestionChange(question.id, "retyped", was, becomes, True)
        if earlier.text != question.text:
            yield QuestionChange(question.id, "reworded", earlier.text, question.text, False)
    for question in old.questions:
        if question.id not in continued:
            yield QuestionChange(question.id, "dropped", question.text, "", True)
