"""An edition: what was found about each corps in one period."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from kmtui.model.base import FrozenMap, Id, Paragraph, Value, Words
from kmtui.model.score import Score


class Period(Value):
    """The days that an edition is about, both included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"the period ends on {self.end}, before it starts on {self.start}")
        return self


class Source(Value):
    """The publication that an edition was taken from."""

    title: Words
    publisher: Words
    note: str = ""


class PublishedVerdict(Value):
    """The end score as the source prints it."""

    level: Id
    source: Annotated[tuple[Paragraph, ...], Field(min_length=1)]
    note: str = ""


class Corps(Value):
    """One assessed force: its scores by dimension and its published end score."""

    id: Id
    name: Words
    source: Annotated[tuple[Paragraph, ...], Field(min_length=1)]
    published: PublishedVerdict | None = None
    scores: FrozenMap[Score]


class Edition(Value):
    """One run of the monitor, corps in the order of the source."""

    id: Id
    title: Words
    period: Period
    framework: Id
    scheme: Id
    source: Source
    corps: tuple[Corps, ...]

    def find_corps(self, corps_id: str) -> Corps:
        """The corps with this id (raises KeyError)."""
        for corps in self.corps:
            if corps.id == corps_id:
                return corps
        raise KeyError(corps_id)
