"""What the tests of the terminal interface share: a terminal that is always the same, and a hand at its keys."""

import asyncio
import codecs
import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyte
import pytest
from textual import constants, events
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.pilot import Pilot
from textual.widgets import Static

from kmtui import Corps, Edition, Monitor, Score
from kmtui.blocks import Document, Role, Target
from kmtui.model.base import Language
from kmtui.render.layout import Entry
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.page import PageScreen
from kmtui.tui.widgets.matrix import MatrixView
from kmtui.tui.widgets.page_view import PageView

with contextlib.suppress(ImportError):  # this platform has no pseudo terminals
    import fcntl
    import pty
    import struct
    import termios

MOMENT = 1.0
"""Seconds in which work that is not held up on purpose is done, so that it is waited for after a key."""
PATIENCE = 5.0
"""Seconds after which what should come about is held not to come about."""


THEME = "textual-dark"
"""Also where TEXTUAL_THEME says otherwise, which Textual has read before any test could change it."""


def key_event(key: str) -> events.Key:
    """A key by its character, or as Textual calls it."""
    names = {shown: given for given, shown in KEY_NAME_REPLACEMENTS.items()}
    if len(key) == 1 and not key.isalnum():
        name = unicodedata.name(key).lower().replace(" ", "_").replace("-", "_")
        return events.Key(KEY_NAME_REPLACEMENTS.get(name, name), key)
    try:
        return events.Key(key, unicodedata.lookup(names.get(key, key).replace("_", " ")))
    except KeyError:
        return events.Key(key, key if len(key) == 1 else None)


@dataclass
class Hand:
    """Someone who sits at the interface: presses keys, looks at the screen, waits until something is there."""

    app: KmtuiApp
    pilot: Pilot[None]

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.app.post_message(key_event(key))
            await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def settle(self) -> None:
        """Wait until keys and messages are handled, work is done, and the screen is drawn after it."""
        end = time.monotonic() + PATIENCE
        while self.app.is_running and time.monotonic() < end:
            screen, drawn = self.app.screen, asyncio.Event()
            screen.call_after_refresh(drawn.set)
            while not drawn.is_set() and self.app.is_running and screen is self.app.screen and time.monotonic() < end:
                await asyncio.sleep(0.001)
            work = getattr(self.app.screen, "work", None)
            if work is not None and work.lasts and time.monotonic() < end - PATIENCE + MOMENT:
                continue
            pumps = (self.app, *self.app.screen_stack, *self.app.screen.walk_children())
            if (
                drawn.is_set()
                and screen is self.app.screen
                and not self.app.has_keys
                and not any(p.message_queue_size for p in pumps)
            ):
                return

    async def until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait for it, but not for ever."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"this did not come about: {what or holds}\n" + "\n".join(self.lines))
            await asyncio.sleep(0.005)
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        hints = self.app.screen_stack[0].query_one("#hints")

        def laid_out() -> bool:
            return height < 8 or (hints.region.right, hints.region.bottom) == (width, height)

        await self.until(laid_out, "the screen is laid out")

    @property
    def lines(self) -> list[str]:
        """The whole screen as text."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def matrix(self) -> MatrixView:
        return self.app.screen_stack[0].query_one("#matrix", MatrixView)

    @property
    def cell(self) -> tuple[str | None, str | None]:
        """Where the cursor of the matrix stands."""
        return self.matrix.row_id, self.matrix.column_id

    @property
    def rows(self) -> list[str]:
        """The names in the matrix on this screenful, from the top."""
        names = [strip.text for strip in map(self.matrix.render_line, range(3, self.matrix.size.height))]
        bar = self.app.signs.bar
        return [line.split(bar)[0].strip() for line in names if bar in line]

    def static(self, widget_id: str) -> str:
        """What a line or pane of text holds, before it is fitted into the screen."""
        return str(self.app.screen.query_one(f"#{widget_id}", Static).visual)

    @property
    def title(self) -> str:
        return self.static("title")

    @property
    def pane(self) -> str:
        return self.static("detail")

    @property
    def page_view(self) -> PageView:
        return self.app.screen.query_one("#page", PageView)

    @property
    def page(self) -> Document:
        return self.page_view.page

    @property
    def target(self) -> Target:
        """What the page on the screen is about."""
        assert isinstance(self.app.screen, PageScreen)
        return self.app.screen.target

    @property
    def entries(self) -> Sequence[Entry]:
        """What the cursor of the page steps over, and what stands between."""
        return self.page_view.entries

    @property
    def page_line(self) -> Entry:
        """The entry under the cursor of the page."""
        return self.entries[self.page_view.cursor]

    def told(self, entry: Entry) -> str:
        """The text of an entry without the signs of levels, and with one blank between words."""
        spans = (span for row in entry.rows for span in (*row, None))
        parts = (
            " " if span is None else span.text.strip()[2:] if span.role is Role.LEVEL and span.level else span.text
            for span in spans
        )
        return " ".join("".join(parts).split())

    @property
    def depth(self) -> int:
        return len(self.app.screen_stack)


OpenApp = Callable[..., AbstractAsyncContextManager[Hand]]


UNFINISHED = re.compile(r"\x1b(?:\[[\d;?<>=$]*|[\]P][^\x07\x1b]*)?$")
"""The beginning of a sequence whose end is still to come."""
OTHER_SCREEN = re.compile(r"\x1b\[\?1049[hl]")
"""Switches to the other screen, of which pyte has none: here it is an empty one."""
UNKNOWN = re.compile(r"\x1b\[[<=>][\d;]*u|\x1bP.*?\x1b\\", re.DOTALL)
"""What pyte would show as text: the keyboard protocol of kitty, and device control strings."""
BLANK = pyte.screens.Char(" ")


class Emulated:
    """A terminal that shows what is written to it: pyte, so that the code under test does not judge itself."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.screen.set_mode(pyte.modes.LNM)
        self._stream = pyte.Stream(self.screen)
        self._begun = ""

    def write(self, data: str) -> None:
        data = self._begun + data
        begun = UNFINISHED.search(data)
        self._begun = begun[0] if begun else ""
        data = UNKNOWN.sub("", data.removesuffix(self._begun))
        self._stream.feed(OTHER_SCREEN.sub("\x1b[2J", data))

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)

    @property
    def cells(self) -> dict[tuple[int, int], pyte.screens.Char]:
        """What is visible, without cells that are blank in the colours of the terminal."""
        found = {}
        for row in range(self.screen.lines):
            for column in range(self.screen.columns):
                char = self.screen.buffer[row][column]
                if char.data == " " and not (char.underscore or char.reverse or char.strikethrough):
                    char = BLANK._replace(bg=char.bg)
                if char != BLANK:
                    found[row, column] = char
        return found

    @property
    def text(self) -> str:
        """The lines of the screen."""
        return "\n".join(self.screen.display)


@pytest.fixture(scope="session")
def emulator() -> type[Emulated]:
    """A terminal that remembers what is written to it."""
    return Emulated


# The real program


PROGRAM = [sys.executable, "-c", "from kmtui.cli import main; main()"]
LONG_PATIENCE = 20.0
"""Seconds for what takes one on a machine at rest."""

STEERING = re.compile(r"\x1b\[[0-9;?<>=$]*[a-zA-Z]|\x1b\][^\x07]*\x07")


def environment(**changes: str) -> dict[str, str]:
    """What a Dutch UTF-8 terminal gives to its programs, without what the tests are run with."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "TEXTUAL", "KMTUI", "COVERAGE")) and name not in ("NO_COLOR", "COLUMNS", "LINES")
    }
    return {**kept, "LANG": "nl_NL.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor", **changes}


class Session:
    """The program on a terminal of its own."""

    def __init__(
        self,
        screen: Any,
        *arguments: str,
        size: tuple[int, int],
        cwd: Path,
        changes: Mapping[str, str],
        stderr: int | None = None,
    ) -> None:
        self.terminal, inside = pty.openpty()
        self._resize(*size)
        self.before = termios.tcgetattr(inside)
        self.inside = inside
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside if stderr is None else stderr,
            cwd=cwd,
            env=environment(**changes),
            start_new_session=True,
        )
        self.output = ""
        self.screen = screen
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def _resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        self._resize(columns, rows)
        self.screen.resize(columns, rows)
        self.process.send_signal(signal.SIGWINCH)

    def press(self, keys: str) -> None:
        os.write(self.terminal, keys.encode(errors="surrogateescape"))

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program wrote meanwhile."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if ready:
            with contextlib.suppress(OSError):
                data = self._decoder.decode(os.read(self.terminal, 65536))
                self.output += data
                self.screen.write(data)

    def sent(self, silence: float = 0.3) -> int:
        """How many bytes have come, once no more do."""
        before, end = -1, time.monotonic() + LONG_PATIENCE
        while before != len(self.output):
            assert time.monotonic() < end, f"it never stops writing\n{self.screen.text}"
            before = len(self.output)
            self.read(silence)
        return len(self.output.encode())

    @property
    def text(self) -> str:
        """What was written, without what steers the terminal."""
        return STEERING.sub("", self.output)

    def text_after(self, mark: str) -> str:
        """What was written after the last of these marks, without what steers the terminal."""
        return STEERING.sub("", self.output[self.output.rfind(mark) :])

    def until(self, holds: Callable[[], object], what: str) -> None:
        end = time.monotonic() + LONG_PATIENCE
        while not holds():
            assert time.monotonic() < end, f"this did not come about: {what}\n{self.screen.text}"
            self.read()

    def shows(self, text: str) -> None:
        self.until(lambda: text in self.screen.text, f"'{text}' on the screen")

    def ends(self) -> int:
        """Wait for the end (returns the exit status)."""
        self.until(lambda: self.process.poll() is not None, "the program ends")
        while select.select([self.terminal], [], [], 0.05)[0]:
            self.read()
        return self.process.returncode

    def hang_up(self, aloud: bool) -> None:
        """Take the terminal away, of which the kernel tells `aloud`, with a signal, where it is the controlling one."""
        for descriptor in (self.inside, self.terminal):
            os.close(descriptor)
        self.inside = self.terminal = -1
        if aloud:
            self.process.send_signal(signal.SIGHUP)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for descriptor in (self.inside, self.terminal):
            if descriptor >= 0:
                os.close(descriptor)
        self.inside = self.terminal = -1


@pytest.fixture
def program() -> dict[str, Any]:
    """The command that opens the interface, and its environment, for `subprocess.run(**program)`."""
    return {"args": PROGRAM, "env": environment()}


@pytest.fixture
def start(tmp_path: Path, emulator) -> Iterator[Callable[..., Session]]:
    """Start the program in an empty folder: `start("--lang", "en", size=(80, 24), NO_COLOR="1")`."""
    sessions: list[Session] = []
    home = {"KMTUI_STATE": str(tmp_path), "KMTUI_CONFIG": str(tmp_path)}

    def begin(*arguments: str, size: tuple[int, int] = (80, 24), stderr: int | None = None, **changes: str) -> Session:
        sessions.append(
            Session(
                emulator(*size),
                *arguments,
                size=size,
                cwd=tmp_path,
                changes=home | changes,
                stderr=stderr,
            )
        )
        return sessions[-1]

    yield begin
    for session in sessions:
        session.close()


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A Dutch UTF-8 terminal with all colours and nobody's settings, whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("TEXTUAL_SNAPSHOT_"):  # how pytest-textual-snapshot talks to itself
            continue
        if name.startswith(("LC_", "TEXTUAL_", "KMTUI_")) or name in ("NO_COLOR", "LANGUAGE", "COLUMNS", "LINES"):
            monkeypatch.delenv(name)
    for name, value in {"LANG": "nl_NL.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}.items():
        monkeypatch.setenv(name, value)
    for name in ("KMTUI_STATE", "KMTUI_CONFIG", "KMTUI_EXPORT_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    # Textual has read its own variables before any test could change them.
    for name, value in {
        "FILTERS": "",
        "COLOR_SYSTEM": "auto",
        "TEXTUAL_ANIMATIONS": "none",
        "SMOOTH_SCROLL": False,
    }.items():
        monkeypatch.setattr(constants, name, value)


@pytest.fixture
def make_app(monitor: Monitor) -> Callable[..., KmtuiApp]:
    """The interface, not yet running."""

    def build(shown: Monitor = monitor, language: Language = "nl", **preferences: Any) -> KmtuiApp:
        app = KmtuiApp(shown, language, **preferences)
        if "theme" not in preferences:
            app.theme = THEME
        return app

    return build


@pytest.fixture
def open_app(monitor: Monitor, make_app: Callable[..., KmtuiApp]) -> OpenApp:
    """Open the interface: `async with open_app(size=(80, 24)) as hand`."""

    @asynccontextmanager
    async def opened(
        shown: Monitor = monitor, *, language: Language = "nl", size: tuple[int, int] = (80, 24), **preferences: Any
    ) -> AsyncIterator[Hand]:
        app = make_app(shown, language, **preferences)
        async with app.run_test(size=size) as pilot:
            hand = Hand(app, pilot)
            await hand.until(lambda: hand.pane, "the pane tells of the first cell")
            yield hand

    return opened


@pytest.fixture
def holding(monitor: Monitor) -> Callable[[Edition], Monitor]:
    """A monitor that opens on the edition given."""

    def build(edition: Edition) -> Monitor:
        known = {found.id: found for found in monitor.openable()}
        return Monitor(monitor.registry, monitor.entries, known | {edition.id: edition})

    return build


@pytest.fixture
def altered(edition: Edition) -> Callable[..., Edition]:
    """The edition of 2012 with something changed in one corps: fields of it, or scores by dimension."""

    def build(corps_id: str, scores: Mapping[str, Mapping[str, Any]] | None = None, **fields: Any) -> Edition:
        def change(corps: Corps) -> Corps:
            if corps.id != corps_id:
                return corps
            changed = dict(corps.scores)
            for dimension, update in (scores or {}).items():
                changed[dimension] = Score.model_validate(changed[dimension].model_dump() | dict(update))
            return Corps.model_validate({**dict(corps), "scores": changed, **fields})

        return edition.replace(corps=tuple(map(change, edition.corps)))

    return build


@pytest.fixture
def titled(edition: Edition) -> Callable[[str], Edition]:
    """The edition of 2012 under another title."""
    return lambda title: edition.replace(head=edition.head.replace(title=title))


@pytest.fixture
def with_corps(edition: Edition) -> Callable[[Sequence[Corps]], Edition]:
    """The edition of 2012 with other corps."""
    return lambda corps: Edition.model_validate({**dict(edition), "corps": tuple(corps)})
