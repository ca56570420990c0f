"""The `kmtui` command."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from kmtui import __version__

COMPLETION = "_KMTUI_COMPLETE"
"""The variable by which a shell asks click for completions."""


def main() -> NoReturn:
    """Run the command line. Version and interface, for which nothing has to be understood, do without click."""
    if sys.argv[1:] == ["--version"]:
        with suppress(OSError):  # of which the command line tells
            os.write(1, f"kmtui, version {__version__}\n".encode())
            sys.exit(0)
    from kmtui.cli.running import has_terminal, open_interface, run
    from kmtui.cli.session import EDITION_PATHS, PLUGIN_PATHS, Session

    asked = sys.argv[1:] or [name for name in (PLUGIN_PATHS, EDITION_PATHS, COMPLETION) if os.environ.get(name)]
    if not asked and has_terminal():
        run(lambda: open_interface(Session()))
    from kmtui.cli.app import cli

    run(lambda: cli.main(standalone_mode=False))
