"""The installed command, run as a user runs it."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from kmtui.plugins import bundled_folder


@dataclass(frozen=True)
class Outcome:
    """What a call of the command line came to."""

    status: int
    out: str
    err: str


class Command:
    """The command `kmtui` in an empty folder, with nothing of the developer's environment."""

    def __init__(self, folder: Path) -> None:
        self.path = Path(sys.executable).parent / "kmtui"
        self.folder = folder

    def environment(self, more: Mapping[str, object]) -> dict[str, str]:
        ours = ("KMTUI_", "PYTHON", "LC_", "LANG", "COLUMNS", "LINES")
        bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return bare | {"LANG": "C.UTF-8"} | {name: str(value) for name, value in more.items()}

    def __call__(self, *arguments: object, stdin: str | bytes = "", cwd: Path | None = None, **more: object) -> Outcome:
        """Run it to its end. No call may ever show a traceback or fail inside kmtui."""
        done = subprocess.run(
            [self.path, *map(str, arguments)],
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            cwd=cwd or self.folder,
            env=self.environment(more),
            timeout=60,
        )
        return self.checked(Outcome(done.returncode, done.stdout.decode(), done.stderr.decode()))

    def to(self, out: int, *arguments: object, stdin: bytes = b"", **more: object) -> Outcome:
        """Run it with the open file `out` as standard output."""
        done = subprocess.run(
            [self.path, *map(str, arguments)],
            input=stdin,
            stdout=out,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment(more),
            timeout=60,
        )
        return self.checked(Outcome(done.returncode, "", done.stderr.decode()))

    def on_terminal(self, *arguments: object, **more: object) -> str:
        """Everything that it writes to a terminal, by either stream."""
        ours, its = pty.openpty()
        with subprocess.Popen(
            [self.path, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=its,
            stderr=its,
            cwd=self.folder,
            env=self.environment(more),
        ):
            os.close(its)
            written = b""
            try:
                while block := os.read(ours, 65536):
                    written += block
            except OSError:  # the other end is closed
                pass
            os.close(ours)
        return written.decode()

    def checked(self, outcome: Outcome) -> Outcome:
        assert "Traceback" not in outcome.err
        assert "inside kmtui" not in outcome.err
        return outcome


@pytest.fixture(scope="session")
def kmtui(tmp_path_factory: pytest.TempPathFactory) -> Command:
    return Command(tmp_path_factory.mktemp("cwd"))


@pytest.fixture
def copied(tmp_path: Path) -> Callable[..., Path]:
    """Copy the bundled edition into the test's own folder; `changes` are (file, old, new)."""

    def copy(name: str, *changes: tuple[str, str, str]) -> Path:
        folder = Path(shutil.copytree(bundled_folder("editions") / "2012", tmp_path / name))
        for file, old, new in changes:
            text = (folder / file).read_text("utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return copy
