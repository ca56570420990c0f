"""Scores of one framework seen under a scheme, also under one of another framework that a crosswalk leads to."""

from collections.abc import Iterable, Mapping, Sequence

from kmtui.model import Crosswalk, Value
from kmtui.weighing import SchemeError, Weigher, Weighing


class Side(Value):
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


def side_of(framework_id: str, weigher: Weigher, crosswalks: Iterable[Crosswalk] = ()) -> Side:
    """The scheme as scores of this framework meet it (raises SchemeError where no crosswalk leads to it)."""
    there = weigher.framework.id
    if there == framework_id:
        return Side(weigher=weigher)
    for crosswalk in crosswalks:
        if (crosswalk.old, crosswalk.new) == (framework_id, there):
            return Side(weigher=weigher, crosswalk=crosswalk)
    raise SchemeError(
        f"scheme '{weigher.scheme.id}' weighs framework '{there}', and no crosswalk leads there from '{framework_id}'"
    )
