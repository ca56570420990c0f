"""What is promised: every row, and the commands among them."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import commands, large, rules, screens
from benchmarks.environment import KMTUI, PYTHON
from benchmarks.table import Row, ms

FLOOR = "floor"
Environment = Mapping[str, str]


def promises(folder: Path, environment: Environment, *, largest: bool) -> tuple[list[Row], float]:
    """Every row, and the seconds of the floor."""
    bare = commands.medians({FLOOR: [PYTHON, "-c", "pass"]}, environment, 15)[FLOOR]
    parts: dict[str, Iterator[Row]] = {
        "the interface": screens.rows(environment, bare),
        "commands": _commands(environment),
        "weighing": rules.rows(folder, environment),
        "large monitors": large.rows(environment, largest=largest),
    }
    rows: list[Row] = []
    for name, found in parts.items():
        print(f"Measuring {name} ...", file=sys.stderr)
        rows += found
    return rows, bare


def _commands(environment: Environment) -> Iterator[Row]:
    imports = {
        "argparse, csv, json": "import argparse, csv, json",
        "click, pluggy, csv, json, tomllib": "import click, pluggy, csv, json, tomllib",
        "pydantic": "from pydantic import BaseModel",
        "polars": "import polars",
    }
    ours = {"kmtui --version": 4, "kmtui export scores": 12, "kmtui verify 2012": 20}
    programs: dict[str, commands.Program] = {FLOOR: [PYTHON, "-c", "pass"]}
    programs |= {name: [PYTHON, "-c", code] for name, code in imports.items()}
    programs |= {name: [KMTUI, *name.split()[1:]] for name in ours}
    taken = commands.medians(programs, environment, 7)
    bare = taken[FLOOR]
    peers = "; ".join(f"{name} {taken[name] / bare:.1f}x" for name in imports)
    for name, most in ours.items():
        probe = [str(PYTHON), "-X", "importtime", KMTUI, *name.split()[1:]]
        loaded = subprocess.run(probe, env=dict(environment), capture_output=True, text=True).stderr
        textual = "imports Textual" if "textual.app" in loaded else "no Textual"
        ratio = taken[name] / bare
        measured = f"{ratio:.1f}x ({ms(taken[name])}), {textual}"
        yield Row(f"`{name}`", peers, f"{most}x, no Textual", measured, ratio <= most and textual == "no Textual")
        peers = ""
