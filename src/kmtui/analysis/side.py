"""Scores of one framework seen under a scheme, also under one of another framework that a crosswalk leads to."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kmtui.model.crosswalk import Crosswalk
from kmtui.model.framework import Framework
from kmtui.weighing.check import SchemeError
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher


class Side(msgspec.Struct, frozen=True):
    """One of two schemes that are set side by side, and the crosswalk by which it sees the scores, if it needs one."""

    weigher: Weigher
    crosswalk: Crosswalk | None = None

    @property
    def scheme(self) -> str:
        """The id of the scheme."""
        return self.weigher.scheme.id

    def levels(self, levels: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
        """Possible levels by dimension, carried over to the framework of the scheme."""
        return self.crosswalk.carry(levels, self.weigher.framework.scale) if self.crosswalk else levels

    def weigh(self, levels: Mapping[str, Sequence[str]]) -> Weighing:
        """Weigh possible levels of the framework that is looked from."""
        return self.weigher.weigh_levels(self.levels(levels))


def side_of(framework: Framework, weigher: Weigher, crosswalks: Iterable[Crosswalk] = ()) -> Side:
    """The scheme as scores of this framework meet it.

    Raises SchemeError where no crosswalk leads to its framework, or a level is not on the scale there.
    """
    there = weigher.framework
    if there.id == framework.id:
        return Side(weigher=weigher)
    for crosswalk in crosswalks:
        if (crosswalk.old, crosswalk.new) == (framework.id, there.id):
            for level in framework.scale.ids:
                if level not in there.scale.ids:
                    raise SchemeError(
                        f"level '{level}' of framework '{framework.id}' is not on the scale of '{there.id}'"
                    )
            return Side(weigher=weigher, crosswalk=crosswalk)
    raise SchemeError(
        f"scheme '{weigher.scheme.id}' weighs framework '{there.id}', and no crosswalk leads there from "
        f"'{framework.id}'"
    )
