"""Whatever a file holds, a reader ends in seconds, within little memory, and tells of no more faults than one reads."""

import resource
import subprocess
import sys
from itertools import chain, repeat
from pathlib import Path

import pytest

from kmtui.files.faults import LONGEST, MOST
from kmtui.files.reading import LARGEST, LARGEST_TOML
from kmtui.plugins.discovery import bundled_folder

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
READ = """
import resource, sys
from pathlib import Path
from fuzz import targets
name, folder = sys.argv[1:]
target = targets()[name]
memory = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() + 400 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
target.read(Path(folder))
"""


def repeated(line: str, most: int, begin: str = "") -> bytes:
    """As many of these lines, with numbers in the place of %d, as the file may have."""
    if "%d" not in line:
        return begin.encode() + line.encode() * ((most - len(begin)) // len(line))
    number = (most - len(begin)) // (len(line) + 6)
    return (begin + "".join(line.replace("%d", str(at)) for at in range(number))).encode()


TABLE = "indicator,subject,year,raw,value,status,footnote\n"
FILES = {
    "tables without keys": ("claims", "claims.toml", repeated("[[claims]]\n", LARGEST_TOML)),
    "unknown keys": ("claims", "claims.toml", repeated("key%d=1\n", LARGEST_TOML)),
    "names that are nearly right": (
        "unit",
        "units/limburg.toml",
        repeated("toezich%d={}\n", LARGEST_TOML, 'id="limburg"\n[findings]\n'),
    ),
    "the same in what is small enough": (
        "unit",
        "units/limburg.toml",
        repeated("toezich%d={}\n", LARGEST_TOML // 4, 'id="limburg"\n[findings]\n'),
    ),
    "deep keys": ("choices", "choices.toml", repeated("[x%d" + ".a" * 45 + "]\n", LARGEST_TOML)),
    "a deep key behind an escaped quote": (
        "choices",
        "choices.toml",
        b'"\\"".' + b"a." * (LARGEST_TOML // 3) + b"a = 1",
    ),
    "brackets": ("choices", "choices.toml", b"[" * LARGEST_TOML),
    "one long text": ("choices", "choices.toml", b'theme = "' + b"\\\\" * (LARGEST_TOML // 2 - 9) + b'"'),
    "empty rows": ("table", "tables/03.csv", repeated("\n", LARGEST, TABLE)),
    "rows of unknown subjects": ("table", "tables/03.csv", repeated("x,utrech%d,,1,1,number,\n", LARGEST, TABLE)),
    "rows of one good subject": ("table", "tables/03.csv", repeated("x,utrecht,,1,1,number,\n", LARGEST, TABLE)),
    "cells": ("table", "tables/03.csv", b"," * LARGEST),
    "larger than may be": ("claims", "claims.toml", b"#" * (LARGEST_TOML + 1)),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
@pytest.mark.parametrize("case", FILES)
def test_a_file_of_any_content_is_refused_soon_and_in_little_memory(tmp_path, case):
    name, file, content = FILES[case]
    if name == "table":
        (tmp_path / "indicators.toml").write_bytes(
            (bundled_folder("editions") / "2012" / "indicators.toml").read_bytes()
        )
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", READ, name, tmp_path], cwd=SCRIPTS, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_no_more_faults_are_told_than_one_mends(kmtui, tmp_path):
    wide = tmp_path / "wide"
    (wide / "corps").mkdir(parents=True)
    head = (bundled_folder("editions") / "2012" / "edition.toml").read_text("utf-8")
    (wide / "edition.toml").write_text(f"{head}\n[{'k' * 5_000}]\n", "utf-8")
    (wide / "corps" / "utrecht.toml").write_text("".join(f"key{at} = 1\n" for at in range(5 * MOST)), "utf-8")
    told = kmtui("editions", "check", wide).out.splitlines()
    assert MOST < sum("utrecht.toml" in line for line in told) < 3 * MOST
    assert any(f"utrecht.toml: found more than {MOST} faults" in line for line in told)
    assert max(map(len, told)) < 3 * LONGEST


ENDLESS = {
    "line": repeat(b"x" * 65_536),
    "NUL": repeat(b"\0" * 65_536),
    "row": chain([b'"'], repeat(b'a","b\n' * 10_000)),
    "cell": chain([b'"'], repeat(b"ab\n" * 10_000)),
}


@pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
@pytest.mark.parametrize("case", ENDLESS)
@pytest.mark.parametrize("headed", [False, True])
def test_scores_without_an_end_are_refused_before_they_fill_the_memory(kmtui, framework, case, headed):
    header = ",".join(["corps", *framework.dimension_ids]).encode() + b"\n"

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    with subprocess.Popen(
        [kmtui.path, "weigh", "-", "--scheme", "referentiekader-2008"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=kmtui.environment({}),
        bufsize=0,
        preexec_fn=limited,
    ) as process:
        sent = 0
        try:
            for block in chain([header] if headed else [], ENDLESS[case]):
                process.stdin.write(block)
                sent += len(block)
                assert sent < 2**26, "it goes on reading"
        except BrokenPipeError:
            pass
        told = process.stderr.read().decode()
    assert process.returncode == 1
    assert told.startswith("kmtui: <stdin>:")
    assert 1 <= told.count("\n") <= 100
