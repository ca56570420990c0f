"""What is measured in a process of its own: `python -m benchmarks.inside WHAT ...` prints figures."""

import csv
import gc
import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import made_up
from kmtui import Edition, Monitor, open_monitor
from kmtui.cli.running import GARBAGE

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

    Beside them, on rows without open scores: numpy by hand where a score is its own cap, with a table of caps, and with
    the dimension that decides; and plain Python with the same table.
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
    each, columns, few = np.arange(len(ids)), np.ascontiguousarray(codes.T), codes[:ALONE].tolist()
    tables = caps.tolist()

    def deciding() -> object:
        capped = caps[each, codes]
        return capped.min(axis=1), capped.argmin(axis=1)

    def plain() -> object:
        return [min(map(list.__getitem__, tables, row)) for row in few]

    def fastest(work: Callable[[], object], rows: int = ROWS) -> float:
        return rows / min(timed(work) for _ in range(ROUNDS))

    return {
        "verdicts": ROWS / statistics.median(verdicts),
        "decided": ROWS / statistics.median(decided),
        "alone": ALONE / statistics.median(alone),
        "corps": statistics.median(corps),
        "by hand": fastest(lambda: columns.min(axis=0)),
        "table": fastest(lambda: caps[each, codes].min(axis=1)),
        "deciding": fastest(deciding),
        "plain": fastest(plain, ALONE),
    }


def large(plugin: str, editions: str) -> dict[str, float]:
    """Seconds to open a monitor on its newest edition, and for each cell of all of them; memory; and an export.

    Beside the export of the newest stands what csv.writer alone takes for the same rows. Cells are read by a second
    monitor, for which nothing has to be imported or built.
    """
    from kmtui.monitor import monitor_over

    folder = Path(editions)
    start = time.perf_counter()
    monitor = open_monitor([Path(plugin)], [folder])
    newest = monitor.newest()
    opened = time.perf_counter() - start
    figures = _exported(monitor, newest)
    again = monitor_over(monitor.registry, [folder], bundled=False)
    del monitor, newest
    taken = [timed(partial(again.edition, name)) for name in again.edition_ids]
    return figures | {
        "opened": opened,
        "cell": statistics.mean(taken) / figures["cells"],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def _exported(monitor: Monitor, edition: Edition) -> dict[str, float]:
    from kmtui.export.catalog import TABLES
    from kmtui.export.delimited import write_rows
    from kmtui.export.schema import Export

    table, export = TABLES["scores"], Export(monitor, edition)
    columns, rows = [column.name for column in table.columns], list(table.rows(export))
    with Path(os.devnull).open("w") as nowhere:
        bare = [timed(lambda: csv.writer(nowhere).writerows(rows)) for _ in range(ROUNDS)]
        ours = [timed(lambda: write_rows(nowhere, columns, table.rows(export))) for _ in range(ROUNDS)]
    return {"export": statistics.median(ours), "csv": statistics.median(bare), "cells": len(rows)}


def polars(source: str, target: str) -> dict[str, float]:
    """Seconds that polars takes to read a CSV and write it."""
    import polars as pl

    return {"seconds": statistics.median(timed(lambda: pl.read_csv(source).write_csv(target)) for _ in range(ROUNDS))}


WORK: dict[str, Callable[..., dict[str, float]]] = {"weighing": weighing, "large": large, "polars": polars}


def main(arguments: Sequence[str]) -> None:
    """Do the work that is named and print its figures."""
    gc.set_threshold(*GARBAGE)  # as the command does
    what, *rest = arguments
    print(json.dumps(WORK[what](*rest)))


if __name__ == "__main__":
    main(sys.argv[1:])
