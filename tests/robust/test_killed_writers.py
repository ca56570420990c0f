"""Nothing is lost when kmtui is killed in the middle of a save, wherever that is."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import kmtui

KILLING = Path(__file__).with_name("killing.py")
QUICK = {
    "file": 1,
    "interface": 2,
    "choices": 3,
    "edition": 7,
    "edition again": 31,
    "package": 7,
    "new project": 5,
    "project again": 2,
}
"""Each writer, and of how many stops one is tried in a quick run."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ptrace as Linux has it")


@pytest.fixture
def memory(tmp_path):
    """A folder in memory where there is one: hundreds of saves each wait for the disk."""
    if not Path("/dev/shm").is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir="/dev/shm"))
    yield folder
    shutil.rmtree(folder)


def kills(writer, folder, step):
    """How often the writer was killed, with the old or the new standing whole each time."""
    command = [sys.executable, KILLING, writer, folder / "saved", str(step)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.parametrize("writer", QUICK)
def test_the_old_or_the_new_stands_after_a_kill(memory, writer):
    assert kills(writer, memory, QUICK[writer]) > 20


@pytest.mark.long
@pytest.mark.parametrize("writer", QUICK)
def test_the_old_or_the_new_stands_after_a_kill_at_any_call(memory, writer):
    assert kills(writer, memory, 1) > 40


WRITES = re.compile(
    r"""\.write_(?:text|bytes)\(|open\([^)\n]*["'][wax+]b?["']|mkstemp|mkdtemp|O_CREAT|shutil\.(?:copy|move)"""
)
ELSEWHERE = {"files/writing.py", "plugins/scaffold.py", "cli/streams.py"}
"""The writers; what keeps the files that a new project replaces; and what writes to terminal and streams."""


def test_nothing_is_written_but_by_those_that_are_killed_here():
    source = Path(kmtui.__file__).parent
    found = {str(file.relative_to(source)) for file in source.rglob("*.py") if WRITES.search(file.read_text("utf-8"))}
    assert found - {name for name in found if name.startswith("templates/")} <= ELSEWHERE
