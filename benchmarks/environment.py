"""The environment that everything is measured in: kmtui and its peers side by side, made once."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
FOLDER = CHECKOUT / ".venv-bench"
PYTHON = FOLDER / "bin" / "python"
KMTUI = str(FOLDER / "bin" / "kmtui")


def set_up() -> None:
    """Make the environment, unless it stands for the same packages already."""
    made_from = (CHECKOUT / "pyproject.toml", CHECKOUT / "constraints.txt", HERE / "peers.txt")
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in made_from)).hexdigest()
    stamp = FOLDER / "made-from"
    if stamp.is_file() and stamp.read_text() == digest:
        return
    print("Setting up .venv-bench (once) ...", file=sys.stderr)
    venv.create(FOLDER, with_pip=True, clear=True)
    install: list[str | Path] = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    packages: list[str | Path] = [
        "-c",
        CHECKOUT / "constraints.txt",
        "-r",
        HERE / "peers.txt",
        "-e",
        f"{CHECKOUT}[bulk]",
    ]
    subprocess.run([*install, *packages], check=True, stdout=sys.stderr)
    stamp.write_text(digest)


def variables(home: Path) -> dict[str, str]:
    """What every program is given: a terminal with all colours, a home of its own, nobody's settings."""
    return {
        "PATH": f"{FOLDER / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "KMTUI_CONFIG": str(home),
        "KMTUI_STATE": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
