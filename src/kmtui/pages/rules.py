"""Lines about rules, shared by the pages."""

from kmtui.elements import Line, Role, Span, line, source
from kmtui.model.provenance import Standing
from kmtui.model.scheme import Ground, Prerequisite, Rule
from kmtui.pages.telling import Telling
from kmtui.weighing.outcome import Reason
from kmtui.wording import STANDING


def rule_line(telling: Telling, rule: Rule | Ground, indent: int) -> Line:
    """What a rule says, with its paragraphs and its standing."""
    mark = standing(telling, rule.standing)
    return line("- ", telling.say.of(rule.text), " ", source(rule.source), mark, indent=indent)


def reason_line(telling: Telling, reason: Reason, indent: int) -> Line:
    """A rule in force, with the other dimensions that brought it into force."""
    rule = reason.rule
    others = _beside(reason)
    beside = f" ({telling.say('others')}: {telling.dimension_names(others)})" if others else ""
    doubt = "" if reason.certain else f" ({telling.say('possible')})"
    told = ("- ", telling.say.of(rule.text), " ", source(rule.source), standing(telling, rule.standing))
    return line(*told, beside, doubt, indent=indent)


def _beside(reason: Reason) -> tuple[str, ...]:
    """The dimensions that a rule does not name itself."""
    match reason.rule:
        case Prerequisite():
            return ()
        case Ground(dimensions=named):
            return tuple(dimension for dimension in reason.dimensions if named != (dimension,))
        case _:
            return reason.dimensions[1:]


def standing(telling: Telling, found: Standing) -> tuple[Span, ...]:
    """How a norm or rule stands, in brackets; that it is cited goes without saying where all of the framework is."""
    told = found is not Standing.CITED or telling.is_mixed
    return (Span(f" ({telling.say.of(STANDING[found])})", Role.NOTE),) if told else ()
