"""The environments that everything is measured in, made once: kmtui and its nearest peers, and each other by itself."""

import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
FOLDER = CHECKOUT / ".venv-bench"
PYTHON = FOLDER / "bin" / "python"
KMTUI = str(FOLDER / "bin" / "kmtui")
APART: Mapping[str, Sequence[str]] = {
    "Posting": ("posting==2.11.1", "tree-sitter==0.25.2"),  # it crashes with newer ones
    "Harlequin": ("harlequin==2.17.0",),
    "sqlit": ("sqlit-tui==1.6.5",),
    "fastdatatable": ("textual-fastdatatable==0.19.5",),
    "Bagels": ("bagels==0.3.12",),
    "zen-engine": ("zen-engine==2.1.3",),
    "OpenFisca": ("openfisca-core==46.0.1",),
}
"""Peers whose dependencies are not kmtui's; each has an environment of its own."""


def set_up() -> None:
    """Make the environments, unless they stand for the same packages already."""
    made_from = (CHECKOUT / "pyproject.toml", CHECKOUT / "constraints.txt", HERE / "peers.txt", Path(__file__))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in made_from)).hexdigest()
    stamp = FOLDER / "made-from"
    if stamp.is_file() and stamp.read_text() == digest:
        return
    print("Setting up .venv-bench (once) ...", file=sys.stderr)
    venv.create(FOLDER, with_pip=True, clear=True)
    kmtui = ("-c", str(CHECKOUT / "constraints.txt"), "-r", str(HERE / "peers.txt"), "-e", f"{CHECKOUT}[bulk]")
    if said := _install(PYTHON, *kmtui):
        sys.exit(said)
    without = {name: reason for name, packages in APART.items() if (reason := _set_apart(name, packages))}
    (FOLDER / "without.json").write_text(json.dumps(without))
    stamp.write_text(digest)


def without() -> dict[str, str]:
    """The peers that could not be installed, and why."""
    found: dict[str, str] = json.loads((FOLDER / "without.json").read_text())
    return found


def bin_of(name: str) -> Path:
    """The programs of a peer that stands apart."""
    return FOLDER / "apart" / name / "bin"


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


def _set_apart(name: str, packages: Sequence[str]) -> str:
    """Install a peer in its own environment, and say why where that is not possible."""
    print(f"Setting up {name} (once) ...", file=sys.stderr)
    venv.create(bin_of(name).parent)
    said = _install(bin_of(name) / "python", *packages)
    return "needs another Python" if "Requires-Python" in said else "cannot be installed here" if said else ""


def _install(python: Path, *packages: str) -> str:
    """Install packages into the environment of a Python; gives what pip says where it fails."""
    pip = [PYTHON, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, *packages], stdout=sys.stderr, stderr=subprocess.PIPE, text=True)
    return done.stderr or "pip failed" if done.returncode else ""
