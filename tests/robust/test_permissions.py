"""New files get the permissions that the user's umask leaves them, also while other threads write or change it."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from kmtui.files.writing import draft_of, write_atomically


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def private():
    """A umask that keeps others out."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_threads_that_write_never_leave_a_file_open_to_others(tmp_path, private):
    def write(name):
        for turn in range(20):
            with draft_of(tmp_path / f"{name}-{turn}") as draft:
                write_atomically(draft / "inside", b"x")
                draft.rename(tmp_path / f"{name}-{turn}")
            write_atomically(tmp_path / f"{name}-{turn}.txt", b"x")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, "abcd"))
    assert {mode(path) for path in tmp_path.rglob("*") if path.is_file()} == {0o600}
    assert {mode(path) for path in tmp_path.rglob("*") if path.is_dir()} == {0o700}
    assert os.umask(0o077) == 0o077


@pytest.mark.parametrize("kept", [0o600, 0o644, 0o664])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path, kept):
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(kept)
    write_atomically(file, b"new")
    assert (file.read_bytes(), mode(file)) == (b"new", kept)


def test_the_umask_of_the_process_is_not_touched(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the umask belongs to the whole process"))
    write_atomically(tmp_path / "file", b"x")
