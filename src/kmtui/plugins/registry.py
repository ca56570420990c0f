"""What all plugins together offer, each thing with its owner, without two of a name."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import field

from kmtui.model.crosswalk import Crosswalk
from kmtui.model.framework import Framework
from kmtui.model.partners import PartnerColumn, PartnerType
from kmtui.model.scheme import Scheme
from kmtui.model.units import UnitMapping
from kmtui.plugins.loader import Plugin
from kmtui.plugins.offers import ROLL_UPS as ROLL_UPS
from kmtui.plugins.offers import AddedDimension, Command, Exporter, Panel, RollUp

KINDS = {
    "frameworks": "framework",
    "dimensions": "dimension",
    "weighting_schemes": "weighting scheme",
    "crosswalks": "crosswalk",
    "partner_types": "partner type",
    "unit_mappings": "unit mapping",
    "roll_ups": "roll-up",
    "exporters": "exporter",
    "commands": "command",
    "panels": "panel",
}
"""What the things are called that each hook gives, of which no two may have one id."""

OWN: Mapping[str, tuple[str, ...]] = {
    "commands": (
        *("export", "show", "verify", "weigh", "compare", "whatif", "scheme", "round", "plugins", "editions"),
        *("report", "analyse", "source", "serve", "open", "help"),
    ),
    "exporters": ("csv", "json", "jsonl", "md", "parquet", "xlsx", "sqlite", "duckdb"),
}
"""Ids that are kmtui's own, by hook: those of the commands and formats that it has or has promised."""


class Registry(msgspec.Struct, frozen=True, dict=True):
    """What plugins offer by id, edition folders in order, and every plugin that was found.

    Frameworks and schemes have the dimensions and rules in them that other plugins add; `added` names those dimensions.
    """

    plugins: tuple[Plugin, ...] = ()
    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    added: Mapping[str, AddedDimension] = field(default_factory=dict)
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)
    partner_types: Mapping[str, PartnerType] = field(default_factory=dict)
    mappings: Mapping[str, UnitMapping] = field(default_factory=dict)
    roll_ups: Mapping[str, RollUp] = field(default_factory=dict)
    exporters: Mapping[str, Exporter] = field(default_factory=dict)
    commands: Mapping[str, Command] = field(default_factory=dict)
    panels: Mapping[str, Panel] = field(default_factory=dict)
    edition_folders: tuple[Path, ...] = ()
    owners: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The plugin that each thing comes from, by kind (as in `KINDS`) and id."""

    @property
    def failed(self) -> tuple[Plugin, ...]:
        """The plugins that are switched off because of an error, with their reasons."""
        return tuple(plugin for plugin in self.plugins if plugin.error)

    @property
    def partner_columns(self) -> dict[str, PartnerColumn]:
        """The columns of judgements on partners, by id."""
        return {column.id: column for partner in self.partner_types.values() for column in partner.columns}

    def owner(self, hook: str, name: str) -> str:
        """The id of the plugin that offers something by this hook (raises KeyError)."""
        return self.owners[KINDS[hook], name]

    def crosswalk(self, old: str, new: str) -> Crosswalk | None:
        """The crosswalk from one framework to another, if there is one."""
        return next((walk for walk in self.crosswalks.values() if (walk.old, walk.new) == (old, new)), None)
