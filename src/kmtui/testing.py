"""For the tests of plugins: `pytest_plugins = ["kmtui.testing"]` in a conftest.py brings the fixtures.

A plugin is opened alone, or beside those that come with kmtui; its things are held against the same checks as `kmtui
plugins check`; and what its scheme says of which scores stands in a file that anybody can read.
"""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from kmtui.checks import examine
from kmtui.checks.finding import EDITION, Finding, Severity
from kmtui.checks.samples import sample
from kmtui.files.faults import Fault, repeated, unknown
from kmtui.files.reading import read_text
from kmtui.model.base import Value
from kmtui.model.edition import Edition
from kmtui.model.framework import Framework
from kmtui.monitor import Monitor, monitor_over
from kmtui.plugins.assembly import load_registry
from kmtui.plugins.discovery import discover, discover_at
from kmtui.plugins.registry import KINDS
from kmtui.weighing.weigher import Weigher

__all__ = [
    "Case",
    "check_case",
    "check_conforms",
    "findings",
    "monitor_with",
    "open_with",
    "sample_edition",
    "scheme_cases",
]

NAME, VERDICT, REASONS = "name", "verdict", "reasons"


class OpenWith(Protocol):
    """Opens a monitor with plugins from these places, and with the bundled ones or without."""

    def __call__(self, *paths: Path, bundled: bool = False) -> Monitor: ...


def open_with(*paths: Path, bundled: bool = False) -> Monitor:
    """A monitor with the plugins of some folders or files, and nothing that is installed or named elsewhere.

    `bundled` adds the plugins and editions that come with kmtui. Raises AssertionError where a plugin is switched off.
    """
    registry = load_registry(paths, bundled=bundled, installed=False)
    off = [f"plugin '{plugin.id}' is switched off: {plugin.error}" for plugin in registry.failed]
    assert not off, "\n".join(off)
    return monitor_over(registry, bundled=bundled)


@pytest.fixture(scope="session")
def monitor_with() -> OpenWith:
    """`monitor_with(path)`: a monitor with only this plugin; `bundled=True` adds those that come with kmtui."""
    return open_with


@pytest.fixture(scope="session")
def sample_edition() -> Callable[[Framework], Edition]:
    """`sample_edition(framework)`: a made-up edition of two corps, with certain, open and blank scores."""
    return sample


def findings(path: Path, kind: str | None = None) -> list[Finding]:
    """What `kmtui plugins check` finds in the plugins at a place, beside those that come with kmtui.

    `kind` asks for the findings on things of one kind: framework, dimension, weighting scheme, crosswalk, partner type,
    unit mapping, roll-up, exporter, command, panel or edition (raises ValueError for another one). Errors of the plugin
    as a whole are among them, since they prevent checks of its things.
    """
    kinds = (*KINDS.values(), EDITION)
    if kind is not None and kind not in kinds:
        raise ValueError(unknown("kind", kind, kinds))
    examined = discover_at(path)
    others = [*discover(installed=False), *examined]
    found = [finding for plugin in examined for finding in examine(plugin, others)]
    return [one for one in found if kind in (None, one.kind) or (not one.kind and one.severity is Severity.ERROR)]


def check_conforms(path: Path, kind: str | None = None) -> None:
    """Raise AssertionError with every error in the plugins at a place, or in their things of one kind."""
    wrong = [str(finding) for finding in findings(path, kind) if finding.severity is Severity.ERROR]
    assert not wrong, "\n".join(wrong)


class Case(Value):
    """A line of a table of cases: levels by dimension (several for an open score, none for a blank), and what follows.

    Dimensions that the table leaves out score best. `reasons` are the ids of the rules that decide, None where the
    table does not say.
    """

    name: str
    levels: Mapping[str, tuple[str, ...]]
    verdict: tuple[str, ...]
    reasons: tuple[str, ...] | None


def scheme_cases(file: Path) -> list[Case]:
    """The cases in a CSV file with the columns `name`, some dimensions, `verdict` and, if one likes, `reasons`.

    A cell is a level id, several with | between them, `best` for the best level, or empty for a blank; reasons have
    blanks between them. Raises ValueError with file and line where that is not what it holds.
    """
    text = read_text(file, file.parent)
    if isinstance(text, Fault):
        raise ValueError(str(text))
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = reader.fieldnames or ()
        for column in (NAME, VERDICT):
            if column not in columns:
                raise ValueError(f"{file}:1: missing column {column}")
        for fault in repeated(file, "", "column", columns):
            raise ValueError(f"{file}:1: {fault.problem}")
        return [_case(row, f"{file}:{reader.line_num}") for row in reader]
    except csv.Error as error:
        raise ValueError(f"{file}:{reader.line_num}: broken CSV: {error}") from None


def _case(row: Mapping[str, str | None], where: str) -> Case:
    if not row[NAME] or None in row or None in row.values():
        raise ValueError(f"{where}: found a line without a name, or with too few or too many cells")
    cells = {name: tuple(filter(None, (cell or "").split("|"))) for name, cell in row.items()}
    return Case(
        name=row[NAME] or "",
        levels={name: cell for name, cell in cells.items() if name not in (NAME, VERDICT, REASONS)},
        verdict=cells[VERDICT],
        reasons=tuple((row[REASONS] or "").split()) if REASONS in row else None,
    )


def check_case(weigher: Weigher, case: Case) -> None:
    """Raise AssertionError where a scheme says something else than the case does."""
    scale, known = weigher.framework.scale, weigher.framework.dimension_ids
    best: tuple[str, ...] = (scale.ids[-1],)
    for name in case.levels:
        assert name in known, unknown("dimension", name, known)
    levels = {name: best if cell == ("best",) else cell for name, cell in case.levels.items()}
    weighing = weigher.weigh_levels(dict.fromkeys(known, best) | levels)
    assert weighing.possible == case.verdict, f"{case.name}: found {weighing.possible}, expected {case.verdict}"
    if case.reasons is not None:
        found = tuple(reason.rule.id for reason in weighing.deciding)
        assert found == case.reasons, f"{case.name}: decided by {found}, expected {case.reasons}"
