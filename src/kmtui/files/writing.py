"""Write files whole or not at all, with a lock that keeps two writers apart."""

import contextlib
import errno
import glob
import os
import shutil
import stat
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

PATIENCE = 10.0
"""Seconds that a writer waits for another one."""
UNFINISHED = ".kmtui-new"
"""Ends the name of what is still being written."""
WITHOUT_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
NO_LOCKS = "this disk has no locks, as some network disks; choose a folder on another one (KMTUI_STATE for settings)"
LONG_AGO = 3600.0
"""Seconds after which an unfinished file belongs to no running writer."""


def write_atomically(file: Path, content: bytes) -> Path:
    """Replace one file, whole or not at all.

    Raises OSError with the name of the file; the old content then stays.
    """
    write_together(file.parent, {file.name: content})
    return file


def write_together(folder: Path, contents: Mapping[str, bytes], *, durable: bool = True) -> None:
    """Replace several files in a folder, by their paths in it; folders in it are made where they are missing.

    Every content is complete in a temporary file beside its target before the first target is replaced. A file that is
    replaced keeps its permissions; to a new one the kernel applies the umask, which is never read by setting it, since
    that is state of the whole process. Without `durable` the disk is not waited
    for. Raises OSError with the name of the file that cannot be written; no target is replaced then, unless the system
    refuses the replacing itself.
    """
    temporaries: dict[Path, Path] = {}
    try:
        for name, content in contents.items():
            file = folder / name
            with _naming(file):
                if file.parent != folder:
                    file.parent.mkdir(exist_ok=True)
                _sweep(file)
                temporary, mode = _unfinished(file), _mode(file)
                with open(temporary, "xb", opener=partial(os.open, mode=0o666 if mode is None else mode)) as out:
                    temporaries[file] = temporary
                    out.write(content)
                    out.flush()
                    if durable:
                        os.fsync(out.fileno())
                if mode is not None:
                    temporary.chmod(mode)
        for file, temporary in list(temporaries.items()):
            with _naming(file):
                temporary.replace(file)
            del temporaries[file]
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)
    if durable:
        for parent in {(folder / name).parent for name in contents}:
            settle(parent)


@contextlib.contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Raise an OSError about a temporary file as one about the file that it is for."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(file)) from error


def _unfinished(target: Path) -> Path:
    """A name beside the target that nothing has yet."""
    return target.with_name(f".{target.name}.{os.urandom(8).hex()}{UNFINISHED}")


def _mode(file: Path) -> int | None:
    """The permissions of a file, None where there is none."""
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def draft_of(folder: Path) -> Iterator[Path]:
    """A folder beside a new one to prepare it in; whatever has not been moved out of it goes in the end."""
    _sweep(folder)
    draft = _unfinished(folder)
    draft.mkdir()
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
