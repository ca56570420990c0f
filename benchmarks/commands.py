"""Programs that run and end: how long each takes, in turn, and how much memory at most."""

import json
import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.environment import CHECKOUT, PYTHON

Program = Sequence[str | Path]


def run(program: Program, environment: Mapping[str, str]) -> tuple[float, int]:
    """Seconds, and the most bytes of memory that it held (raises RuntimeError where it fails)."""
    start = time.perf_counter()
    process = subprocess.Popen(list(program), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, program))} ended with {process.returncode}")
    return seconds, usage.ru_maxrss * 1024


def medians(programs: Mapping[str, Program], environment: Mapping[str, str], rounds: int) -> dict[str, float]:
    """The median seconds of each program, all of them in turn, after one round that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(rounds + 1):
        for name, program in programs.items():
            seconds, _ = run(program, environment)
            if turn:
                taken[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def inside(environment: Mapping[str, str], *arguments: str) -> dict[str, float]:
    """The figures of benchmarks.inside."""
    program: Program = [PYTHON, "-m", "benchmarks.inside", *arguments]
    done = subprocess.run(list(program), env=environment, cwd=CHECKOUT, stdout=subprocess.PIPE, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures
