"""Measure kmtui and its peers in turn, and print one table: `python3 -m benchmarks`; the README shows the last one.

With --large the largest monitors are measured as well, which takes minutes more; without it their last figures stand.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.environment import CHECKOUT, FOLDER, PYTHON, set_up, variables

README = CHECKOUT / "README.md"
BEGINS, ENDS = "<!-- measured -->\n", "<!-- /measured -->\n"
INTRODUCTION = """Medians, kmtui and its peers in turn in one run on a machine with {cores} cores, Python {python},
in a pseudo-terminal of 80x24 with all colours. `x` is the time of `python3 -c pass`, {floor} in this run. *Ready* is
when the named text stands on the screen, *quiet* when the last byte that a key brings about has come. The load of the
machine was {load:.1f} when it began: above 1, other programs took their share, and times are too long.

"""


def main() -> None:
    """Do everything in the environment of the benchmarks."""
    parser = argparse.ArgumentParser(prog="python3 -m benchmarks", description=__doc__)
    parser.add_argument("--large", action="store_true", help="measure the largest monitors too")
    largest = parser.parse_args().large
    if Path(sys.prefix) != FOLDER:
        set_up()
        os.chdir(CHECKOUT)
        os.execv(PYTHON, [str(PYTHON), "-m", "benchmarks", *sys.argv[1:]])
    from benchmarks.promises import FLOOR, promises
    from benchmarks.table import markdown, ms

    load, *_ = os.getloadavg()
    with tempfile.TemporaryDirectory() as name:
        rows, floor = promises(Path(name), variables(Path(name)), largest=largest)
    facts = {"load": load, "cores": os.cpu_count(), "python": platform.python_version(), FLOOR: ms(floor)}
    table = markdown(rows) + "\n"
    before, _, rest = README.read_text("utf-8").partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    README.write_text(f"{before}{BEGINS}{INTRODUCTION.format(**facts)}{table}{ENDS}{after}", "utf-8")
    print(table, end="")


if __name__ == "__main__":
    main()
