"""A framework: the focus areas and dimensions on which corps are judged, each with its norm."""

from collections import Counter
from typing import Annotated

from msgspec import Meta

from kmtui.model.base import Citation, Id, Text, Value, Words
from kmtui.model.names import expectation
from kmtui.model.provenance import ALWAYS, Standing, Validity
from kmtui.model.scale import Scale


class Band(Value):
    """A stretch of a measure and the levels that the norm allows on it.

    `at_least` and `at_most` include their bound, `above` and `below` do not.
    """

    levels: Annotated[tuple[Id, ...], Meta(min_length=1)]
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None
    below: float | None = None

    def holds(self, value: float) -> bool:
        """Whether the value lies in this band."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
        )

    def lies_below(self, value: float) -> bool:
        """Whether the whole band lies below the value."""
        if self.at_most is not None:
            return self.at_most < value
        return self.below is not None and self.below <= value


class Quotient(Value):
    """From which indicators a measure is computed: the number `of` one, divided by that of `per`.

    Ids of indicators, without the number of a table, as that may differ between editions.
    """

    of: Id
    per: Id


class Measure(Value):
    """The part of a norm that can be measured; bands run from the lowest values to the highest.

    `computed` says from which indicators of an edition the value follows, None where no table has it.
    """

    quantity: Text
    unit: Words
    bands: Annotated[tuple[Band, ...], Meta(min_length=1)]
    note: Text | None = None
    computed: Quotient | None = None
    source: Citation

    def levels_for(self, value: float, scale: Scale) -> tuple[str, ...]:
        """The levels that the norm allows for a measured value, worst first.

        A value between two bands, where the norm says nothing, may get any level from the one band to the other.
        """
        for band in self.bands:
            if band.holds(value):
                return scale.ordered(band.levels)
        below = [band for band in self.bands if band.lies_below(value)]
        above = self.bands[len(below) : len(below) + 1]
        ranks = [scale.rank(level) for band in (*below[-1:], *above) for level in band.levels]
        return scale.ids[min(ranks) : max(ranks) + 1]


class FocusArea(Value):
    """One of the areas into which a framework groups its dimensions."""

    id: Id
    name: Text
    source: Citation


class Dimension(Value):
    """One aspect on which corps are scored, with the norm they are held to."""

    id: Id
    area: Id
    name: Text
    short: Annotated[str, Meta(min_length=1, max_length=4)]
    norm: Text
    measure: Measure | None = None
    standing: Standing = Standing.CITED
    source: Citation


class Framework(Value):
    """Focus areas, dimensions in order, the scale, and the scheme that weighs them by default.

    `valid` are the days on which editions are scored on it, unless they say otherwise.
    """

    id: Id
    name: Text
    source: Words
    areas: Annotated[tuple[FocusArea, ...], Meta(min_length=1)]
    dimensions: Annotated[tuple[Dimension, ...], Meta(min_length=1)]
    scale: Scale
    default_scheme: Id
    valid: Validity = ALWAYS

    def __post_init__(self) -> None:
        for kind, ids in (("focus area", [a.id for a in self.areas]), ("dimension", [d.id for d in self.dimensions])):
            twice = [name for name, times in Counter(ids).items() if times > 1]
            if twice:
                raise ValueError(f"{kind} {', '.join(twice)} is there twice")
        areas = [area.id for area in self.areas]
        for dimension in self.dimensions:
            if dimension.area not in areas:
                lacking = f"which is not there{expectation(dimension.area, areas)}"
                raise ValueError(f"dimension {dimension.id} names focus area {dimension.area}, {lacking}")
            for band in dimension.measure.bands if dimension.measure else ():
                for level in band.levels:
                    if level not in self.scale.ids:
                        lacking = f"which is not on the scale{expectation(level, self.scale.ids)}"
                        raise ValueError(f"the measure of {dimension.id} names level {level}, {lacking}")

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """Dimension ids in order."""
        return tuple(dimension.id for dimension in self.dimensions)

    def dimension(self, dimension_id: str) -> Dimension:
        """The dimension with this id (raises KeyError)."""
        for dimension in self.dimensions:
            if dimension.id == dimension_id:
                return dimension
        raise KeyError(dimension_id)

    def area(self, area_id: str) -> FocusArea:
        """The focus area with this id (raises KeyError)."""
        for area in self.areas:
            if area.id == area_id:
                return area
        raise KeyError(area_id)

    def dimensions_of(self, area_id: str) -> tuple[Dimension, ...]:
        """The dimensions of one focus area, in order."""
        return tuple(dimension for dimension in self.dimensions if dimension.area == area_id)
