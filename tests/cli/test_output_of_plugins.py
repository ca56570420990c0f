"""Plugins may print in any number of threads at once; standard output stays what it was, and holds results alone."""

import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from kmtui.plugins.failure import blaming
from kmtui.plugins.loader import guard
from kmtui.terminal import diverted_output, is_output_diverted

GUARDS = {"guard": lambda: guard("raised {}"), "blaming": lambda: blaming("mine", "a panel")}


@pytest.mark.parametrize("name", GUARDS)
def test_overlapping_guards_leave_standard_output_as_it_was(name):
    """The first to begin is the first to end: with redirect_stdout the second would put back standard error."""
    before = sys.stdout
    begun, half = Barrier(2, timeout=10), Barrier(2, timeout=10)

    def first():
        with GUARDS[name]():
            begun.wait()
        half.wait()

    def second():
        begun.wait()
        with GUARDS[name]():
            half.wait()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()
    assert sys.stdout is before
    assert not is_output_diverted()


def test_the_mark_belongs_to_one_thread():
    with diverted_output(), ThreadPoolExecutor(1) as pool:
        assert is_output_diverted()
        assert not pool.submit(is_output_diverted).result()


SCRIPT = """
import sys, threading
from kmtui.cli import streams
from kmtui.plugins.failure import blaming
streams.prepare()

def chat():
    for _ in range(200):
        with blaming("mine", "a panel"):
            print("plugin")

threads = [threading.Thread(target=chat) for _ in range(4)]
[thread.start() for thread in threads]
for _ in range(200):
    print("result")
    with blaming("mine", "a panel"):
        print("plugin")
[thread.join() for thread in threads]
sys.stdout.flush()
"""


def test_results_and_the_chatter_of_plugins_never_mix():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, encoding="utf-8", timeout=60)
    assert done.stdout == "result\n" * 200
    assert done.stderr.count("plugin") == 1000
    assert set(io.StringIO(done.stderr).read().split()) == {"plugin"}
