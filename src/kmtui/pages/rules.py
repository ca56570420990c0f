"""Lines about rules, shared by the pages."""

from kmtui.elements import Line, line, source
from kmtui.model import Ground, Rule
from kmtui.pages.telling import Telling
from kmtui.weighing import Reason


def rule_line(telling: Telling, rule: Rule | Ground, indent: int) -> Line:
    """What a rule says, with its paragraphs."""
    return line("- ", telling.say.of(rule.text), " ", source(rule.source), indent=indent)


def reason_line(telling: Telling, reason: Reason, indent: int) -> Line:
    """A rule in force, with the other dimensions that brought it into force."""
    others = reason.dimensions[1:]
    beside = f" ({telling.say('others')}: {telling.dimension_names(others)})" if others else ""
    doubt = "" if reason.certain else f" ({telling.say('possible')})"
    return line("- ", telling.say.of(reason.rule.text), " ", source(reason.rule.source), beside, doubt, indent=indent)
