"""Write files whole or not at all, with a lock that keeps two writers apart."""

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PATIENCE = 10.0
"""Seconds that a writer waits for another one."""


def write_atomically(file: Path, content: bytes) -> Path:
    """Put the content into the file by way of a temporary one beside it (raises OSError; the old file stays)."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(0o666 & ~umask())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _settle(file.parent)
    return file


def write_toml(file: Path, data: Mapping[str, Any]) -> Path:
    """Write a table as TOML (raises OSError; the old file stays)."""
    import tomli_w

    return write_atomically(file, tomli_w.dumps(data).encode())


@contextlib.contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Keep other writers out of the folder (raises TimeoutError, or OSError where the folder cannot be written to).

    The system drops the lock with the process that holds it; the file that carries it may stay.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lock", timeout=PATIENCE)
    try:
        with lock:
            yield
    except Timeout:
        raise TimeoutError(f"{folder}: another kmtui has been writing here for {PATIENCE:g} seconds") from None


def _settle(folder: Path) -> None:
    """Have the folder itself written to the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def umask() -> int:
    """The rights that the user wants new files not to have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
