"""The command line: click commands that parse, call and print."""

from kmtui.cli.app import main

__all__ = ["main"]
