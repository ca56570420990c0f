"""What all tests share: the bundled monitor, the command, frameworks of no consequence, a hypothesis profile."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from kmtui import Dimension, Edition, FocusArea, Framework, Level, Monitor, Paint, Scale, Text, open_monitor
from kmtui.weighing.weigher import Weigher

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads what the developer keeps: choices, or the text of a report."""
    os.environ["KMTUI_STATE"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def monitor() -> Monitor:
    return open_monitor()


@pytest.fixture(scope="session")
def edition(monitor: Monitor) -> Edition:
    return monitor.edition("2012")


@pytest.fixture(scope="session")
def framework(monitor: Monitor, edition: Edition) -> Framework:
    return monitor.framework(edition)


@pytest.fixture(scope="session")
def weigher(monitor: Monitor) -> Weigher:
    return monitor.weigher("referentiekader-2008")


@pytest.fixture(scope="session")
def make_framework() -> Callable[[Sequence[str], Sequence[str]], Framework]:
    """Build a framework from dimension ids and level ids (worst first)."""

    def said(words: str) -> Text:
        return Text(nl=words, en=words)

    def level(name: str, sign: str) -> Level:
        paint = Paint(ink="#000000", ground="#ffffff", ansi="ansi_black on ansi_white")
        return Level(id=name, label=said(name), meaning=said(name), glyph=sign, ascii=sign, letter=sign, paint=paint)

    def build(dimensions: Sequence[str], levels: Sequence[str]) -> Framework:
        return Framework(
            id="plain",
            name=said("plain"),
            source="a test",
            areas=(FocusArea(id="area", name=said("area"), source=("1",)),),
            dimensions=tuple(
                Dimension(id=name, area="area", name=said(name), short=name[:4], norm=said("a norm"), source=("1",))
                for name in dimensions
            ),
            scale=Scale(
                levels=tuple(level(name, chr(ord("A") + at)) for at, name in enumerate(levels)),
                blank=level("none", "-"),
            ),
            default_scheme="plain",
        )

    return build


@dataclass(frozen=True)
class Outcome:
    """What a call of the command line came to."""

    status: int
    out: str
    err: str


class Command:
    """The installed command, run in an empty folder, with nothing of the developer's environment and settings."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.home = home
        self.path = Path(sys.executable).parent / "kmtui"
        self.folder = folder

    def environment(self, more: Mapping[str, object]) -> dict[str, str]:
        ours = ("KMTUI_", "PYTHON", "LC_", "LANG", "COLUMNS", "LINES")
        bare = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        own = {"LANG": "C.UTF-8", "KMTUI_CONFIG": str(self.home), "KMTUI_STATE": str(self.home)}
        return bare | own | {name: str(value) for name, value in more.items()}

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
    return Command(tmp_path_factory.mktemp("cwd"), tmp_path_factory.mktemp("home"))
