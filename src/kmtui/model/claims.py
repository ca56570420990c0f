"""What the source asserts, as typed statements over the data; expressions are data, never code."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator

from kmtui.model.base import Id, Paragraph, Value, Words
from kmtui.model.cells import CellStatus
from kmtui.model.figures import Column

Group = Id | Annotated[tuple[Id, ...], Field(min_length=1)]
"""A named group of subjects, a unit, or the subjects themselves."""


class Dashed(Value):
    """A value object whose keys are written with dashes in files."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=lambda name: name.replace("_", "-"), populate_by_name=True
    )


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

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(f"a condition has one key, found {', '.join(given) or 'none'}")
        return self


class _Figures(Dashed):
    year: int | None = None
    reading: Literal["first", "second"] = "first"


class Sum(_Figures):
    """The sum of the numbers of a column over a group."""

    sum: Column
    over: Group


class CellOf(_Figures):
    """One cell of a column."""

    cell: Column
    of: Id


class CountOf(_Figures):
    """How many rows of a group fulfil a condition."""

    count: Column
    over: Group
    where: Condition


class Difference(Dashed):
    """The first minus the second."""

    difference: tuple["Expression", "Expression"]


class Total(Dashed):
    """All together."""

    total: Annotated[tuple["Expression", ...], Field(min_length=2)]


class Ratio(Dashed):
    """The first divided by the second."""

    ratio: tuple["Expression", "Expression"]


class _Levels(Dashed):
    level: Id
    over: Group
    edition: Id | None = None


class ScoreCount(_Levels):
    """How many corps of a group have a level on a dimension."""

    scores: Id


class JudgementCount(_Levels):
    """How many corps of a group give a partner a level."""

    judgements: Id


class VerdictCount(Dashed):
    """How many corps of a group have this published end score."""

    verdicts: Id
    over: Group
    edition: Id | None = None


class ScoreOf(Dashed):
    """The level of one corps on a dimension."""

    score: Id
    of: Id
    edition: Id | None = None


class JudgementOf(Dashed):
    """The level that one corps gives a partner."""

    judgement: Id
    of: Id
    edition: Id | None = None


class VerdictOf(Dashed):
    """The published end score of one corps."""

    verdict: Id
    edition: Id | None = None


KINDS: dict[str, type[Dashed]] = {
    "sum": Sum,
    "cell": CellOf,
    "count": CountOf,
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


def _kind(data: Any) -> str | None:
    """The kind of an expression is the one of its keys that names a kind."""
    keys = data if isinstance(data, dict) else type(data).model_fields if isinstance(data, Value) else ()
    found = [key for key in keys if key in KINDS]
    return found[0] if len(found) == 1 else None


Expression = Annotated[
    Annotated[Sum, Tag("sum")]
    | Annotated[CellOf, Tag("cell")]
    | Annotated[CountOf, Tag("count")]
    | Annotated[Difference, Tag("difference")]
    | Annotated[Total, Tag("total")]
    | Annotated[Ratio, Tag("ratio")]
    | Annotated[ScoreCount, Tag("scores")]
    | Annotated[JudgementCount, Tag("judgements")]
    | Annotated[VerdictCount, Tag("verdicts")]
    | Annotated[ScoreOf, Tag("score")]
    | Annotated[JudgementOf, Tag("judgement")]
    | Annotated[VerdictOf, Tag("verdict")],
    Discriminator(
        _kind,
        custom_error_type="expression_kind",
        custom_error_message=f"an expression has exactly one of the keys {', '.join(KINDS)}",
    ),
]

Relation = Literal["equals", "about", "at-least", "at-most", "more-than", "less-than"]


class Claim(Value):
    """One assertion of the source: what is asserted, how exactly, and the expression that should bear it out.

    `known` is the outcome that we know of where the claim does not hold, with a remark on the likely cause.
    """

    id: Id
    source: Annotated[tuple[Paragraph, ...], Field(min_length=1)]
    text: Words
    asserted: float | str
    relation: Relation = "equals"
    margin: Annotated[float, Field(ge=0)] = 0
    value: Expression
    known: Literal["contradicted", "undetermined"] | None = None
    remark: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.margin and self.relation != "about":
            raise ValueError(f"a margin goes with relation 'about', found '{self.relation}'")
        if self.known == "contradicted" and not self.remark:
            raise ValueError("a claim known as contradicted has a remark, found none")
        return self


class Claims(Value):
    """The claims of an edition, in the order of the source."""

    claims: tuple[Claim, ...] = ()
