"""The terminal interface."""

from kmtui.model import Language
from kmtui.monitor import Monitor


def run(monitor: Monitor, language: Language) -> None:
    """Open the interface on the newest edition, until its user quits (raises UnknownIdError where there is none)."""
    from kmtui.tui.app import KmtuiApp

    KmtuiApp(monitor, language).run()
