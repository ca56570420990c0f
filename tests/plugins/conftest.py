"""Plugins written to disk, good and bad, and the command line that meets them."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.plugins.assembly import load_registry

TINY = '''
"""A framework of two dimensions, a scheme and an edition: a whole plugin, written as its author would."""

from pathlib import Path

from kmtui import (
    Cap, Dimension, FocusArea, Framework, Level, Paint, Parameter, Scale, Text, WeightingScheme, hookimpl
)

FRAMEWORK, DEFAULT, SCHEME, WEIGHS, DIMENSION, TIMES = "tiny", "tiny-rules", "tiny-rules", "tiny", "reach", 1


def said(nl, en):
    return Text(nl=nl, en=en)


def level(name, nl, en, sign):
    paint = Paint(ink="#000000", ground="#ffffff", ansi="ansi_black on ansi_white")
    return Level(id=name, label=said(nl, en), meaning=said(nl, en), glyph=sign, ascii=sign, letter=sign, paint=paint)


@hookimpl
def frameworks():
    dimensions = [("reach", "Bereik", "Reach"), ("depth", "Diepgang", "Depth")]
    framework = Framework(
        id=FRAMEWORK,
        name=said("Klein kader", "Tiny framework"),
        source="A note",
        areas=[FocusArea(id="all", name=said("Alles", "Everything"), source=["1"])],
        dimensions=[
            Dimension(
                id=name, area="all", name=said(nl, en), short=nl[:3], norm=said(nl + " ok", en + " ok"), source=["1.1"]
            )
            for name, nl, en in dimensions
        ],
        scale=Scale(
            levels=[level("low", "Laag", "Low", "L"), level("high", "Hoog", "High", "H")],
            blank=level("none", "Niets", "Nothing", "-"),
        ),
        default_scheme=DEFAULT,
    )
    return [framework] * TIMES


@hookimpl
def weighting_schemes():
    rule = Cap(
        kind="cap", id="low-reach", dimension=DIMENSION, at_most="low", verdict="low",
        text=said("Laag bereik weegt door", "Low reach weighs through"), source=["1.2"],
    )
    return [WeightingScheme(id=SCHEME, name=said("Regels", "Rules"), framework=WEIGHS, source="A note", rules=[rule])]


@hookimpl
def edition_folders():
    return [Path(__file__).parent / "edition"]
'''

EDITION = """
id = "tiny-1999"
title = "Tiny 1999"
framework = "tiny"
scheme = "tiny-rules"
corps = ["beta", "alfa"]
period = { start = 1999-01-01, end = 1999-12-31 }
source = { title = "Tiny", publisher = "Nobody" }
"""

CORPS = {
    "alfa": """
id = "alfa"
name = "Alfa"
source = ["2.1"]
published = { level = "low", source = ["3"] }
[scores]
reach = { level = "low", basis = "stated", source = ["2.1"], note = "=Far, and wide" }
depth = { basis = "blank", source = ["2.1"], note = "Not looked at" }
""",
    "beta": """
id = "beta"
name = "Beta"
source = ["2.2"]
[scores]
reach = { possible = ["low", "high"], basis = "open", source = ["2.2", "2.3"], note = "Either way" }
depth = { level = "high", basis = "counted", source = ["2.2"] }
""",
}


def project(plugin_id: str, module: str) -> str:
    return f"""
[project]
name = "{module}"
version = "1.2.3"
[project.entry-points.kmtui]
{plugin_id} = "{module}"
"""


def write_plugin(folder: Path, code: str | None, *, plugin_id: str = "", description: str | bytes = "") -> Path:
    """A plugin project in the folder, which gives it its name; without code its module is missing."""
    folder.mkdir(parents=True)
    module = folder.name.replace("-", "_")
    description = description or project(plugin_id or folder.name, module)
    (folder / "pyproject.toml").write_bytes(description if isinstance(description, bytes) else description.encode())
    if code is not None:
        (folder / f"{module}.py").write_text(code, "utf-8")
    return folder


def tiny_code(**constants: object) -> str:
    """The good plugin, with other values for some of the constants at its top."""
    code = TINY
    for name, value in constants.items():
        code = code.replace("\n\ndef said(", f"\n{name} = {value!r}\n\ndef said(", 1)
    return code


@pytest.fixture(scope="session", name="write_plugin")
def _write_plugin() -> Callable[..., Path]:
    return write_plugin


@pytest.fixture(scope="session")
def bundled() -> list[str]:
    """The ids of the plugins that kmtui brings along."""
    return [plugin.id for plugin in load_registry().plugins if plugin.source == "bundled"]


@pytest.fixture(scope="session", name="tiny_code")
def _tiny_code() -> Callable[..., str]:
    return tiny_code


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good plugin, with its edition."""
    folder = write_plugin(tmp_path_factory.mktemp("plugins") / "tiny", TINY)
    (folder / "edition" / "corps").mkdir(parents=True)
    (folder / "edition" / "edition.toml").write_text(EDITION)
    for name, text in CORPS.items():
        (folder / "edition" / "corps" / f"{name}.toml").write_text(text)
    return folder


@pytest.fixture
def fresh_modules(tmp_path: Path):
    """Forget the modules that a test's plugins bring in."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "") or "").startswith(str(tmp_path)):
            del sys.modules[name]
