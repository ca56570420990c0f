"""Load one plugin under guard: import it, look at its hooks, call each, and check what comes back."""

import contextlib
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import ModuleType
from typing import Any

import msgspec
import pluggy
from msgspec import field
from msgspec.structs import replace

from kmtui.files.faults import unknown
from kmtui.model.base import Value
from kmtui.plugins.discovery import Found
from kmtui.plugins.failure import said
from kmtui.plugins.specs import API_VERSION, PROJECT, RESULT_TYPES, Hooks

DECLARED = "KMTUI_API"
MOST = 10_000
"""Things that one hook may return."""
LOADED, FAILED, DISABLED = "loaded", "failed", "disabled"


class Plugin(msgspec.Struct, frozen=True):
    """A plugin as kmtui knows it: who it is, what it offers, and why it is off where it is."""

    id: str
    version: str
    source: str
    location: str
    hooks: tuple[str, ...] = ()
    error: str = ""
    disabled: bool = False
    seconds: float = 0.0
    """How long it took to import and to answer."""
    results: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """`loaded`, `failed`, or `disabled` by the user."""
        return DISABLED if self.disabled else FAILED if self.error else LOADED

    def switched_off(self, error: str) -> "Plugin":
        """The same plugin, giving nothing, for this reason."""
        return replace(self, error=error, results={})


class BadPluginError(Exception):
    """A plugin cannot be used, for this reason."""


def load_plugin(found: Found, *, disabled: bool = False) -> Plugin:
    """Import the plugin and collect what its hooks return; whatever goes wrong switches only this plugin off.

    A disabled plugin is not imported.
    """
    plugin = Plugin(found.id, found.version, found.source, found.location, disabled=disabled)
    if disabled:
        return plugin
    began = time.monotonic()
    try:
        module = import_plugin(found)
        with guard("cannot be looked into: {}"):
            fault = version_fault(module) or next(iter(hook_faults(module)), "")
            hooks = marked_hooks(module)
        if fault:
            raise BadPluginError(fault)
        plugin = replace(plugin, hooks=hooks)
        results = {name: call_hook(module, name) for name in hooks}
        return replace(plugin, results=results, seconds=time.monotonic() - began)
    except BadPluginError as error:
        return plugin.switched_off(str(error))
    except KeyboardInterrupt as stop:
        stop.add_note(f"in plugin '{plugin.id}'")
        raise


def import_plugin(found: Found) -> ModuleType:
    """The plugin's module (raises BadPluginError)."""
    if found.error:
        raise BadPluginError(found.error)
    with guard("cannot be imported: {}"):
        return found.load()


@contextlib.contextmanager
def guard(told: str) -> Iterator[None]:
    """Run a plugin's own code: whatever it raises becomes a BadPluginError, with what is `told` of it.

    What it prints goes to standard error, so that it cannot spoil a result.
    """
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except (KeyboardInterrupt, BadPluginError):
        raise
    except BaseException as error:
        raise BadPluginError(told.format(said(error))) from error


def version_fault(module: ModuleType) -> str:
    """Why a module does not work with this version of the plugin interface, empty where it does."""
    match getattr(module, DECLARED, (1, 1)):
        case (int(first), int(last)) if first <= last:
            wanted = f"version {first}" if first == last else f"versions {first} to {last}"
            if first <= API_VERSION <= last:
                return ""
            return f"works with {wanted} of the plugin interface, but this kmtui has version {API_VERSION}"
        case found:
            return f"{DECLARED} is {found!r}, expected (first, last) version of the plugin interface"


def hook_faults(module: ModuleType) -> list[str]:
    """What is wrong with the names of a module's hooks."""
    marked = _marked(module)
    if not marked:
        return ["has no hooks: no function is marked @kmtui.hookimpl"]
    return [unknown("hook", name, RESULT_TYPES) for name in marked if name not in RESULT_TYPES]


def marked_hooks(module: ModuleType) -> tuple[str, ...]:
    """The hooks that a module has, in order of their names."""
    return tuple(name for name in _marked(module) if name in RESULT_TYPES)


def _marked(module: ModuleType) -> list[str]:
    manager = pluggy.PluginManager(PROJECT)
    return sorted(name for name in dir(module) if manager.parse_hookimpl_opts(module, name) is not None)


class _Single:
    """A function by its name, and nothing else that pluggy would have to look at."""

    def __init__(self, name: str, function: object) -> None:
        setattr(self, name, function)

    def __dir__(self) -> list[str]:
        return list(vars(self))


def call_hook(module: ModuleType, name: str) -> tuple[Any, ...]:
    """The items that a hook returns, checked as if they had come from a file (raises BadPluginError)."""
    expected = RESULT_TYPES[name]
    wanted = f"expected a list of {' or '.join(kind.__name__ for kind in expected)}"
    manager = pluggy.PluginManager(PROJECT)
    specified: Any = _Single(name, getattr(Hooks, name))
    manager.add_hookspecs(specified)
    try:
        manager.register(_Single(name, getattr(module, name)), module.__name__)
    except pluggy.PluginValidationError as error:
        raise BadPluginError(f"hook cannot be called: {' '.join(str(error).split())}") from None
    with guard(f"hook {name} raised {{}}"):
        (result,) = getattr(manager.hook, name)() or (None,)
        if isinstance(result, str) or not isinstance(result, Sequence):
            raise BadPluginError(f"hook {name} returned {type(result).__name__}, {wanted}")
        items = tuple(islice(result, MOST + 1))
        if len(items) > MOST:
            raise BadPluginError(f"hook {name} returned more than {MOST} things")
        for item in items:
            if not isinstance(item, expected):
                found = f"{type(result).__name__} with {type(item).__name__} in it"
                raise BadPluginError(f"hook {name} returned a {found}, {wanted}")
    with guard(f"hook {name} returned something unsound: {{}}"):
        return tuple(sound(item) for item in items)


def sound(item: object) -> object:
    """A copy of the item that is known to be valid, whichever way the plugin made it."""
    return type(item).model_validate(item.model_dump()) if isinstance(item, Value) else item
