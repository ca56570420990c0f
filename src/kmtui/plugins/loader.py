"""Load one plugin under guard: import it, look at its hooks, call each, and check what comes back."""

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pluggy
from msgspec import field
from msgspec.structs import replace

from kmtui.files.faults import unknown
from kmtui.model.base import Value
from kmtui.plugins.failure import error_text
from kmtui.plugins.found import FoundPlugin
from kmtui.plugins.importing import DECLARED, declared_versions
from kmtui.plugins.specs import API_VERSION, OLDEST_API, PROJECT, RESULT_TYPES, Hooks
from kmtui.terminal import diverted_output

T = TypeVar("T")
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


def load_plugin(found: FoundPlugin, *, disabled: bool = False) -> Plugin:
    """Import the plugin and collect what its hooks return; any failure disables this plugin alone.

    A disabled plugin is not imported.
    """
    plugin = Plugin(found.id, found.version, found.source, found.location, disabled=disabled)
    if disabled:
        return plugin
    began = time.monotonic()
    try:
        with guard("cannot be looked into: {}"):
            loaded = import_plugin(found)
            fault = version_fault(loaded) or next(iter(hook_faults(loaded)), "")
            hooks = marked_hooks(loaded)
            if fault:
                raise BadPluginError(fault)
        plugin = replace(plugin, hooks=hooks)
        results = {name: call_hook(loaded, name) for name in hooks}
        return replace(plugin, results=results, seconds=time.monotonic() - began)
    except BadPluginError as error:
        return plugin.switched_off(str(error))
    except KeyboardInterrupt as stop:
        stop.add_note(f"in plugin '{plugin.id}'")
        raise


def import_plugin(found: FoundPlugin) -> object:
    """The plugin's module, or the object that its entry point names (raises BadPluginError).

    A module whose source declares that it is for another version of the plugin interface is not imported.
    """
    if found.error:
        raise BadPluginError(found.error)
    with guard("cannot be imported: {}"):
        file = found.source_file()
        fault = _versions_fault(file and declared_versions(file))
        if fault:
            raise BadPluginError(fault)
        loaded = found.load()
        if isinstance(loaded, type):
            raise BadPluginError(f"its entry point names class {loaded.__name__}, expected a module or an object")
        return loaded


@contextlib.contextmanager
def guard(message: str) -> Iterator[None]:
    """Run a plugin's own code: whatever it raises becomes a BadPluginError; `message` has a place for the error.

    What it prints goes to standard error, so that it cannot spoil a result.
    """
    try:
        with diverted_output():
            yield
    except (KeyboardInterrupt, BadPluginError):
        raise
    except BaseException as error:
        raise BadPluginError(message.format(error_text(error))) from error


def version_fault(module: object) -> str:
    """Why a module does not work with this version of the plugin interface, empty where it does."""
    return _versions_fault(getattr(module, DECLARED, (1, 1)))


def _versions_fault(declared: object) -> str:
    match declared:
        case None:
            return ""
        case (int(first), int(last)) if first <= last:
            if first <= API_VERSION and last >= OLDEST_API:
                return ""
            wanted, offered = _versions(first, last), _versions(OLDEST_API, API_VERSION)
            return f"works with {wanted} of the plugin interface, but this kmtui has {offered}"
        case found:
            return f"{DECLARED} is {found!r}, expected (first, last) version of the plugin interface"


def _versions(first: int, last: int) -> str:
    return f"version {first}" if first == last else f"versions {first} to {last}"


def hook_faults(module: object) -> list[str]:
    """What is wrong with the names of a module's hooks; an unknown one that is marked optional is for a later kmtui."""
    marked = _marked(module)
    if not marked:
        return ["has no hooks: no function is marked @kmtui.hookimpl"]
    return [
        unknown("hook", name, RESULT_TYPES)
        for name, options in marked.items()
        if name not in RESULT_TYPES and not options.get("optionalhook")
    ]


def marked_hooks(module: object) -> tuple[str, ...]:
    """The hooks that a module has, in order of their names."""
    return tuple(name for name in _marked(module) if name in RESULT_TYPES)


def _marked(module: object) -> dict[str, Mapping[str, Any]]:
    """The functions of a module that are marked as hooks, in order of their names, with the options of the mark."""
    manager = pluggy.PluginManager(PROJECT)
    options = {name: manager.parse_hookimpl_opts(module, name) for name in sorted(dir(module))}
    return {name: marked for name, marked in options.items() if marked is not None}


class _Single:
    """A function by its name, and nothing else that pluggy would have to look at."""

    def __init__(self, name: str, function: object) -> None:
        setattr(self, name, function)

    def __dir__(self) -> list[str]:
        return list(vars(self))


def call_hook(module: object, name: str) -> tuple[Any, ...]:
    """The items that a hook returns, checked as if they had come from a file (raises BadPluginError)."""
    expected = RESULT_TYPES[name]
    wanted = f"expected a list of {' or '.join(kind.__name__ for kind in expected)}"
    manager = pluggy.PluginManager(PROJECT)
    specified: Any = _Single(name, getattr(Hooks, name))
    manager.add_hookspecs(specified)
    try:
        with guard(f"hook {name} cannot be looked into: {{}}"):
            single, owner = _Single(name, getattr(module, name)), str(getattr(module, "__name__", name))
        manager.register(single, owner)
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
        return tuple(sound(item, next(kind for kind in expected if isinstance(item, kind))) for item in items)


def sound(item: Any, kind: type[T]) -> T:
    """A valid copy of the item, whichever way the plugin made it: exactly of this kind, without a plugin's subclass."""
    if issubclass(kind, Value):
        fields = Value.model_dump(item)
        known = {*kind.__struct_encode_fields__, kind.__struct_config__.tag_field}
        return kind.model_validate({key: value for key, value in fields.items() if key in known})
    return kind(os.fspath(item)) if issubclass(kind, Path) else item
