"""Check what a plugin offers beside what the others do, thing by thing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kmtui.checks.calls import (
    command_findings,
    exporter_findings,
    panel_findings,
    roll_up_findings,
    scorer_findings,
)
from kmtui.checks.coded import coded_findings
from kmtui.checks.finding import Finding, about, error, warning
from kmtui.checks.rules import missing_rule_findings, rule_findings
from kmtui.checks.texts import text_findings
from kmtui.files.faults import unknown
from kmtui.model.crosswalk import Crosswalk
from kmtui.model.scheme import CodedScheme, Scheme, WeightingScheme
from kmtui.model.units import UnitMapping
from kmtui.monitor import Monitor, editions_in
from kmtui.plugins.assembly import combine
from kmtui.plugins.loader import Plugin
from kmtui.plugins.offers import AddedDimension
from kmtui.plugins.registry import KINDS, Registry

Check = Callable[[str, Any, Monitor], Iterator[Finding]]


def findings_on(
    plugin: Plugin, others: Sequence[Plugin], open_over: Callable[[Registry], Monitor]
) -> Iterator[Finding]:
    """What is wrong with the things that a plugin offers; the monitor of all plugins is opened as `open_over` says."""
    registry, conflicts = combine([*others, plugin])
    monitor = open_over(registry)
    misfits: set[str] = set()
    for conflict in conflicts:
        if conflict.plugin is plugin:
            misfits.add(conflict.thing)
            yield from about(conflict.hook, [error(conflict.thing, conflict.problem)])
    for hook, kind in KINDS.items():
        for item in plugin.results.get(hook, ()):
            thing = f"{kind} '{item.id}'"
            yield from about(hook, text_findings(thing, item))
            if thing not in misfits and hook in CHECKS:
                yield from about(hook, CHECKS[hook](thing, item, monitor))
    for folder in plugin.results.get("edition_folders", ()):
        yield from about("edition_folders", _edition_findings(folder, Path(plugin.location), monitor))


def _scheme(_: str, scheme: Scheme, monitor: Monitor) -> Iterator[Finding]:
    registry = monitor.registry
    framework = registry.frameworks[scheme.framework]
    if isinstance(scheme, CodedScheme):
        yield from coded_findings(framework, scheme)
        return
    yield from rule_findings(framework, scheme)
    own = [name for name in framework.dimension_ids if name not in registry.added]
    yield from missing_rule_findings(f"framework '{framework.id}'", scheme, own)


def _dimension(thing: str, added: AddedDimension, monitor: Monitor) -> Iterator[Finding]:
    registry = monitor.registry
    framework = registry.frameworks[added.framework]
    if added.scorer is not None:
        yield from scorer_findings(thing, added, monitor)
    for name, rules in added.rules.items():
        scheme = registry.schemes[name]
        assert isinstance(scheme, WeightingScheme)
        yield from rule_findings(framework, scheme, {rule.id for rule in rules})
    default = registry.schemes.get(framework.default_scheme)
    if isinstance(default, WeightingScheme):
        yield from missing_rule_findings(f"framework '{framework.id}'", default, [added.id])


def _crosswalk(thing: str, walk: Crosswalk, monitor: Monitor) -> Iterator[Finding]:
    for which in ("old", "new"):
        framework = monitor.registry.frameworks[getattr(walk, which)]
        named = {name for found in walk.continuations for name in getattr(found, which)}
        for name in framework.dimension_ids:
            if name not in named and name not in monitor.registry.added:
                left_out = f"dimension '{name}' of '{framework.id}'"
                problem = f"what became of {left_out}" if which == "old" else f"where {left_out} comes from"
                yield warning(thing, f"does not say {problem}")


def _mapping(thing: str, mapping: UnitMapping, monitor: Monitor) -> Iterator[Finding]:
    heads = [entry.head for entry in monitor.entries if entry.head is not None]
    known = list(dict.fromkeys(name for head in heads for name in head.corps))
    for unit in mapping.units:
        for name in unit.corps:
            if known and name not in known:
                yield error(f"{thing}, unit '{unit.id}'", f"{unknown('corps', name, known)}; no edition has it")


def _edition_findings(root: Path, home: Path, monitor: Monitor) -> Iterator[Finding]:
    home = home.parent if home.is_file() else home
    for folder in editions_in(root):
        edition, faults = monitor.check(folder)
        for fault in faults:
            file = fault.file.relative_to(home) if fault.file.is_relative_to(home) else fault.file
            yield error(
                str(fault).removesuffix(f": {fault.problem}").replace(str(fault.file), str(file)), fault.problem
            )
        hiding = [entry.folder for entry in monitor.entries if edition and entry.id == edition.id]
        if edition and hiding and hiding[0] != folder:
            yield warning(f"edition '{edition.id}'", f"is hidden by the edition of the same id in {hiding[0]}")


CHECKS: Mapping[str, Check] = {
    "dimensions": _dimension,
    "weighting_schemes": _scheme,
    "crosswalks": _crosswalk,
    "unit_mappings": _mapping,
    "roll_ups": roll_up_findings,
    "exporters": lambda thing, exporter, _: exporter_findings(thing, exporter),
    "commands": lambda thing, command, _: command_findings(thing, command),
    "panels": panel_findings,
}
"""Checks by kind of thing, for valid things, beyond their texts."""
