"""The page of a scheme: its parameters, what each rule can do, and what it does in an edition."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kmtui.analysis.rule_set import Effect, Finding, Frequency
from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, note, source
from kmtui.model.scheme import Ground, Rule
from kmtui.pages.rules import rule_line
from kmtui.pages.telling import Telling
from kmtui.weighing.weigher import Weigher

FINE = (Effect.NEEDED, Effect.NEUTRAL)


def rule_set_page(
    telling: Telling,
    weigher: Weigher,
    found: Sequence[Finding] | None,
    often: Sequence[Frequency],
) -> Page:
    """Each rule in order of weight; nothing is found out about those of a scheme in code."""
    say, scheme = telling.say, weigher.scheme
    lines = [line(f"{say('framework')}: {say.of(telling.framework.name)}")]
    if scheme.parameters:
        lines += [EMPTY, heading(say("parameters"))]
    for parameter in scheme.parameters:
        value = f"- {parameter.id} = {weigher.parameters[parameter.id]}: {say.of(parameter.name)} "
        lines += (line(value, source(parameter.source), indent=1), note(say.of(parameter.reason), 2))
    lines += [EMPTY, heading(say("scheme"))]
    if found is None:
        lines.append(note(say("rules_in_code"), 1))
    else:
        counted = Counter(finding.effect for finding in found)
        told = (f"{counted[effect]}: {say(f'effect_{effect}')}" for effect in Effect if counted[effect])
        lines += [line(told_one, indent=1) for told_one in told]
    lines.append(note(say(_blank(weigher)), 1))
    frequency = {one.rule: one for one in often}
    findings = {finding.rule.id: finding for finding in found or ()}
    for rule in scheme.rules:
        lines += [EMPTY, replace(rule_line(telling, rule, 0), target=_target(rule))]
        if rule.id in frequency:
            lines.append(line(f"{rule.id}: {_often(telling, frequency[rule.id])}", indent=1))
        if rule.id in findings:
            lines += _findings(telling, findings[rule.id])
    return Page(Target("scheme", "", scheme.id), say.of(scheme.name), tuple(lines))


def _blank(weigher: Weigher) -> str:
    """The words for what a blank does in weighing."""
    if weigher.program is None:
        return "blank_in_code"
    return "blank_in_rules" if weigher.program.blank_is_best else "blank_counts"


def _target(rule: Rule | Ground) -> Target | None:
    """The dimension that a rule is about, if it is about one."""
    return Target("dimension", "", rule.about[0]) if rule.about else None


def _often(telling: Telling, found: Frequency) -> str:
    say = telling.say
    parts = []
    for word, certain, maybe in (
        ("in_force_on", found.in_force, found.maybe_in_force),
        ("decides_on", found.decides, found.maybe_decides),
    ):
        more = f" ({say('maybe')} {maybe})" if maybe > certain else ""
        parts.append(f"{say(word)} {certain}{more}")
    return ", ".join(parts)


def _findings(telling: Telling, found: Finding) -> Iterator[Line]:
    say = telling.say
    if found.effect not in FINE:
        yield line(Span(say(f"effect_{found.effect}"), Role.WARNING), indent=1)
    for word, others in (("covered_by", found.covered_by), ("contradicts", found.contradicts)):
        if others:
            yield line(Span(f"{say(word)}: {', '.join(others)}", Role.WARNING), indent=1)
