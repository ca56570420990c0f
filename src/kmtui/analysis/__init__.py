"""What a monitor tells beyond its single scores: verdicts beside the published ones, roll-ups, claims, comparisons."""

from kmtui.analysis.difference import Difference, Example, smallest_difference
from kmtui.analysis.distribution import Distribution, distribution
from kmtui.analysis.improve import Move, Prospects, Route, Step, prospects
from kmtui.analysis.rollup import RolledUp, Sum, UnitVerdict, add_up, roll_up, unit_verdict
from kmtui.analysis.rule_set import Effect, Finding, Frequency, findings, frequencies
from kmtui.analysis.side import Side, side_of
from kmtui.analysis.verdicts import Agreement, CorpsVerdict, corps_verdict, verdicts
from kmtui.analysis.verify import ClaimError, Outcome, Verified, claims_on, verify

__all__ = [
    "Agreement",
    "ClaimError",
    "CorpsVerdict",
    "Difference",
    "Distribution",
    "Effect",
    "Example",
    "Finding",
    "Frequency",
    "Move",
    "Outcome",
    "Prospects",
    "RolledUp",
    "Route",
    "Side",
    "Step",
    "Sum",
    "UnitVerdict",
    "Verified",
    "add_up",
    "claims_on",
    "corps_verdict",
    "distribution",
    "findings",
    "frequencies",
    "prospects",
    "roll_up",
    "side_of",
    "smallest_difference",
    "unit_verdict",
    "verdicts",
    "verify",
]
