"""The private names of Textual that kmtui uses; the package's docstring says why."""

from collections.abc import Iterator
from importlib import import_module

MODULES = {
    "textual._ansi_sequences": ("ANSI_SEQUENCES_KEYS",),
    "textual._keyboard_protocol": ("FUNCTIONAL_KEYS",),
    "textual._xterm_parser": ("XTermParser",),
    "textual.constants": ("ESCAPE_DELAY",),
}
"""Module, and the names that it must define."""
CLASSES = {
    "textual.app:App": ("_fatal_error", "_print_error_renderables", "_close_messages_no_wait"),
    "textual.drivers.linux_driver:LinuxDriver": ("_get_terminal_size",),
}
"""Module and class, and the methods that the class must define."""
INSTANCES = {
    "textual.app:App": ("_clipboard", "_driver", "_exception"),
    "textual.driver:Driver": ("_app", "_debug", "_loop"),
    "textual.drivers.linux_driver:LinuxDriver": ("_key_thread", "_mouse_pixels"),
}
"""Module and class, and the attributes that its `__init__` must set."""


def missing() -> Iterator[str]:
    """Yield the names that the installed Textual does not have, as `module:Class.name`."""
    for module, defined in MODULES.items():
        yield from (f"{module}:{name}" for name in defined if not _has(module, name))
    for place, methods in CLASSES.items():
        yield from (f"{place}.{name}" for name in methods if not hasattr(_class(place), name))
    for place, attributes in INSTANCES.items():
        init = getattr(getattr(_class(place), "__init__", None), "__code__", None)
        assigned = init.co_names if init else ()
        yield from (f"{place}.{name}" for name in attributes if name not in assigned)


def _has(module: str, name: str) -> bool:
    try:
        return hasattr(import_module(module), name)
    except ImportError:
        return False


def _class(place: str) -> object:
    module, _, name = place.partition(":")
    try:
        return getattr(import_module(module), name, None)
    except ImportError:
        return None
