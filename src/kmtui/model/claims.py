"""What the source asserts, as typed statements over the data; expressions are data, never code."""

import re
from typing import Annotated, Literal

from msgspec import Meta

from kmtui.model.base import AN_ID, SLUG, Citation, Id, OneOf, Value, Words
from kmtui.model.cells import CellStatus, Column
from kmtui.model.validation import FieldError

Group = Annotated[str, Meta(min_length=1, max_length=80)] | Annotated[tuple[Id, ...], Meta(min_length=1)]
"""A named group of subjects, a unit, or the subjects themselves.

Beside a tuple a text may have no pattern: msgspec would take that for the type of its items, and crash sooner or later.
So expressions look at it themselves.
"""


class Dashed(Value, rename="kebab"):
    """A value object whose keys are written with dashes in files."""


class Expression(OneOf):
    """A number or a level worked out from the data, by one of the kinds below."""

    __slots__ = ()
    named = "an expression"

    def __post_init__(self) -> None:
        over = getattr(self, "over", None)
        if isinstance(over, str) and not re.match(SLUG, over):
            raise FieldError("over", f"found text {over!r}, expected {AN_ID}")


class Condition(Dashed):
    """What a cell must fulfil to be counted; exactly one key. `..._in` compares with the same row in another year."""

    status: CellStatus | tuple[CellStatus, ...] | None = None
    contains: str | None = None
    equals: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    more_than: float | None = None
    less_than: float | None = None
    more_than_in: int | None = None
    less_than_in: int | None = None
    equals_in: int | None = None

    def __post_init__(self) -> None:
        given = [name for name in self.__struct_fields__ if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"a condition has one key, found {', '.join(given) or 'none'}")


class _Figures(Dashed):
    year: int | None = None
    reading: Literal["first", "second"] = "first"


class Sum(_Figures, Expression):
    """The sum of the numbers of a column over a group."""

    sum: Column
    over: Group


class CellOf(_Figures, Expression):
    """One cell of a column."""

    cell: Column
    of: Id


class CountOf(_Figures, Expression):
    """How many rows of a group fulfil a condition."""

    count: Column
    over: Group
    where: Condition


class RatioCount(_Figures, Expression):
    """How many rows of a group have a quotient of two columns of the same year that fulfils a condition."""

    ratios: tuple[Column, Column]
    over: Group
    where: Condition


class Difference(Dashed, Expression):
    """The first minus the second."""

    difference: tuple[Expression, Expression]


class Total(Dashed, Expression):
    """All together."""

    total: Annotated[tuple[Expression, ...], Meta(min_length=2)]


class Ratio(Dashed, Expression):
    """The first divided by the second."""

    ratio: tuple[Expression, Expression]


class _Levels(Dashed):
    level: Id
    over: Group
    edition: Id | None = None


class ScoreCount(_Levels, Expression):
    """How many corps of a group have a level on a dimension."""

    scores: Id


class JudgementCount(_Levels, Expression):
    """How many corps of a group give a partner a level."""

    judgements: Id


class VerdictCount(Dashed, Expression):
    """How many corps of a group have this published end score."""

    verdicts: Id
    over: Group
    edition: Id | None = None


class ScoreOf(Dashed, Expression):
    """The level of one corps on a dimension."""

    score: Id
    of: Id
    edition: Id | None = None


class JudgementOf(Dashed, Expression):
    """The level that one corps gives a partner."""

    judgement: Id
    of: Id
    edition: Id | None = None


class VerdictOf(Dashed, Expression):
    """The published end score of one corps."""

    verdict: Id
    edition: Id | None = None


Expression.kinds = {
    "sum": Sum,
    "cell": CellOf,
    "count": CountOf,
    "ratios": RatioCount,
    "difference": Difference,
    "total": Total,
    "ratio": Ratio,
    "scores": ScoreCount,
    "judgements": JudgementCount,
    "verdicts": VerdictCount,
    "score": ScoreOf,
    "judgement": JudgementOf,
    "verdict": VerdictOf,
}

Relation = Literal["equals", "about", "at-least", "at-most", "more-than", "less-than"]


class Claim(Value):
    """One assertion of the source: what is asserted, how exactly, and the expression that should bear it out.

    `wording` is the source's own loose expression where it gives no number; relation, asserted and margin are then how
    we read it, and `reading` says why. `known` is the outcome on record where the claim does not hold, with a remark on
    the likely cause.
    """

    id: Id
    source: Citation
    text: Words
    asserted: float | str
    relation: Relation = "equals"
    margin: Annotated[float, Meta(ge=0)] = 0
    wording: str = ""
    reading: str = ""
    value: Expression
    known: Literal["contradicted", "undetermined"] | None = None
    remark: str = ""

    def __post_init__(self) -> None:
        if self.margin and self.relation != "about":
            raise FieldError("margin", f"a margin goes with relation 'about', found '{self.relation}'")
        if (self.margin or self.wording) and not self.reading:
            key = "wording" if self.wording else "margin"
            raise FieldError(key, f"a claim with a {key} has a reading, found none")
        if self.known == "contradicted" and not self.remark:
            raise FieldError("known", "a claim known as contradicted has a remark, found none")


class Claims(Value):
    """The claims of an edition, in the order of the source."""

    claims: tuple[Claim, ...] = ()
