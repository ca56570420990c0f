"""What a monitor tells beyond its single scores: verdicts beside the published ones, distributions."""

from kmtui.analysis.distribution import Distribution, distribution
from kmtui.analysis.verdicts import Agreement, CorpsVerdict, corps_verdict, verdicts

__all__ = ["Agreement", "CorpsVerdict", "Distribution", "corps_verdict", "distribution", "verdicts"]
