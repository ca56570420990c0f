"""The terminal interface."""

from kmtui.model import Language
from kmtui.monitor import Monitor


def run(monitor: Monitor, language: Language) -> int:
    """Open the interface on the newest edition until its user quits, and give the exit status.

    Raises what `Monitor.newest` raises where no edition can be opened.
    """
    from kmtui.tui.app import KmtuiApp

    app = KmtuiApp(monitor, language)
    app.run()
    return app.return_code or 0
