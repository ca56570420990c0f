"""Load one plugin under guard: import it, look at its hooks, call each, and check what comes back."""

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from types import ModuleType
from typing import Any

import pluggy

from kmtui.plugins.discovery import Found
from kmtui.plugins.specs import PROJECT, RESULT_TYPES, Hooks

LOADED, FAILED = "loaded", "failed"


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin as kmtui knows it: who it is, what it offers, and why it is off where it is."""

    id: str
    version: str
    source: str
    location: str
    hooks: tuple[str, ...] = ()
    error: str = ""
    results: Mapping[str, tuple[Any, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def status(self) -> str:
        """`loaded` or `failed`."""
        return FAILED if self.error else LOADED

    def switched_off(self, error: str) -> "Plugin":
        """The same plugin, giving nothing, for this reason."""
        return replace(self, error=error, results={})


def load_plugin(found: Found) -> Plugin:
    """Import the plugin and collect what its hooks return; whatever goes wrong switches only this plugin off."""
    plugin = Plugin(found.id, found.version, found.source, found.location)
    if found.error:
        return plugin.switched_off(found.error)
    try:
        with _guard():
            module = found.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return plugin.switched_off(f"cannot be imported: {_said(error)}")
    try:
        with _guard():
            manager = _register(module)
    except (TypeError, ValueError) as error:
        return plugin.switched_off(str(error))
    hooks = tuple(sorted(name for name in RESULT_TYPES if getattr(manager.hook, name).get_hookimpls()))
    plugin = replace(plugin, hooks=hooks)
    results = {}
    for name in hooks:
        try:
            with _guard():
                (result,) = getattr(manager.hook, name)() or (None,)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return plugin.switched_off(f"hook {name} raised {_said(error)}")
        try:
            results[name] = _checked(name, result)
        except TypeError as error:
            return plugin.switched_off(str(error))
    return replace(plugin, results=results)


@contextlib.contextmanager
def _guard() -> Iterator[None]:
    """What a plugin prints goes to standard error, so that it cannot spoil a result."""
    with contextlib.redirect_stdout(sys.stderr):
        yield


def _register(module: ModuleType) -> pluggy.PluginManager:
    """A manager with this one plugin (raises ValueError for hooks that do not exist or cannot be called)."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    marked = [name for name in dir(module) if manager.parse_hookimpl_opts(module, name) is not None]
    for name in marked:
        if name not in RESULT_TYPES:
            close = get_close_matches(name, RESULT_TYPES, n=1)
            hint = f"did you mean '{close[0]}'?" if close else f"there are {', '.join(RESULT_TYPES)}"
            raise ValueError(f"unknown hook '{name}' ({hint})")
    if not marked:
        raise ValueError("has no hooks: no function is marked @kmtui.hookimpl")
    try:
        manager.register(module)
    except pluggy.PluginValidationError as error:
        raise ValueError(f"hook cannot be called: {' '.join(str(error).split())}") from None
    return manager


def _checked(name: str, result: object) -> tuple[Any, ...]:
    """The items that a hook returned (raises TypeError where they are not what it should return)."""
    expected = RESULT_TYPES[name]
    wanted = f"expected a list of {expected.__name__}"
    if isinstance(result, str) or not isinstance(result, Sequence):
        raise TypeError(f"hook {name} returned {type(result).__name__}, {wanted}")
    for item in result:
        if not isinstance(item, expected):
            raise TypeError(
                f"hook {name} returned a {type(result).__name__} with {type(item).__name__} in it, {wanted}"
            )
    return tuple(result)


def _said(error: BaseException) -> str:
    """A problem in one line, with the name of its kind."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
