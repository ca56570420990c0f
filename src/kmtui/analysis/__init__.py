"""What a monitor tells beyond its single scores: verdicts beside the published ones, roll-ups, claims."""

from kmtui.analysis.distribution import Distribution, distribution
from kmtui.analysis.rollup import RolledUp, Sum, UnitVerdict, add_up, roll_up, unit_verdict
from kmtui.analysis.verdicts import Agreement, CorpsVerdict, corps_verdict, verdicts
from kmtui.analysis.verify import ClaimError, Outcome, Verified, claims_on, verify

__all__ = [
    "Agreement",
    "ClaimError",
    "CorpsVerdict",
    "Distribution",
    "Outcome",
    "RolledUp",
    "Sum",
    "UnitVerdict",
    "Verified",
    "add_up",
    "claims_on",
    "corps_verdict",
    "distribution",
    "roll_up",
    "unit_verdict",
    "verdicts",
    "verify",
]
