"""Which screen shows what a target names: most are pages to read, some have a screen of their own.

A screen is imported when it is first shown.
"""

from kmtui.blocks import Target
from kmtui.tui.screens.base import TargetScreen


def screen_of(target: Target) -> TargetScreen:
    """The screen of a target."""
    if target.kind == "compare":
        from kmtui.tui.screens.compare import CompareScreen

        return CompareScreen(target)
    if target.kind == "whatif":
        from kmtui.tui.screens.whatif import WhatIfScreen

        return WhatIfScreen(target)
    from kmtui.tui.screens.page import PageScreen

    return PageScreen(target)
