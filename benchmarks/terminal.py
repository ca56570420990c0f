"""A program in a pseudo-terminal of 80x24: when what it writes stands on the screen, and how much that is."""

import codecs
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import pyte

COLUMNS, ROWS = 80, 24
STILL = 0.15
"""Seconds without output after which the screen is held to be quiet; the last byte before them counts."""
PATIENCE = 60.0
"""Seconds after which a program is held to hang."""
PRIVATE = re.compile(r"\x1b\[[?<>=][\d;$]*[a-zA-Z]|\x1b[P\]].*?(?:\x07|\x1b\\)", re.DOTALL)
"""Requests that pyte would print; none of them changes what stands on the screen."""
UNFINISHED = re.compile(r"\x1b(?:\[[\d;?<>=$]*|[\]P][^\x07\x1b]*)?$")


class Burst(NamedTuple):
    """What came after a key: seconds until its first and its last byte, and how many bytes."""

    first: float
    last: float
    size: int


class Terminal:
    """A running program; its output is kept with the time of its arrival and interpreted afterwards."""

    def __init__(self, program: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        self._master, inside = pty.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._tail = ""
        self.size = 0
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            list(program), stdin=inside, stdout=inside, stderr=inside, env=environment, start_new_session=True
        )
        os.close(inside)

    @classmethod
    @contextmanager
    def running(cls, program: Sequence[str | Path], environment: Mapping[str, str]) -> Iterator[Self]:
        """The program until the end of the block, killed if it still runs."""
        terminal = cls(program, environment)
        try:
            yield terminal
        finally:
            if terminal._process.poll() is None:
                terminal._process.kill()
                terminal._process.wait()
            os.close(terminal._master)

    def ready(self, text: str) -> float:
        """Seconds from the start until the text stands on the screen; comes back when that is quiet."""
        while True:
            for at, data in self._until_still(PATIENCE):
                self._show(data)
                if text in "\n".join(self._screen.display):
                    for _, rest in self._until_still(1.0):
                        self._show(rest)
                    return at - self.started
            if self._process.poll() is not None or time.perf_counter() - self.started > PATIENCE:
                raise RuntimeError(f"'{text}' never stood on the screen:\n" + "\n".join(self._screen.display))

    def press(self, keys: str) -> Burst:
        """Press a key and wait until the screen is quiet."""
        pressed = time.perf_counter()
        os.write(self._master, keys.encode())
        found = self._until_still(1.0)
        if not found:
            return Burst(0.0, 0.0, 0)
        return Burst(found[0][0] - pressed, found[-1][0] - pressed, sum(len(data) for _, data in found))

    def hold(self, key: str, times: int, pause: float = 1 / 30) -> int:
        """Hold a key as a keyboard repeats it, and give the number of bytes until the screen is quiet."""
        size = 0
        for _ in range(times):
            os.write(self._master, key.encode())
            end = time.perf_counter() + pause
            while (left := end - time.perf_counter()) > 0:
                size += len(self._read(left))
        return size + sum(len(data) for _, data in self._until_still(0.5))

    def rest(self, seconds: float) -> tuple[int, float]:
        """Leave it alone: the bytes that it writes, and the seconds of processor time that it takes."""
        before, size, end = self._cpu(), 0, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            size += len(self._read(left))
        return size, self._cpu() - before

    def quit(self, keys: str) -> float:
        """Press a key that ends the program; seconds until it is gone."""
        pressed = time.perf_counter()
        os.write(self._master, keys.encode())
        while self._process.poll() is None:
            self._read(0.001)
            if time.perf_counter() - pressed > PATIENCE:
                raise RuntimeError("it does not end")
        return time.perf_counter() - pressed

    @property
    def memory(self) -> int:
        """Bytes of memory that the program holds now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        if "VmRSS:" not in status:
            raise RuntimeError(f"it ended with {self._process.wait()}")
        return int(status.split("VmRSS:")[1].split()[0]) * 1024

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _until_still(self, patience: float) -> list[tuple[float, bytes]]:
        """What arrives until nothing has for a while; `patience` is for the first byte."""
        found: list[tuple[float, bytes]] = []
        while data := self._read(STILL if found else patience):
            found.append((time.perf_counter(), data))
        return found

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._master, 65536)
        except OSError:  # it has ended
            time.sleep(min(seconds, 0.001))
            return b""
        self.size += len(data)
        return data

    def _show(self, data: bytes) -> None:
        text = self._tail + self._decode(data)
        unfinished = UNFINISHED.search(text)
        self._tail = unfinished[0] if unfinished else ""
        self._stream.feed(PRIVATE.sub("", text.removesuffix(self._tail)))
