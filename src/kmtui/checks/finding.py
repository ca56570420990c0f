"""What a check finds, and how a plugin's own code is called to find it."""

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from traceback import walk_tb
from typing import ParamSpec

from kmtui.model.base import Value
from kmtui.plugins.loader import BadPluginError, guard
from kmtui.plugins.registry import KINDS

P = ParamSpec("P")

EDITION = "edition"
"""The kind of what stands in the folders that a plugin brings."""

HOST = {*sys.stdlib_module_names, "click", "kmtui", "pluggy", "pydantic"}
"""Whose code stands between kmtui and a plugin's."""


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The plugin, or something in it, does not work or cannot be meant."""
    WARNING = "warning"
    """It works, but its author will want to know."""


class Finding(Value):
    """One thing that is wrong with a plugin, and where."""

    severity: Severity
    where: str
    problem: str
    kind: str = ""
    """The kind of thing that it is about; empty where it is about the plugin as a whole."""

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.problem}"


def error(where: str, problem: str) -> Finding:
    """A finding of the graver kind."""
    return Finding(severity=Severity.ERROR, where=where, problem=problem)


def warning(where: str, problem: str) -> Finding:
    """A finding of the milder kind."""
    return Finding(severity=Severity.WARNING, where=where, problem=problem)


def about(hook: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, as those on the kind of thing that a hook offers."""
    return [finding.replace(kind=KINDS.get(hook, EDITION)) for finding in findings]


def tried(where: str, problems: Callable[P, Iterator[str]], *arguments: P.args, **more: P.kwargs) -> list[Finding]:
    """The first of the problems that come up as a plugin's function is called; so is what the function raises."""
    try:
        with guard("raised {}"):
            return [error(where, problem) for problem in islice(problems(*arguments, **more), 1)]
    except BadPluginError as failure:
        return [error(f"{where}{place(failure)}", str(failure))]


def place(failure: BaseException) -> str:
    """The line of the plugin's own code in which an exception came about, in brackets; empty where there is none."""
    while failure.__cause__ is not None:
        failure = failure.__cause__
    found = ""
    for frame, line in walk_tb(failure.__traceback__):
        if str(frame.f_globals.get("__name__")).partition(".")[0] not in HOST:
            file = Path(frame.f_code.co_filename)
            name = f"{file.parent.name}/{file.name}" if file.stem == "__init__" else file.name
            found = f" ({name}:{line})"
    return found
