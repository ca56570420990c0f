"""The hooks of kmtui. A plugin is a module with functions of these names, marked `@kmtui.hookimpl`.

Hooks take no arguments and return model objects; kmtui calls each plugin by itself and knows whose result is whose. A
plugin says with `KMTUI_API = (first, last)` which versions of this interface it works with; one that says nothing was
written for version 1.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args, get_type_hints

import pluggy

from kmtui.model.crosswalk import Crosswalk
from kmtui.model.framework import Framework
from kmtui.model.partners import PartnerType
from kmtui.model.scheme import Scheme
from kmtui.model.units import UnitMapping
from kmtui.plugins.offers import AddedDimension, Command, Exporter, Panel, RollUp

PROJECT = "kmtui"
OLDEST_API, API_VERSION = 1, 1
"""The oldest and the newest version of the plugin interface whose plugins work here; the newest is that of the hooks
below, and changes with them."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """Everything that a plugin can offer."""

    @hookspec
    def frameworks(self) -> Sequence[Framework]:  # type: ignore[empty-body]
        """Frameworks: focus areas, dimensions with their norms, and the scale they are scored on."""

    @hookspec
    def dimensions(self) -> Sequence[AddedDimension]:  # type: ignore[empty-body]
        """Dimensions that join a framework, each with a scorer from figures and rules if it likes."""

    @hookspec
    def weighting_schemes(self) -> Sequence[Scheme]:  # type: ignore[empty-body]
        """Weighting schemes, as rules or in code, that turn the scores of a framework into an end score."""

    @hookspec
    def crosswalks(self) -> Sequence[Crosswalk]:  # type: ignore[empty-body]
        """Crosswalks: which dimension of one framework continues as which of another."""

    @hookspec
    def partner_types(self) -> Sequence[PartnerType]:  # type: ignore[empty-body]
        """Partner types: external partners, with the aspects on which corps judge them."""

    @hookspec
    def unit_mappings(self) -> Sequence[UnitMapping]:  # type: ignore[empty-body]
        """Unit mappings: which corps make up which unit, and how their scores roll up."""

    @hookspec
    def roll_ups(self) -> Sequence[RollUp]:  # type: ignore[empty-body]
        """Other ways to roll scores of corps up to a unit than the worst of them or the rules."""

    @hookspec
    def edition_folders(self) -> Sequence[Path]:  # type: ignore[empty-body]
        """Folders with editions that the plugin brings along, one edition in each."""

    @hookspec
    def exporters(self) -> Sequence[Exporter]:  # type: ignore[empty-body]
        """Formats that `kmtui export` can write beside CSV."""

    @hookspec
    def commands(self) -> Sequence[Command]:  # type: ignore[empty-body]
        """Commands of `kmtui` beside its own."""

    @hookspec
    def panels(self) -> Sequence[Panel]:  # type: ignore[empty-body]
        """Sections of pages, or pages of their own, in the interface and in `kmtui show`."""


def _kinds(hook: Callable[..., object]) -> tuple[type, ...]:
    """What the items are that a hook returns, by its annotation: one type, or any of several."""
    (item,) = get_args(get_type_hints(hook)["return"])
    return get_args(item) or (item,)


RESULT_TYPES: dict[str, tuple[type, ...]] = {
    name: _kinds(hook) for name, hook in vars(Hooks).items() if not name.startswith("_")
}
"""What the items are that each hook returns."""
