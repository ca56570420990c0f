"""`kmtui whatif`: the end score of a corps with other scores."""

import csv
import io

import pytest

from kmtui.wording import WORDS


def joined(text):
    """The text without the line breaks of its layout."""
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["nl", "en"])
def test_before_and_after_with_reasons_and_the_way_on(kmtui, language):
    shown = kmtui("--lang", language, "whatif", "kennemerland", "financieel-rechercheren=geel")
    assert (shown.status, shown.err) == (0, "")
    text = joined(shown.out)
    red, yellow, green = ("Rood", "Geel", "Groen") if language == "nl" else ("Red", "Yellow", "Green")
    now, then = text.index(f"{WORDS['now'](language)}: ■ {red}"), text.index(f"{WORDS['then'](language)}: ▲ {yellow}")
    assert now < text.index("[2.12.5, 2.16.5]") < then
    way = text[text.index(f"{WORDS['fewest_improvements'](language)} ● {green}") :]
    assert way[: way.index(WORDS["deteriorations"](language))].count(f" ● {green}") == 7


def test_without_changes_the_prospects_of_the_scores_as_they_are(kmtui):
    text = joined(kmtui("--lang", "en", "whatif", "kennemerland").out)
    assert WORDS["then"].en + ":" not in text
    improvements = text[text.index(WORDS["improvements"].en) :]
    assert "- Financial investigation to ▲ Yellow (end score ▲ Yellow)" in improvements


def test_open_and_blank_scores_and_other_parameters(kmtui):
    text = joined(kmtui("--lang", "en", "whatif", "friesland", "weging=geel|groen", "gedragscode=").out)
    assert "then: ▲ Yellow or ● Green" in text
    assert "Code of conduct: ● Green to · Blank" in text
    assert kmtui("whatif", "friesland", "gedragscode=").out == kmtui("whatif", "friesland", "gedragscode=blanco").out
    lenient = joined(kmtui("--lang", "en", "whatif", "kennemerland", "--set", "overige-rode-scores-verzwaren=0").out)
    assert "now: ▲ Yellow" in lenient


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("utrech",), "did you mean 'utrecht'?"),
        (("utrecht", "wegin=geel"), "did you mean 'weging'?"),
        (("utrecht", "weging=gel"), "did you mean 'geel'?"),
        (("utrecht", "weging"), "found 'weging', expected DIMENSION=LEVEL"),
        (("utrecht", "--set", "geel-naast-rood=9"), "parameter geel-naast-rood is 9, expected 1 to 4"),
    ],
)
def test_wrong_usage(kmtui, arguments, told):
    outcome = kmtui("whatif", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert told in outcome.err


def test_rules_of_another_framework_are_tried_on_its_dimensions(kmtui):
    outcome = kmtui("whatif", "kennemerland", "expert-mensenhandel=groen", "--scheme", "referentiekader-2013")
    assert outcome.status == 0
    assert "Expert mensenhandel: ■ Rood of ▲ Geel naar ● Groen" in outcome.out


def test_the_same_as_rows(kmtui):
    shown = kmtui("whatif", "kennemerland", "financieel-rechercheren=geel", "--csv")
    assert (shown.status, shown.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(shown.out)))
    assert [(row["case"], row["possible"]) for row in rows[:2]] == [("now", "rood"), ("then", "geel")]
    assert (rows[1]["dimension"], rows[1]["from"], rows[1]["to"]) == ("financieel-rechercheren", "rood", "geel")
    steps = {row["step"] for row in rows if row["case"] == "to-groen"}
    assert all(row["possible"] == "groen" for row in rows if row["case"] == "to-groen")
    assert len(steps) == 1
    assert len([row for row in rows if row["case"] == "to-groen"]) == 5
    assert {row["corps"] for row in rows} == {"kennemerland"}
