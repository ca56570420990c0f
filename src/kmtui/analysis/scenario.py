"""Scenarios: other scores for one corps, and other values for the parameters of a scheme; nothing is saved."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Generic, TypeVar

import msgspec
from msgspec import field
from msgspec.structs import replace

from kmtui.analysis.improve import Prospects, prospects
from kmtui.model.edition import Corps
from kmtui.model.scale import Scale
from kmtui.model.scheme import Parameter
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher

Possible = tuple[str, ...]
Held = TypeVar("Held")
Items = tuple[tuple[str, Held], ...]

REMEMBERED = 64
"""How many sets of values, and how many prospects, are cached."""


class Changed(msgspec.Struct, Generic[Held], frozen=True):
    """Values by name, and what some of them are changed to."""

    before: Mapping[str, Held]
    changes: Mapping[str, Held] = field(default_factory=dict)

    @property
    def now(self) -> dict[str, Held]:
        """All values as they are with the changes."""
        return {**self.before, **self.changes}

    def __getitem__(self, name: str) -> Held:
        return self.changes.get(name, self.before[name])

    def with_one(self, name: str, value: Held) -> "Changed[Held]":
        """The same with one value changed, or as it was."""
        others = {other: changed for other, changed in self.changes.items() if other != name}
        return replace(self, changes=others if value == self.before[name] else {**others, name: value})


class Scenario(msgspec.Struct, frozen=True):
    """The possible levels of each dimension and the value of each parameter, before and after the changes."""

    scale: Scale
    parameters: Mapping[str, Parameter]
    scores: Changed[Possible]
    values: Changed[int]

    @classmethod
    def of(cls, corps: Corps, weigher: Weigher) -> "Scenario":
        """A corps and a scheme as they are."""
        scores = {
            name: corps.scores[name].possible if name in corps.scores else ()
            for name in weigher.framework.dimension_ids
        }
        parameters = {parameter.id: parameter for parameter in weigher.scheme.parameters}
        return cls(weigher.framework.scale, parameters, Changed(scores), Changed(weigher.parameters))

    @property
    def changed(self) -> bool:
        """Whether anything is other than it is."""
        return bool(self.scores.changes or self.values.changes)

    def scored(self, dimension: str, level: str) -> "Scenario":
        """With this level on a dimension, or the blank."""
        return self._scored(dimension, () if level == self.scale.blank.id else (level,))

    def cycled(self, dimension: str) -> "Scenario":
        """With the next score on a dimension: that of the source, then each level, worst first, and the blank."""
        source = self.scores.before[dimension]
        scores = list(dict.fromkeys([source, *((level,) for level in self.scale.ids), ()]))
        return self._scored(dimension, scores[(scores.index(self.scores[dimension]) + 1) % len(scores)])

    def stepped(self, dimension: str, step: int) -> "Scenario":
        """With a score one level better or worse; an open one, or a blank, goes to its best or worst level first."""
        ids, possible = self.scale.ids, self.scores[dimension]
        ranks = [rank for level in possible if (rank := self.scale.rank(level)) < len(ids)]
        if len(possible) == 1 and ranks:
            rank = max(0, min(ranks[0] + step, len(ids) - 1))
        else:
            rank = (max if step > 0 else min)(ranks or range(len(ids)))
        return self._scored(dimension, (ids[rank],))

    def tuned(self, parameter: str, step: int) -> "Scenario":
        """With a higher or lower value of a parameter, as far as it goes."""
        bounds = self.parameters[parameter]
        value = max(bounds.minimum, min(self.values[parameter] + step, bounds.maximum))
        return replace(self, values=self.values.with_one(parameter, value))

    def turned(self, parameter: str) -> "Scenario":
        """With the next value of a parameter; after its highest comes its lowest."""
        bounds = self.parameters[parameter]
        value = self.values[parameter] + 1 if self.values[parameter] < bounds.maximum else bounds.minimum
        return replace(self, values=self.values.with_one(parameter, value))

    def _scored(self, dimension: str, possible: Possible) -> "Scenario":
        return replace(self, scores=self.scores.with_one(dimension, possible))


class ScenarioWeigher:
    """Weighs scenarios under one scheme, with a cache."""

    def __init__(self, weigher: Weigher) -> None:
        self.weigher = weigher
        self._with = lru_cache(REMEMBERED)(self._made)
        self._prospects = lru_cache(REMEMBERED)(self._found)

    def now(self, scenario: Scenario) -> Weighing:
        """The end score without the changes."""
        return self.weigher.weigh_levels(scenario.scores.before)

    def then(self, scenario: Scenario) -> Weighing:
        """The end score with the changes."""
        return self._with(_items(scenario.values.changes)).weigh_levels(scenario.scores.now)

    def prospects(self, scenario: Scenario) -> Prospects:
        """What would change the end score from there."""
        return self._prospects(_items(scenario.values.changes), _items(scenario.scores.now))

    def _made(self, values: Items[int]) -> Weigher:
        if not values:
            return self.weigher
        return Weigher(self.weigher.framework, self.weigher.scheme, {**self.weigher.parameters, **dict(values)})

    def _found(self, values: Items[int], scores: Items[Possible]) -> Prospects:
        return prospects(self._with(values), dict(scores))


def _items(values: Mapping[str, Held]) -> Items[Held]:
    return tuple(values.items())
