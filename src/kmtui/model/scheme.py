"""A weighting scheme: small rules, each with its citation, that turn scores into an end score; or a function.

Each kind of rule is a class here: how it is written in a file. `kmtui.weighing.compile` gives it its meaning.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
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


class Influence(StrEnum):
    """What a higher value of a parameter does to a rule."""

    SOONER = "sooner"
    """The rule holds on more scores."""
    LATER = "later"
    """The rule holds on fewer scores."""


Uses = tuple[tuple[Id, Influence], ...]
"""The parameters that a rule uses, and what a higher value of each does."""


class Others(Value):
    """How many dimensions besides the rule's own must score at most this level; the number is a parameter.

    `lower` is a switch: where it is 0 only scores of exactly this level count.
    """

    at_most: Id
    count: Id
    lower: Id | None = None


class Unless(Value):
    """The rule does not hold where the dimension scores exactly this level, if the switch is not 0."""

    dimension: Id
    level: Id
    switch: Id


class Cap(Value, tag_field="kind", tag="cap"):
    """A score of at most `at_most` on the dimension keeps the verdict at or below `verdict`.

    With `others` it does so only together with other weak scores (an escalation); with `switch` only where that
    parameter is not 0; with `unless` not beside a certain score on another dimension.
    """

    kind: ClassVar[str] = "cap"
    can_apply: ClassVar[bool] = True
    id: Id
    dimension: Id
    at_most: Id
    verdict: Id
    others: Others | None = None
    unless: Unless | None = None
    switch: Id | None = None
    text: Text
    standing: Standing = Standing.CITED
    source: Citation

    @property
    def about(self) -> tuple[str, ...]:
        """The dimension that the rule is about."""
        return (self.dimension,)

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions that the rule names."""
        return (self.dimension, self.unless.dimension) if self.unless else (self.dimension,)

    @property
    def level_ids(self) -> tuple[str, ...]:
        """The levels that the rule names."""
        more = [self.others.at_most] if self.others else []
        more += [self.unless.level] if self.unless else []
        return (self.at_most, self.verdict, *more)

    @property
    def parameters_used(self) -> Uses:
        """The parameters that the rule uses."""
        used = []
        if self.others:
            used.append((self.others.count, Influence.LATER))
            if self.others.lower:
                used.append((self.others.lower, Influence.SOONER))
        if self.unless:
            used.append((self.unless.switch, Influence.LATER))
        if self.switch:
            used.append((self.switch, Influence.SOONER))
        return tuple(used)

    def concerns(self, dimension_id: str) -> bool:
        """Whether a score on this dimension matters to the rule by itself."""
        return dimension_id in self.dimension_ids


class Prerequisite(Value, tag_field="kind", tag="prerequisite"):
    """The dimension counts as at most `limit` where `requires` counts as at most `at_most`."""

    kind: ClassVar[str] = "prerequisite"
    can_apply: ClassVar[bool] = True
    id: Id
    dimension: Id
    requires: Id
    at_most: Id
    limit: Id
    text: Text
    standing: Standing = Standing.CITED
    source: Citation
    parameters_used: ClassVar[Uses] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The dimensions that the rule is about."""
        return (self.dimension, self.requires)

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions that the rule names."""
        return self.about

    @property
    def level_ids(self) -> tuple[str, ...]:
        """The levels that the rule names."""
        return (self.at_most, self.limit)

    def concerns(self, dimension_id: str) -> bool:
        """Whether a score on this dimension matters to the rule by itself."""
        return dimension_id in self.dimension_ids


Number = Annotated[int, Meta(ge=0)] | Id
"""A number that is not negative, or the parameter that holds it."""


class Threshold(Value):
    """More than `above` points keep the verdict at or below `verdict`."""

    above: Number
    verdict: Id


class Points(Value, tag_field="kind", tag="points"):
    """Each score costs points, times the weight of its dimension; the sum keeps the verdict at or below a level.

    `points` are those of each level (a level that is not named costs none) and `blank` those of a blank. `weights` are
    those of single dimensions, `weight` that of all others.
    """

    kind: ClassVar[str] = "points"
    can_apply: ClassVar[bool] = True
    id: Id
    points: FrozenMap[Number]
    blank: Number = 0
    weight: Number = 1
    weights: FrozenMap[Number] = field(default_factory=no_entries)
    thresholds: Annotated[tuple[Threshold, ...], Meta(min_length=1)]
    text: Text
    standing: Standing = Standing.CITED
    source: Citation
    about: ClassVar[tuple[str, ...]] = ()

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions that the rule names."""
        return tuple(self.weights)

    @property
    def level_ids(self) -> tuple[str, ...]:
        """The levels that the rule names."""
        return (*self.points, *(threshold.verdict for threshold in self.thresholds))

    @property
    def parameters_used(self) -> Uses:
        """The parameters that the rule uses."""
        sooner = (*self.points.values(), self.blank, self.weight, *self.weights.values())
        later = tuple(threshold.above for threshold in self.thresholds)
        uses = (
            (number, effect)
            for numbers, effect in ((sooner, Influence.SOONER), (later, Influence.LATER))
            for number in numbers
        )
        return tuple((number, effect) for number, effect in uses if isinstance(number, str))

    def concerns(self, dimension_id: str) -> bool:
        """Whether a score on this dimension matters to the rule by itself."""
        return self.weights.get(dimension_id, self.weight) != 0


class Neutral(Value, tag_field="kind", tag="neutral"):
    """The dimension never decides the verdict by itself; stated so that silence is no omission."""

    kind: ClassVar[str] = "neutral"
    can_apply: ClassVar[bool] = False
    id: Id
    dimension: Id
    text: Text
    standing: Standing = Standing.CITED
    source: Citation
    level_ids: ClassVar[tuple[str, ...]] = ()
    parameters_used: ClassVar[Uses] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The dimension that the rule is about."""
        return (self.dimension,)

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions that the rule names."""
        return self.about

    def concerns(self, dimension_id: str) -> bool:
        """Whether a score on this dimension matters to the rule by itself."""
        return dimension_id == self.dimension


Rule = Cap | Prerequisite | Points | Neutral


class Ground(Value):
    """A reason that a scheme in code can give; `dimensions` are those that it can be about, none for all of them."""

    kind: Literal["ground"] = "ground"
    can_apply: ClassVar[bool] = True
    id: Id
    dimensions: tuple[Id, ...] = ()
    text: Text
    standing: Standing = Standing.CITED
    source: Citation
    level_ids: ClassVar[tuple[str, ...]] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The dimension that the ground is about, if it can be about one only."""
        return self.dimensions if len(self.dimensions) == 1 else ()

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions that the ground names."""
        return self.dimensions

    def concerns(self, dimension_id: str) -> bool:
        """Whether the ground can be about this dimension."""
        return not self.dimensions or dimension_id in self.dimensions


class Judged(Value):
    """The result of a scheme in code for one set of scores: the verdict, and why.

    `because` holds the ids of the grounds that apply, heaviest first, each with the dimensions that caused it.
    """

    verdict: Id
    because: FrozenMap[tuple[Id, ...]] = field(default_factory=no_entries)


def _refuse_repeats(kind: str, items: Iterable[Rule | Ground | Parameter]) -> None:
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
        known = {parameter.id: parameter for parameter in self.parameters}
        for rule in self.rules:
            for name, _ in rule.parameters_used:
                if name not in known:
                    lacking = f"which is not there{expectation(name, known)}"
                    raise ValueError(f"rule {rule.id} uses parameter {name}, {lacking}")
                if isinstance(rule, Points) and known[name].minimum < 0:
                    lowest = known[name].minimum
                    raise ValueError(f"rule {rule.id} uses parameter {name}, whose minimum is {lowest}, expected 0")

    def rules_on(self, dimension_id: str) -> tuple[Rule, ...]:
        """The rules in which a score on this dimension matters by itself, in order of weight."""
        return tuple(rule for rule in self.rules if rule.concerns(dimension_id))


class CodedScheme(Value):
    """A scheme whose end score a function computes, where rules cannot express it.

    `judge` receives the level of each dimension, None for a blank, and the values of the parameters; every dimension
    is present and at least one has a level. It is called once for each combination that open scores allow, so it must
    be pure. `monotone` promises that a better score never gives a worse verdict; a blank counts
    as better than any level there.
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
        return tuple(ground for ground in self.grounds if ground.concerns(dimension_id))


Scheme = WeightingScheme | CodedScheme
