"""The monitor of another country, from a plugin, with five levels in other colours: printed like any other."""

import shutil
import subprocess

import pytest
from lxml import html as lxml_html

PLUGIN = """
from pathlib import Path

from kmtui import Cap, Dimension, FocusArea, Framework, Level, Paint, Scale, Text, WeightingScheme, hookimpl


def say(words):
    return Text(nl=words, en=words)


def level(at, name, glyph, ground):
    paint = Paint(ink="#000000", ground=ground, ansi="ansi_black on ansi_white")
    letter = "VWXYZ-"[at]
    signs = dict(glyph=glyph, ascii=letter, letter=letter)
    return Level(id=name, label=say(name.title()), meaning=say(name), paint=paint, **signs)


SIGNS = [("zwak", "#ffb0b0"), ("matig", "#ffd0a0"), ("redelijk", "#fff0a0"), ("goed", "#c0e8ff"), ("sterk", "#b0d0ff")]
LEVELS = [level(at, name, "▼◆■▲●"[at], ground) for at, (name, ground) in enumerate(SIGNS)]


@hookimpl
def frameworks():
    return [
        Framework(
            id="vijf",
            name=say("Vijf niveaus"),
            source="Een notitie",
            areas=[FocusArea(id="een", name=say("Eerste veld"), source=["1"]),
                   FocusArea(id="twee", name=say("Tweede veld"), source=["2"])],
            dimensions=[
                Dimension(id=f"d{at}", area="een" if at < 4 else "twee", name=say(f"Dimensie {at}"), short=f"D{at}",
                          norm=say(f"norm {at}"), source=["1.1"])
                for at in range(8)
            ],
            scale=Scale(levels=LEVELS, blank=level(5, "niets", "·", "#ffffff")),
            default_scheme="regels-vijf",
        )
    ]


@hookimpl
def weighting_schemes():
    text = say("Zwak weegt door")
    rule = Cap(kind="cap", id="zwak", dimension="d0", at_most="zwak", verdict="zwak", text=text, source=["3"])
    return [WeightingScheme(id="regels-vijf", name=say("Regels"), framework="vijf", source="Een notitie", rules=[rule])]


@hookimpl
def edition_folders():
    return [Path(__file__).parent / "editie-vijf"]
"""
HEAD = """
id = "1999"
title = "Monitor van elders 1999"
framework = "vijf"
scheme = "regels-vijf"
corps = ["noord", "zuid"]
period = { start = 1999-01-01, end = 1999-12-31 }
source = { title = "Elders", publisher = "Iemand" }
"""
LEVELS = ["zwak", "matig", "redelijk", "goed", "sterk"]


def corps(name, levels):
    lines = [f'id = "{name}"', f'name = "{name.title()}"', 'source = ["4"]']
    for at, level in enumerate(levels):
        one = f'level = "{level}"' if isinstance(level, str) else f"possible = {level}".replace("'", '"')
        basis = "stated" if isinstance(level, str) else "open"
        lines.append(f'[scores.d{at}]\n{one}\nbasis = "{basis}"\nsource = ["4.{at}"]\nnote = "Opgemerkt."')
    return "\n".join(lines)


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    folder = tmp_path_factory.mktemp("elders")
    (folder / "vijf.py").write_text(PLUGIN, "utf-8")
    edition = folder / "editie-vijf"
    (edition / "corps").mkdir(parents=True)
    (edition / "edition.toml").write_text(HEAD, "utf-8")
    (edition / "corps" / "noord.toml").write_text(corps("noord", [*LEVELS, *LEVELS[:3]]), "utf-8")
    (edition / "corps" / "zuid.toml").write_text(corps("zuid", [LEVELS[1:3], LEVELS, *LEVELS[::-1], "goed"]), "utf-8")
    return folder / "vijf.py"


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def test_five_levels_have_their_own_colours_signs_and_labels(kmtui, plugin, tmp_path):
    assert kmtui("--plugin-dir", plugin, "report", "1999", "-o", tmp_path / "r.html").status == 0
    text = (tmp_path / "r.html").read_text("utf-8")
    assert ".level-matig{color:#000000;background:#ffd0a0}" in text
    page = lxml_html.fromstring(text)
    rows = [[words(cell) for cell in row] for row in page.xpath("//section[@id='matrix']//tbody/tr")]
    assert rows[0][:6] == ["Noord", "▼ V Zwak", "◆ W Matig", "■ X Redelijk", "▲ Y Goed", "● Z Sterk"]
    assert rows[1][:3] == ["Zuid", "◆ W Matig ■ X Redelijk", "open"]
    titles = [words(title) for title in page.xpath("//h2 | //h3")]
    assert [title for title in titles if title.startswith("Deel")] == [
        "Deel 2. De korpsen",
        "Deel 3. Het landelijke beeld",
    ], "parts of which the edition has nothing are left out"
    assert "Noord" in titles


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
def test_five_levels_are_printed(kmtui, plugin, tmp_path):
    assert kmtui("--plugin-dir", plugin, "report", "1999", "-o", tmp_path / "r.pdf").status == 0
    command = ["pdftotext", "-raw", tmp_path / "r.pdf", "-"]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    for part in ("Monitor van elders 1999", "W Matig", "Z Sterk", "Eerste veld", "Zwak weegt door"):
        assert part in " ".join(shown.split())
