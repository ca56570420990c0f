"""The real program on a real (pseudo) terminal: what it writes, how it ends, and the terminal that it leaves behind."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="this platform has no pseudo terminals")
pytest.importorskip("termios")

import pty
import termios

PATIENCE = 20.0
"""Seconds for what takes one on a machine at rest."""

ENTER_SCREEN, LEAVE_SCREEN, SHOW_CURSOR, HIDE_CURSOR = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h", "\x1b[?25l"
MOUSE_ON, MOUSE_OFF = "\x1b[?1000h", "\x1b[?1000l"
BEGINS_ON = ("7", "25")
"""Modes that a terminal begins with: lines that wrap, and a cursor."""
PASTE_ON, PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"


def modes_left(output: str) -> list[str]:
    """The modes of the terminal that are not as they were: those it begins with on, others off, keys as pushed."""
    state = {}
    for mode, switch in re.findall(r"\x1b\[\?(\d+)([hl])", output):
        state[mode] = switch == "h"
    left = [mode for mode, is_on in state.items() if is_on != (mode in BEGINS_ON)]
    pushed, popped = (len(re.findall(rf"\x1b\[{sign}\d*u", output)) for sign in "><")
    return left if pushed == popped else [*left, "keyboard"]


def assert_restored(session) -> None:
    """The terminal is as it was: the first screen, a cursor, no mouse, no marked pastes, echo and line editing."""
    for on, off in (
        (ENTER_SCREEN, LEAVE_SCREEN),
        (HIDE_CURSOR, SHOW_CURSOR),
        (MOUSE_ON, MOUSE_OFF),
        (PASTE_ON, PASTE_OFF),
    ):
        assert on in session.output
        assert session.output.rfind(off) > session.output.rfind(on)
    assert modes_left(session.output) == []
    assert termios.tcgetattr(session.inside)[:4] == session.before[:4]


def test_it_starts_moves_and_quits_and_leaves_the_terminal_as_it_was(start) -> None:
    session = start()
    session.shows("Kennemerland")
    session.shows("Groningen · Referentiekader")
    session.press("\x1b[B")
    session.shows("Friesland · Referentiekader")
    session.press("q")
    assert session.ends() == 0
    assert_restored(session)
    assert "Traceback" not in session.text


@pytest.mark.parametrize(("keys", "most"), [("\x1b[B", 1_200), (" ", 4_000), ("llllllll", 8 * 300)])
def test_little_is_sent_over_a_slow_line(start, keys: str, most: int) -> None:
    """A step with its pane, a page, a key that is held."""
    session = start()
    session.shows("Groningen · Referentiekader")
    first = session.sent()
    assert first <= 20_000
    session.press(keys)
    assert 0 < session.sent() - first <= most


def test_a_page_opens_and_escape_comes_back(start) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("c")
    session.shows("Overeenstemming")
    session.press("\x1b")
    session.shows("Kennemerland")
    session.press("q")
    assert session.ends() == 0


def test_it_follows_the_size_of_the_terminal(start) -> None:
    session = start(size=(80, 24))
    session.shows("Groningen · Referentiekader")
    session.resize(150, 45)
    session.shows("Koninklijke Marechaussee")
    session.shows("Organisatie")
    session.press("q")
    assert session.ends() == 0
    assert_restored(session)


def test_ascii_and_english_where_asked(start) -> None:
    session = start("--lang", "en", LANG="C")
    session.shows("End score")
    drawn = session.text
    assert not set("●▲■≈≠│") & set(drawn)
    session.press("q")
    assert session.ends() == 0


def test_the_folder_one_stands_in_is_not_a_source(start, tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text("broken = ")
    (tmp_path / "pyproject.toml").write_text('[project.entry-points.kmtui]\nevil = "evil"\n')
    (tmp_path / "evil.py").write_text("raise SystemExit(9)\n")
    session = start()
    session.shows("Kennemerland")
    session.press("q")
    assert session.ends() == 0
    assert "evil" not in session.text


def test_control_c_does_not_break_off(start) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("\x03\x1b[B")
    session.shows("Friesland · Referentiekader")
    session.press("q")
    assert session.ends() == 0
    assert_restored(session)


@pytest.mark.parametrize("farewell", [signal.SIGTERM, signal.SIGHUP])
def test_a_polite_kill_leaves_the_terminal_as_it_was(start, farewell: signal.Signals) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.process.send_signal(farewell)
    assert session.ends() == 128 + farewell
    assert_restored(session)


@pytest.mark.parametrize("farewell", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("mark", [ENTER_SCREEN, PASTE_ON])
def test_a_polite_kill_while_the_terminal_is_taken_over_gives_it_back(start, farewell, mark) -> None:
    session = start()
    session.until(lambda: mark in session.output, "the terminal is being taken over")
    session.process.send_signal(farewell)
    assert session.ends() == 128 + farewell
    assert modes_left(session.output) == []
    assert termios.tcgetattr(session.inside)[:4] == session.before[:4]


@pytest.mark.parametrize("farewell", ["q", signal.SIGTERM])
def test_the_last_of_many_choices_is_kept(start, tmp_path: Path, farewell: str | signal.Signals) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("t" * 9)
    session.read(0.1)
    session.sent()
    if isinstance(farewell, str):
        session.press(farewell)
    else:
        session.process.send_signal(farewell)
    session.ends()
    assert (tmp_path / "choices.toml").read_text() == 'theme = "light"\n'


NONSENSE = {
    "a number without an end": "\x1b[" + "1" * 5_000 + "u",
    "no character": "\x1b[1114112u",
    "half a character": "\x1b[55296u",
    "a place without bounds": "\x1b[<9999999999999999999999;1;1M",
    "bytes that are no text": "\udcff\udcfe\udc9b",
    "a paste that goes on": "\x1b[200~" + "x" * 5_000,
    "a size in pixels": "\x1b[?2048;2$y\x1b[48;24;80;480;800t",
    "no size": "\x1b[48;0;0;0;0t",
    "a size beyond all screens": "\x1b[?2048;2$y\x1b[48;9999999;9999999;1;1t",
}


@pytest.mark.parametrize("case", NONSENSE)
def test_whatever_the_terminal_sends_the_keys_go_on(start, case: str) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press(NONSENSE[case])
    session.sent()
    session.press("\x1b[201~\x1b\\\x1b[48;24;80;480;800t")
    session.sent()
    session.press("\x1b")
    session.read(0.5)
    assert session.process.poll() is None, "nothing has ended it yet"
    session.until(lambda: quits(session), "it listens again")
    assert session.ends() == 0
    assert_restored(session)


def quits(session) -> bool:
    """Ask it to end; an escape that is still looked at would make another key of `q`, so that it is asked again."""
    session.read(0.5)
    if session.process.poll() is None:
        session.press("q")
        session.read(0.5)
    return session.process.poll() is not None


def test_choices_that_cannot_be_read_are_told_and_stop_nothing(start, tmp_path: Path) -> None:
    (tmp_path / "choices.toml").write_text("theme = ")
    session = start()
    session.shows("choices.toml:1:9: broken TOML")
    session.shows("Kennemerland")
    session.press("t")
    session.until(lambda: (tmp_path / "choices.toml.broken").exists(), "the broken file is put aside")
    session.press("q")
    assert session.ends() == 0
    assert (tmp_path / "choices.toml").read_text() == 'theme = "light"\n'


REPLIES = (
    "\x1b[?1;2c",
    "\x1b[0n",
    "\x1b[99~",
    "\x1b]11;rgb:cccc/1c1c/1c1c\x1b\\",
    "\x1bP>|cW(390)\x1b\\",
    "\x1b_Gi=1;OK\x1b\\",
)


@pytest.mark.parametrize("reply", REPLIES, ids=ascii)
def test_a_late_reply_of_the_terminal_runs_no_command(start, reply: str) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    for at in (len(reply), 3):  # whole, and in two pieces
        session.press(reply[:at])
        session.read(0.3)
        session.press(reply[at:])
        session.sent()
    before = session.screen.text
    session.press("j")
    session.shows("Friesland · Referentiekader")
    assert before.splitlines()[0] == session.screen.text.splitlines()[0], "the same screen"
    session.press("q")
    assert session.ends() == 0


def stopped(session) -> bool:
    """Whether a signal has stopped the program."""
    session.read(0.01)
    return Path(f"/proc/{session.process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not show what is stopped")
@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP])
def test_it_comes_back_after_it_was_stopped(start, stop: signal.Signals) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    for name in ("Friesland", "Drenthe"):
        session.process.send_signal(stop)
        session.until(lambda: stopped(session), "it stops")
        if stop is signal.SIGTSTP:
            session.sent()
            assert modes_left(session.output) == []
            assert termios.tcgetattr(session.inside)[:4] == session.before[:4]
        session.screen.write("\x1b[2J")  # another program draws over it
        session.process.send_signal(signal.SIGCONT)
        session.shows("Kennemerland")
        session.press("j")
        session.shows(f"{name} · Referentiekader")
    session.press("q")
    assert session.ends() == 0
    assert_restored(session)


def test_a_terminal_that_nobody_reads_does_not_stop_it(start) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("t" * 60)  # whole screens, far more than the terminal and its queue can hold
    time.sleep(1)  # without reading
    session.press("j" * 3)
    session.shows("Kennemerland")
    session.shows("IJsselland · Referentiekader")
    session.press("q")
    assert session.ends() == 0
    assert_restored(session)


def test_a_terminal_that_nobody_reads_does_not_keep_it_from_ending(start) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("t" * 60)
    time.sleep(1)
    session.process.send_signal(signal.SIGTERM)
    assert session.process.wait(PATIENCE) == 128 + signal.SIGTERM


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_the_size_is_that_of_the_terminal_whatever_the_shell_has_exported(start, size: tuple[int, int]) -> None:
    session = start(size=size, COLUMNS="80", LINES="24")
    session.shows("Groningen · Referentiekader")
    session.sent()
    lines = session.screen.text.splitlines()
    assert lines[0].strip().startswith("Korpsmonitor")
    assert "hulp" in lines[-1]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_signs_and_encoding_go_together(start, encoding: str) -> None:
    """In an encoding without the signs, ASCII stands for them; a question mark would mean an open score."""
    session = start(PYTHONIOENCODING=encoding)
    session.shows("Groningen - Referentiekader")
    session.sent()
    assert session.screen.text.isascii()
    assert {"G", "R", "A"} & set(session.screen.text)


def test_a_key_draws_the_whole_screen_again(start) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.sent()
    before = session.screen.text
    session.screen.write("\x1b[2Jwall: the system goes down")
    session.press("\x0c")
    session.until(lambda: session.screen.text == before, "the screen is as it was")


def test_textual_s_own_driver_can_be_chosen(start, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('driver = "textual"\n')
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("q")
    assert session.ends() == 0


@pytest.mark.parametrize("farewell", ["q", signal.SIGHUP])
def test_a_signal_to_go_on_changes_nothing(start, farewell: str | signal.Signals) -> None:
    """It comes with the end of a session, whether or not anything was stopped before."""
    session = start()
    session.shows("Groningen · Referentiekader")
    for name in ("Friesland", "Drenthe"):
        session.process.send_signal(signal.SIGCONT)
        session.sent()
        session.press("\x1b[B")
        session.shows(f"{name} · Referentiekader")
    session.process.send_signal(signal.SIGCONT)
    session.sent()
    if isinstance(farewell, str):
        session.press(farewell)
        assert session.ends() == 0
    else:
        session.process.send_signal(farewell)
        assert session.ends() == 128 + farewell
    assert_restored(session)


def test_a_lone_escape_is_the_key(start) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("\r")
    session.shows("Als deze score anders was")
    session.press("\x1b")
    session.shows("Kennemerland")
    session.press("q")
    assert session.ends() == 0


@pytest.mark.parametrize("aloud", [True, False])
def test_it_ends_with_its_terminal(start, aloud: bool) -> None:
    """A window that is closed, a connection that is lost."""
    session = start()
    session.shows("Groningen · Referentiekader")
    session.hang_up(aloud)
    session.process.wait(PATIENCE)


BROKEN = "from kmtui.tui.screens.matrix import MatrixScreen\nMatrixScreen.action_sort = lambda self: 1 / 0\n"


@pytest.mark.parametrize("debug", [False, True])
def test_a_crash_restores_the_terminal_and_is_told_in_one_line(start, tmp_path: Path, debug: bool) -> None:
    (tmp_path / "sitecustomize.py").write_text(BROKEN)
    session = start(*(["--debug"] if debug else []), PYTHONPATH=str(tmp_path))
    session.shows("Groningen · Referentiekader")
    session.press("s")
    assert session.ends() == 1
    assert_restored(session)
    told = session.text_after(LEAVE_SCREEN).strip().splitlines()
    assert told[-1].startswith("kmtui: something went wrong inside kmtui (ZeroDivisionError: division by zero)")
    assert (len(told) > 1) == ("Traceback" in session.text) == debug


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('theme = "drak"', "theme: unknown theme 'drak' (did you mean 'dark'?)"),
        ('[keys]\nhlep = "f1"', "keys.hlep: unknown action 'hlep' (did you mean 'help'?)"),
    ],
)
def test_a_configuration_that_cannot_be_is_told_before_anything_is_drawn(start, tmp_path, written, told) -> None:
    (tmp_path / "config.toml").write_text(written)
    session = start(size=(200, 24))
    assert session.ends() == 1
    assert session.output.strip() == f"kmtui: {tmp_path / 'config.toml'}: {told}"


def test_the_theme_and_language_that_were_chosen_are_there_the_next_time(start, tmp_path: Path) -> None:
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("tL")
    session.shows("quit")
    session.press("q")
    assert session.ends() == 0
    assert (tmp_path / "choices.toml").read_text() == 'language = "en"\ntheme = "light"\n'
    session = start()
    session.shows("End score")


# Colours, as they are sent

ATTRIBUTES = {"", "0", "1", "2", "3", "4", "7", "22", "23", "24", "27"}
FEW = {"30", "97", "37", "39", "40", "41", "42", "43", "49"}
"""The sixteen colours that the bundled frameworks choose, and the terminal's own."""


def codes_sent(session) -> set[str]:
    """The attributes and colours that were asked of the terminal."""
    return {code for codes in re.findall(r"\x1b\[([0-9;]*)m", session.output) for code in codes.split(";")}


@pytest.mark.parametrize("terminal", ["xterm", "screen", "tmux", "linux", "rxvt"])
def test_sixteen_colours_where_there_are_no_more(start, terminal: str) -> None:
    session = start(TERM=terminal, COLORTERM="")
    session.shows("Groningen · Referentiekader")
    session.press("?")
    session.shows("Toetsen")
    session.read(0.1)
    assert codes_sent(session) <= ATTRIBUTES | FEW
    assert {"41", "42", "43"} <= codes_sent(session)


@pytest.mark.parametrize(
    "changes", [{"NO_COLOR": "1"}, {"TERM": "dumb", "COLORTERM": ""}, {"TERM": "vt220", "COLORTERM": ""}], ids=str
)
def test_no_colours_where_there_are_none(start, changes: Mapping[str, str]) -> None:
    session = start(**changes)
    session.shows("Groningen · Referentiekader")
    session.press("\x10")
    session.shows("Matrix")
    session.read(0.1)
    assert codes_sent(session) <= ATTRIBUTES | {"39", "49"}
    assert "7" in codes_sent(session)


def test_256_colours_are_no_more(start) -> None:
    session = start(TERM="tmux-256color", COLORTERM="")
    session.shows("Groningen · Referentiekader")
    assert "\x1b[" in session.output
    assert not re.search(r"[34]8;2;", session.output)
    assert re.search(r"48;5;", session.output)


# Where there is no terminal


def test_without_a_terminal_it_says_so_and_ends_with_2(tmp_path: Path, program) -> None:
    ended = subprocess.run(**program, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True)
    assert ended.returncode == 2
    assert ended.stdout == b""
    told = ended.stderr.decode()
    assert told.startswith("kmtui: the terminal interface needs a terminal")
    assert "kmtui export" in told
    assert told.count("\n") == 1
    assert "\x1b" not in told


def elsewhere(program, tmp_path: Path, **streams: int | None) -> subprocess.CompletedProcess[bytes]:
    """Run it on a terminal, but for the streams given."""
    terminal, inside = pty.openpty()
    try:
        return subprocess.run(
            **program,
            **{"stdin": inside, "stdout": inside, "stderr": subprocess.PIPE, **streams},
            cwd=tmp_path,
            timeout=PATIENCE,
        )
    finally:
        os.close(terminal)
        os.close(inside)


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_one_stream_elsewhere_is_enough_to_refuse(program, tmp_path: Path, stream: str) -> None:
    ended = elsewhere(program, tmp_path, **{stream: subprocess.DEVNULL})
    assert ended.returncode == 2
    assert b"needs a terminal" in ended.stderr


def test_standard_error_elsewhere_does_not_swallow_the_screen(start, tmp_path: Path) -> None:
    """`kmtui 2>log`: Textual would draw on standard error, so the screen would stay empty and the log fill up."""
    log = tmp_path / "log"
    with log.open("wb") as errors:
        session = start(stderr=errors.fileno())
    session.shows("Groningen · Referentiekader")
    session.press("q")
    assert session.ends() == 0
    assert_restored(session)
    assert log.read_bytes() == b""


def test_what_is_typed_ahead_goes_into_the_filter(start) -> None:
    """All at once, as a slow line brings it: none of it is taken for keys of the matrix."""
    session = start()
    session.shows("Groningen · Referentiekader")
    session.press("/kennem\rc")
    session.shows("Kennemerland · Korpsmonitor prostitutie & mensenhandel 2011-2012")
