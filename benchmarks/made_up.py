"""Made-up files to measure on, made once: tables of scores, and monitors of any size."""

import csv
import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.environment import FOLDER
from kmtui import open_monitor

if TYPE_CHECKING:
    import numpy.typing as npt

SEED = 2012
CHANCES = (0.6, 0.25, 0.1, 0.03, 0.02)
"""How often a random score is of the best level, of those below it, open between the best two, and blank."""
PLUGIN = '''"""A made-up framework."""

import json
from pathlib import Path

from kmtui import Framework, WeightingScheme, hookimpl

DATA = json.loads(Path(__file__).with_name("made_up.json").read_text("utf-8"))


@hookimpl
def frameworks():
    return [Framework.model_validate(DATA["framework"])]


@hookimpl
def weighting_schemes():
    return [WeightingScheme.model_validate(DATA["scheme"])]
'''
EDITION = """id = "{id}"
title = "Made up"
framework = "made-up"
scheme = "made-up"
corps = {corps}
period = {{ start = {year}-01-01, end = {year}-12-31 }}
source = {{ title = "Made up", publisher = "Nobody" }}
"""


def kept(name: str, make: Callable[[Path], object]) -> Path:
    """What `make` writes, a file or a folder: made when it is first asked for, anew when this module changes."""
    folder = FOLDER / "made-up" / hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    found, unfinished = folder / name, folder / f"{name}.unfinished"
    if not found.exists():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(unfinished, ignore_errors=True)
        make(unfinished)
        unfinished.rename(found)
    return found


def cells(count: int, levels: list[str]) -> Iterator[list[str]]:
    """Random scores of corps: mostly the best level, few open, few blank."""
    dice = random.Random(SEED)
    choices = [*reversed(levels), "|".join(levels[-2:]), ""]
    while True:
        yield dice.choices(choices, CHANCES, k=count)


def masks(count: int, levels: int, rows: int) -> "npt.NDArray[Any]":
    """Scores of the same kind as arrays: a row for each dimension, bits for the ranks that are possible."""
    import numpy as np

    best = levels - 1
    choices = [1 << best, 1 << best - 1, 1 << best - 2, 3 << best - 1, 1 << levels]
    picked = np.random.default_rng(SEED).choice(np.array(choices, np.uint8), (count, rows), p=CHANCES)
    return np.ascontiguousarray(picked)


def grid(rows: int, columns: int) -> Path:
    """A CSV of names and short cells."""
    return kept(f"grid-{rows}x{columns}.csv", lambda file: _grid(file, rows, columns))


def _grid(file: Path, rows: int, columns: int) -> None:
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["corps", *(f"k{column:02}" for column in range(columns))])
        writer.writerows(
            [f"corps-{row}", *("-+#"[(row + column) % 3] for column in range(columns))] for row in range(rows)
        )


def scores(rows: int) -> Path:
    """A CSV of scores on the framework of 2008, as `kmtui weigh` reads it."""
    return kept(f"scores-{rows}.csv", lambda file: _scores(file, rows))


def _scores(file: Path, rows: int) -> None:
    framework = open_monitor().registry.frameworks["referentiekader-2008"]
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["corps", *framework.dimension_ids])
        made_up = cells(len(framework.dimensions), list(framework.scale.ids))
        writer.writerows([f"corps-{row}", *next(made_up)] for row in range(rows))


def monitor(corps: int, dimensions: int, editions: int = 1) -> list[str]:
    """The options that open a framework and editions of that size; the files of all editions are alike."""
    size = f"{corps}x{dimensions}x{editions}"
    folder = kept(f"monitor-{size}", lambda folder: _monitor(folder, corps, dimensions, editions))
    return ["--plugin-dir", str(folder / "made_up.py"), "--edition-dir", str(folder / "editions")]


def _monitor(folder: Path, corps: int, dimensions: int, editions: int) -> None:
    known = open_monitor().registry.frameworks["referentiekader-2008"].model_dump()
    ids = [f"dimension-{at}" for at in range(dimensions)]
    pattern = {key: value for key, value in known["dimensions"][0].items() if key != "measure"}
    framework = known | {
        "id": "made-up",
        "default_scheme": "made-up",
        "areas": known["areas"][:1],
        "dimensions": [pattern | {"id": name, "short": f"d{at}"} for at, name in enumerate(ids)],
        "valid": {},
    }
    levels = [level["id"] for level in known["scale"]["levels"]]
    cap = {"kind": "cap", "at_most": levels[0], "verdict": levels[0], "source": ["1"], "text": {"nl": "x", "en": "x"}}
    scheme = {
        "id": "made-up",
        "framework": "made-up",
        "name": {"nl": "x", "en": "x"},
        "source": "Made up",
        "rules": [cap | {"id": f"cap-{name}", "dimension": name} for name in ids],
    }
    folder.mkdir()
    (folder / "made_up.py").write_text(PLUGIN)
    (folder / "made_up.json").write_text(json.dumps({"framework": framework, "scheme": scheme}, default=str))
    names = [f"corps-{at}" for at in range(corps)]
    first, *others = (folder / "editions" / str(2030 + at) for at in range(editions))
    for edition in (first, *others):
        (edition / "corps").mkdir(parents=True)
        (edition / "edition.toml").write_text(
            EDITION.format(id=edition.name, year=edition.name, corps=json.dumps(names))
        )
    made_up = cells(dimensions, levels)
    for name in names:
        text = [f'id = "{name}"\nname = "{name}"\nsource = ["1"]\n']
        for dimension, cell in zip(ids, next(made_up), strict=True):
            level = f'possible = {json.dumps(cell.split("|"))}\nbasis = "open"' if "|" in cell else f'level = "{cell}"'
            told = f"{level}\n" + ("" if "|" in cell else 'basis = "stated"\n') if cell else 'basis = "blank"\n'
            text.append(f'[scores.{dimension}]\n{told}source = ["1"]\nnote = "Made up."\n')
        file = first / "corps" / f"{name}.toml"
        file.write_text("\n".join(text))
        for edition in others:
            os.link(file, edition / "corps" / file.name)
