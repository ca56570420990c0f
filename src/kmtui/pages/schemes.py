"""The page of a scheme: its parameters, what each rule can do and does in an edition, crosswalks to its framework."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kmtui.analysis.adapted_weigher import schemes_for
from kmtui.analysis.rule_set import Effect, Finding, Frequency, findings, frequencies
from kmtui.blocks import (
    Block,
    Document,
    Facts,
    Item,
    Items,
    Section,
    Target,
    fact,
    item,
    name,
    note,
    paragraph,
    section,
    source,
    warning,
)
from kmtui.model.framework import Framework
from kmtui.model.scheme import CodedScheme, Ground, Rule
from kmtui.pages.labels import Labels
from kmtui.pages.page_kind import PageKind, text
from kmtui.pages.view import View
from kmtui.weighing.weigher import Weigher
from kmtui.wording import CHANGE

FINE = (Effect.NEEDED, Effect.NEUTRAL)


def scheme_page(view: View, scheme_id: str) -> Document:
    """What each rule can do, what it does in this edition, and how dimensions of older frameworks continue in its own.

    Raises UnknownIdError, or SchemeError for a scheme that no crosswalk leads to.
    """
    if scheme_id != view.weigher.scheme.id:
        view = View(view.monitor, view.own.edition, view.say, scheme_id)
    weigher = view.weigher
    weighings = [weigher.weigh(corps.scores) for corps in view.edition.corps]
    found = None if isinstance(weigher.scheme, CodedScheme) else findings(weigher)
    blocks = rule_set_blocks(view, weigher, found, frequencies(weigher.scheme, weighings))
    return view.document(
        Target("scheme", "", weigher.scheme.id), view.say.of(weigher.scheme.name), *blocks, *_crosswalks(view)
    )


def scheme_ids(view: View) -> list[str]:
    """The schemes that can weigh the edition, maybe by a crosswalk."""
    return schemes_for(view.monitor, view.own.edition)


def rule_set_page(
    labels: Labels, weigher: Weigher, found: Sequence[Finding] | None, often: Sequence[Frequency]
) -> Document:
    """Each rule of a scheme in order of weight; `found` is None for a scheme in code."""
    scheme = weigher.scheme
    blocks = tuple(rule_set_blocks(labels, weigher, found, often))
    return Document(Target("scheme", "", scheme.id), labels.say.of(scheme.name), blocks, labels.say.language)


def rule_set_blocks(
    labels: Labels, weigher: Weigher, found: Sequence[Finding] | None, often: Sequence[Frequency]
) -> Iterator[Block]:
    """The framework, the parameters, what the rules can do, and each rule in order of weight."""
    say, scheme = labels.say, weigher.scheme
    yield Facts((fact(say("framework"), say.of(labels.framework.name)),))
    if scheme.parameters:
        items = (
            item(
                f"{parameter.id} = {weigher.parameters[parameter.id]}: {say.of(parameter.name)} ",
                source(parameter.source),
                blocks=(note(say.of(parameter.reason)),),
            )
            for parameter in scheme.parameters
        )
        yield section("parameters", say("parameters"), Items(tuple(items)))
    frequency = {one.rule: one for one in often}
    by_rule = {finding.rule.id: finding for finding in found or ()}
    blank = note(say(_blank(weigher)))
    rules = (_rule(labels, rule, frequency.get(rule.id), by_rule.get(rule.id)) for rule in scheme.rules)
    yield section("rules", say("scheme"), blank, *_effects(labels, found), Items(tuple(rules)))


def _blank(weigher: Weigher) -> str:
    """The words for what a blank does in weighing."""
    if weigher.program is None:
        return "blank_in_code"
    return "blank_in_rules" if weigher.program.blank_is_best else "blank_counts"


def _effects(labels: Labels, found: Sequence[Finding] | None) -> Iterator[Block]:
    """How many rules can do what."""
    say = labels.say
    if found is None:
        yield note(say("rules_in_code"))
        return
    counted = Counter(finding.effect for finding in found)
    for effect in Effect:
        if counted[effect]:
            yield paragraph(f"{counted[effect]}: {say(f'effect_{effect}')}")


def _rule(labels: Labels, rule: Rule | Ground, often: Frequency | None, found: Finding | None) -> Item:
    say = labels.say
    blocks: list[Block] = []
    if often:
        blocks.append(Facts((fact(rule.id, _often(labels, often)),)))
    if found and found.effect not in FINE:
        blocks.append(warning(say(f"effect_{found.effect}")))
    for word, others in (("covered_by", found.covered_by), ("contradicts", found.contradicts)) if found else ():
        if others:
            blocks.append(warning(f"{say(word)}: {', '.join(others)}"))
    return item(labels.rule(rule), blocks=blocks, target=_target(rule))


def _target(rule: Rule | Ground) -> Target | None:
    """The dimension that a rule is about, if it is about one."""
    return Target("dimension", "", rule.about[0]) if rule.about else None


def _often(labels: Labels, found: Frequency) -> str:
    say = labels.say
    parts = []
    for word, certain, maybe in (
        ("in_force_on", found.in_force, found.maybe_in_force),
        ("decides_on", found.decides, found.maybe_decides),
    ):
        more = f" ({say('maybe')} {maybe})" if maybe > certain else ""
        parts.append(f"{say(word)} {certain}{more}")
    return ", ".join(parts)


def _crosswalks(view: View) -> Iterator[Section]:
    """Each crosswalk that leads to the framework in view, continuation by continuation."""
    registry, say = view.monitor.registry, view.say
    for walk in registry.crosswalks.values():
        if walk.new != view.framework.id or walk.old not in registry.frameworks:
            continue
        items = []
        for found in walk.continuations:
            before = _names(view, registry.frameworks[walk.old], found.old)
            after = _names(view, view.framework, found.new)
            both = f" {say('becomes')} ".join(filter(None, (before, after) if before != after else (before,)))
            target = Target("dimension", "", found.new[0]) if found.new else None
            about = (name(both), f": {say.of(CHANGE[found.change])} ", source(found.source))
            below = (note(say.of(found.note)),) if found.note else ()
            items.append(item(*about, view.standing(found.standing), blocks=below, target=target))
        yield section(f"crosswalk-{walk.id}", say.of(walk.name), Items(tuple(items)))


def _names(view: View, framework: Framework, dimensions: Sequence[str]) -> str:
    return " + ".join(view.say.of(framework.dimension(dimension).name) for dimension in dimensions)


SCHEME = PageKind(
    "scheme",
    text(
        "De regels van een weegregeling, met haar parameters en de reden daarvan.",
        "The rules of a weighting scheme, with its parameters and their reasons.",
    ),
    scheme_page,
    scheme_ids,
    lambda view, scheme_id: view.say.of(view.monitor.scheme(scheme_id).name),
)
