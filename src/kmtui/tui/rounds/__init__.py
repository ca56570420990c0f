"""The interface of a round: the board, the steps of a subject, and the weighing desk. `kmtui round open` imports it."""

import os
from typing import TYPE_CHECKING

from kmtui.tui import FRAMES

if TYPE_CHECKING:
    from kmtui.model.base import Language
    from kmtui.monitor import Monitor
    from kmtui.rounds.round import Round
    from kmtui.settings import Choices, Configuration


def run(
    opened: "Round", monitor: "Monitor", language: "Language", configuration: "Configuration", choices: "Choices"
) -> int:
    """Work in the round until its user quits, and give the exit status.

    Raises UnknownIdError where no plugin brings the scheme of the round, SettingsError for a faulty configuration, and
    whatever went wrong inside, with the terminal restored.
    """
    for name in ("COLUMNS", "LINES"):  # exported by a shell, they no longer follow the terminal
        os.environ.pop(name, None)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    from kmtui.tui.preferences import check, first_theme
    from kmtui.tui.rounds.app import RoundApp

    check(configuration)
    app = RoundApp(opened, monitor, language, first_theme(configuration, choices), configuration.driver)
    app.run()
    if app.error is not None:
        raise app.error
    return app.return_code or 0
