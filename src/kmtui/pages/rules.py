"""Lines about rules, shared by the pages."""

from kmtui.elements import Line, Role, Span, line, source
from kmtui.model.provenance import Standing
from kmtui.model.scheme import Ground, Rule
from kmtui.pages.telling import Telling
from kmtui.weighing.outcome import Reason
from kmtui.wording import STANDING


def rule_line(telling: Telling, rule: Rule | Ground, indent: int) -> Line:
    """What a rule says, with its paragraphs and its standing."""
    mark = standing(telling, rule.standing)
    return line("- ", telling.say.of(rule.text), " ", source(rule.source), mark, indent=indent)


def reason_line(telling: Telling, reason: Reason, indent: int) -> Line:
    """A rule that applies or could apply, with the dimensions that contribute and the points that they cost."""
    rule = reason.rule
    doubt = "" if reason.certain else f" ({telling.say('possible')})"
    told = ("- ", telling.say.of(rule.text), " ", source(rule.source), standing(telling, rule.standing))
    return line(*told, _contributing(telling, reason), doubt, indent=indent)


def _contributing(telling: Telling, reason: Reason) -> str:
    if reason.points:
        costs = zip(reason.dimensions, reason.points, strict=True)
        listed = ", ".join(f"{telling.dimension_name(name)} {points}" for name, points in costs)
        return f" ({telling.say('points_total')}: {sum(reason.points)} = {listed})"
    return f" ({telling.say('others')}: {telling.dimension_names(reason.others)})" if reason.others else ""


def standing(telling: Telling, found: Standing) -> tuple[Span, ...]:
    """How a norm or rule stands, in brackets; that it is cited goes without saying where all of the framework is."""
    told = found is not Standing.CITED or telling.is_mixed
    return (Span(f" ({telling.say.of(STANDING[found])})", Role.NOTE),) if told else ()
