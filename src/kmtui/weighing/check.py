"""Whether a weighting scheme fits the framework that it says it weighs."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from kmtui.model.framework import Framework
from kmtui.model.names import expectation
from kmtui.model.scheme import Cap, CodedScheme, Ground, Prerequisite, Scheme, WeightingScheme


class SchemeError(ValueError):
    """A scheme cannot be used; the message lists every reason."""


def prerequisite_order(scheme: WeightingScheme) -> tuple[str, ...]:
    """Dimensions with prerequisites among them, required ones first (raises graphlib.CycleError)."""
    graph: dict[str, set[str]] = {}
    for rule in scheme.rules:
        if isinstance(rule, Prerequisite):
            graph.setdefault(rule.dimension, set()).add(rule.requires)
    return tuple(TopologicalSorter(graph).static_order())


def scheme_faults(framework: Framework, scheme: Scheme) -> list[str]:
    """Everything that keeps the scheme from weighing the framework's scores; empty when it fits."""
    faults = []
    if scheme.framework != framework.id:
        faults.append(f"scheme {scheme.id} weighs framework {scheme.framework}, not {framework.id}")
    known = {"dimension": framework.dimension_ids, "level": framework.scale.ids}
    for rule_id, kind, name in _names(scheme):
        if name not in known[kind]:
            lacking = f"which framework {framework.id} does not have{expectation(name, known[kind])}"
            faults.append(f"rule {rule_id} names {kind} {name}, {lacking}")
    if isinstance(scheme, CodedScheme):
        return faults
    try:
        prerequisite_order(scheme)
    except CycleError as error:
        faults.append(f"prerequisites go round in a circle: {' > '.join(error.args[1])}")
    return faults


def _names(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    for rule in scheme.rules:
        if isinstance(rule, Ground):
            yield from ((rule.id, "dimension", name) for name in rule.dimensions)
            continue
        yield rule.id, "dimension", rule.dimension
        if isinstance(rule, Prerequisite):
            yield rule.id, "dimension", rule.requires
            yield rule.id, "level", rule.at_most
            yield rule.id, "level", rule.limit
        elif isinstance(rule, Cap):
            yield rule.id, "level", rule.at_most
            yield rule.id, "level", rule.verdict
            if rule.others:
                yield rule.id, "level", rule.others.at_most
