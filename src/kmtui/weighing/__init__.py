"""From scores to verdicts: schemes, explanations, open scores, bulk weighing."""

from kmtui.weighing.check import SchemeError, scheme_faults
from kmtui.weighing.coded import JudgeError
from kmtui.weighing.outcome import Reason, Weighing
from kmtui.weighing.weigher import Weigher

__all__ = ["JudgeError", "Reason", "SchemeError", "Weigher", "Weighing", "scheme_faults"]
