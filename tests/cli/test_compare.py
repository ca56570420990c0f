"""`kmtui compare`: two editions, or two schemes on one edition."""

import csv
import io
from collections import Counter

import pytest

from kmtui.cli.compare import EDITION_COLUMNS, SCHEME_COLUMNS
from kmtui.wording import WORDS


def joined(text):
    """The text without the line breaks of its layout."""
    return " ".join(text.split())


def rows_of(outcome, columns):
    assert (outcome.status, outcome.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert tuple(rows[0]) == columns
    return rows


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_editions_are_told_with_their_migration(kmtui, language):
    shown = kmtui("--lang", language, "compare", "2010", "2012")
    assert (shown.status, shown.err) == (0, "")
    text = joined(shown.out)
    words = {key: WORDS[key](language) for key in ("to", "better", "worse", "same", "unknown")}
    assert "10 {better}, 1 {worse}, 1 {same}, 15 {unknown}".format(**words) in text
    kennemerland = text.index("Kennemerland: ")
    assert f"■ {'Rood' if language == 'nl' else 'Red'}" in text[kennemerland : kennemerland + 60]


def test_two_editions_as_csv(kmtui):
    rows = rows_of(kmtui("compare", "2010", "2012", "--csv"), EDITION_COLUMNS)
    assert Counter(row["kind"] for row in rows) == {"published": 27, "computed": 27, "score": 27 * 17}
    assert Counter(row["direction"] for row in rows if row["kind"] == "published") == {
        "better": 10,
        "worse": 1,
        "same": 1,
        "unknown": 15,
    }
    [row] = [row for row in rows if (row["subject"], row["dimension"]) == ("drenthe", "weging")]
    assert (row["from"], row["to"], row["direction"]) == ("rood|geel", "groen", "better")
    dutch = kmtui("compare", "2010", "2012", "--csv", "--dialect", "excel-nl").out
    assert dutch.startswith('\ufeff"old";"new";"subject"')


def test_corps_of_one_edition_only_are_named(kmtui):
    shown = kmtui("--lang", "en", "compare", "2008", "2012").out
    assert "Only in 2012: Korps Landelijke Politiediensten, Koninklijke Marechaussee" in joined(shown)


def test_units_of_two_editions(kmtui):
    rows = rows_of(kmtui("compare", "2010", "2012", "--units", "--csv"), EDITION_COLUMNS)
    computed = {row["subject"]: row["to"] for row in rows if row["kind"] == "computed"}
    assert len(computed) == 12
    assert (computed["noord-holland"], computed["limburg"], computed["kmar"]) == ("rood", "groen", "groen")


def test_two_schemes_across_a_crosswalk(kmtui):
    schemes = ("--scheme", "referentiekader-2008", "referentiekader-2013", "--edition", "2012")
    shown = kmtui("--lang", "en", "compare", *schemes)
    assert (shown.status, shown.err) == (0, "")
    assert WORDS["smallest_difference"].en in shown.out
    rows = rows_of(kmtui("compare", *schemes, "--csv"), SCHEME_COLUMNS)
    assert len(rows) == 27
    by_name = {row["subject"]: row for row in rows}
    assert by_name["kennemerland"]["from"] == "rood"
    assert by_name["kennemerland"]["reasons_from"] == "financieel-rechercheren-rood-met-geel [2.12.5, 2.16.5]"
    units = rows_of(kmtui("compare", *schemes, "--units", "--csv"), SCHEME_COLUMNS)
    assert len(units) == 12
    order = kmtui("compare", "referentiekader-2008", "referentiekader-2013", "--scheme", "--csv")
    assert rows_of(order, SCHEME_COLUMNS) == rows


STRICT = """
from kmtui import Cap, Text, WeightingScheme, hookimpl

SAID = Text(nl="Geel is hier nooit genoeg.", en="Yellow is never enough here.")
RULE = Cap(kind="cap", id="spread", dimension="themakennis", at_most="geel", verdict="geel", text=SAID, source=("1",))

@hookimpl
def weighting_schemes():
    return [
        WeightingScheme(id="strict", name=SAID, framework="referentiekader-2008", source="a test", rules=(RULE,))
    ]
"""


@pytest.fixture
def strict(tmp_path):
    """A plugin with a scheme that looks at the spread of knowledge alone."""
    file = tmp_path / "strict.py"
    file.write_text(STRICT, "utf-8")
    return file


def test_who_changes_through_which_rules_and_the_smallest_difference(kmtui, strict):
    shown = kmtui("--plugin-dir", strict, "--lang", "en", "compare", "--scheme", "referentiekader-2008", "strict")
    assert shown.status == 0
    text = joined(shown.out)
    assert (
        "Gooi- en Vechtstreek: ▲ Yellow to ● Green (better) - under referentiekader-2008: - Green on the licensed"
        in text
    )
    assert "under strict: No rule holds the end score down." in text
    smallest = text[text.index(WORDS["smallest_difference"].en) :]
    assert "Corps expert: quality: ▲ Yellow all others: ● Green - under referentiekader-2008: ▲ Yellow" in smallest


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("2010", "2021"), "unknown edition '2021'"),
        (("--scheme", "referentiekader-2008", "referentiekader-2031"), "did you mean 'referentiekader-2013'?"),
        (("2010", "2012", "--edition", "2012"), "--edition goes with --scheme"),
        (("2008", "2010", "--units"), "--mapping names one"),
        (("2010", "2012", "--mapping", "eenheden-2012"), "did you mean 'eenheden-2013'?"),
        (("2010",), "Missing argument 'B'"),
    ],
)
def test_wrong_usage(kmtui, arguments, told):
    outcome = kmtui("compare", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert told in outcome.err
