"""What all plugins together offer, each thing with its owner, without two of a name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kmtui.model import (
    CodedScheme,
    Crosswalk,
    Framework,
    PartnerColumn,
    PartnerType,
    Scheme,
    UnitMapping,
    WeightingScheme,
)
from kmtui.plugins.discovery import discover
from kmtui.plugins.loader import Plugin, load_plugin
from kmtui.plugins.offers import AddedDimension, Command, Exporter, Panel, RollUp
from kmtui.weighing import scheme_faults

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


ROLL_UPS = ("worst", "rules")
"""The ways to roll up that kmtui knows itself."""


class _ConflictError(Exception):
    """A plugin cannot stay beside the others."""

    def __init__(self, plugin: Plugin, reason: str) -> None:
        super().__init__(reason)
        self.plugin = plugin


@dataclass(frozen=True)
class Registry:
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

    def schemes_for(self, framework_id: str) -> tuple[Scheme, ...]:
        """The schemes that weigh this framework."""
        return tuple(scheme for scheme in self.schemes.values() if scheme.framework == framework_id)

    def owner(self, hook: str, name: str) -> str:
        """The id of the plugin that offers something by this hook (raises KeyError)."""
        return self.owners[KINDS[hook], name]

    def crosswalk(self, old: str, new: str) -> Crosswalk | None:
        """The crosswalk from one framework to another, if there is one."""
        return next((walk for walk in self.crosswalks.values() if (walk.old, walk.new) == (old, new)), None)


def load_registry(paths: Iterable[Path] = (), disabled: Collection[str] = ()) -> Registry:
    """Find and load all plugins; one that fails or conflicts with an earlier one is switched off, the rest goes on.

    `disabled` holds ids of plugins that are not to be imported.
    """
    found = discover(paths)
    plugins = _without_repeated_ids([load_plugin(plugin, disabled=plugin.id in disabled) for plugin in found])
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
    owners: dict[tuple[str, str], Plugin] = {}
    offered: dict[str, dict[str, Any]] = {hook: _claimed(plugins, hook, kind, owners) for hook, kind in KINDS.items()}

    def owner(hook: str, name: str) -> Plugin:
        return owners[KINDS[hook], name]

    frameworks, schemes = offered["frameworks"], offered["weighting_schemes"]
    for scheme in schemes.values():
        _check_scheme(scheme, frameworks, owner("weighting_schemes", scheme.id))
    for added in offered["dimensions"].values():
        try:
            frameworks, schemes = _with_dimension(added, frameworks, schemes)
        except (ValueError, ValidationError) as error:
            problem = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            raise _ConflictError(owner("dimensions", added.id), f"dimension '{added.id}': {problem}") from None
    for framework in frameworks.values():
        default = schemes.get(framework.default_scheme)
        if default is None or default.framework != framework.id:
            problem = f"framework '{framework.id}' has default scheme '{framework.default_scheme}', which nobody offers"
            raise _ConflictError(owner("frameworks", framework.id), problem)
    for walk in offered["crosswalks"].values():
        _check_crosswalk(walk, frameworks, owner("crosswalks", walk.id))
    for mapping in offered["unit_mappings"].values():
        if mapping.roll_up not in ROLL_UPS and mapping.roll_up not in offered["roll_ups"]:
            problem = f"unit mapping '{mapping.id}' rolls up by '{mapping.roll_up}', which nobody offers"
            raise _ConflictError(owner("unit_mappings", mapping.id), problem)
    return Registry(
        plugins=tuple(plugins),
        frameworks=frameworks,
        schemes=schemes,
        added=offered["dimensions"],
        crosswalks=offered["crosswalks"],
        partner_types=offered["partner_types"],
        mappings=offered["unit_mappings"],
        roll_ups=offered["roll_ups"],
        exporters=offered["exporters"],
        commands=offered["commands"],
        panels=offered["panels"],
        edition_folders=tuple(folder for plugin in plugins for folder in plugin.results.get("edition_folders", ())),
        owners={key: plugin.id for key, plugin in owners.items()},
    )


def _claimed(plugins: Iterable[Plugin], hook: str, kind: str, owners: dict[tuple[str, str], Plugin]) -> dict[str, Any]:
    """What a hook gives by id, in the order of the plugins; no id, and no column of a partner, is there twice."""
    items: dict[str, Any] = {}
    for plugin in plugins:
        for item in plugin.results.get(hook, ()):
            columns = item.columns if isinstance(item, PartnerType) else ()
            for what, name in ((kind, item.id), *(("partner column", column.id) for column in columns)):
                if (what, name) in owners:
                    other = owners[what, name]
                    by = "twice" if other is plugin else f"by plugin '{other.id}' already"
                    raise _ConflictError(plugin, f"{what} '{name}' is offered {by}")
                owners[what, name] = plugin
            items[item.id] = item
    return items


def _with_dimension(
    added: AddedDimension, frameworks: Mapping[str, Framework], schemes: Mapping[str, Scheme]
) -> tuple[dict[str, Framework], dict[str, Scheme]]:
    """Frameworks and schemes with the dimension and its rules in them (raises ValueError where it does not fit)."""
    if added.framework not in frameworks:
        raise ValueError(f"it joins framework '{added.framework}', which no plugin offers")
    framework = frameworks[added.framework]
    before = [dimension.id for dimension in framework.dimensions if dimension.area == added.dimension.area]
    after = added.after or (before[-1] if before else framework.dimension_ids[-1])
    if after not in framework.dimension_ids:
        raise ValueError(f"it comes after '{after}', which framework '{framework.id}' does not have")
    at = framework.dimension_ids.index(after) + 1
    dimensions = (*framework.dimensions[:at], added.dimension, *framework.dimensions[at:])
    joined = {framework.id: Framework.model_validate(dict(framework) | {"dimensions": dimensions})}
    ruled: dict[str, Scheme] = {}
    for name, rules in added.rules.items():
        scheme = schemes.get(name)
        if scheme is None or scheme.framework != framework.id:
            raise ValueError(f"it adds rules to scheme '{name}', which does not weigh '{framework.id}'")
        if isinstance(scheme, CodedScheme):
            raise ValueError(f"it adds rules to scheme '{name}', which is written in code")
        ruled[name] = WeightingScheme.model_validate(dict(scheme) | {"rules": (*scheme.rules, *rules)})
        if faults := scheme_faults(joined[framework.id], ruled[name]):
            raise ValueError("; ".join(faults))
    return {**frameworks, **joined}, {**schemes, **ruled}


def _check_scheme(scheme: Scheme, frameworks: Mapping[str, Framework], owner: Plugin) -> None:
    if scheme.framework not in frameworks:
        problem = f"weighs framework '{scheme.framework}', which no plugin offers"
        raise _ConflictError(owner, f"weighting scheme '{scheme.id}' {problem}")
    faults = scheme_faults(frameworks[scheme.framework], scheme)
    if faults:
        raise _ConflictError(owner, f"weighting scheme '{scheme.id}': {'; '.join(faults)}")


def _check_crosswalk(walk: Crosswalk, frameworks: Mapping[str, Framework], owner: Plugin) -> None:
    for which in ("old", "new"):
        name = getattr(walk, which)
        if name not in frameworks:
            raise _ConflictError(owner, f"crosswalk '{walk.id}' names framework '{name}', which no plugin offers")
        named = [dimension for found in walk.continuations for dimension in getattr(found, which)]
        for dimension in named:
            if dimension not in frameworks[name].dimension_ids:
                problem = f"names {which} dimension '{dimension}', which framework '{name}' does not have"
                raise _ConflictError(owner, f"crosswalk '{walk.id}' {problem}")
