"""The page of a scheme for the framework that is looked at."""

from kmtui.analysis.rule_set import findings, frequencies
from kmtui.elements import Page
from kmtui.model.scheme import CodedScheme
from kmtui.pages.rule_set import rule_set_page
from kmtui.pages.view import View


def scheme_page(view: View, scheme_id: str) -> Page:
    """What each rule can do, and what it does in this edition (raises UnknownIdError)."""
    weigher = view.monitor.weigher_for(view.edition, scheme_id)
    weighings = [weigher.weigh(corps.scores) for corps in view.edition.corps]
    found = None if isinstance(weigher.scheme, CodedScheme) else findings(weigher)
    return rule_set_page(view, weigher, found, frequencies(weigher.scheme, weighings))


def scheme_ids(view: View) -> list[str]:
    """The schemes for this framework."""
    return [scheme.id for scheme in view.monitor.registry.schemes_for(view.framework.id)]
