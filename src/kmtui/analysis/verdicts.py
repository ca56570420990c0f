"""Computed verdicts beside the published ones."""

from enum import StrEnum

import msgspec

from kmtui.model.edition import Corps, Edition
from kmtui.model.score import PublishedVerdict
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher


class Agreement(StrEnum):
    """How a computed verdict relates to the published one."""

    YES = "yes"
    ASSUMED = "assumed"
    """The same, but a score of the corps is certain only because of the published verdict."""
    POSSIBLE = "possible"
    """The published verdict is one of several that open scores allow."""
    NO = "no"
    UNPUBLISHED = ""


class CorpsVerdict(msgspec.Struct, frozen=True):
    """The weighing of one corps, set beside what the source printed."""

    corps: str
    weighing: Weighing
    published: PublishedVerdict | None
    agreement: Agreement


def corps_verdict(corps: Corps, weigher: Weigher) -> CorpsVerdict:
    """Weigh one corps and compare."""
    weighing = weigher.weigh(corps.scores)
    return CorpsVerdict(
        corps=corps.id, weighing=weighing, published=corps.published, agreement=_agreement(corps, weighing)
    )


def verdicts(edition: Edition, weigher: Weigher) -> tuple[CorpsVerdict, ...]:
    """Every corps of an edition, in its order."""
    return tuple(corps_verdict(corps, weigher) for corps in edition.corps)


def _agreement(corps: Corps, weighing: Weighing) -> Agreement:
    if corps.published is None:
        return Agreement.UNPUBLISHED
    if not set(corps.published.possible) & set(weighing.possible):
        return Agreement.NO
    if weighing.verdict is None or corps.published.level is None:
        return Agreement.POSSIBLE
    relies = any(score.relies_on_verdict for score in corps.scores.values())
    return Agreement.ASSUMED if relies else Agreement.YES
