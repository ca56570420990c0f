"""Read and validate untrusted files: regular files of bounded size, inside their folder."""

import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import rtoml

from kmtui.files.faults import Fault, faults_of
from kmtui.model.base import ValidationError, Value

LARGEST = 16 * 2**20
"""Bytes that a file may have; the largest of the shipped ones has some 300,000."""
LARGEST_TOML = 2 * 2**20
"""Bytes of TOML that are read within a second and some 200 MB, whatever they say."""
MOST_PARTS = 100_000
"""Signs that begin a key, a value or a table, which each take memory; the largest of the shipped ones has 30,000."""

V = TypeVar("V", bound=Value)
Stamp = tuple[int, int, int]
_PLACE = re.compile(r"^(?P<message>.*?)(?: at line (?P<line>\d+) column (?P<column>\d+))?$", re.DOTALL)


def read_value(file: Path, folder: Path | None, model: type[V]) -> tuple[V | None, list[Fault]]:
    """The file as a value of the model, or everything that is wrong with it; `folder` as for `read_text`."""
    data = read_toml(file, folder)
    return (None, [data]) if isinstance(data, Fault) else validated(data, file, model)


def read_optional(file: Path, folder: Path | None, model: type[V]) -> tuple[V | None, list[Fault]]:
    """Like `read_value`, and the model without any entries where there is no such file."""
    if is_there(file):
        return read_value(file, folder, model)
    return model(), []


def is_there(file: Path) -> bool:
    """Whether there is anything of this name, be it a link to nothing (raises OSError)."""
    return file.is_symlink() or file.exists()


def validated(data: Mapping[str, Any], file: Path, model: type[V]) -> tuple[V | None, list[Fault]]:
    """The data of a file as a value of the model, or everything that is wrong with them."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, faults_of(file, error)


def read_toml(file: Path, folder: Path | None) -> dict[str, Any] | Fault:
    """The table in the file, or what keeps it from being read; `folder` as for `read_text`."""
    text = read_text(file, folder, LARGEST_TOML)
    if isinstance(text, Fault):
        return text
    if sum(map(text.count, "=[{,.")) > MOST_PARTS:
        return Fault(file, "", f"found more than {MOST_PARTS} keys, values and tables, expected fewer")
    try:
        return rtoml.loads(text.replace("\r\n", "\n"))
    except rtoml.TomlParsingError as error:
        return _syntax_fault(file, str(error))


def read_text(file: Path, folder: Path | None, largest: int = LARGEST) -> str | Fault:
    """The text of the file, or what keeps it from being read.

    A link may not lead out of the folder, which somebody else may have made; without a folder it may lead anywhere.
    """
    try:
        before = file.stat()
        if folder is not None and not _is_inside(file, folder):
            return Fault(file, "", "found a link out of its folder, expected a file in it")
        if not stat.S_ISREG(before.st_mode):
            return Fault(file, "", "found something that is not a plain file")
        if before.st_size > largest:
            return Fault(file, "", f"found {before.st_size} bytes, expected at most {largest}")
        with opened(file) as raw:
            content = raw.read(before.st_size + 1)
            if len(content) != before.st_size or stamp(before) != stamp(os.fstat(raw.fileno())):
                return Fault(file, "", "it changed while it was being read; try again")
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        return Fault(file, "", "found no such file")
    except OSError as error:
        return Fault(file, "", f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        return Fault(file, "", f"found a byte that is not UTF-8 at offset {error.start}, expected UTF-8 text")


def _is_inside(file: Path, folder: Path) -> bool:
    """Whether the file is in the folder; only where there is a link on the way, or a step up, all of it is followed."""
    with suppress(ValueError):  # which says that it is named as one elsewhere
        parts = file.relative_to(folder).parts
        places = islice(accumulate(parts, os.path.join, initial=str(folder)), 1, None)
        if ".." not in parts and not any(map(os.path.islink, places)):
            return True
    return file.resolve().is_relative_to(folder.resolve())


def opened(file: Path) -> BinaryIO:
    """The file, open for reading (raises OSError). A pipe without a writer reads as empty; opening does not block."""
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def stamp(status: os.stat_result) -> Stamp:
    """Modification time, size and inode: they differ after a change."""
    return status.st_mtime_ns, status.st_size, status.st_ino


def _syntax_fault(file: Path, message: str) -> Fault:
    match = _PLACE.match(message)
    assert match is not None, "every message matches"
    deep = "recurs" in match["message"]
    problem = "found tables or arrays nested too deeply" if deep else f"broken TOML: {match['message']}"
    return Fault(file, "", problem, *(int(place) for place in (match["line"], match["column"]) if place))
