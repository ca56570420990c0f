"""One plugin project of each kind, made, built, installed and tested in a fresh environment, as an author would.

    .venv/bin/python scripts/check_scaffold.py [KIND ...]

The environment gets kmtui's wheel with what authors need, so that the templates in the wheel are what is tried.
"""

import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from kmtui.plugins.scaffold import KINDS

ROOT = Path(__file__).resolve().parents[1]
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("KMTUI_", "PYTHON"))}


def run(*command: str | Path, cwd: Path) -> str:
    """What the command prints on both streams (raises CalledProcessError)."""
    done = subprocess.run(
        command, cwd=cwd, env=CLEAN, check=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout


def build(project: Path, into: Path) -> None:
    """The project's wheel, built with this environment's hatchling."""
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", into, project, cwd=into)


def check(kinds: list[str], work: Path) -> None:
    """Make, build, install and test a project of each kind (raises CalledProcessError)."""
    wheels, environment = work / "wheels", work / "environment"
    commands = environment / ("Scripts" if os.name == "nt" else "bin")
    wheels.mkdir()
    build(ROOT, wheels)
    (kmtui,) = wheels.iterdir()
    venv.create(environment, with_pip=True)
    install = [commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(*install, "-c", ROOT / "constraints.txt", f"{kmtui}[author]", cwd=work)
    kmtui.unlink()
    projects = {kind: work / f"proef-{kind}" for kind in kinds}
    for kind, project in projects.items():
        run(commands / "kmtui", "plugins", "new", kind, project, "--name", f"Proef met {kind}", cwd=work)
        run(commands / "kmtui", "plugins", "check", project, cwd=work)
        build(project, wheels)
    run(*install, "--no-deps", "--no-index", *wheels.iterdir(), cwd=work)
    for kind, project in projects.items():
        started = time.monotonic()
        told = run(commands / "python", "-P", "-m", "pytest", "-q", "-W", "error", cwd=project)
        print(f"{kind}: {told.splitlines()[-1]} ({time.monotonic() - started:.1f} s with the start)")
    listed = run(commands / "kmtui", "plugins", "list", cwd=work)
    missing = [
        project.name for project in projects.values() if f"{project.name}  0.1.0  installed  loaded" not in listed
    ]
    if missing:
        sys.exit(f"installed but not loaded: {', '.join(missing)}\n{listed}")


def main() -> None:
    """Check the kinds that are named, or all of them."""
    kinds = sys.argv[1:] or list(KINDS)
    unknown = set(kinds) - set(KINDS)
    if unknown:
        sys.exit(f"unknown kind {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    with tempfile.TemporaryDirectory(prefix="kmtui-scaffold-") as work:
        try:
            check(kinds, Path(work))
        except subprocess.CalledProcessError as error:
            sys.exit(f"{error.stdout or ''}\n{error}")


if __name__ == "__main__":
    main()
