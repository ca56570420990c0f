"""What is told about a score, a corps or a dimension: pages of lines that any interface can print or draw."""

from kmtui.pages.cell import cell_page, cell_summary
from kmtui.pages.corps import corps_page, verdict_summary
from kmtui.pages.dimension import dimension_page
from kmtui.pages.elements import Line, Page, Role, Span, Target
from kmtui.pages.view import View

__all__ = [
    "Line",
    "Page",
    "Role",
    "Span",
    "Target",
    "View",
    "cell_page",
    "cell_summary",
    "corps_page",
    "dimension_page",
    "verdict_summary",
]
