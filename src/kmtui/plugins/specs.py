"""The hooks of kmtui. A plugin is a module with functions of these names, marked `@kmtui.hookimpl`.

Hooks take no arguments and return model objects; kmtui calls each plugin by itself and knows whose result is whose.
"""

from collections.abc import Sequence
from pathlib import Path

import pluggy

from kmtui.model import Framework, PartnerType, UnitMapping, WeightingScheme

PROJECT = "kmtui"
API_VERSION = 1
"""The version of the hooks below; it changes when a plugin written for an older one would stop working."""

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """Everything that a plugin can offer."""

    @hookspec
    def frameworks(self) -> Sequence[Framework]:  # type: ignore[empty-body]
        """Frameworks: focus areas, dimensions with their norms, and the scale they are scored on."""

    @hookspec
    def weighting_schemes(self) -> Sequence[WeightingScheme]:  # type: ignore[empty-body]
        """Weighting schemes: the rules that turn the scores of a framework into an end score."""

    @hookspec
    def partner_types(self) -> Sequence[PartnerType]:  # type: ignore[empty-body]
        """Partner types: external partners, with the aspects on which corps judge them."""

    @hookspec
    def unit_mappings(self) -> Sequence[UnitMapping]:  # type: ignore[empty-body]
        """Unit mappings: which corps make up which unit, and how their scores roll up."""

    @hookspec
    def edition_folders(self) -> Sequence[Path]:  # type: ignore[empty-body]
        """Folders with editions that the plugin brings along, one edition in each."""


RESULT_TYPES: dict[str, type] = {
    "frameworks": Framework,
    "weighting_schemes": WeightingScheme,
    "partner_types": PartnerType,
    "unit_mappings": UnitMapping,
    "edition_folders": Path,
}
"""What the items are that each hook returns."""
