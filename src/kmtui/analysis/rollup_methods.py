"""The ways in which scores of corps become one of their unit."""

from collections.abc import Callable, Sequence

import msgspec

from kmtui.model.crosswalk import worst_of
from kmtui.model.scale import Scale
from kmtui.monitor import UnknownIdError
from kmtui.plugins.failure import blaming
from kmtui.plugins.registry import Registry

Combine = Callable[[Sequence[tuple[str, ...]], Scale], tuple[str, ...]]


class RollupMethod(msgspec.Struct, frozen=True):
    """How possible levels of corps combine to those of the unit, and whether its end score is weighed from these."""

    id: str
    combine: Combine = worst_of
    weighs: bool = False


WORST, RULES = RollupMethod("worst"), RollupMethod("rules", weighs=True)
"""The worst of the corps; and the rules over the worst of each dimension."""


def ways(registry: Registry) -> dict[str, RollupMethod]:
    """Every way to roll up, by id: kmtui's own two, and those of plugins."""
    return {way.id: way for way in (WORST, RULES)} | {
        name: RollupMethod(name, _guarded(registry, name)) for name in registry.roll_ups
    }


def rollup_method(registry: Registry, name: str) -> RollupMethod:
    """The way to roll up with this id (raises UnknownIdError)."""
    known = ways(registry)
    if name not in known:
        raise UnknownIdError("roll-up", name, known)
    return known[name]


def _guarded(registry: Registry, name: str) -> Combine:
    """A plugin's way; it raises PluginFailureError where the plugin's function fails or leaves the scale."""
    combine, owner = registry.roll_ups[name].combine, registry.owner("roll_ups", name)

    def guarded(members: Sequence[tuple[str, ...]], scale: Scale) -> tuple[str, ...]:
        with blaming(owner, f"roll-up '{name}'"):
            found = tuple(combine(members, scale))
            for level in found:
                if level not in scale.ids and not (level == scale.blank.id and len(found) > 1):
                    raise ValueError(f"it gave level '{level}', expected {', '.join(scale.ids)}")
            return scale.ordered(found)

    return guarded
