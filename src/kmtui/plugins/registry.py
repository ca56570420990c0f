"""What all plugins together offer, each thing with its owner, without two of a name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kmtui.model import Framework, PartnerColumn, PartnerType, UnitMapping, WeightingScheme
from kmtui.plugins.discovery import discover
from kmtui.plugins.loader import Plugin, load_plugin
from kmtui.weighing import scheme_faults


class _ConflictError(Exception):
    """A plugin cannot stay beside the others."""

    def __init__(self, plugin: Plugin, reason: str) -> None:
        super().__init__(reason)
        self.plugin = plugin


@dataclass(frozen=True, slots=True)
class Registry:
    """What plugins offer by id, edition folders in order, and every plugin that was found."""

    plugins: tuple[Plugin, ...]
    frameworks: Mapping[str, Framework]
    schemes: Mapping[str, WeightingScheme]
    partner_types: Mapping[str, PartnerType]
    mappings: Mapping[str, UnitMapping]
    edition_folders: tuple[Path, ...]

    @property
    def failed(self) -> tuple[Plugin, ...]:
        """The plugins that are switched off, with their reasons."""
        return tuple(plugin for plugin in self.plugins if plugin.error)

    @property
    def partner_columns(self) -> dict[str, PartnerColumn]:
        """The columns of judgements on partners, by id."""
        return {column.id: column for partner in self.partner_types.values() for column in partner.columns}

    def schemes_for(self, framework_id: str) -> tuple[WeightingScheme, ...]:
        """The schemes that weigh this framework."""
        return tuple(scheme for scheme in self.schemes.values() if scheme.framework == framework_id)


def load_registry(folders: Iterable[Path] = ()) -> Registry:
    """Find and load all plugins; one that fails or conflicts with an earlier one is switched off, the rest goes on."""
    plugins = _without_repeated_ids([load_plugin(found) for found in discover(folders)])
    while True:
        try:
            return _combine(plugins)
        except _ConflictError as conflict:
            off = conflict.plugin.switched_off(str(conflict))
            plugins = [off if plugin is conflict.plugin else plugin for plugin in plugins]


def _without_repeated_ids(plugins: list[Plugin]) -> list[Plugin]:
    first: dict[str, Plugin] = {}
    kept = []
    for plugin in plugins:
        other = first.setdefault(plugin.id, plugin)
        if other is not plugin and not plugin.error:
            plugin = plugin.switched_off(
                f"the id '{plugin.id}' is taken by the {other.source} plugin in {other.location}"
            )
        kept.append(plugin)
    return kept


def _combine(plugins: list[Plugin]) -> Registry:
    """All results together (raises _ConflictError for the first plugin that cannot stay)."""
    frameworks: dict[str, Framework] = {}
    schemes: dict[str, WeightingScheme] = {}
    partner_types: dict[str, PartnerType] = {}
    mappings: dict[str, UnitMapping] = {}
    owners: dict[tuple[str, str], Plugin] = {}

    def claim(plugin: Plugin, kind: str, name: str) -> None:
        owner = owners.setdefault((kind, name), plugin)
        if owner is not plugin:
            raise _ConflictError(plugin, f"{kind} '{name}' is offered by plugin '{owner.id}' already")

    for plugin in plugins:
        for framework in plugin.results.get("frameworks", ()):
            claim(plugin, "framework", framework.id)
            frameworks[framework.id] = framework
        for partner_type in plugin.results.get("partner_types", ()):
            claim(plugin, "partner type", partner_type.id)
            for column in partner_type.columns:
                claim(plugin, "partner column", column.id)
            partner_types[partner_type.id] = partner_type
        for mapping in plugin.results.get("unit_mappings", ()):
            claim(plugin, "unit mapping", mapping.id)
            mappings[mapping.id] = mapping
    for plugin in plugins:
        for scheme in plugin.results.get("weighting_schemes", ()):
            claim(plugin, "weighting scheme", scheme.id)
            if scheme.framework not in frameworks:
                raise _ConflictError(
                    plugin,
                    f"weighting scheme '{scheme.id}' weighs framework '{scheme.framework}', which no plugin offers",
                )
            faults = scheme_faults(frameworks[scheme.framework], scheme)
            if faults:
                raise _ConflictError(plugin, f"weighting scheme '{scheme.id}': {'; '.join(faults)}")
            schemes[scheme.id] = scheme
    for framework in frameworks.values():
        default = schemes.get(framework.default_scheme)
        if default is None or default.framework != framework.id:
            owner = owners["framework", framework.id]
            raise _ConflictError(
                owner,
                f"framework '{framework.id}' has default scheme '{framework.default_scheme}', which nobody offers",
            )
    folders = [folder for plugin in plugins for folder in plugin.results.get("edition_folders", ())]
    return Registry(tuple(plugins), frameworks, schemes, partner_types, mappings, tuple(folders))
