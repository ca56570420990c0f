"""A copy of the bundled edition, and the ways to break it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui import Edition, Monitor
from kmtui.plugins.discovery import bundled_folder


class Folder:
    """An edition folder that may be changed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __truediv__(self, name: str) -> Path:
        return self.path / name

    def text(self, name: str) -> str:
        return (self / name).read_text("utf-8")

    def append(self, name: str, text: str) -> None:
        (self / name).write_text(self.text(name) + text, "utf-8")

    def line(self, name: str, key: str, new: str) -> None:
        """Put another line in the place of the first one that sets the key."""
        self._substitute(name, rf"^{re.escape(key)} = .*$", new)

    def score(self, name: str, dimension: str, new: str) -> None:
        """Put other lines in the place of a whole score, its header included."""
        self._substitute(name, rf"^\[scores\.{dimension}\]\n(?:(?!\[).*\n)*", f"{new}\n\n")

    def _substitute(self, name: str, pattern: str, new: str) -> None:
        text, times = re.subn(pattern, lambda _: new, self.text(name), count=1, flags=re.MULTILINE)
        assert times == 1, f"{name} has no {pattern}"
        (self / name).write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the edition of 2012."""
    return Folder(Path(shutil.copytree(bundled_folder("editions") / "2012", tmp_path / "2012")))


Faults = list[tuple[str, str, str]]


@pytest.fixture
def faults_in(monitor: Monitor) -> Callable[[Folder], Faults]:
    """Everything that is wrong with an edition folder: file, key, problem."""

    def read(folder: Folder) -> Faults:
        _, faults = monitor.check(folder.path)
        return [(fault.file.relative_to(folder.path).as_posix(), fault.key, fault.problem) for fault in faults]

    return read


@pytest.fixture
def same_as_bundled(monitor: Monitor, edition: Edition) -> Callable[[Folder], bool]:
    """Whether a folder is without fault and says what the bundled edition says."""
    return lambda folder: monitor.check(folder.path) == (edition, [])


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `kmtui editions check` on a folder; a file that never ends would run into the time limit."""

    def run(folder: Folder) -> subprocess.CompletedProcess[str]:
        command = [Path(sys.executable).parent / "kmtui", "editions", "check", folder.path]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60)
        assert "Traceback" not in done.stderr
        assert "inside kmtui" not in done.stderr
        return done

    return run
