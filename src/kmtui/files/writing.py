"""Write files whole or not at all, with a lock that keeps two writers apart."""

import contextlib
import errno
import glob
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PATIENCE = 10.0
"""Seconds that a writer waits for another one."""
UNFINISHED = ".kmtui-new"
"""Ends the name of what is still being written."""
WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
NO_LOCKS = "this disk has no locks, as some network disks; choose a folder on another one (KMTUI_STATE for settings)"
LONG_AGO = 3600.0
"""Seconds after which nobody can still be at work on something unfinished."""


def write_atomically(file: Path, content: bytes) -> Path:
    """Put the content into the file by way of a temporary one beside it.

    Raises OSError with the name of the file; then the old one stays.
    """
    try:
        _sweep(file)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=UNFINISHED, dir=file.parent)
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
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(file)) from error
    settle(file.parent)
    return file


@contextlib.contextmanager
def draft_of(folder: Path) -> Iterator[Path]:
    """A folder beside a new one to prepare it in; whatever has not been moved out of it goes in the end."""
    _sweep(folder)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=UNFINISHED, dir=folder.parent))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def write_toml(file: Path, data: Mapping[str, Any]) -> Path:
    """Write a table as TOML (raises OSError; the old file stays)."""
    import tomli_w

    return write_atomically(file, tomli_w.dumps(data).encode())


@contextlib.contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Keep other writers out of the folder.

    Raises TimeoutError, or OSError with the name of the lock's file where the folder cannot be written to or its disk
    has no locks. The system drops the lock with the process that holds it; the file that carries it may stay.
    """
    from filelock import FileLock, Timeout

    file = folder / ".lock"
    lock = FileLock(file, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise TimeoutError(f"{folder}: another kmtui has been writing here for {PATIENCE:g} seconds") from None
    except NotImplementedError as error:  # of filelock before 3.17, where the disk has no locks
        raise OSError(errno.ENOLCK, NO_LOCKS, str(file)) from error
    except OSError as error:
        words = NO_LOCKS if error.errno in WITHOUT_LOCKS else error.strerror or str(error)
        raise OSError(error.errno, words, str(file)) from error
    try:
        yield
    finally:
        lock.release()


def settle(folder: Path) -> None:
    """Have the entries of the folder written to the disk, as far as the system can do that."""
    if os.name == "posix":
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _sweep(target: Path) -> None:
    """Take away what writers of the target that were killed long ago have left."""
    with contextlib.suppress(OSError):
        for left in target.parent.glob(f".{glob.escape(target.name)}.*{UNFINISHED}"):
            if time.time() - left.lstat().st_mtime < LONG_AGO:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def umask() -> int:
    """The rights that the user wants new files not to have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
