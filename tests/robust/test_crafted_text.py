"""Text that would steer a terminal or a spreadsheet is kept exactly, and is harmless wherever it comes out."""

import csv
import fcntl
import io
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import termios

import pytest

from kmtui import open_monitor
from kmtui.editions.figures import COLUMNS
from kmtui.model.figures import parse_cell
from kmtui.plugins.discovery import bundled_folder

CRAFTED = "=cmd|' /C calc'!A0 \x1b]52;c;ZXZpbA==\x07\x1b[31m[bold]x[/bold] \u202eomgekeerd\u2066\u200b\x9b2J"
SHOWN = "=cmd|' /C calc'!A0 ␛]52;c;ZXZpbA==␇␛[31m[bold]x[/bold] <U+202E>omgekeerd<U+2066><U+200B><U+009B>2J"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
IN_TOML = CRAFTED.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in STEERING.findall(CRAFTED)})
TEXT_KEYS = re.compile(r'^(title|name|note|text) = "[^"]*"$', re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, monitor, edition):
    """The edition of 2012, with crafted text wherever a text may stand in any of its files, and in a table."""
    folder = shutil.copytree(bundled_folder("editions") / "2012", tmp_path_factory.mktemp("crafted") / "2012")
    for file in folder.rglob("*.toml"):
        text, times = TEXT_KEYS.subn(lambda found: f'{found[1]} = "{IN_TOML}"', file.read_text("utf-8"))
        assert times, file
        file.write_text(text, "utf-8")
    table = folder / "tables" / "03.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"), newline="")))
    means, number, _ = parse_cell(CRAFTED, monitor.figures(edition).notation)
    rows[0] |= {"raw": CRAFTED, "status": means, "value": "" if number is None else f"{number:g}"}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    table.write_text(out.getvalue(), "utf-8", newline="")
    return folder


def test_every_text_is_kept_as_it_is(folder):
    monitor = open_monitor(edition_folders=[folder])
    edition = monitor.edition("2012")
    assert (edition.title, edition.find_corps("utrecht").name) == (CRAFTED, CRAFTED)
    assert CRAFTED in [cell.raw for table in monitor.figures(edition).tables for cell in table.cells]


@pytest.mark.parametrize("table", ["scores", "verdicts", "indicators", "recommendations", "words"])
@pytest.mark.parametrize("dialect", ["rfc4180", "excel-nl"])
def test_cells_are_exact_and_none_runs_in_a_spreadsheet(kmtui, folder, table, dialect):
    exported = kmtui("--edition-dir", folder, "export", table, "--dialect", dialect)
    assert (exported.status, exported.err) == (0, "")
    delimiter = ";" if dialect == "excel-nl" else ","
    rows = csv.reader(io.StringIO(exported.out.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    crafted = {cell for row in rows for cell in row if "cmd|" in cell}
    kept = f"'{CRAFTED}" if dialect == "excel-nl" else CRAFTED
    assert crafted == ({kept} if table != "verdicts" else set())


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "corps", "utrecht"),
        ("show", "dimension", "gedragscode"),
        ("show", "unit", "midden-nederland"),
        ("show", "table", "3"),
        ("show", "partner", "om"),
        ("verify",),
        ("editions", "list"),
    ],
    ids=" ".join,
)
def test_pages_show_marks(kmtui, folder, arguments):
    told = kmtui("--edition-dir", folder, *arguments)
    assert not STEERING.search((told.out + told.err).replace("\n", ""))
    if arguments[0] != "verify":
        assert SHOWN.split()[0] in told.out
        assert "<U+202E>omgekeerd" in told.out


SENT_BY_US = re.compile(
    r"\x1b\[[0-9;?<>=$]*[ -/]*[a-zA-Z]|\x1b\]22;[a-z]+(?:\x07|\x1b\\)|\x1b[78=>]|\x1bP[^\x1b]*\x1b\\\\"
)


def test_on_a_terminal_no_view_obeys_them(kmtui, folder):
    """Every view, a page below each, the questions and what is saved; nothing but kmtui's own sequences is sent."""
    ours, its = pty.openpty()
    fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    with subprocess.Popen(
        [kmtui.path, "--edition-dir", folder],
        stdin=its,
        stdout=its,
        stderr=its,
        cwd=kmtui.folder,
        env=kmtui.environment({"TERM": "xterm-256color", "COLORTERM": "truecolor"}),
        start_new_session=True,
    ) as process:
        os.close(its)
        written = read(ours, 5)
        for key in "jjjjjjjjj\r\x1bc\x1bd\x1b2\r\x1b3\r\x1b4\r\x1b5\r\x1b6\r\x1b7890?\x1b\x10utr\x1b1W\x1bq":
            os.write(ours, key.encode())
            written += read(ours, 0.25)
        written += read(ours, 2)
        assert process.wait(20) == 0
    os.close(ours)
    text = SENT_BY_US.sub("", written.decode())
    assert "calc" in text
    assert STEERING.findall(text.replace("\r", "").replace("\n", "")) == []


@pytest.mark.parametrize("table", ["scores", "verdicts", "indicators"])
def test_on_a_terminal_a_table_shows_marks(kmtui, folder, table):
    """What is piped on is exact; a terminal would obey it."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [kmtui.path, "--edition-dir", folder, "export", table],
        stdin=subprocess.DEVNULL,
        stdout=its,
        stderr=its,
        cwd=kmtui.folder,
        env=kmtui.environment({}),
    ) as process:
        os.close(its)
        written = read(ours, 5).decode()
        assert process.wait(20) == 0
    os.close(ours)
    piped = kmtui("--edition-dir", folder, "export", table).out
    assert (SHOWN in written) == (CRAFTED in piped)
    assert STEERING.findall(written.replace("\r", "").replace("\n", "")) == []


def read(terminal: int, seconds: float) -> bytes:
    """What comes, until nothing more does for so long."""
    written = b""
    while select.select([terminal], [], [], seconds)[0]:
        try:
            written += os.read(terminal, 65536)
        except OSError:
            break
        seconds = min(seconds, 0.3)
    return written
