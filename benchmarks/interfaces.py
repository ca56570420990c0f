"""The programs with a screen that kmtui is measured beside, and what of them is told in a row."""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from benchmarks.environment import FOLDER, HERE, KMTUI, PYTHON, bin_of, without
from benchmarks.sessions import Found, Interface, measure

HELLO, TABLE, PANE, VISIDATA = "Textual hello-world", "DataTable", "DataTable with a naive pane", "VisiData"
OURS = "kmtui"
FAST = "fastdatatable"
CTRL_C, CTRL_Q = "\x03", "\x11"
APPLICATIONS = {
    "sqlit": Interface([bin_of("sqlit") / "sqlit"], "Explorer", CTRL_Q, walks=False),
    "Harlequin": Interface([bin_of("Harlequin") / "harlequin"], "memory db", CTRL_Q, walks=False),
    "Posting": Interface([bin_of("Posting") / "posting"], "Collection is empty", CTRL_C, walks=False),
    "Bagels": Interface([bin_of("Bagels") / "bagels"], "Accounts", CTRL_Q, walks=False),
}


def hello() -> Interface:
    """The least that Textual can do."""
    return Interface([PYTHON, HERE / "peers" / "hello.py"], "Hello", CTRL_Q, walks=False)


def data_table(grid: Path, peer: str = "table") -> Interface:
    """A bare DataTable, or another of benchmarks/peers that shows a grid."""
    return Interface([PYTHON, HERE / "peers" / f"{peer}.py", grid], "corps-0", CTRL_Q)


def fast_table(grid: Path) -> Interface:
    """The DataTable of textual-fastdatatable."""
    return Interface([bin_of(FAST) / "python", HERE / "peers" / "fast.py", grid], "corps-0", CTRL_Q, walks=False)


def visidata(grid: Path) -> Interface:
    """VisiData on a grid; it waits to see whether an arrow is the key to escape, so it gets other keys."""
    return Interface([FOLDER / "bin" / "vd", grid], "corps-0", "q", down="j", page_down="\x06")


def ours(options: Iterable[str], ready: str) -> Interface:
    """kmtui itself."""
    return Interface([KMTUI, *options], ready, "q")


class Beside:
    """What was found of each program; those that cannot be had or run are told with the reason."""

    def __init__(self, interfaces: Mapping[str, Interface], environment: Mapping[str, str], rounds: int) -> None:
        self.missing = {name: reason for name, reason in without().items() if name in interfaces}
        there = {name: interface for name, interface in interfaces.items() if name not in self.missing}
        self.found, broken = measure(there, environment, rounds)
        for name, error in broken.items():
            print(f"{name}: {error}", file=sys.stderr)
            self.missing[name] = "cannot be run here"

    def __getitem__(self, name: str) -> Found:
        """What was found of one (raises KeyError)."""
        return self.found[name]

    def told(self, names: Iterable[str], tell: Callable[[Found], str]) -> str:
        """The same of each peer."""
        return "; ".join(
            f"{name} {tell(self.found[name]) if name in self.found else self.missing[name]}" for name in names
        )
