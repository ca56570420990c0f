"""One session under a random stream of events, compared with a full redraw after each hundred.

A failure prints its seed and the fewest events found that repeat it; `KMTUI_SOAK_SEED` replays a seed.
"""

import os
import random
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

pytest.importorskip("pty", reason="this platform has no pseudo terminals")
if not Path("/proc/self/fd").exists():
    pytest.skip("this system does not show what a process holds", allow_module_level=True)

SEED = os.environ.get("KMTUI_SOAK_SEED")
ROUND = 100
"""Events between two comparisons."""
SHRINKING = 120.0
"""Seconds to look for fewer events that fail."""
NOTICE, GONE = "▌", 6.0
"""The edge of a notice, and the seconds of silence after which it has gone by itself."""
MOST_MEMORY, MOST_GROWTH = 400, 80
"""Megabytes that the program may hold, and may grow by after its first rounds."""
SIZES = ((80, 24), (120, 40), (60, 20), (200, 50), (40, 10), (20, 5))
KEYS = (
    *"abcdeghijklmnoprsuvwxz1234567890ABCDEFGHIJKMNORUVXZ?/[]<>,.+-= $",
    *("\r", "\t", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[Z", "\x7f"),
    *("1t", "1L", "\x10gron\x1b\x1b", "/geel\r", "/zzz\x1b", "\x0c"),
)
"""Without those that quit or open the palette (which can), write files, or show a notice that goes by itself."""
MOUSE = ("\x1b[<0;{0}M\x1b[<0;{0}m", "\x1b[<35;{0}M", "\x1b[<65;{0}M")
"""A click, a move and a scroll at a place."""
REPLIES = (
    "\x1b[?1;2c",
    "\x1b[0n",
    "\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\",
    "\x1bP>|term(1)\x1b\\",
    "\x1b[?997;1n",
    "\x1b[I",
    "\x1b[O",
)


class Event(NamedTuple):
    """What happens to the session: its kind, and what comes with it."""

    kind: str
    what: object = None


def an_event(chance: random.Random) -> Event:
    kind = chance.choices(
        ("keys", "escape", "mouse", "paste", "reply", "resize", "suspend", "unread"), (70, 6, 10, 3, 5, 4, 1, 1)
    )[0]
    at = f"{chance.randint(1, 90)};{chance.randint(1, 30)}"
    pasted = "".join(chance.choices("abc é\x1b[;~\n", k=chance.randint(1, 200)))
    whats: dict[str, Callable[[], object]] = {
        "keys": lambda: chance.choice(KEYS),
        "mouse": lambda: chance.choice(MOUSE).format(at),
        "paste": lambda: f"\x1b[200~{pasted}\x1b[201~",
        "reply": lambda: chance.choice(REPLIES),
        "resize": lambda: chance.choice(SIZES),
        "unread": lambda: chance.uniform(0.1, 1.0),
    }
    return Event(kind, whats[kind]() if kind in whats else None)


def events(seed: int, number: int) -> list[Event]:
    chance = random.Random(seed)
    return [an_event(chance) for _ in range(number)]


def apply(session, event: Event) -> None:
    if event.kind == "resize":
        session.resize(*event.what)
    elif event.kind == "suspend":
        session.process.send_signal(signal.SIGTSTP)
        session.until(lambda: state(session) == "T" or session.process.poll() is not None, "it stops")
        session.process.send_signal(signal.SIGCONT)
        session.until(lambda: state(session) != "T", "it goes on")
    elif event.kind == "unread":
        time.sleep(event.what)
    elif event.kind == "escape":
        session.press("\x1b")
        session.read(0.25)  # so that what follows belongs to no sequence
    else:
        session.press(event.what)
    session.read(0.01)


def state(session) -> str:
    session.read(0.01)
    try:
        return Path(f"/proc/{session.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "gone"


class Held(NamedTuple):
    """What the program holds: file descriptors, and megabytes."""

    descriptors: int
    memory: int

    @classmethod
    def by(cls, session) -> "Held":
        pages = int(Path(f"/proc/{session.process.pid}/statm").read_text().split()[1])
        return cls(
            len(list(Path(f"/proc/{session.process.pid}/fd").iterdir())), pages * os.sysconf("SC_PAGE_SIZE") >> 20
        )


def difference(session) -> str:
    """What a full redraw changes on the screen, which must be nothing."""
    if session.process.poll() is not None:
        return f"it ended with {session.process.returncode}:\n{session.screen.text}"
    for _ in range(3):  # leave fields, whose cursor blinks
        apply(session, Event("escape"))
    session.sent(0.6)
    before, text = session.screen.cells, session.screen.text
    session.press("\x0c")
    session.sent(0.6)
    if session.process.poll() is not None:
        return f"it ended with {session.process.returncode}:\n{session.screen.text}"
    after = session.screen.cells
    changed = sorted(place for place in {*before, *after} if before.get(place) != after.get(place))
    if changed and NOTICE in text:
        session.sent(GONE)
        return difference(session)
    return f"redrawing changes {changed[:20]}:\n{text}\n---\n{session.screen.text}" if changed else ""


def failure(start, stream: Sequence[Event]) -> str:
    """What goes wrong with these events in a session of their own."""
    session = start()
    session.shows("Groningen · Referentiekader")
    for event in stream:
        apply(session, event)
        if session.process.poll() is not None:
            break
    found = difference(session)
    session.close()
    return found


def shrunk(start, stream: list[Event]) -> list[Event]:
    """Fewer events that still fail: leave out ever smaller parts."""
    end, size = time.monotonic() + SHRINKING, len(stream) // 2
    while size:
        at = 0
        while at < len(stream) and time.monotonic() < end:
            fewer = stream[:at] + stream[at + size :]
            if failure(start, fewer):
                stream = fewer
            else:
                at += size
        size //= 2
    return stream


@pytest.mark.parametrize("seconds", [20, pytest.param(600, marks=pytest.mark.long)])
def test_a_session_holds_whatever_comes(start, seconds: float) -> None:
    seed = int(SEED or (time.time_ns() % 1_000_000 if seconds > 60 else 1))
    chance, done, first = random.Random(seed), list[Event](), None
    session = start()
    session.shows("Groningen · Referentiekader")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(ROUND):
            done.append(an_event(chance))
            apply(session, done[-1])
            if session.process.poll() is not None or time.monotonic() > end:
                break
        if found := difference(session):
            session.close()
            fewest = shrunk(start, done[-3 * ROUND :])
            pytest.fail(f"seed {seed}, after {len(done)} events: {found}\nfewest events: {fewest}")
        held = Held.by(session)
        if first is None or len(done) <= 10 * ROUND:  # until editions and pages are cached
            first = held
        assert held.descriptors <= first.descriptors + 2, f"seed {seed}: {first} became {held}"
        assert held.memory <= min(MOST_MEMORY, first.memory + MOST_GROWTH), f"seed {seed}: {first} became {held}"
    print(f"seed {seed}: {len(done)} events, {first} became {held}")


def test_a_seed_gives_the_same_events() -> None:
    assert events(7, 200) == events(7, 200)
    assert {event.kind for event in events(7, 2000)} >= {
        "keys",
        "mouse",
        "paste",
        "reply",
        "resize",
        "suspend",
        "unread",
    }
