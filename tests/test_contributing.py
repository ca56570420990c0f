"""The table "Where do I add ..." names places that exist."""

import re
from pathlib import Path

import kmtui

ROOT, SOURCE = Path(__file__).parents[1], Path(kmtui.__file__).parent
TABLE = re.compile(r"## Where do I add \.\.\.\n\n\| what \| where \|\n\| --- \| --- \|\n((?:\|.*\|\n)+)")
QUOTED = re.compile(r"`([^`]+)`")


def places(row):
    """The files and folders that a row names, and the names that are said to stand in one: `NAME` of `file`."""
    return [quoted for quoted in QUOTED.findall(row) if "/" in quoted or quoted.endswith(".py")]


def test_every_place_in_the_table_exists():
    rows = TABLE.search((ROOT / "CONTRIBUTING.md").read_text())[1].splitlines()
    assert len(rows) > 10
    for row in rows:
        assert places(row), row
        for place in places(row):
            assert (SOURCE / place).exists() or (ROOT / place).exists(), f"{place}: {row}"
        for name, file in re.findall(r"`([A-Z][A-Za-z]+)` (?:of|in) `([^`]+\.py)`", row):
            text = (SOURCE / file).read_text()
            assert re.search(rf"^(class )?{name}\b", text, re.MULTILINE), f"{file} has no {name}"
        for hook in re.findall(r"hook `([a-z_]+)`", row):
            assert (ROOT / "docs" / "hooks" / f"{hook}.md").exists(), row
