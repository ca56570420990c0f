"""Kill a writer at each system call of a save, and look at what stands afterwards: `killing.py WRITER FOLDER STEP`.

The writer runs in a forked process under ptrace, which stops it where a call begins and where it ends. At the n-th stop
it is killed, for each n (or each STEP-th) until a save comes to its end. After every kill the old or the new stands,
whole, and the next save does its work. Prints the number of kills.
"""

import ctypes
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import filelock  # noqa: F401 - what writers import at their first save is no part of what is looked at
import platformdirs  # noqa: F401
import tomli_w  # noqa: F401
import tomlkit  # noqa: F401
from msgspec import structs

from kmtui import open_monitor
from kmtui.editions.scaffold import plan_edition
from kmtui.editions.writing import write_edition
from kmtui.export.delimited import DIALECTS
from kmtui.export.package import write_package
from kmtui.files.writing import UNFINISHED, write_atomically
from kmtui.model.words import Passage
from kmtui.plugins import scaffold
from kmtui.settings import read_choices, remember
from kmtui.tui.saving import Extract, save

State = Mapping[str, bytes]
TRACE_ME, ON_TO_NEXT_CALL = 0, 24
OLD, NEW = b"old " * 5_000, b"new " * 5_000
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)


@dataclass(frozen=True)
class Writer:
    """How the old comes about, how the new is saved over it, and in which units it may come: files, or all at once."""

    old: Callable[[Path], object]
    new: Callable[[Path], object]
    at_once: bool = False


def state_of(folder: Path) -> State:
    """Every file in the folder that a user would see."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def killed(write: Callable[[], object], at: int) -> bool:
    """Whether the writer came as far as its stop of this number, and was killed there."""
    child = os.fork()
    if child == 0:
        libc.ptrace(TRACE_ME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        write()
        os._exit(0)
    os.waitpid(child, 0)
    for _ in range(at):
        libc.ptrace(ON_TO_NEXT_CALL, child, None, None)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            return False
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def kill_everywhere(writer: Writer, folder: Path, step: int) -> int:
    """Kill the writer at every stop of a save (raises AssertionError where something is lost)."""
    folder.mkdir()
    writer.old(folder)
    old = state_of(folder)
    writer.new(folder)
    new = state_of(folder)
    assert old != new
    for kills, at in enumerate(count(1, step)):
        empty(folder)
        writer.old(folder)
        if not killed(lambda: writer.new(folder), at):
            assert state_of(folder) == new
            return kills
        assert sound(state_of(folder), old, new, writer.at_once), f"lost at stop {at}"
        with much_later():
            if not writer.at_once or state_of(folder) != new:
                writer.new(folder)
            assert state_of(folder) == new, f"the next save fails after stop {at}"
            assert writer.at_once or not list(folder.rglob(f"*{UNFINISHED}")), f"something is left after stop {at}"
    raise AssertionError("no save comes to its end")


def sound(found: State, old: State, new: State, at_once: bool) -> bool:
    """Whether nothing is lost: each file is the old or the new one, and of what comes at once, all of them are."""
    if at_once:
        return found in (old, new)
    return old.keys() <= found.keys() and all(found[name] in (old.get(name), new.get(name)) for name in found)


@contextmanager
def much_later() -> Iterator[None]:
    """As if it were a day on, so that nothing that is left can still be at work."""
    now = time.time
    time.time = lambda: now() + 86_400
    try:
        yield
    finally:
        time.time = now


def empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


MONITOR = open_monitor()
EARLIER = MONITOR.edition("2012")
PLAN = plan_edition("2014", EARLIER, MONITOR.context, mapping=MONITOR.mapping(EARLIER))


def write_new(folder: Path) -> None:
    write_edition(folder, PLAN, MONITOR.context)


def change(folder: Path, note: str) -> None:
    """Change the files of two corps of an edition."""
    store = open_monitor(edition_folders=[folder]).store
    corps = store.get("2014").corps[:2]
    remark = Passage(text=note, source=("1.1",))
    store.write("2014", *(structs.replace(one, actions=(remark,)) for one in corps))


PROJECT = scaffold.Plan("panel", Path(), "mine", "Mine", "mine")


def render(project: Path, answers: Mapping[str, object]) -> None:
    """Two files instead of copier's dozen: what matters is how they are put in their place."""
    (project / "src").mkdir(parents=True, exist_ok=True)
    (project / "src" / "mine.py").write_bytes(NEW)
    (project / "README.md").write_bytes(NEW)


def project_at(folder: Path) -> scaffold.Plan:
    return scaffold.Plan(PROJECT.kind, folder / "mine", PROJECT.id, PROJECT.name, PROJECT.module)


def project_there(folder: Path) -> None:
    (folder / "mine").mkdir()
    for name in ("README.md", "own.txt"):
        (folder / "mine" / name).write_bytes(OLD)


scaffold._renderer = lambda: render
WRITERS = {
    "file": Writer(
        lambda folder: write_atomically(folder / "file", OLD), lambda folder: write_atomically(folder / "file", NEW)
    ),
    "interface": Writer(
        lambda folder: save(Extract("", "old"), folder / "2012-scores.csv"),
        lambda folder: save(Extract("", "new"), folder / "2012-scores.csv"),
    ),
    "choices": Writer(
        lambda folder: remember(folder / "choices.toml", theme="old", language="nl"),
        lambda folder: read_choices(folder / "choices.toml") and remember(folder / "choices.toml", theme="new"),
    ),
    "edition": Writer(lambda folder: None, lambda folder: write_new(folder / "2014"), at_once=True),
    "edition again": Writer(lambda folder: write_new(folder / "2014"), lambda folder: change(folder / "2014", "New.")),
    "package": Writer(
        lambda folder: write_package(folder, [], DIALECTS["rfc4180"], "1.0", lambda _: None),
        lambda folder: write_package(folder, [], DIALECTS["excel-nl"], "1.0", lambda _: None),
    ),
    "new project": Writer(lambda folder: None, lambda folder: scaffold.make(project_at(folder)), at_once=True),
    "project again": Writer(project_there, lambda folder: scaffold.make(project_at(folder), force=True)),
}


if __name__ == "__main__":
    print(kill_everywhere(WRITERS[sys.argv[1]], Path(sys.argv[2]), int(sys.argv[3])))
