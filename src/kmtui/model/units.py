"""Units: new forces that several corps merge into, and their baseline in an edition."""

from collections import Counter
from typing import Annotated, Literal

from msgspec import Meta, field

from kmtui.model.base import Citation, FrozenMap, Id, Text, Value, Words, no_entries
from kmtui.model.cells import Column
from kmtui.model.words import Passage


class Unit(Value):
    """A unit and the corps that it is made of."""

    id: Id
    name: Text
    corps: Annotated[tuple[Id, ...], Meta(min_length=1)]
    source: Citation


class UnitMapping(Value):
    """Which corps make up which unit, and how their scores roll up unless one asks for another way.

    `worst` takes the worst of the corps, `rules` weighs the rolled-up dimensions; plugins may offer other ways.
    """

    id: Id
    name: Text
    source: Words
    roll_up: Id = "worst"
    units: Annotated[tuple[Unit, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        for kind, ids in (
            ("unit", [unit.id for unit in self.units]),
            ("corps", [corps for unit in self.units for corps in unit.corps]),
        ):
            twice = [name for name, times in Counter(ids).items() if times > 1]
            if twice:
                raise ValueError(f"{kind} {', '.join(twice)} is there twice")

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id (raises KeyError)."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise KeyError(unit_id)


class StatedFigure(Value):
    """A figure that the source states for a unit; `bound` says where it is no exact number.

    `indicator` is what it should be the sum of, over the corps of the unit in the newest year.
    """

    id: Id
    indicator: Column | None = None
    text: Words
    value: float
    bound: Literal["", "about", "more-than"] = ""
    source: Citation


class Baseline(Value):
    """What the source finds about a unit: by focus area, the points of attention, and figures."""

    id: Id
    source: Citation
    note: str = ""
    findings: FrozenMap[Passage] = field(default_factory=no_entries)
    points: tuple[Passage, ...] = ()
    figures: tuple[StatedFigure, ...] = ()
