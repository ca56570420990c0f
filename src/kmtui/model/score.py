"""A judgement: the levels still possible, and what that knowledge rests on."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictBool, model_validator

from kmtui.model.base import Id, Paragraph, Value


class Basis(StrEnum):
    """What a score rests on."""

    STATED = "stated"
    """The source says so about this corps and dimension."""
    COUNTED = "counted"
    """It follows from stated facts and a published count."""
    RECORDED = "recorded"
    """A weighing team entered it here."""
    COMPUTED = "computed"
    """A plugin derived it from indicators."""
    OPEN = "open"
    """More than one level remains."""
    BLANK = "blank"
    """No judgement was given."""


class Judgement(Value):
    """Levels that are still possible, with basis and paragraphs.

    In a file `level = "x"` stands for `possible = ["x"]`. An open judgement may have been withheld as well: then the
    id of the scale's blank comes last.
    """

    possible: tuple[Id, ...] = ()
    basis: Basis
    source: Annotated[tuple[Paragraph, ...], Field(min_length=1)]
    note: str = ""

    @model_validator(mode="before")
    @classmethod
    def _one_level_may_be_written_alone(cls, data: object) -> object:
        if isinstance(data, dict) and "level" in data:
            if "possible" in data:
                raise ValueError("level and possible are both there, expected one of them")
            data = {**data, "possible": (data["level"],)}
            del data["level"]
        return data

    @model_validator(mode="after")
    def _basis_fits_the_levels(self) -> Self:
        count = len(self.possible)
        if self.basis is Basis.BLANK:
            if count:
                raise ValueError(f"a blank score has no level, found {', '.join(self.possible)}")
        elif self.basis is Basis.OPEN:
            if count < 2:
                raise ValueError(f"an open score has two or more possible levels, found {count}")
            if len(set(self.possible)) < count:
                raise ValueError(f"a level is named twice: {', '.join(self.possible)}")
        elif count != 1:
            raise ValueError(f"a {self.basis} score has exactly one level, found {count}")
        return self

    @property
    def level(self) -> str | None:
        """The level where exactly one is left, else None."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether more than one level is possible."""
        return len(self.possible) > 1

    @property
    def is_blank(self) -> bool:
        """Whether the judgement was withheld."""
        return not self.possible


class Score(Judgement):
    """The judgement of one corps on one dimension, or of a corps on a partner, never more certain than its source.

    `relies_on_verdict` marks a score that only the published end score makes certain: the weighing of such a corps
    agrees with what was published by assumption.
    """

    relies_on_verdict: StrictBool = False

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if not self.note.strip() and self.basis not in (Basis.COUNTED, Basis.RECORDED):
            raise ValueError(f"a {self.basis} score says why in its note, found none")
        return self


class PublishedVerdict(Judgement):
    """The end score as the source prints it; of an edition known from others only, what can be derived of it."""

    basis: Basis = Basis.STATED
