"""Methods to combine the scores of corps to those of their unit."""

from collections.abc import Callable, Sequence

import msgspec

from kmtui.model.crosswalk import worst_of
from kmtui.model.scale import Scale
from kmtui.monitor import UnknownIdError
from kmtui.plugins.failure import blaming
from kmtui.plugins.registry import Registry

Combine = Callable[[Sequence[tuple[str, ...]], Scale], tuple[str, ...]]


class RollupMethod(msgspec.Struct, frozen=True):
    """How possible levels of corps combine to those of the unit; `weighs`: the rules weigh the combined levels."""

    id: str
    combine: Combine = worst_of
    weighs: bool = False


WORST, RULES = RollupMethod("worst"), RollupMethod("rules", weighs=True)
"""The worst of the corps; and the rules over the worst of each dimension."""


def ways(registry: Registry) -> dict[str, RollupMethod]:
    """Every method by id: the two built in, and those of plugins."""
    return {way.id: way for way in (WORST, RULES)} | {
        name: RollupMethod(name, _guarded(registry, name)) for name in registry.roll_ups
    }


def rollup_method(registry: Registry, name: str) -> RollupMethod:
    """The method with this id (raises UnknownIdError)."""
    known = ways(registry)
    if name not in known:
        raise UnknownIdError("roll-up", name, known)
    return known[name]


def _guarded(registry: Registry, name: str) -> Combine:
    """The method of a plugin; it raises PluginFailureError where its function fails or returns an unknown level."""
    combine, owner = registry.roll_ups[name].combine, registry.owner("roll_ups", name)

    def guarded(members: Sequence[tuple[str, ...]], scale: Scale) -> tuple[str, ...]:
        with blaming(owner, f"roll-up '{name}'"):
            found = tuple(combine(members, scale))
            for level in found:
                if level not in scale.ids and not (level == scale.blank.id and len(found) > 1):
                    raise ValueError(f"it gave level '{level}', expected {', '.join(scale.ids)}")
            return scale.ordered(found)

    return guarded
