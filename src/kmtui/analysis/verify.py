"""Check claims of the source against the data: evaluate each to bounds and compare."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from math import isclose

import msgspec

from kmtui.analysis.claim_evidence import Evidence, Kind
from kmtui.analysis.errors import ClaimError
from kmtui.analysis.expressions import Bounds
from kmtui.model.cells import CellStatus
from kmtui.model.claims import CellOf, Claim
from kmtui.model.edition import Edition
from kmtui.model.figures import Figures
from kmtui.monitor import Monitor


class Outcome(StrEnum):
    """How a claim stands."""

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    UNDETERMINED = "undetermined"


SILENT = (CellStatus.UNKNOWN, CellStatus.NOT_GIVEN, CellStatus.EMPTY)
"""Cells that say neither yes nor no."""


class Verified(msgspec.Struct, frozen=True):
    """A claim with what was found: `bounds` and `unit` of a number, else `found`, a printed cell or levels with `|`.

    `expected` tells whether the outcome is the one that the edition records. `open_cells` are the open judgements, as
    corps and dimension or partner column, that a claim about counts of levels constrains.
    """

    claim: Claim
    kind: Kind
    outcome: Outcome
    found: str
    missing: int = 0
    open_cells: tuple[tuple[str, str], ...] = ()
    bounds: Bounds | None = None
    unit: str = ""

    @property
    def expected(self) -> bool:
        """Whether this outcome was known already."""
        return self.outcome == (self.claim.known or Outcome.HOLDS)


def verify(monitor: Monitor, edition: Edition) -> list[Verified]:
    """Every claim of an edition (raises ClaimError for one that refers to what does not exist)."""
    verifier = verifier_of(monitor, edition)
    return [verifier.verify(claim) for claim in monitor.claims(edition).claims]


def verifier_of(monitor: Monitor, edition: Edition, figures: Figures | None = None) -> "Verifier":
    """What evaluates the claims of an edition, on these figures or on all of them (raises EditionError)."""
    mapping = monitor.mapping(edition) if edition.head.unit_mapping else None
    blank = monitor.framework(edition).scale.blank.id
    return Verifier(edition, monitor.figures(edition) if figures is None else figures, mapping, monitor.edition, blank)


def tally(verified: Iterable[Verified]) -> Mapping[Kind, Mapping[Outcome, int]]:
    """How many claims of each kind stand how. Kinds prove different things, so nothing adds them up."""
    counted = Counter((found.kind, found.outcome) for found in verified)
    return {kind: {outcome: counted[kind, outcome] for outcome in Outcome} for kind in Kind}


class Verifier(Evidence):
    """Evaluates claims about one edition and finds what they rest on."""

    def verify(self, claim: Claim) -> Verified:
        """Evaluate one claim (raises ClaimError where it refers to what does not exist)."""
        try:
            if isinstance(claim.asserted, str):
                return self._words(claim, claim.asserted)
            bounds, kind, unit = self.number(claim.value), self.kind(claim), self.unit(claim.value)
        except (KeyError, IndexError) as error:
            raise ClaimError(f"claim {claim.id}: there is no {error.args[0]}") from None
        outcome = _compare(claim, float(claim.asserted), bounds)
        open_cells = tuple(self.open_cells(claim.value))
        return Verified(claim, kind, outcome, str(bounds), bounds.missing, open_cells, bounds, unit)

    def _words(self, claim: Claim, asserted: str) -> Verified:
        """A claim whose assertion is a level or a word."""
        expression, kind = claim.value, self.kind(claim)
        if isinstance(expression, CellOf):
            cell = self.cell(expression)
            if asserted.casefold() in (cell.raw.casefold(), cell.status):
                return Verified(claim, kind, Outcome.HOLDS, cell.raw)
            silent = cell.status in SILENT
            outcome = Outcome.UNDETERMINED if silent else Outcome.CONTRADICTED
            return Verified(claim, kind, outcome, cell.raw, int(silent))
        judgement = self.judgement(expression)
        possible = judgement.possible if judgement is not None else ()
        levels = possible or ((self.blank,) if judgement is not None else ())
        if asserted not in levels:
            outcome = Outcome.CONTRADICTED if levels else Outcome.UNDETERMINED
        else:
            outcome = Outcome.HOLDS if len(levels) == 1 else Outcome.UNDETERMINED
        return Verified(claim, kind, outcome, "|".join(levels))


def _compare(claim: Claim, asserted: float, bounds: Bounds) -> Outcome:
    """Holds where every value within the bounds fits, contradicted where none does, else undetermined."""
    low, high, slack = bounds.low, bounds.high, 1e-9
    match claim.relation:
        case "equals" | "about":
            least, most = asserted - claim.margin - slack, asserted + claim.margin + slack
            every, some = least <= low and high <= most, low <= most and least <= high
        case "at-least":
            every, some = low >= asserted, high >= asserted
        case "at-most":
            every, some = high <= asserted, low <= asserted
        case "more-than":
            every, some = low > asserted, high > asserted
        case "less-than":
            every, some = high < asserted, low < asserted
    if isclose(low, high, abs_tol=slack):
        some = every
    return Outcome.HOLDS if every else Outcome.UNDETERMINED if some else Outcome.CONTRADICTED
