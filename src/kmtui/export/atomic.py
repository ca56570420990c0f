"""Write a file whole or not at all."""

import os
import tempfile
from pathlib import Path


def write_atomically(file: Path, content: bytes) -> Path:
    """Put the content into the file by way of a temporary one beside it (raises OSError; the old file stays)."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(file)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return file


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
