"""Where a save cannot be made, that is said in one line and what was there stays; no lock outlives its holder."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest

from kmtui.files import writing
from kmtui.files.writing import UNFINISHED, sole_writer, write_atomically
from kmtui.settings import Choices, read_choices, remember

WITHOUT_SPACE = ("sh", "-c", 'ulimit -f 0; exec "$0" "$@"')
WITHOUT_RIGHTS = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
IN_NOWHERE = ("sh", "-c", 'rmdir "$PWD"; exec "$0" "$@"')
SAVES = {
    "choices": (("plugins", "disable", "ketenpartners"), "choices.toml"),
    "package": (("export", "all", "-o", "."), "scores.csv"),
    "edition": (("editions", "new", "2014", "-o", "new"), ""),
}


@pytest.fixture
def place(tmp_path):
    """A folder with the old files of every save."""
    folder = tmp_path / "place"
    folder.mkdir()
    (folder / "choices.toml").write_text('theme = "old"\n')
    (folder / "scores.csv").write_text("old")
    return folder


@pytest.fixture
def save(kmtui, place):
    """Save in that folder, under what keeps it from being done."""

    def run(name, hindrance):
        arguments, _ = SAVES[name]
        environment = kmtui.environment({"KMTUI_STATE": place})
        command = [*hindrance, kmtui.path, *arguments]
        done = subprocess.run(command, cwd=place, env=environment, capture_output=True, encoding="utf-8", timeout=60)
        assert "Traceback" not in done.stderr
        assert "inside kmtui" not in done.stderr
        return done

    return run


def files_in(folder):
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


@pytest.mark.parametrize("name", SAVES)
def test_on_a_full_disk_the_old_stays_and_the_file_is_named(place, save, name):
    before = files_in(place)
    done = save(name, WITHOUT_SPACE)
    assert done.returncode == 1
    assert done.stderr.endswith("File too large\n")
    assert SAVES[name][1] in done.stderr
    assert done.stderr.count("\n") == 1
    assert files_in(place) == before
    assert [path.name for path in place.iterdir() if path.name.endswith(UNFINISHED)] == []


@pytest.mark.skipif(bool(WITHOUT_RIGHTS) and not shutil.which("setpriv"), reason="root may write everywhere")
@pytest.mark.parametrize("name", SAVES)
def test_in_a_folder_that_may_only_be_read_the_old_stays(place, save, name):
    before = files_in(place)
    place.chmod(0o500)
    done = save(name, WITHOUT_RIGHTS)
    place.chmod(0o700)
    assert done.returncode == 1
    assert done.stderr.startswith("kmtui: ")
    assert done.stderr.endswith("Permission denied\n")
    assert done.stderr.count("\n") == 1
    assert files_in(place) == before


@pytest.mark.parametrize("name", ["package", "edition"])
def test_in_a_folder_that_has_gone_nothing_is_made(place, save, name):
    shutil.rmtree(place)
    place.mkdir()
    done = save(name, IN_NOWHERE)
    assert done.returncode == 1
    assert done.stderr.endswith("No such file or directory\n")
    assert done.stderr.count("\n") == 1
    assert not place.exists()


def test_a_file_in_a_folder_that_has_gone_is_named(tmp_path):
    with pytest.raises(FileNotFoundError) as error:
        write_atomically(tmp_path / "gone" / "file", b"new")
    assert error.value.filename == str(tmp_path / "gone" / "file")


def python(code, *arguments):
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE)


REMEMBER = """
import pathlib, sys
from kmtui.settings import remember
_, file, key, value = sys.argv
for at in range(20):
    remember(pathlib.Path(file), **{key: f"{value}-{at}" if key == "theme" else (f"{value}-{at}",)})
"""


def test_programs_that_save_at_the_same_time_lose_nothing(tmp_path):
    file = tmp_path / "choices.toml"
    writers = [python(REMEMBER, file, key, "x") for key in ("theme", "disabled_plugins")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    for writer in writers:
        writer.stdout.close()
    assert read_choices(file) == Choices(theme="x-19", disabled_plugins=("x-19",))


def test_of_two_that_make_one_edition_the_second_is_refused(kmtui, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(kmtui, "editions", "new", "2014", "-o", tmp_path / "new") for _ in range(2)]
        outcomes = sorted((call.result() for call in calls), key=lambda outcome: outcome.status)
    assert [outcome.status for outcome in outcomes] == [0, 1]
    assert "new" in outcomes[1].err
    assert kmtui("--edition-dir", tmp_path / "new", "editions", "check", "2014").status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


HOLD = """
import pathlib, sys, time
from kmtui.files.writing import sole_writer
with sole_writer(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """A program that holds the lock on the folder."""
    with python(HOLD, tmp_path) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_whoever_waits_too_long_is_told(tmp_path, holder, monkeypatch):
    monkeypatch.setattr(writing, "PATIENCE", 0.1)
    with pytest.raises(TimeoutError, match=r"another kmtui has been writing here for 0\.1 seconds"):
        remember(tmp_path / "choices.toml", theme="new")
    assert not (tmp_path / "choices.toml").exists()


def test_a_lock_goes_with_its_holder(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    asked = time.monotonic()
    with sole_writer(tmp_path):
        assert time.monotonic() - asked < 1


def left_behind(folder, name, age):
    """What a killed writer of a file leaves: a file, or a folder of files."""
    file, draft = folder / f".{name}.abc{UNFINISHED}", folder / f".{name}.def{UNFINISHED}"
    draft.mkdir()
    for path in (file, draft / "half"):
        path.write_text("half")
    for path in (file, draft):
        os.utime(path, (time.time() - age,) * 2)
    return [file, draft]


def test_a_save_sweeps_what_was_left_of_the_same_file_long_ago(tmp_path):
    old, young = left_behind(tmp_path, "a[1].csv", 7_200), left_behind(tmp_path, "b.csv", 60)
    others = left_behind(tmp_path, "a1.csv", 7_200)
    (tmp_path / ".a[1].csv.swp").write_text("an editor's")
    for name in ("a[1].csv", "b.csv"):
        write_atomically(tmp_path / name, b"new")
    assert not [path for path in old if path.exists()]
    assert [path for path in (*young, *others) if not path.exists()] == []
    assert (tmp_path / ".a[1].csv.swp").exists()


@pytest.mark.parametrize(("jump", "stands"), [(-1e9, "ours"), (1e9, "the other's")])
def test_a_clock_that_jumps_in_the_middle_of_a_save_harms_no_file(tmp_path, monkeypatch, jump, stands):
    """Whoever saves after it may take away what we have not finished; then we say that our save was not made."""
    file, now, replace = tmp_path / "file", time.time, type(tmp_path).replace

    def replace_late(self, target):
        monkeypatch.setattr(type(tmp_path), "replace", replace)
        monkeypatch.setattr(time, "time", lambda: now() + jump)
        write_atomically(file, b"the other's")
        return self.replace(target)

    monkeypatch.setattr(type(tmp_path), "replace", replace_late)
    with nullcontext() if stands == "ours" else pytest.raises(FileNotFoundError):
        write_atomically(file, b"ours")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("file", stands)]


@pytest.mark.parametrize("error", [OSError(errno.ENOLCK, "No locks available"), NotImplementedError()])
def test_a_disk_without_locks_is_named_with_what_to_do(place, monkeypatch, error):
    def refuse(*_, **__):
        raise error

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with pytest.raises(OSError, match="this disk has no locks") as raised:
        remember(place / "choices.toml", theme="nord")
    assert raised.value.filename == str(place / ".lock")
    assert read_choices(place / "choices.toml") == Choices(theme="old")


def test_the_name_of_the_lock_is_given_where_it_cannot_be_had(place):
    (place / ".lock").mkdir()
    with pytest.raises(OSError, match=str(place / ".lock")):
        remember(place / "choices.toml", theme="nord")
