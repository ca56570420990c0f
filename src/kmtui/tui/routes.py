"""Which screen shows what a target names: most are pages to read, some have a screen of their own."""

from kmtui.pages import Target
from kmtui.tui.screens.base import TargetScreen
from kmtui.tui.screens.compare import CompareScreen
from kmtui.tui.screens.page import PageScreen
from kmtui.tui.screens.whatif import WhatIfScreen

SCREENS: dict[str, type[TargetScreen]] = {
    "compare": CompareScreen,
    "whatif": WhatIfScreen,
}
"""By the kind of the target."""


def screen_of(target: Target) -> TargetScreen:
    """The screen of a target."""
    return SCREENS.get(target.kind, PageScreen)(target)
