"""What is told about a score, a corps, a dimension and so on: pages of lines that any interface can print or draw."""

from kmtui.elements import Line, Page, Role, Span, Target
from kmtui.pages.cell import cell_summary
from kmtui.pages.comparing import Comparing, mapping_of
from kmtui.pages.corps import verdict_summary
from kmtui.pages.kinds import KINDS, page_of, siblings, target_of, title_of
from kmtui.pages.rule_set import rule_set_page
from kmtui.pages.telling import Telling
from kmtui.pages.view import View
from kmtui.pages.whatif import trial_page, whatif_page

__all__ = [
    "KINDS",
    "Comparing",
    "Line",
    "Page",
    "Role",
    "Span",
    "Target",
    "Telling",
    "View",
    "cell_summary",
    "mapping_of",
    "page_of",
    "rule_set_page",
    "siblings",
    "target_of",
    "title_of",
    "trial_page",
    "verdict_summary",
    "whatif_page",
]
