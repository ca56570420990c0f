"""Made-up files to measure on: tables of scores, and a monitor of any size."""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
EDITION = """id = "made-up"
title = "Made up"
framework = "made-up"
scheme = "made-up"
corps = {corps}
period = {{ start = 2030-01-01, end = 2030-12-31 }}
source = {{ title = "Made up", publisher = "Nobody" }}
"""


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


def grid(file: Path, rows: int, columns: int) -> Path:
    """A CSV of names and short cells."""
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["corps", *(f"k{column:02}" for column in range(columns))])
        writer.writerows(
            [f"corps-{row}", *("-+#"[(row + column) % 3] for column in range(columns))] for row in range(rows)
        )
    return file


def scores(file: Path, rows: int) -> Path:
    """A CSV of scores on the framework of 2008, as `kmtui weigh` reads it."""
    framework = open_monitor().registry.frameworks["referentiekader-2008"]
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["corps", *framework.dimension_ids])
        made_up = cells(len(framework.dimensions), list(framework.scale.ids))
        writer.writerows([f"corps-{row}", *next(made_up)] for row in range(rows))
    return file


def monitor(folder: Path, corps: int, dimensions: int) -> list[str]:
    """Write a plugin and an edition of that size, and give the options that open them."""
    known = open_monitor().registry.frameworks["referentiekader-2008"].model_dump(mode="json", exclude_none=True)
    ids = [f"dimension-{at}" for at in range(dimensions)]
    first = {key: value for key, value in known["dimensions"][0].items() if key != "measure"}
    framework = known | {
        "id": "made-up",
        "default_scheme": "made-up",
        "areas": known["areas"][:1],
        "dimensions": [first | {"id": name, "short": f"d{at}"} for at, name in enumerate(ids)],
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
    (folder / "edition" / "corps").mkdir(parents=True)
    plugin = folder / "made_up.py"
    plugin.write_text(PLUGIN)
    (folder / "made_up.json").write_text(json.dumps({"framework": framework, "scheme": scheme}))
    names = [f"corps-{at}" for at in range(corps)]
    (folder / "edition" / "edition.toml").write_text(EDITION.format(corps=json.dumps(names)))
    made_up = cells(dimensions, levels)
    for name in names:
        text = [f'id = "{name}"\nname = "{name}"\nsource = ["1"]\n']
        for dimension, cell in zip(ids, next(made_up), strict=True):
            level = f'possible = {json.dumps(cell.split("|"))}\nbasis = "open"' if "|" in cell else f'level = "{cell}"'
            told = f"{level}\n" + ("" if "|" in cell else 'basis = "stated"\n') if cell else 'basis = "blank"\n'
            text.append(f'[scores.{dimension}]\n{told}source = ["1"]\nnote = "Made up."\n')
        (folder / "edition" / "corps" / f"{name}.toml").write_text("\n".join(text))
    return ["--plugin-dir", str(plugin), "--edition-dir", str(folder / "edition")]
