"""Readers that leave, disks that are full, streams that are closed."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from kmtui.plugins.discovery import bundled_folder

COMMANDS = {
    "export scores": ("export", "scores"),
    "export verdicts": ("export", "verdicts"),
    "show": ("show", "corps", "utrecht"),
    "weigh": ("weigh", "-", "--scheme", "referentiekader-2008"),
    "help": ("--help",),
    "version": ("--version",),
    "editions": ("editions", "list"),
    "plugins": ("plugins", "list"),
}


@pytest.fixture(scope="module")
def stdin(framework):
    header = ",".join(["corps", *framework.dimension_ids])
    green = ",groen" * len(framework.dimensions)
    return (header + "\n" + "".join(f"korps {n}{green}\n" for n in range(20_000))).encode()


@pytest.mark.parametrize(
    ("command", "unbuffered"), [*((command, "") for command in COMMANDS), ("export scores", "1"), ("version", "1")]
)
def test_a_reader_that_closes_at_once_is_no_error(kmtui, stdin, command, unbuffered):
    reader, writer = os.pipe()
    os.close(reader)
    try:
        left = kmtui.to(writer, *COMMANDS[command], stdin=stdin, PYTHONUNBUFFERED=unbuffered)
    finally:
        os.close(writer)
    assert (left.status, left.err) == (0, "")


@pytest.mark.parametrize("command", ["export scores", "weigh"])
def test_a_reader_that_has_seen_enough_is_no_error(kmtui, tmp_path, stdin, command):
    (tmp_path / "in").write_bytes(stdin)
    with (
        (tmp_path / "in").open("rb") as given,
        subprocess.Popen(
            [kmtui.path, *COMMANDS[command]],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=kmtui.folder,
            env=kmtui.environment({}),
        ) as process,
    ):
        first = process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
    assert first.endswith(b"\r\n")
    assert (process.returncode, told) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", ["export scores", "export verdicts", "show", "version"])
def test_a_full_disk_is_told_in_one_line(kmtui, command):
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        told = kmtui.to(full.fileno(), *COMMANDS[command])
    assert told.status == 1
    assert told.err == "kmtui: <stdout>: No space left on device\n"


@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        ("export >&-", 1, "kmtui: <stdout>: Bad file descriptor\n"),
        ("--version >&-", 1, "kmtui: <stdout>: Bad file descriptor\n"),
        ("weigh - --scheme referentiekader-2008 <&-", 1, "kmtui: <stdin>:1: cannot be read: Bad file descriptor\n"),
        ("editions check 2012 <&-", 0, f"{bundled_folder('editions') / '2012'}: 27 corps, 459 scores, no faults\n"),
        ("exprot 2>&-", 2, ""),
        ("exprot 2>/dev/full", 2, ""),
        ("--version <&- 2>&-", 0, ""),
        ("export all -o here >&- 2>&-", 0, ""),
        ("export >&- 2>&-", 1, ""),
    ],
)
def test_a_closed_stream_is_told_in_one_line_or_not_missed(kmtui, tmp_path, line, status, told):
    done = subprocess.run(
        ["sh", "-c", f"'{kmtui.path}' {line}"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=tmp_path,
        env=kmtui.environment({}),
        encoding="utf-8",
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (status, told)


def test_a_pipe_that_does_not_block_gets_everything_from_a_slow_writer_to_a_slow_reader(kmtui):
    """Another program may set O_NONBLOCK on its end, which is ours, too."""
    whole = kmtui("export", "indicators").out.encode()
    assert len(whole) > 2 * 65_536, "more than a pipe holds"
    ours, its = os.pipe()
    os.set_blocking(its, False)
    with subprocess.Popen([kmtui.path, "export", "indicators"], stdout=its, env=kmtui.environment({})) as process:
        os.close(its)
        read = b""
        with os.fdopen(ours, "rb", buffering=0) as pipe:
            time.sleep(0.5)
            while block := pipe.read(4096):
                read += block
                time.sleep(0.001)
        assert process.wait(60) == 0
    assert read == whole


def test_input_that_does_not_block_is_waited_for(kmtui):
    table = kmtui("export", "matrix").out.encode()
    assert table
    ours, its = os.pipe()
    os.set_blocking(ours, False)
    command = [kmtui.path, "weigh", "-", "--scheme", "referentiekader-2008"]
    with subprocess.Popen(command, stdin=ours, stdout=subprocess.PIPE, env=kmtui.environment({})) as process:
        os.close(ours)
        for at in range(0, len(table), 500):
            os.write(its, table[at : at + 500])
            time.sleep(0.02)
        os.close(its)
        found = process.communicate(timeout=60)[0]
    assert process.returncode == 0
    assert found.decode() == kmtui("weigh", "-", "--scheme", "referentiekader-2008", stdin=table).out
