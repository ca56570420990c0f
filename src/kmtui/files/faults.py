"""What can be wrong with a file, said so that its author can mend it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from kmtui.model.base import ValidationError, Value
from kmtui.model.names import expectation, suggestion

Place = Sequence[int | str]
"""Keys and numbers that lead to a value in a table."""
MISSING = "found nothing, expected this key"
MOST = 100
"""Faults that are told of a file at a time: more than anybody mends at once, and few enough to be found at once."""
LONGEST = 1000
"""Characters that a key or a problem may take."""


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
    """As many faults of a file as are told at a time; no more of them are looked for."""
    faults = iter(faults)
    found = list(islice(faults, MOST))
    return found if next(faults, None) is None else [*found, Fault(file, "", f"found more than {MOST} faults")]


class FaultyFilesError(Exception):
    """Files in a folder cannot be used; `faults` says everything that is wrong with them."""

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


def faults_of(file: Path, error: ValidationError, model: type[Value]) -> list[Fault]:
    """A validation error of the model, key by key."""
    problems = _problems(error, model)
    return first_of(file, (Fault(file, _written(place), problem) for place, problem in problems))


def in_words(error: ValidationError) -> str:
    """A validation error in one line, by model and key."""
    return "; ".join(
        f"{'.'.join(filter(None, (error.title, _written(place))))}: {problem}"
        for place, problem in _problems(error, Value)
    )


def _problems(error: ValidationError, model: type[Value]) -> Iterator[tuple[Place, str]]:
    """Each place that is wrong, and how; an unknown key may stand for one of the model, or one that lacks beside it."""
    entries = error.entries
    lacking = [entry["loc"] for entry in entries if entry["type"] == "missing"]
    for entry in entries:
        table = list(entry["loc"][:-1])
        known = [
            *(() if table else model.__struct_encode_fields__),
            *(str(key) for *beside, key in lacking if beside == table),
        ]
        yield entry["loc"], _problem(dict(entry), known)


def _written(place: Place) -> str:
    """The key as the file has it."""
    return ".".join(str(part) for part in place if part != "[key]")


def _problem(entry: dict[str, Any], known: Iterable[str]) -> str:
    found, message = entry["input"], str(entry["msg"])
    match entry["type"]:
        case "missing":
            return MISSING
        case "extra_forbidden":
            return f"unknown key{suggestion(str(entry['loc'][-1]), known)}"
        case "value_error":
            return message.removeprefix("Value error, ")
        case "string_pattern_mismatch":
            return f"found {shown(found)}, expected a name that matches {entry['ctx']['pattern']}"
        case _:
            for beginning in ("Input should be ", "Value should be ", "String should have ", "Tuple should have "):
                message = message.removeprefix(beginning)
            return f"found {shown(found)}, expected {message}"


def shown(found: object) -> str:
    """What was found: its kind, and the value where that is short."""
    kind = {dict: "a table", list: "an array", str: "text", bool: "a truth value"}.get(
        type(found), type(found).__name__
    )
    if isinstance(found, dict):
        return kind
    try:
        text = repr(found)
    except (ValueError, RecursionError):  # too many digits, too deep
        return kind
    return f"{kind} {text if len(text) <= 60 else text[:57] + '...'}"
