"""What is promised of weighing, and how it is measured beside rules in other hands."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks import commands, made_up
from benchmarks.environment import HERE, KMTUI, bin_of, without
from benchmarks.table import Row, mb, ms, rate


def rows(folder: Path, environment: Mapping[str, str]) -> Iterator[Row]:
    """Every row about weighing."""
    figures = commands.inside(environment, "weighing")
    zen, fisca = _peer("zen-engine", "rules_zen", environment), _peer("OpenFisca", "rules_openfisca", environment)
    verdicts, decided, corps = figures["verdicts"], figures["decided"], figures["corps"]
    peers = (
        f"numpy by hand, caps of one kind {rate(figures['by hand'])}",
        f"numpy with a table of caps {rate(figures['table'])}, with the deciding dimension {rate(figures['deciding'])}",
        f"OpenFisca {_told(fisca)}",
        f"plain Python {rate(figures['plain'])}",
        f"zen-engine {_told(zen)}",
        f"kmtui row by row, with all reasons {rate(figures['alone'])}",
    )
    yield Row(
        "weighing in bulk, a million random rows, some open: verdict only; with the deciding rule",
        "; ".join(peers),
        "20 M; 8 M rows/s",
        f"{rate(verdicts)}; {rate(decided)}",
        verdicts >= 20e6 and decided >= 8e6,
    )
    traced = zen if isinstance(zen, str) else f"{zen['traced'] * 1e6:.0f} us"
    yield Row(
        "one corps fully explained",
        f"zen-engine with trace {traced}",
        "40 us",
        f"{corps * 1e6:.0f} us",
        corps <= 40e-6,
    )
    yield _files(folder, environment)


def _peer(name: str, script: str, environment: Mapping[str, str]) -> dict[str, float] | str:
    """The figures of benchmarks/peers, or why there are none."""
    if name in without():
        return without()[name]
    program = [bin_of(name) / "python", HERE / "peers" / f"{script}.py"]
    done = subprocess.run(program, env=dict(environment), stdout=subprocess.PIPE)
    return json.loads(done.stdout) if not done.returncode else "cannot be run here"


def _told(figures: dict[str, float] | str) -> str:
    return figures if isinstance(figures, str) else rate(figures["rate"])


def _files(folder: Path, environment: Mapping[str, str]) -> Row:
    taken, held = {}, {}
    few, many = 500_000, 1_000_000
    for size in (few, many):
        program: commands.Program = [KMTUI, "weigh", made_up.scores(size), "--scheme", "referentiekader-2008"]
        taken[size], held[size] = commands.run(program, environment)
    copied = commands.inside(environment, "polars", str(made_up.scores(many)), str(folder / "out.csv"))["seconds"]
    ratio, growth = taken[many] / copied, held[many] / held[few]
    return Row(
        "`kmtui weigh` on a million rows; its memory beside that for half as many",
        f"polars reads and writes them in {ms(copied)}",
        "4 times polars, memory flat",
        f"{taken[many]:.1f} s, {ratio:.1f} times; {mb(held[many])} beside {mb(held[few])}",
        ratio <= 4 and growth <= 1.1,
    )
