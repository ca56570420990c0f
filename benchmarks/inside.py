"""What is measured in a process of its own: `python -m benchmarks.inside WHAT ...` prints figures."""

import csv
import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import made_up
from kmtui import open_monitor

ROWS = 1_000_000
ALONE = 20_000
"""Rows that are weighed one by one."""
ROUNDS = 3


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _each(work: Callable[[Any], object], things: Sequence[Any]) -> None:
    for thing in things:
        work(thing)


def weighing() -> dict[str, float]:
    """Rows a second on random rows, hardly any alike: as arrays and one by one; and seconds for one corps explained.

    Beside them what numpy takes for the least of the caps alone, on the same rows without their open scores.
    """
    import numpy as np

    from kmtui.weighing.bulk import Bulk

    monitor = open_monitor()
    edition = monitor.edition("2012")
    framework = monitor.framework(edition)
    ids, scale = framework.dimension_ids, list(framework.scale.ids)
    taken = islice(made_up.cells(len(ids), scale), ALONE)
    rows = [
        {name: tuple(cell.split("|")) if cell else () for name, cell in zip(ids, row, strict=True)} for row in taken
    ]
    bulk = Bulk(monitor.weigher("referentiekader-2008"))
    cells = made_up.masks(len(ids), len(scale), ROWS)
    verdicts, decided, alone = [], [], []
    for _ in range(ROUNDS):
        verdicts.append(timed(partial(bulk.verdicts, cells)))
        decided.append(timed(partial(bulk.decided, cells)))
        weigher = monitor.weigher("referentiekader-2008")  # it remembers what it has weighed, so each round has its own
        alone.append(timed(partial(_each, weigher.weigh_levels, rows)))
    fresh = [(monitor.weigher("referentiekader-2008").weigh, one.scores) for one in edition.corps]
    corps = [timed(partial(weigh, scores)) for weigh, scores in fresh]
    codes = np.ascontiguousarray(
        np.random.default_rng(made_up.SEED).integers(0, len(scale) + 1, (ROWS, len(ids)), np.int8)
    )
    caps = np.tile(np.arange(len(scale) + 1, dtype=np.int8), (len(ids), 1))
    each = np.arange(len(ids))
    numpy = min(timed(lambda: caps[each, codes].min(axis=1)) for _ in range(ROUNDS))
    return {
        "verdicts": ROWS / statistics.median(verdicts),
        "decided": ROWS / statistics.median(decided),
        "alone": ALONE / statistics.median(alone),
        "corps": statistics.median(corps),
        "numpy": ROWS / numpy,
    }


def large(plugin: str, edition: str) -> dict[str, float]:
    """Seconds to open a monitor, to write its scores, and that csv.writer alone takes for the same rows."""
    from kmtui.export.delimited import write_rows
    from kmtui.export.tables import TABLES, Export

    start = time.perf_counter()
    monitor = open_monitor([Path(plugin)], [Path(edition)])
    opened = monitor.edition("made-up")
    seconds = time.perf_counter() - start
    columns = [column.name for column in TABLES["scores"].columns]
    rows = list(TABLES["scores"].rows(Export(monitor, opened)))
    ours = [
        timed(lambda: write_rows(io.StringIO(), columns, TABLES["scores"].rows(Export(monitor, opened))))
        for _ in range(ROUNDS)
    ]
    bare = [timed(lambda: csv.writer(io.StringIO()).writerows(rows)) for _ in range(ROUNDS)]
    weigher = monitor.weigher_for(opened)
    weighed = timed(lambda: [weigher.weigh(corps.scores) for corps in opened.corps])
    return {
        "opened": seconds,
        "export": statistics.median(ours),
        "csv": statistics.median(bare),
        "weighed": weighed,
        "cells": len(rows),
    }


def polars(source: str, target: str) -> dict[str, float]:
    """Seconds that polars takes to read a CSV and write it."""
    import polars as pl

    return {"seconds": statistics.median(timed(lambda: pl.read_csv(source).write_csv(target)) for _ in range(ROUNDS))}


WORK: dict[str, Callable[..., dict[str, float]]] = {"weighing": weighing, "large": large, "polars": polars}


def main(arguments: Sequence[str]) -> None:
    """Do the work that is named and print its figures."""
    what, *rest = arguments
    print(json.dumps(WORK[what](*rest)))


if __name__ == "__main__":
    main(sys.argv[1:])
