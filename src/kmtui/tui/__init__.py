"""The terminal interface."""

import os

from kmtui.model.base import Language
from kmtui.model.edition import Edition
from kmtui.monitor import Monitor
from kmtui.settings import Choices, Configuration

FRAMES = "240"
"""Maximum frames per second: a low rate would delay the drawing after a key, and idle frames cost nothing."""


def run(monitor: Monitor, edition: Edition, language: Language, configuration: Configuration, choices: Choices) -> int:
    """Run the interface on an edition until the user quits, and return the exit status.

    Raises SettingsError where the configuration names a theme, an action or a key that does not exist, and whatever
    went wrong inside, with the terminal restored.
    """
    if "TEXTUAL_DRIVER" not in os.environ:  # a browser gives its size by COLUMNS
        for name in ("COLUMNS", "LINES"):  # exported by a shell, they no longer follow the terminal
            os.environ.pop(name, None)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    from kmtui.tui.app import KmtuiApp
    from kmtui.tui.preferences import check, first_theme

    check(configuration)
    theme = first_theme(configuration, choices)
    app = KmtuiApp(monitor, language, theme, configuration.keys, configuration.driver, edition)
    app.run()
    if app.error is not None:
        raise app.error
    return app.return_code or 0
