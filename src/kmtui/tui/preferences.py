"""Validate the theme and the remapped keys of the configuration."""

import unicodedata
from collections.abc import Iterator, Mapping

from textual.dom import DOMNode
from textual.keys import Keys

from kmtui.files.faults import Fault, unknown
from kmtui.settings import Choices, Configuration, SettingsError, configuration_file
from kmtui.tui.keys import keys_by_action, named, printed
from kmtui.tui.themes import FIRST, LOOKS
from kmtui.wording import KEYS

NAMES = {key.value for key in Keys}
MODIFIERS = {"ctrl", "shift", "alt", "super", "hyper", "meta"}


def check(configuration: Configuration) -> None:
    """Validate theme, actions and keys (raises SettingsError with every fault)."""
    faults = tuple(_faults(configuration))
    if faults:
        raise SettingsError(faults[0].file.parent, faults)


def first_theme(configuration: Configuration, choices: Choices) -> str:
    """The last chosen theme if it exists, else the configured one, else the default."""
    chosen = choices.theme if choices.theme in LOOKS else None
    return chosen or configuration.theme or FIRST


def _faults(configuration: Configuration) -> Iterator[Fault]:
    if configuration == Configuration():
        return  # without a home folder there is no file to name
    file = configuration_file()
    if configuration.theme is not None and configuration.theme not in LOOKS:
        yield Fault(file, "theme", unknown("theme", configuration.theme, LOOKS))
    for action, keys in configuration.keys.items():
        if action not in KEYS:
            yield Fault(file, f"keys.{action}", unknown("action", action, KEYS))
        for key in keys.split(","):
            if not is_key(key.strip()):
                yield Fault(file, f"keys.{action}", f"found '{key}', expected a key such as 'up', 'ctrl+n', 'p' or '?'")
    for action, key, other in dict.fromkeys(_clashes(configuration.keys)):
        yield Fault(file, f"keys.{action}", f"'{printed(key)}' is the key of '{other}' there too; give another")


def _clashes(remapped: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """(action, key, other action) for each remapped key that another action of the same screen has."""
    for nodes in places() if remapped else ():
        owners: dict[str, str] = {}
        for action, keys in keys_by_action(nodes, remapped).items():
            for key in map(named, keys):
                other = owners.setdefault(key, action)
                if other != action and remapped.keys() & {action, other}:
                    yield (action, key, other) if action in remapped else (other, key, action)


def places() -> tuple[tuple[type[DOMNode], ...], ...]:
    """Classes that handle keys together: the focused widget and its screen."""
    from kmtui.tui.screens.compare import CompareScreen
    from kmtui.tui.screens.help import HelpScreen
    from kmtui.tui.screens.matrix import MatrixScreen
    from kmtui.tui.screens.page import PageScreen
    from kmtui.tui.screens.whatif import WhatIfScreen
    from kmtui.tui.widgets.page_view import PageView

    views = (MatrixScreen, PageScreen, CompareScreen, WhatIfScreen)
    return (*((view.KEYBOARD, view) for view in views), (PageView, HelpScreen))


def is_key(name: str) -> bool:
    """Whether the key exists, with or without modifiers."""
    *modifiers, key = name.split("+") if name != "+" else [name]
    return MODIFIERS.issuperset(modifiers) and (len(key) == 1 or key in NAMES or _character(key))


def _character(name: str) -> bool:
    """Whether it is the Unicode name of a character, such as `question_mark`."""
    try:
        return bool(unicodedata.lookup(name.replace("_", " ")))
    except KeyError:
        return False
