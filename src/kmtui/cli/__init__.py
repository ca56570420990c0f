"""The `kmtui` command."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from kmtui import __version__


def main() -> NoReturn:
    """Run the command line; the version alone is told without importing anything for it."""
    if sys.argv[1:] == ["--version"]:
        with suppress(OSError):  # of which the command line tells
            os.write(1, f"kmtui, version {__version__}\n".encode())
            sys.exit(0)
    from kmtui.cli.app import run

    run()
