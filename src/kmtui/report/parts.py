"""The parts of the report, and what of it can be asked for."""

import msgspec

CORPS, NATIONAL, UNITS, ADVICE = "2", "3", "4", "5"
PART_IDS = CORPS, NATIONAL, UNITS, ADVICE
"""The parts by their number in the printed report."""


class Choice(msgspec.Struct, frozen=True):
    """What of the report is wanted: parts by number, corps and units by id; empty stands for all of them.

    Corps alone ask for the part about corps; units alone for the part about units, and that about their corps.
    """

    parts: tuple[str, ...] = ()
    corps: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
