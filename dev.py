"""Set up kmtui in a checkout and use it: `python3 dev.py run` or `python3 dev.py test`. Needs Python 3.11, no more.

The environment in .venv is made once, with the versions of constraints.txt, and anew when what it is made from changes.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)


def set_up() -> None:
    """Make the environment, unless it stands for the same pyproject.toml and constraints.txt already."""
    made_from = b"".join((HERE / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    stamp, digest = ENVIRONMENT / "made-from", hashlib.sha256(made_from + sys.version.encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    print("Setting up kmtui in .venv (once) ...", file=sys.stderr)
    venv.create(ENVIRONMENT, with_pip=True, clear=True)
    install = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "-c", "constraints.txt", "-e", ".[test]"], cwd=HERE, check=True, stdout=sys.stderr)
    stamp.write_text(digest)


def test(arguments: list[str]) -> int:
    """Style, types and import contracts, then the tests; with arguments, only the tests, with those."""
    failed = [
        check[0]
        for check in CHECKS
        if not arguments and subprocess.run([BIN / check[0], *check[1:]], cwd=HERE).returncode
    ]
    tests = subprocess.run([BIN / "pytest", *(arguments or ["-n", "auto"])], cwd=HERE).returncode
    if failed:
        print(f"Failed besides the tests: {', '.join(failed)}", file=sys.stderr)
    return tests or len(failed)


def main() -> int:
    """Run the one or the other command."""
    command, *arguments = sys.argv[1:] or [""]
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what meets an older Python
        print(f"kmtui needs Python 3.11 or newer, this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    if command not in ("run", "test"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        set_up()
    except subprocess.CalledProcessError as error:
        print(f"The set-up failed: {error}", file=sys.stderr)
        return 1
    if command == "test":
        return test(arguments)
    return subprocess.run([BIN / "kmtui", *arguments]).returncode


if __name__ == "__main__":
    sys.exit(main())
