"""Weigh scores by a scheme of their own framework, or of another one that a crosswalk leads to."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from kmtui.model.crosswalk import Crosswalk
from kmtui.model.edition import Edition
from kmtui.model.framework import Framework
from kmtui.monitor import Monitor
from kmtui.weighing.compile import SchemeError
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher


class AdaptedWeigher(msgspec.Struct, frozen=True):
    """A weigher, and the crosswalk that takes scores to its framework where that is another one."""

    weigher: Weigher
    crosswalk: Crosswalk | None = None

    @property
    def scheme(self) -> str:
        """The id of the scheme."""
        return self.weigher.scheme.id

    def levels(self, levels: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
        """Possible levels by dimension, in the framework of the scheme."""
        return self.crosswalk.carry(levels, self.weigher.framework.scale) if self.crosswalk else levels

    def weigh(self, levels: Mapping[str, Sequence[str]]) -> Weighing:
        """Weigh possible levels of the framework that the scores are of."""
        return self.weigher.weigh_levels(self.levels(levels))


def adapt(framework: Framework, weigher: Weigher, crosswalks: Iterable[Crosswalk] = ()) -> AdaptedWeigher:
    """A weigher for scores of this framework.

    Raises SchemeError where no crosswalk leads to its framework, or a level is not on the scale there.
    """
    there = weigher.framework
    if there.id == framework.id:
        return AdaptedWeigher(weigher=weigher)
    for crosswalk in crosswalks:
        if (crosswalk.old, crosswalk.new) == (framework.id, there.id):
            for level in framework.scale.ids:
                if level not in there.scale.ids:
                    raise SchemeError(
                        f"level '{level}' of framework '{framework.id}' is not on the scale of '{there.id}'"
                    )
            return AdaptedWeigher(weigher=weigher, crosswalk=crosswalk)
    raise SchemeError(
        f"scheme '{weigher.scheme.id}' weighs framework '{there.id}', and no crosswalk leads there from "
        f"'{framework.id}'"
    )


def schemes_for(monitor: Monitor, edition: Edition) -> list[str]:
    """The schemes that can weigh an edition: those of its framework, then those that a crosswalk leads to."""
    own: list[str] = []
    others: list[str] = []
    for name in monitor.registry.schemes:
        try:
            adapted = adapt_to_edition(monitor, edition, name)
        except SchemeError:
            continue
        (others if adapted.crosswalk else own).append(name)
    return own + others


def adapt_to_edition(monitor: Monitor, edition: Edition, scheme_id: str) -> AdaptedWeigher:
    """A weigher for the scores of an edition, maybe by a crosswalk, with the parameter values of its last day.

    Raises UnknownIdError, or SchemeError where no crosswalk leads to its framework.
    """
    weigher = monitor.weigher(scheme_id, day=edition.head.period.end)
    try:
        return adapt(monitor.framework(edition), weigher, monitor.registry.crosswalks.values())
    except SchemeError as error:
        raise SchemeError(f"edition '{edition.id}': {error}") from None
