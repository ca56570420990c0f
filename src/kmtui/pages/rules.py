"""Lines about rules, shared by the pages."""

from kmtui.elements import Line, line, source
from kmtui.model import Ground, Rule
from kmtui.pages.view import View
from kmtui.weighing import Reason


def rule_line(view: View, rule: Rule | Ground, indent: int) -> Line:
    """What a rule says, with its paragraphs."""
    return line("- ", view.say.of(rule.text), " ", source(rule.source), indent=indent)


def reason_line(view: View, reason: Reason, indent: int) -> Line:
    """A rule in force, with the other dimensions that brought it into force."""
    others = reason.dimensions[1:]
    beside = f" ({view.say('others')}: {view.dimension_names(others)})" if others else ""
    doubt = "" if reason.certain else f" ({view.say('possible')})"
    return line("- ", view.say.of(reason.rule.text), " ", source(reason.rule.source), beside, doubt, indent=indent)
