"""Combine what plugins offer: ids are unique, and references lead to something that is offered."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import field
from msgspec.structs import replace

from kmtui.model.base import ValidationError
from kmtui.model.crosswalk import Crosswalk
from kmtui.model.framework import Framework
from kmtui.model.names import expectation
from kmtui.model.partners import PartnerType
from kmtui.model.scheme import CodedScheme, Scheme, WeightingScheme
from kmtui.model.units import UnitMapping
from kmtui.plugins.discovery import discover
from kmtui.plugins.failure import error_text
from kmtui.plugins.found import FoundPlugin
from kmtui.plugins.loader import Plugin, load_plugin
from kmtui.plugins.offers import AddedDimension
from kmtui.plugins.registry import KINDS, OWN, ROLL_UPS, Registry
from kmtui.weighing.compile import scheme_faults


class Conflict(msgspec.Struct, frozen=True):
    """One reason why something that a plugin offers cannot stay beside the rest."""

    plugin: Plugin
    hook: str
    """The one that offers it."""
    thing: str
    """Its kind and id."""
    reason: str
    """The thing, and what is wrong with it."""

    @property
    def problem(self) -> str:
        """What is wrong, without the thing."""
        return self.reason.removeprefix(self.thing).lstrip(": ")


def load_registry(
    paths: Iterable[Path] = (), disabled: Collection[str] = (), *, bundled: bool = True, installed: bool = True
) -> Registry:
    """Find and load all plugins; one that fails or conflicts with an earlier one is switched off, the rest goes on.

    `disabled` holds ids of plugins that are not to be imported.
    """
    return registry_of(discover(paths, bundled=bundled, installed=installed), disabled)


def registry_of(found: Iterable[FoundPlugin], disabled: Collection[str] = ()) -> Registry:
    """Load these plugins, in the same way."""
    plugins = [load_plugin(plugin, disabled=plugin.id in disabled) for plugin in _one_of_an_id(found)]
    while True:
        try:
            registry, conflicts = combine(plugins)
        except Exception as error:
            to_blame, reason = _first_that_breaks(plugins), f"cannot stand beside the others: {error_text(error)}"
        else:
            if not conflicts:
                return registry
            to_blame, reason = conflicts[0].plugin, conflicts[0].reason
            more = sum(conflict.plugin is to_blame for conflict in conflicts) - 1
            reason += f" (and {more} more)" if more else ""
        off = to_blame.switched_off(reason)
        plugins = [off if plugin is to_blame else plugin for plugin in plugins]


def _first_that_breaks(plugins: Sequence[Plugin]) -> Plugin:
    """The plugin with which the others can no longer be combined at all."""
    for count, plugin in enumerate(plugins, 1):
        try:
            combine(plugins[:count])
        except Exception:
            return plugin
    raise AssertionError("the plugins can be combined after all")


def _one_of_an_id(found: Iterable[FoundPlugin]) -> Iterator[FoundPlugin]:
    """The plugins; of those with one id only the first is to be imported."""
    first: dict[str, FoundPlugin] = {}
    for plugin in found:
        other = first.setdefault(plugin.id, plugin)
        yield plugin if other is plugin or plugin.error else replace(plugin, error=taken(other))


def taken(other: FoundPlugin) -> str:
    """Why a plugin cannot have the id of another."""
    return f"the id '{other.id}' is taken by the {other.source} plugin in {other.location}"


def combine(plugins: Sequence[Plugin]) -> tuple[Registry, tuple[Conflict, ...]]:
    """What the plugins offer together, without that which does not fit, and everything for which it does not.

    Of two things with one id the first stays.
    """
    offered = _Offered()
    conflicts = [*offered.claims(plugins), *offered.misfits()]
    registry = Registry(
        plugins=tuple(plugins),
        frameworks=offered.frameworks,
        schemes=offered.schemes,
        added=offered.things["dimensions"],
        crosswalks=offered.things["crosswalks"],
        partner_types=offered.things["partner_types"],
        mappings=offered.things["unit_mappings"],
        roll_ups=offered.things["roll_ups"],
        exporters=offered.things["exporters"],
        commands=offered.things["commands"],
        panels=offered.things["panels"],
        edition_folders=tuple(folder for plugin in plugins for folder in plugin.results.get("edition_folders", ())),
        owners={key: plugin.id for key, plugin in offered.owners.items()},
    )
    return registry, tuple(conflicts)


class _Offered(msgspec.Struct):
    """The things on offer while they are put together, by hook and id, each with its owner by kind and id."""

    things: dict[str, dict[str, Any]] = field(default_factory=lambda: {hook: {} for hook in KINDS})
    owners: dict[tuple[str, str], Plugin] = field(default_factory=dict)
    frameworks: dict[str, Framework] = field(default_factory=dict)
    schemes: dict[str, Scheme] = field(default_factory=dict)

    def claims(self, plugins: Sequence[Plugin]) -> Iterator[Conflict]:
        """Take in what has an id that is not taken; the columns of a partner have ids too."""
        for hook, kind in KINDS.items():
            for plugin in plugins:
                for item in plugin.results.get(hook, ()):
                    clashes = [conflict for name in _names(kind, item) for conflict in self._claim(plugin, hook, *name)]
                    yield from clashes
                    if not clashes:
                        self.things[hook][item.id] = item

    def _claim(self, plugin: Plugin, hook: str, kind: str, name: str) -> Iterator[Conflict]:
        other = self.owners.get((kind, name))
        if name in OWN.get(hook, ()):
            yield Conflict(plugin, hook, f"{kind} '{name}'", f"{kind} '{name}' is one of kmtui's own")
        elif other is None:
            self.owners[kind, name] = plugin
        else:
            by = "twice" if other is plugin else f"by plugin '{other.id}' already"
            yield Conflict(plugin, hook, f"{kind} '{name}'", f"{kind} '{name}' is offered {by}")

    def misfits(self) -> Iterator[Conflict]:
        """Put frameworks, schemes and added dimensions together, and name all that refers to what is not there."""
        self.frameworks = self.things["frameworks"]
        schemes: dict[str, Scheme] = self.things["weighting_schemes"]
        for scheme in schemes.values():
            problems = list(_scheme_problems(scheme, self.frameworks))
            yield from self._conflicts("weighting_schemes", scheme.id, problems)
            if not problems:
                self.schemes[scheme.id] = scheme
        for added in list(self.things["dimensions"].values()):
            problems = self._join(added)
            yield from self._conflicts("dimensions", added.id, [f": {problem}" for problem in problems])
            if problems:
                del self.things["dimensions"][added.id]
        look: dict[str, Callable[[Any], Iterator[str]]] = {
            "frameworks": lambda framework: _default_problems(framework, schemes),
            "crosswalks": lambda walk: _crosswalk_problems(walk, self.frameworks, self.things["crosswalks"]),
            "unit_mappings": lambda mapping: _mapping_problems(mapping, self.things["roll_ups"]),
        }
        for hook in look:
            for name, item in list(self.things[hook].items()):
                problems = list(look[hook](item))
                yield from self._conflicts(hook, name, problems)
                if problems and hook != "frameworks":
                    del self.things[hook][name]

    def _conflicts(self, hook: str, name: str, problems: Iterable[str]) -> Iterator[Conflict]:
        thing = f"{KINDS[hook]} '{name}'"
        for problem in problems:
            yield Conflict(self.owners[KINDS[hook], name], hook, thing, f"{thing}{problem}")

    def _join(self, added: AddedDimension) -> list[str]:
        """Put a dimension into its framework and its rules into their schemes, or say why that cannot be."""
        if added.framework in self.frameworks and added.id in self.frameworks[added.framework].dimension_ids:
            owner = self.owners["framework", added.framework].id
            return [f"framework '{added.framework}' of plugin '{owner}' has it already"]
        try:
            frameworks, schemes = _with_dimension(added, self.frameworks, self.schemes)
        except ValidationError as error:
            return [problem.text for problem in error.problems]
        except ValueError as error:
            return [str(problem) for problem in error.args]
        self.frameworks, self.schemes = frameworks, schemes
        return []


def _names(kind: str, item: Any) -> Iterator[tuple[str, str]]:
    """What a thing claims, by kind and id."""
    yield kind, item.id
    if isinstance(item, PartnerType):
        yield from (("partner column", column.id) for column in item.columns)


def _scheme_problems(scheme: Scheme, frameworks: Mapping[str, Framework]) -> Iterator[str]:
    if scheme.framework not in frameworks:
        lacking = f"which no plugin offers{expectation(scheme.framework, frameworks)}"
        yield f" weighs framework '{scheme.framework}', {lacking}"
    else:
        yield from (f": {fault}" for fault in scheme_faults(frameworks[scheme.framework], scheme))


def _default_problems(framework: Framework, schemes: Mapping[str, Scheme]) -> Iterator[str]:
    default = schemes.get(framework.default_scheme)
    if default is None or default.framework != framework.id:
        own = [scheme.id for scheme in schemes.values() if scheme.framework == framework.id]
        lacking = f"which nobody offers{expectation(framework.default_scheme, own)}"
        yield f" has default scheme '{framework.default_scheme}', {lacking}"


def _crosswalk_problems(
    walk: Crosswalk, frameworks: Mapping[str, Framework], walks: Mapping[str, Crosswalk]
) -> Iterator[str]:
    first = next(one for one in walks.values() if (one.old, one.new) == (walk.old, walk.new))
    if first is not walk:
        yield f" goes from '{walk.old}' to '{walk.new}', as crosswalk '{first.id}' does already"
    for which in ("old", "new"):
        name = getattr(walk, which)
        if name not in frameworks:
            yield f" names framework '{name}', which no plugin offers{expectation(name, frameworks)}"
            continue
        known = frameworks[name].dimension_ids
        for dimension in (dimension for found in walk.continuations for dimension in getattr(found, which)):
            if dimension not in known:
                lacking = f"which framework '{name}' does not have{expectation(dimension, known)}"
                yield f" names {which} dimension '{dimension}', {lacking}"


def _mapping_problems(mapping: UnitMapping, roll_ups: Collection[str]) -> Iterator[str]:
    if mapping.roll_up not in ROLL_UPS and mapping.roll_up not in roll_ups:
        ways = expectation(mapping.roll_up, [*ROLL_UPS, *roll_ups])
        yield f" rolls up by '{mapping.roll_up}', which nobody offers{ways}"


def _with_dimension(
    added: AddedDimension, frameworks: Mapping[str, Framework], schemes: Mapping[str, Scheme]
) -> tuple[dict[str, Framework], dict[str, Scheme]]:
    """Frameworks and schemes with the dimension and its rules in them (raises ValueError with every reason why not)."""
    if added.framework not in frameworks:
        lacking = f"which no plugin offers{expectation(added.framework, frameworks)}"
        raise ValueError(f"it joins framework '{added.framework}', {lacking}")
    framework = frameworks[added.framework]
    before = [dimension.id for dimension in framework.dimensions if dimension.area == added.dimension.area]
    after = added.after or (before[-1] if before else framework.dimension_ids[-1])
    if after not in framework.dimension_ids:
        lacking = f"which framework '{framework.id}' does not have{expectation(after, framework.dimension_ids)}"
        raise ValueError(f"it comes after '{after}', {lacking}")
    at = framework.dimension_ids.index(after) + 1
    dimensions = (*framework.dimensions[:at], added.dimension, *framework.dimensions[at:])
    joined = Framework.model_validate(dict(framework) | {"dimensions": dimensions})
    ruled: dict[str, Scheme] = {}
    problems: list[str] = []
    for name in {**added.rules, **added.parameters}:
        scheme = schemes.get(name)
        if scheme is None or scheme.framework != framework.id:
            weighing = [one.id for one in schemes.values() if one.framework == framework.id]
            lacking = f"which does not weigh '{framework.id}'{expectation(name, weighing)}"
            problems.append(f"it adds rules to scheme '{name}', {lacking}")
        elif isinstance(scheme, CodedScheme):
            problems.append(f"it adds rules to scheme '{name}', which is written in code")
        else:
            rules, parameters = added.rules.get(name, ()), added.parameters.get(name, ())
            taken = {rule.id for rule in scheme.rules} & {rule.id for rule in rules}
            problems += [f"scheme '{name}' has a rule '{rule}' already" for rule in sorted(taken)]
            if not taken:
                more = {"rules": (*scheme.rules, *rules), "parameters": (*scheme.parameters, *parameters)}
                ruled[name] = WeightingScheme.model_validate(dict(scheme) | more)
                problems += scheme_faults(joined, ruled[name])
    if problems:
        raise ValueError(*problems)
    return {**frameworks, framework.id: joined}, {**schemes, **ruled}
