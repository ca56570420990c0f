"""What a monitor tells beyond its single scores: verdicts beside the published ones, roll-ups, claims, comparisons."""

from kmtui.analysis.compare import (
    Course,
    Direction,
    EditionComparison,
    Shift,
    UnderBoth,
    compare_editions,
    compare_schemes,
    migration,
    shift,
)
from kmtui.analysis.difference import Difference, Example, smallest_difference
from kmtui.analysis.distribution import Distribution, distribution
from kmtui.analysis.improve import Move, Prospects, Route, Step, prospects
from kmtui.analysis.rollup import RolledUp, Sum, UnitVerdict, add_up, roll_up, unit_verdict
from kmtui.analysis.rule_set import Effect, Finding, Frequency, findings, frequencies
from kmtui.analysis.side import Side, side_of
from kmtui.analysis.subjects import Ruling, Subject, ruling, subjects
from kmtui.analysis.trial import Bench, Trial
from kmtui.analysis.verdicts import Agreement, CorpsVerdict, corps_verdict, verdicts
from kmtui.analysis.verify import ClaimError, Outcome, Verified, Verifier, parts, verifier_of, verify
from kmtui.analysis.ways import RULES, WORST, Way, way_of, ways

__all__ = [
    "RULES",
    "WORST",
    "Agreement",
    "Bench",
    "ClaimError",
    "CorpsVerdict",
    "Course",
    "Difference",
    "Direction",
    "Distribution",
    "EditionComparison",
    "Effect",
    "Example",
    "Finding",
    "Frequency",
    "Move",
    "Outcome",
    "Prospects",
    "RolledUp",
    "Route",
    "Ruling",
    "Shift",
    "Side",
    "Step",
    "Subject",
    "Sum",
    "Trial",
    "UnderBoth",
    "UnitVerdict",
    "Verified",
    "Verifier",
    "Way",
    "add_up",
    "compare_editions",
    "compare_schemes",
    "corps_verdict",
    "distribution",
    "findings",
    "frequencies",
    "migration",
    "parts",
    "prospects",
    "roll_up",
    "ruling",
    "shift",
    "side_of",
    "smallest_difference",
    "subjects",
    "unit_verdict",
    "verdicts",
    "verifier_of",
    "verify",
    "way_of",
    "ways",
]
