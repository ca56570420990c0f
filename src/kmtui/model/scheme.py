"""A weighting scheme as data: small rules, each with its citation, that turn scores into an end score.

Every condition reads "at most this level", so a better score never gives a worse verdict.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kmtui.model.base import Id, Paragraph, Text, Value, Words
from kmtui.model.provenance import ALWAYS, Standing, Validity

Citation = Annotated[tuple[Paragraph, ...], Field(min_length=1)]


class Setting(Value):
    """The value that a parameter has from a day on."""

    start: date
    value: int


class Parameter(Value):
    """A number that the source leaves open, with the reason for its value and the range it may take.

    A switch is a parameter from 0 to 1. `later` holds other values from later days on, in order of their dates.
    """

    id: Id
    name: Text
    reason: Text
    default: int
    minimum: int
    maximum: int
    later: tuple[Setting, ...] = ()
    source: Citation

    @model_validator(mode="after")
    def _values_in_range(self) -> Self:
        for value in (self.default, *(setting.value for setting in self.later)):
            if not self.minimum <= value <= self.maximum:
                raise ValueError(f"value {value} lies outside {self.minimum} to {self.maximum}")
        if any(later.start <= sooner.start for sooner, later in pairwise(self.later)):
            raise ValueError("later values are not in order of their dates")
        return self

    def value_on(self, day: date | None) -> int:
        """The value on a day; the default where no day is given."""
        applying = [setting.value for setting in self.later if day is not None and setting.start <= day]
        return applying[-1] if applying else self.default


class Others(Value):
    """How many dimensions besides the rule's own must score at most this level; the number is a parameter."""

    at_most: Id
    count: Id


class Cap(Value):
    """A score of at most `at_most` on the dimension keeps the verdict at or below `verdict`.

    With `others` it does so only together with other weak scores (an escalation); with `switch` only where that
    parameter is not 0.
    """

    kind: Literal["cap"]
    id: Id
    dimension: Id
    at_most: Id
    verdict: Id
    others: Others | None = None
    switch: Id | None = None
    text: Text
    standing: Standing = Standing.CITED
    source: Citation


class Prerequisite(Value):
    """The dimension counts as at most `limit` where `requires` counts as at most `at_most`."""

    kind: Literal["prerequisite"]
    id: Id
    dimension: Id
    requires: Id
    at_most: Id
    limit: Id
    text: Text
    standing: Standing = Standing.CITED
    source: Citation


class Neutral(Value):
    """The dimension never decides the verdict by itself; said aloud so that silence is no omission."""

    kind: Literal["neutral"]
    id: Id
    dimension: Id
    text: Text
    standing: Standing = Standing.CITED
    source: Citation


Rule = Annotated[Cap | Prerequisite | Neutral, Field(discriminator="kind")]


class WeightingScheme(Value):
    """The rules of a framework in order of weight, and the parameters that they leave open."""

    id: Id
    name: Text
    framework: Id
    source: Words
    valid: Validity = ALWAYS
    parameters: tuple[Parameter, ...] = ()
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _refers_to_what_it_has(self) -> Self:
        for kind, ids in (("rule", [r.id for r in self.rules]), ("parameter", [p.id for p in self.parameters])):
            twice = [name for name, times in Counter(ids).items() if times > 1]
            if twice:
                raise ValueError(f"{kind} {', '.join(twice)} is there twice")
        known = {parameter.id for parameter in self.parameters}
        for rule, name in self._parameters_used():
            if name not in known:
                raise ValueError(f"rule {rule} uses parameter {name}, which is not there")
        return self

    def _parameters_used(self) -> Iterator[tuple[str, str]]:
        for rule in self.rules:
            if isinstance(rule, Cap):
                if rule.others:
                    yield rule.id, rule.others.count
                if rule.switch:
                    yield rule.id, rule.switch

    def rules_on(self, dimension_id: str) -> tuple[Cap | Prerequisite | Neutral, ...]:
        """The rules in which a score on this dimension matters by name, in order of weight."""
        return tuple(
            rule
            for rule in self.rules
            if rule.dimension == dimension_id or (isinstance(rule, Prerequisite) and rule.requires == dimension_id)
        )
