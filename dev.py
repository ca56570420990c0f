"""Set up kmtui in a checkout and use it: `python3 dev.py run|test|lowest`. Needs Python 3.11, no more.

The environment in .venv is made once, with the versions of constraints.txt, and anew when what it is made from changes.
`lowest` runs tests in another one, with the lowest version of each dependency that pyproject.toml allows.
"""

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
RUN, TEST = "report,round,source,xlsx", "test"
"""The extras that each command installs; those for tests include the others."""
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports",),
)

LOWEST = HERE / ".venv-lowest"
LOWEST_TOOLS = (
    *("hypothesis", "numpy", "pyarrow", "pyte"),
    *("pytest", "pytest-asyncio", "pytest-textual-snapshot", "pytest-xdist"),
)
LOWEST_TESTS = (
    *("tests/cli/test_completion.py", "tests/cli/test_export.py", "tests/cli/test_show.py"),
    *("tests/editions", "tests/robust/test_changed_files.py"),
    *("tests/tui/test_matrix.py", "tests/tui/test_pages.py", "tests/tui/test_reload.py", "tests/weighing"),
)
"""What needs the dependencies of kmtui itself and no extra; pictures of screens differ between versions."""


def lowest_versions() -> dict[str, str]:
    """The lowest version of each dependency that pyproject.toml allows."""
    dependencies = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    bounds = (re.match(r"([A-Za-z0-9-]+)>=([0-9.]+)", dependency) for dependency in dependencies)
    return {bound[1]: bound[2] for bound in bounds if bound}


def test_lowest() -> int:
    """Make an environment of the lowest versions, and run the tests that need nothing else."""
    lowest = lowest_versions()
    others = [
        line
        for line in (HERE / "constraints.txt").read_text("utf-8").splitlines()
        if line.partition("==")[0].replace("_", "-").lower() not in lowest
    ]
    venv.create(LOWEST, with_pip=True, clear=True)
    (LOWEST / "constraints.txt").write_text("\n".join(others))
    python = LOWEST / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pins = [f"{name}=={version}" for name, version in lowest.items()]
    subprocess.run([*install, "-c", LOWEST / "constraints.txt", *pins, *LOWEST_TOOLS], cwd=HERE, check=True)
    subprocess.run([*install, "--no-deps", "-e", "."], cwd=HERE, check=True)
    return subprocess.run([python, "-m", "pytest", "-n", "auto", *LOWEST_TESTS], cwd=HERE).returncode


def set_up(extras: str) -> None:
    """Install kmtui with these extras, unless that is done for the same pyproject.toml and constraints.txt already."""
    made_from = b"".join((HERE / name).read_bytes() for name in ("pyproject.toml", "constraints.txt"))
    digest = hashlib.sha256(made_from + sys.version.encode()).hexdigest()
    done = {stamp.stem for stamp in ENVIRONMENT.glob("*.made-from") if stamp.read_text() == digest}
    if done & {extras, TEST}:
        return
    print("Setting up kmtui in .venv (once) ...", file=sys.stderr)
    if not done:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    install = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "-c", "constraints.txt", "-e", f".[{extras}]"], cwd=HERE, check=True, stdout=sys.stderr)
    (ENVIRONMENT / f"{extras}.made-from").write_text(digest)


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
    if command not in ("run", "test", "lowest"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if command == "lowest":
            return test_lowest()
        set_up(TEST if command == "test" else RUN)
    except subprocess.CalledProcessError as error:
        print(f"The set-up failed: {error}", file=sys.stderr)
        return 1
    if command == "test":
        return test(arguments)
    return subprocess.run([BIN / "kmtui", *arguments]).returncode


if __name__ == "__main__":
    sys.exit(main())
