"""Load one plugin under guard: import it, look at its hooks, call each, and check what comes back."""

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import ModuleType
from typing import Any

import pluggy

from kmtui.model import Value
from kmtui.plugins.discovery import Found
from kmtui.plugins.specs import API_VERSION, PROJECT, RESULT_TYPES, Hooks

DECLARED = "KMTUI_API"
LOADED, FAILED, DISABLED = "loaded", "failed", "disabled"


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin as kmtui knows it: who it is, what it offers, and why it is off where it is."""

    id: str
    version: str
    source: str
    location: str
    hooks: tuple[str, ...] = ()
    error: str = ""
    disabled: bool = False
    results: Mapping[str, tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def status(self) -> str:
        """`loaded`, `failed`, or `disabled` by the user."""
        return DISABLED if self.disabled else FAILED if self.error else LOADED

    def switched_off(self, error: str) -> "Plugin":
        """The same plugin, giving nothing, for this reason."""
        return replace(self, error=error, results={})


class _BadPluginError(Exception):
    """A plugin cannot be used, for this reason."""


def load_plugin(found: Found, *, disabled: bool = False) -> Plugin:
    """Import the plugin and collect what its hooks return; whatever goes wrong switches only this plugin off.

    A disabled plugin is not imported.
    """
    plugin = Plugin(found.id, found.version, found.source, found.location, disabled=disabled)
    if disabled:
        return plugin
    if found.error:
        return plugin.switched_off(found.error)
    try:
        with _guard("cannot be imported: {}"):
            module = found.load()
        with _guard("cannot be looked into: {}"):
            manager = _register(module)
        hooks = tuple(sorted(name for name in RESULT_TYPES if getattr(manager.hook, name).get_hookimpls()))
        plugin = replace(plugin, hooks=hooks)
        return replace(plugin, results={name: _called(manager, name) for name in hooks})
    except _BadPluginError as error:
        return plugin.switched_off(str(error))


@contextlib.contextmanager
def _guard(told: str) -> Iterator[None]:
    """Run a plugin's own code: whatever it raises switches it off, with what is `told` of it.

    What it prints goes to standard error, so that it cannot spoil a result.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except (KeyboardInterrupt, _BadPluginError):
        raise
    except BaseException as error:
        raise _BadPluginError(told.format(_said(error))) from error


def _register(module: ModuleType) -> pluggy.PluginManager:
    """A manager with this one plugin (raises _BadPluginError where its hooks or version do not fit)."""
    first, last = _versions(module)
    if not first <= API_VERSION <= last:
        wanted = f"version {first}" if first == last else f"versions {first} to {last}"
        raise _BadPluginError(f"works with {wanted} of the plugin interface, but this kmtui has version {API_VERSION}")
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    marked = [name for name in dir(module) if manager.parse_hookimpl_opts(module, name) is not None]
    for name in marked:
        if name not in RESULT_TYPES:
            close = get_close_matches(name, RESULT_TYPES, n=1)
            hint = f"did you mean '{close[0]}'?" if close else f"there are {', '.join(RESULT_TYPES)}"
            raise _BadPluginError(f"unknown hook '{name}' ({hint})")
    if not marked:
        raise _BadPluginError("has no hooks: no function is marked @kmtui.hookimpl")
    try:
        manager.register(module)
    except pluggy.PluginValidationError as error:
        raise _BadPluginError(f"hook cannot be called: {' '.join(str(error).split())}") from None
    return manager


def _versions(module: ModuleType) -> tuple[int, int]:
    """The first and last version of the interface that the plugin declares."""
    match getattr(module, DECLARED, (1, 1)):
        case (int(first), int(last)) if first <= last:
            return first, last
        case found:
            raise _BadPluginError(f"{DECLARED} is {found!r}, expected (first, last) version of the plugin interface")


def _called(manager: pluggy.PluginManager, name: str) -> tuple[Any, ...]:
    """The items that a hook returns, checked as if they had come from a file."""
    expected = RESULT_TYPES[name]
    wanted = f"expected a list of {' or '.join(kind.__name__ for kind in expected)}"
    with _guard(f"hook {name} raised {{}}"):
        (result,) = getattr(manager.hook, name)() or (None,)
        if isinstance(result, str) or not isinstance(result, Sequence):
            raise _BadPluginError(f"hook {name} returned {type(result).__name__}, {wanted}")
        items = tuple(result)
        for item in items:
            if not isinstance(item, expected):
                found = f"{type(result).__name__} with {type(item).__name__} in it"
                raise _BadPluginError(f"hook {name} returned a {found}, {wanted}")
    with _guard(f"hook {name} returned something unsound: {{}}"):
        return tuple(_sound(item) for item in items)


def _sound(item: object) -> object:
    """A copy of the item that is known to be valid, whichever way the plugin made it."""
    return type(item).model_validate(item.model_dump(warnings=False)) if isinstance(item, Value) else item


def _said(error: BaseException) -> str:
    """A problem in one line, with the name of its kind."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
