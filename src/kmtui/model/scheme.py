"""A weighting scheme: small rules, each with its citation, that turn scores into an end score; or a function that does.

Every condition of a rule reads "at most this level", so a better score never gives a worse verdict.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

from msgspec import Meta, field

from kmtui.model.base import Citation, FrozenMap, Id, Text, Value, Words, no_entries
from kmtui.model.names import expectation
from kmtui.model.provenance import ALWAYS, Standing, Validity


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

    def __post_init__(self) -> None:
        for value in (self.default, *(setting.value for setting in self.later)):
            if not self.minimum <= value <= self.maximum:
                raise ValueError(f"value {value} lies outside {self.minimum} to {self.maximum}")
        if any(later.start <= sooner.start for sooner, later in pairwise(self.later)):
            raise ValueError("later values are not in order of their dates")

    def value_on(self, day: date | None) -> int:
        """The value on a day; the default where no day is given."""
        applying = [setting.value for setting in self.later if day is not None and setting.start <= day]
        return applying[-1] if applying else self.default


class Others(Value):
    """How many dimensions besides the rule's own must score at most this level; the number is a parameter."""

    at_most: Id
    count: Id


class Cap(Value, tag_field="kind", tag="cap"):
    """A score of at most `at_most` on the dimension keeps the verdict at or below `verdict`.

    With `others` it does so only together with other weak scores (an escalation); with `switch` only where that
    parameter is not 0.
    """

    kind: ClassVar[str] = "cap"
    id: Id
    dimension: Id
    at_most: Id
    verdict: Id
    others: Others | None = None
    switch: Id | None = None
    text: Text
    standing: Standing = Standing.CITED
    source: Citation


class Prerequisite(Value, tag_field="kind", tag="prerequisite"):
    """The dimension counts as at most `limit` where `requires` counts as at most `at_most`."""

    kind: ClassVar[str] = "prerequisite"
    id: Id
    dimension: Id
    requires: Id
    at_most: Id
    limit: Id
    text: Text
    standing: Standing = Standing.CITED
    source: Citation


class Neutral(Value, tag_field="kind", tag="neutral"):
    """The dimension never decides the verdict by itself; said aloud so that silence is no omission."""

    kind: ClassVar[str] = "neutral"
    id: Id
    dimension: Id
    text: Text
    standing: Standing = Standing.CITED
    source: Citation


Rule = Cap | Prerequisite | Neutral


class Ground(Value):
    """A reason that a scheme in code can give; `dimensions` are those that it can be about, none for all of them."""

    kind: Literal["ground"] = "ground"
    id: Id
    dimensions: tuple[Id, ...] = ()
    text: Text
    standing: Standing = Standing.CITED
    source: Citation


class Judged(Value):
    """What a scheme in code says of one set of scores: the verdict, and why.

    `because` holds the ids of the grounds that count here, weightiest first, each with the dimensions that brought it
    about.
    """

    verdict: Id
    because: FrozenMap[tuple[Id, ...]] = field(default_factory=no_entries)


def _refuse_repeats(kind: str, items: Iterable[Cap | Prerequisite | Neutral | Ground | Parameter]) -> None:
    twice = [name for name, times in Counter(item.id for item in items).items() if times > 1]
    if twice:
        raise ValueError(f"{kind} {', '.join(twice)} is there twice")


class WeightingScheme(Value):
    """The rules of a framework in order of weight, and the parameters that they leave open."""

    id: Id
    name: Text
    framework: Id
    source: Words
    valid: Validity = ALWAYS
    parameters: tuple[Parameter, ...] = ()
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        _refuse_repeats("rule", self.rules)
        _refuse_repeats("parameter", self.parameters)
        known = [parameter.id for parameter in self.parameters]
        for rule, name in self._parameters_used():
            if name not in known:
                raise ValueError(f"rule {rule} uses parameter {name}, which is not there{expectation(name, known)}")

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


class CodedScheme(Value):
    """A scheme whose end score a function works out, where rules cannot say it.

    `judge` gets the level of each dimension, None for a blank, and the values of the parameters; every dimension is
    there and at least one has a level. It is called once for each combination that open scores allow, so it keeps
    nothing and changes nothing. `monotone` promises that a better score never gives a worse verdict; a blank counts as
    better than any level there.
    """

    id: Id
    name: Text
    framework: Id
    source: Words
    valid: Validity = ALWAYS
    parameters: tuple[Parameter, ...] = ()
    grounds: Annotated[tuple[Ground, ...], Meta(min_length=1)]
    monotone: bool
    judge: Callable[[Mapping[str, str | None], Mapping[str, int]], Judged]

    def __post_init__(self) -> None:
        _refuse_repeats("ground", self.grounds)
        _refuse_repeats("parameter", self.parameters)

    @property
    def rules(self) -> tuple[Ground, ...]:
        """What it may answer with, in the place where other schemes have rules."""
        return self.grounds

    def rules_on(self, dimension_id: str) -> tuple[Ground, ...]:
        """The grounds that can be about this dimension."""
        return tuple(ground for ground in self.grounds if not ground.dimensions or dimension_id in ground.dimensions)


Scheme = WeightingScheme | CodedScheme
