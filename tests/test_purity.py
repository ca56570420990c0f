"""The core names no dimension, corps, partner, colour or year: those live in plugins/ and editions/."""

import ast
import re
from pathlib import Path

import pytest

CORE = Path(__file__).resolve().parents[1] / "src" / "kmtui"
STRINGS_ONLY = 3
"""Ids of up to so many letters are common words or parts of them; they offend as a whole string only."""

PARTNERS = {
    "om",
    "bestuur",
    "emm",
    "emm-verwachting",
    "emm-terugkoppeling",
    "comensha",
    "comensha-bereikbaarheid",
    "comensha-opvang",
    "belastingdienst",
    "iszw",
    "kmar",
    "politieacademie",
}
UNITS = {
    "noord-nederland",
    "oost-nederland",
    "midden-nederland",
    "noord-holland",
    "amsterdam",
    "den-haag",
    "rotterdam",
    "zeeland-west-brabant",
    "oost-brabant",
    "limburg",
    "landelijke-eenheid",
}
COLOURS = {
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "violet",
    "pink",
    "brown",
    "black",
    "white",
    "grey",
    "gray",
    "cyan",
    "magenta",
    "amber",
    "crimson",
    "rood",
    "rode",
    "oranje",
    "geel",
    "gele",
    "groen",
    "groene",
    "blauw",
    "blauwe",
    "paars",
    "paarse",
    "roze",
    "bruin",
    "bruine",
    "zwart",
    "zwarte",
    "wit",
    "witte",
    "grijs",
    "grijze",
}
HEX = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-z])", re.IGNORECASE)
THEMES = "tui/themes.py"
"""Where the interface's own colours stand; it names no level, and everything else is looked for there too."""
YEAR = re.compile(r"(?<![0-9A-Za-z])(?:19|20)\d\d(?![0-9A-Za-z])")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def pattern(words):
    """Any of these as whole words, whatever joins them: `den-haag`, `den_haag`, `DenHaag`, `Den Haag`."""
    parts = sorted({tuple(re.findall(r"[^\W_]+", word.casefold())) for word in words}, key=len, reverse=True)
    one_of = "|".join(r"[\W_]{1,3}".join(map(re.escape, part)) for part in parts)
    return re.compile(rf"(?<![^\W_])(?:{one_of})(?![^\W_])", re.IGNORECASE)


def names_in(monitor):
    """What the plugins and editions at hand call their things."""
    found = PARTNERS | UNITS | COLOURS
    for framework in monitor.registry.frameworks.values():
        found |= {framework.id, framework.name.nl, framework.name.en}
        found |= {level.id for level in (*framework.scale.levels, framework.scale.blank)}
        for part in (*framework.areas, *framework.dimensions):
            found |= {part.id, part.name.nl, part.name.en}
    for edition in monitor.select("all"):
        for corps in edition.corps:
            found |= {corps.id, corps.name}
    return found


def offences(text, names, python=True, colours=COLOURS):
    """The lines of a source text that name what they must not, each with the offending words."""
    names = names - COLOURS | colours
    short = {name.casefold() for name in names - COLOURS if len(name) <= STRINGS_ONLY}
    long = pattern(name for name in names if name.casefold() not in short)
    for number, line in enumerate(text.splitlines(), 1):
        apart = HUMP.sub(" ", line)
        for found in (*long.finditer(apart), *(HEX.finditer(line) if colours else ()), *YEAR.finditer(line)):
            yield number, found.group()
    for node in ast.walk(ast.parse(text)) if python else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.casefold() in short:
            yield node.lineno, node.value


@pytest.fixture(scope="module")
def names(monitor):
    return names_in(monitor)


def test_the_core_names_no_dimension_corps_partner_colour_or_year(names):
    files = [file for file in sorted(CORE.rglob("*")) if file.suffix in (".py", ".tcss", ".toml", ".json")]
    assert len(files) > 20
    found = [
        f"{file.relative_to(CORE)}:{line}: {word}"
        for file in files
        for line, word in offences(
            file.read_text("utf-8"),
            names,
            file.suffix == ".py",
            set() if file == CORE / THEMES else COLOURS,
        )
    ]
    assert found == []


@pytest.mark.parametrize(
    "offending",
    [
        'KEY = "weging"',
        "weging = 1",
        "def by_weging(): ...",
        "class ByWeging: ...",
        "# the toezicht-kwaliteit of a corps",
        '"""Slachtofferbejegening comes first."""',
        "noord_en_oost_gelderland = 1",
        'CORPS = "Noord- en Oost-Gelderland"',
        'AREA = "opsporing"',
        'COLUMN = "om"',
        'COLUMN = "EMM"',
        'COLUMN = "emm-verwachting"',
        'UNIT = "Den Haag"',
        'if level == "rood": ...',
        "style = 'on bright_red'",
        "# a Yellow cell",
        'INK = "#A01818"',
        'INK = "#fff"',
        "# as it was in 2010",
        "FIRST = 1998",
        'EDITION = "2012"',
        'BLANK = "blanco"',
    ],
)
def test_an_offence_is_found_wherever_it_stands(names, offending):
    assert list(offences(offending, names))


@pytest.mark.parametrize(
    "fine",
    [
        "# sorted, wegingen, hundred, redo, greenhouse",
        "# om te kijken",
        "width = 80 * 20200",
        'FORM = "RFC 4180, U+202E, #rrggbb"',
        "# any corps, dimension, level or area",
        "def weigh(scores): ...",
    ],
)
def test_common_words_and_numbers_are_no_offence(names, fine):
    assert list(offences(fine, names)) == []


def test_names_are_taken_from_plugins_and_editions(names):
    assert {
        "financieel-rechercheren",
        "Weging",
        "toezicht",
        "utrecht",
        "Koninklijke Marechaussee",
        "groen",
        "blanco",
    } <= names


def test_a_stylesheet_is_read_too(names):
    assert list(offences("/* geel */ Cell { color: #ffc833; background: red }", names, python=False)) != []
