"""What is promised, row by row, and how each is measured."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import commands, made_up
from benchmarks.environment import FOLDER, HERE, KMTUI, PYTHON
from benchmarks.sessions import Found, Interface, measure
from benchmarks.table import Row, kb, mb, ms, rate

FLOOR = "floor"
HELLO, TABLE, VISIDATA, OURS = "Textual hello-world", "DataTable", "VisiData", "kmtui"
PEERS = (HELLO, TABLE, VISIDATA)
TABLES = (TABLE, VISIDATA)
CTRL_Q = "\x11"
Environment = Mapping[str, str]


def promises(folder: Path, environment: Environment) -> tuple[list[Row], float]:
    """Every row, and the seconds of the floor."""
    rows: list[Row] = []
    bare = commands.medians({FLOOR: [PYTHON, "-c", "pass"]}, environment, 15)[FLOOR]
    small, many = made_up.grid(folder / "small.csv", 27, 20), made_up.grid(folder / "many.csv", 1000, 100)
    corps_1000 = made_up.monitor(folder / "1000", 1000, 100)
    _say("sessions on 27 rows")
    found = measure(_interfaces(small, [], "Groningen · Ref") | _hello(), environment, 5)
    rows += _sessions(found, bare)
    _say("sessions on 1,000 rows")
    on_many = measure(_interfaces(many, corps_1000, "corps-0 ·"), environment, 1)
    rows += _drawn(found, on_many)
    rows += _at_rest(found)
    _say("commands")
    rows += _commands(environment)
    rows.append(_large_table(found[OURS], on_many, bare))
    rows.append(_quit(found))
    _say("weighing")
    rows += _weighing(commands.inside(environment, "weighing"))
    rows += _weigh_files(folder, environment)
    _say("large monitors")
    rows += _large(folder, corps_1000, environment)
    return rows, bare


def _say(what: str) -> None:
    print(f"Measuring {what} ...", file=sys.stderr)


def _interfaces(grid: Path, options: list[str], ready: str) -> dict[str, Interface]:
    return {
        TABLE: Interface([PYTHON, HERE / "peers" / "table.py", grid], "corps-0", CTRL_Q),
        VISIDATA: Interface([FOLDER / "bin" / "vd", grid], "corps-0", "q"),
        OURS: Interface([KMTUI, *options], ready, "q"),
    }


def _hello() -> dict[str, Interface]:
    return {HELLO: Interface([PYTHON, HERE / "peers" / "hello.py"], "Hello", CTRL_Q, walks=False)}


def _sessions(found: dict[str, Found], bare: float) -> Iterator[Row]:
    ready = {name: one.median("ready") for name, one in found.items()}
    ratio = ready[OURS] / ready[HELLO]
    yield Row(
        "first usable screen of the matrix",
        "; ".join(f"{name} {ready[name] / bare:.0f}x" for name in PEERS),
        "1.4 times Textual's hello-world, aim 1.25",
        f"{ready[OURS] / bare:.0f}x ({ms(ready[OURS])}): {ratio:.2f} times",
        ratio <= 1.4,
    )
    memory = found[OURS].median("memory")
    yield Row(
        "memory of one session, first screen",
        "; ".join(f"{name} {mb(found[name].median('memory'))}" for name in PEERS),
        "45 MB",
        mb(memory),
        memory <= 45 * 2**20,
    )
    first, last, size = (found[OURS].step(what) for what in ("first", "last", "size"))
    yield Row(
        "cursor step in the matrix with the detail pane, key to quiet",
        "; ".join(f"{name} {ms(found[name].step('last'))}" for name in TABLES),
        "cursor 8 ms, pane 16 ms",
        f"first byte {ms(first)}, quiet {ms(last)}",
        first <= 0.008 and last <= 0.016,
    )
    yield Row(
        "bytes for that step",
        "; ".join(f"{name} {kb(found[name].step('size'))}" for name in TABLES),
        "1,200 with the pane",
        kb(size),
        size <= 1200,
    )


def _drawn(found: dict[str, Found], on_many: dict[str, Found]) -> Iterator[Row]:
    drawn = {
        name: (found[name].median("size"), on_many[name].median("page"), on_many[name].median("held"))
        for name in on_many
    }
    yield Row(
        "bytes of the first screen, of a page, of each step of a held key that scrolls",
        "; ".join(f"{name} {', '.join(map(kb, drawn[name]))}" for name in TABLES),
        "20 kB, 4 kB, 1.5 kB on average",
        ", ".join(map(kb, drawn[OURS])),
        all(size <= most for size, most in zip(drawn[OURS], (20_000, 4_000, 1_500), strict=True)),
    )


def _at_rest(found: dict[str, Found]) -> Iterator[Row]:
    def told(name: str) -> str:
        return f"{found[name].median('idle'):.0f} B/s and {found[name].median('cpu'):.1%}"

    yield Row(
        "idle traffic and CPU over five seconds",
        "; ".join(f"{name} {told(name)}" for name in PEERS),
        "0",
        told(OURS),
        not found[OURS].median("idle") and not found[OURS].median("cpu"),
    )


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


def _large_table(few: Found, on_many: dict[str, Found], bare: float) -> Row:
    ours = on_many[OURS]
    ratio, same = ours.median("ready") / bare, ours.step("last") / few.step("last")
    return Row(
        "1,000 corps on 100 dimensions in the interface: ready; a step",
        "; ".join(f"{name} {on_many[name].median('ready') / bare:.0f}x" for name in TABLES),
        "40x, and a step as on 27 rows",
        f"{ratio:.0f}x ({ms(ours.median('ready'))}); a step {ms(ours.step('last'))}, {same:.1f} times",
        ratio <= 40 and same <= 1.2,
    )


def _quit(found: dict[str, Found]) -> Row:
    seconds = found[OURS].median("quit")
    peers = "; ".join(f"{name} {ms(found[name].median('quit'))}" for name in PEERS)
    return Row("quit", peers, "100 ms", ms(seconds), seconds <= 0.1)


def _weighing(figures: dict[str, float]) -> Iterator[Row]:
    verdicts, decided, corps = figures["verdicts"], figures["decided"], figures["corps"]
    yield Row(
        "weighing in bulk, a million random rows, some open: verdict only; with the deciding rule",
        f"numpy, caps alone {rate(figures['numpy'])}; kmtui row by row, with all reasons {rate(figures['alone'])}",
        "20 M; 8 M rows/s",
        f"{rate(verdicts)}; {rate(decided)}",
        verdicts >= 20e6 and decided >= 8e6,
    )
    yield Row("one corps fully explained", "", "40 us", f"{corps * 1e6:.0f} us", corps <= 40e-6)


def _weigh_files(folder: Path, environment: Environment) -> Iterator[Row]:
    taken, held = {}, {}
    few, many = 500_000, 1_000_000
    for rows in (few, many):
        file = made_up.scores(folder / f"{rows}.csv", rows)
        program: commands.Program = [KMTUI, "weigh", file, "--scheme", "referentiekader-2008"]
        taken[rows], held[rows] = commands.run(program, environment)
    polars = commands.inside(environment, "polars", str(folder / f"{many}.csv"), str(folder / "out.csv"))["seconds"]
    ratio, growth = taken[many] / polars, held[many] / held[few]
    yield Row(
        "`kmtui weigh` on a million rows; its memory beside that for half as many",
        f"polars reads and writes them in {ms(polars)}",
        "4 times polars, memory flat",
        f"{taken[many]:.1f} s, {ratio:.1f} times; {mb(held[many])} beside {mb(held[few])}",
        ratio <= 4 and growth <= 1.1,
    )


def _large(folder: Path, corps_1000: list[str], environment: Environment) -> Iterator[Row]:
    corps_100 = made_up.monitor(folder / "100", 100, 100)
    few, many = (commands.inside(environment, "large", one[1], one[3]) for one in (corps_100, corps_1000))
    cell = [1e6 * one["opened"] / one["cells"] for one in (few, many)]
    yield Row(
        "a monitor of 1,000 corps x 100 dimensions: opens; cost per cell beside that of 100 corps",
        "",
        "2 s; flat",
        f"{many['opened']:.1f} s; {cell[1]:.0f} us beside {cell[0]:.0f} us",
        many["opened"] <= 2 and cell[1] <= 1.2 * cell[0],
    )
    ratio = many["export"] / many["csv"]
    yield Row(
        "export of its 100,000 scores",
        f"csv.writer alone {ms(many['csv'])}",
        "the speed of csv.writer",
        f"{ms(many['export'])}, {ratio:.1f} times",
        ratio <= 1.2,
    )
