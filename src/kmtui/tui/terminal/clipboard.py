"""Set the clipboard of a terminal (OSC 52), directly or through a terminal multiplexer."""

import base64
import os
from collections.abc import Mapping
from enum import Enum, auto

SCREEN_CHUNK = 250
"""Characters that GNU screen passes on in one string; it cuts off longer ones."""
WITHOUT = ("dumb", "linux", "vt")
"""How the names of terminals that have no clipboard begin."""


class Route(Enum):
    """How to reach the clipboard."""

    DIRECT = auto()
    TMUX = auto()
    SCREEN = auto()
    NONE = auto()


def clipboard_route(environment: Mapping[str, str] = os.environ) -> Route:
    """Decide from the terminal and the multiplexer that kmtui runs in.

    `TERM=screen` alone, as on a remote machine, can be either multiplexer; GNU screen would take an unwrapped sequence
    for its title. Of two multiplexers in each other, the order is unknown.
    """
    terminal = environment.get("TERM", "")
    in_tmux = bool(environment.get("TMUX")) or terminal.startswith("tmux")
    in_screen = bool(environment.get("STY")) or terminal.startswith("screen.")
    if (in_tmux and in_screen) or terminal.startswith(WITHOUT):
        return Route.NONE
    if in_tmux:
        return Route.TMUX
    if in_screen:
        return Route.SCREEN
    return Route.NONE if terminal.startswith("screen") else Route.DIRECT


def wrapped(text: str, route: Route) -> str:
    """The sequence in the wrapping of a multiplexer; empty where there is none."""
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    if route is Route.TMUX:
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if route is Route.SCREEN:
        chunks = (sequence[at : at + SCREEN_CHUNK] for at in range(0, len(sequence), SCREEN_CHUNK))
        return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)
    return ""
