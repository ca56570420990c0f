"""The page of a scheme that can weigh the edition."""

from msgspec.structs import replace

from kmtui.analysis.adapted_weigher import schemes_for
from kmtui.analysis.rule_set import findings, frequencies
from kmtui.elements import Page
from kmtui.model.scheme import CodedScheme
from kmtui.pages.crosswalk import crosswalk_lines
from kmtui.pages.rule_set import rule_set_page
from kmtui.pages.view import View


def scheme_page(view: View, scheme_id: str) -> Page:
    """What each rule can do, what it does in this edition, and how dimensions of older frameworks continue in its own.

    Raises UnknownIdError, or SchemeError for a scheme that no crosswalk leads to.
    """
    if scheme_id != view.weigher.scheme.id:
        view = View(view.monitor, view.own.edition, view.say, scheme_id)
    weigher = view.weigher
    weighings = [weigher.weigh(corps.scores) for corps in view.edition.corps]
    found = None if isinstance(weigher.scheme, CodedScheme) else findings(weigher)
    page = rule_set_page(view, weigher, found, frequencies(weigher.scheme, weighings))
    return replace(page, lines=(*page.lines, *crosswalk_lines(view)))


def scheme_ids(view: View) -> list[str]:
    """The schemes that can weigh the edition, maybe by a crosswalk."""
    return schemes_for(view.monitor, view.own.edition)
