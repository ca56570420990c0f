"""Sessions in a terminal: opened, walked through and left, program by program in turn."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.terminal import Burst, Terminal

DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"
STEPS = 40
HELD = 30
IDLE = 5.0


@dataclass(frozen=True, slots=True)
class Interface:
    """A program with a screen: how it is started, the text that says it is ready, and its keys."""

    program: Sequence[str | Path]
    ready: str
    quit: str
    walks: bool = True
    down: str = DOWN
    page_down: str = PAGE_DOWN


@dataclass(slots=True)
class Found:
    """What was measured of one program, an entry for each session."""

    ready: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    steps: list[Burst] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    idle: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    quit: list[float] = field(default_factory=list)

    def median(self, what: str) -> float:
        """The median of one of them."""
        return float(statistics.median(getattr(self, what)))

    def step(self, what: str) -> float:
        """The median of `first`, `last` or `size` of a cursor step."""
        return float(statistics.median(getattr(burst, what) for burst in self.steps))


def measure(
    interfaces: Mapping[str, Interface], environment: Mapping[str, str], rounds: int
) -> tuple[dict[str, Found], dict[str, str]]:
    """Sessions of all of them in turn, after one round that does not count; only the last round walks and rests.

    Beside what was found, by name, stands what went wrong with the others.
    """
    found = {name: Found() for name in interfaces}
    broken: dict[str, str] = {}
    for turn in range(rounds + 1):
        for name, interface in interfaces.items():
            if name in broken:
                continue
            try:
                _session(interface, environment, found[name] if turn else Found(), walks=turn == rounds)
            except RuntimeError as error:
                broken[name] = str(error)
    return {name: one for name, one in found.items() if name not in broken}, broken


def _session(interface: Interface, environment: Mapping[str, str], kept: Found, walks: bool) -> None:
    with Terminal.running(interface.program, environment) as terminal:
        kept.ready.append(terminal.ready(interface.ready))
        kept.size.append(terminal.size)
        kept.memory.append(terminal.memory)
        terminal.rest(0.3)
        if walks:
            _walk(terminal, interface, kept)
        kept.quit.append(terminal.quit(interface.quit))


def _walk(terminal: Terminal, interface: Interface, kept: Found) -> None:
    size, cpu = terminal.rest(IDLE)
    kept.idle.append(size / IDLE)
    kept.cpu.append(cpu / IDLE)
    if not interface.walks:
        return
    terminal.press(interface.down)
    kept.steps.extend(terminal.press(interface.down) for _ in range(STEPS))
    kept.page.append(terminal.press(interface.page_down).size)
    terminal.hold(interface.down, HELD)  # down to the last line of the screen, from where every step scrolls
    kept.held.append(terminal.hold(interface.down, HELD) / HELD)
