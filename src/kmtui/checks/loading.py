"""Load a plugin to examine it: everything that is wrong with its module and hooks, and what both cost."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import msgspec
from msgspec.structs import replace

from kmtui.checks.finding import Finding, about, error, place, warning
from kmtui.model.base import ValidationError
from kmtui.plugins.found import FoundPlugin
from kmtui.plugins.importing import DECLARED
from kmtui.plugins.loader import (
    BadPluginError,
    Plugin,
    call_hook,
    guard,
    hook_faults,
    import_plugin,
    marked_hooks,
    version_fault,
)
from kmtui.plugins.specs import API_VERSION, RESULT_TYPES

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
PATIENCE = 0.2
"""Seconds that a plugin may take at every start of kmtui, to import and again in each hook."""
INTERFACE = ("rich", "textual")
"""Packages that only the terminal interface needs."""


class _Cost(msgspec.Struct):
    """What some code of a plugin took: seconds, and the packages that it imported, largest first."""

    seconds: float = 0.0
    packages: tuple[str, ...] = ()

    def findings(self, where: str, did: str, module: object) -> Iterator[Finding]:
        """What is too much of it."""
        others = [name for name in self.packages if name != _name_of(module).partition(".")[0]]
        if self.seconds > PATIENCE:
            along = f"; it brings in {', '.join(others)}" if others else ""
            yield warning(where, f"takes {self.seconds:.2f} s to {did}, expected at most {PATIENCE} s{along}")
        for name in INTERFACE:
            if name in others:
                yield warning(where, f"brings in {name} at every start, expected its import where it is needed")


def _name_of(module: object) -> str:
    """The name of a module; of an object that an entry point names, that of its class."""
    return str(getattr(module, "__name__", type(module).__name__))


@contextmanager
def _measured() -> Iterator[_Cost]:
    cost, before, start = _Cost(), set(sys.modules), perf_counter()
    yield cost
    cost.seconds = perf_counter() - start
    sizes = Counter(name.partition(".")[0] for name in set(sys.modules) - before)
    cost.packages = tuple(name for name, _ in sizes.most_common() if name not in {*sys.stdlib_module_names, "kmtui"})


def load(found: FoundPlugin) -> tuple[Plugin, list[Finding]]:
    """The plugin with what those of its hooks return that work, and everything that is wrong with the others."""
    plugin = Plugin(found.id, found.version, found.source, found.location)
    where = f"plugin '{found.id}'"
    findings = []
    if not found.error and not SLUG.fullmatch(found.id):
        findings.append(error(where, "its id is no slug, expected lower-case letters and digits with single hyphens"))
    try:
        with _measured() as cost:
            module = import_plugin(found)
        with guard("cannot be looked into: {}"):
            fault, hooks = version_fault(module), marked_hooks(module)
            findings += [*cost.findings(where, "import", module), *([error(where, fault)] if fault else _names(module))]
    except BadPluginError as failure:
        return plugin, [*findings, error(f"{where}{place(failure)}", str(failure))]
    results: dict[str, tuple[Any, ...]] = {}
    for name in () if fault else hooks:
        results[name], more = _call(module, name)
        findings += about(name, more)
    return replace(plugin, hooks=hooks, results=results), findings


def _names(module: object) -> Iterator[Finding]:
    """What is wrong with the names in a module."""
    where = f"module {_name_of(module)}"
    if not hasattr(module, DECLARED):
        wanted = f"expected {DECLARED} = ({API_VERSION}, {API_VERSION})"
        yield warning(where, f"does not say which versions of the plugin interface it works with, {wanted}")
    for fault in hook_faults(module):
        yield error(where, fault)
    for name in RESULT_TYPES:
        if name not in marked_hooks(module) and callable(getattr(module, name, None)):
            yield warning(f"{where}, function {name}", "is called like a hook but not marked @kmtui.hookimpl")


def _call(module: object, name: str) -> tuple[tuple[Any, ...], list[Finding]]:
    """What a hook returns, nothing where it fails; and what is wrong with it."""
    where = f"hook {name}"
    try:
        with _measured() as cost:
            returned = call_hook(module, name)
    except BadPluginError as failure:
        return (), list(_failure(name, failure))
    return returned, list(cost.findings(where, "call", module))


def _failure(name: str, failure: BadPluginError) -> Iterator[Finding]:
    """Why a hook fails; of an invalid value, every key that is wrong."""
    where = f"hook {name}"
    cause = failure.__cause__
    if not isinstance(cause, ValidationError):
        yield error(f"{where}{place(failure)}", str(failure).removeprefix(f"{where} "))
        return
    for problem in cause.problems:
        yield error(f"{where}{place(failure)}: {cause.title}{f' {problem.key}' if problem.key else ''}", problem.text)
