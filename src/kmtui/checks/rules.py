"""Rules that do nothing, that contradict each other, or that are missing."""

from collections.abc import Container, Iterable, Iterator, Mapping

from kmtui.analysis.rule_set import Effect
from kmtui.analysis.rule_set import Finding as RuleFinding
from kmtui.analysis.rule_set import findings as examined
from kmtui.checks.finding import Finding, error, warning
from kmtui.model.framework import Framework
from kmtui.model.scheme import Influence, Rule, WeightingScheme
from kmtui.weighing.weigher import Weigher


def rule_findings(
    framework: Framework, scheme: WeightingScheme, only: Container[str] | None = None
) -> Iterator[Finding]:
    """What is wrong with the rules of a scheme, or `only` with those of these ids."""
    usual = examined(Weigher(framework, scheme))
    open_handed = {found.rule.id: found for found in examined(Weigher(framework, scheme, _everything_on(scheme)))}
    for found in usual:
        if only is None or found.rule.id in only:
            where = f"weighting scheme '{scheme.id}', rule '{found.rule.id}'"
            yield from _rule(where, found, open_handed[found.rule.id])


def _everything_on(scheme: WeightingScheme) -> Mapping[str, int]:
    """The parameters with which the most rules apply: switches on, thresholds and counts at their lowest."""
    range_of = {parameter.id: parameter for parameter in scheme.parameters}
    uses = [use for rule in scheme.rules for use in rule.parameters_used]
    lowest = {name for name, influence in uses if influence is Influence.LATER}
    return {name: range_of[name].minimum if name in lowest else range_of[name].maximum for name, _ in uses}


def _rule(where: str, found: RuleFinding, open_handed: RuleFinding) -> Iterator[Finding]:
    if found.contradicts:
        yield error(where, _contradiction(found))
    elif found.effect in (Effect.DEAD, Effect.OFF) and open_handed.effect in (Effect.DEAD, Effect.OFF):
        yield error(where, "can never fire: no scores bring it into force, whatever the parameters are")
    elif found.effect is Effect.DEAD:
        yield warning(where, "fires only with other parameters than the scheme's own")
    elif found.effect is Effect.OVERSHADOWED:
        by = f": {_named(found.covered_by)}" if found.covered_by else ""
        yield warning(where, f"never decides: wherever it is in force, other rules hold the end score lower{by}")
    elif found.effect is Effect.NEEDLESS:
        because = (
            f"wherever it is in force, so is {_named(found.covered_by)}"
            if found.covered_by
            else ("without it every one would be the same")
        )
        yield warning(where, f"changes no end score: {because}")


def _contradiction(found: RuleFinding) -> str:
    if found.effect is Effect.NEUTRAL:
        return f"calls its dimension neutral, but {_named(found.contradicts)} decides by it alone"
    return f"contradicts {_named(found.contradicts)}, which says another thing of the same scores"


def _named(rules: Iterable[str]) -> str:
    return ", ".join(f"rule '{name}'" for name in rules)


def missing_rule_findings(thing: str, scheme: WeightingScheme, dimensions: Iterable[str]) -> Iterator[Finding]:
    """Dimensions about which a scheme says nothing, not even that they are neutral."""
    naming: dict[str, list[Rule]] = {}
    for rule in scheme.rules:
        for name in rule.dimension_ids:
            naming.setdefault(name, []).append(rule)
    for name in dimensions:
        if not any(rule.concerns(name) for rule in naming.get(name, ())) and not scheme.rules_on(name):
            problem = f"no rule of '{scheme.id}' is about it, expected one, or a neutral one that says so"
            yield warning(f"{thing}, dimension '{name}'", problem)
