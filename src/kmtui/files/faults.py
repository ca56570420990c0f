"""Faults of files: where they are, what was found, what was expected."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from kmtui.model.names import expectation
from kmtui.model.validation import MOST, ValidationError

__all__ = ["MOST", "Fault", "FaultyFilesError", "faults_of", "first_of", "repeated", "unknown"]

LONGEST = 1000
"""Characters of a key or a problem that are shown."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: where, what was found, what was expected."""

    file: Path
    key: str
    problem: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        place = str(self.file)
        if self.line is not None:
            place += f":{self.line}:{self.column or 1}"
        return ": ".join(part for part in (place, _cut(self.key), _cut(self.problem)) if part)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def first_of(file: Path, faults: Iterable[Fault]) -> list[Fault]:
    """The first `MOST` faults of a file, and one that says so if there are more, which are not looked for."""
    faults = iter(faults)
    found = list(islice(faults, MOST))
    return found if next(faults, None) is None else [*found, Fault(file, "", f"found more than {MOST} faults")]


class FaultyFilesError(Exception):
    """Files in a folder cannot be used; `faults` lists everything that is wrong with them."""

    def __init__(self, folder: Path, faults: Sequence[Fault]) -> None:
        self.folder = folder
        self.faults = tuple(faults)
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}")


def repeated(file: Path, key: str, kind: str, names: Iterable[str]) -> list[Fault]:
    """A fault for each name that is there more than once."""
    counted = Counter(names).items()
    return [
        Fault(file, key, f"{kind} '{name}' is there {times} times, expected once")
        for name, times in counted
        if times > 1
    ]


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """The problem of a name that does not exist: what was found, what is expected."""
    return f"unknown {kind} '{name}'{expectation(name, known)}"


def faults_of(file: Path, error: ValidationError) -> list[Fault]:
    """A validation error as faults of a file, key by key."""
    return first_of(file, (Fault(file, problem.key, problem.text) for problem in error.problems))
