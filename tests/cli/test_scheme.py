"""`kmtui scheme`: what the rules of a scheme can do, and what they do in an edition."""

import csv
import io

import pytest

from kmtui.cli.scheme import COLUMNS
from kmtui.wording import WORDS


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("scheme", ["referentiekader-2008", "referentiekader-2013"])
def test_every_rule_is_told_with_what_it_does(kmtui, monitor, scheme, language):
    shown = kmtui("--lang", language, "scheme", scheme)
    assert (shown.status, shown.err) == (0, "")
    text = " ".join(shown.out.split())
    for rule in monitor.scheme(scheme).rules:
        assert " ".join(rule.text(language).split()) in text
        if rule.kind != "neutral":
            assert f"{rule.id}: {WORDS['in_force_on'](language)} " in text


def test_rules_as_csv(kmtui):
    outcome = kmtui("scheme", "referentiekader-2008", "--set", "overige-rode-scores-verzwaren=0", "--csv")
    assert (outcome.status, outcome.err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 30
    by_rule = {row["rule"]: row for row in rows}
    assert by_rule["gedragscode-rood-met-geel"]["effect"] == "off"
    assert by_rule["financieel-rechercheren-moet-groen"]["decides"] == "1"
    assert by_rule["themakennis-weegt-niet"]["in_force"] == ""


def test_an_unknown_scheme(kmtui):
    outcome = kmtui("scheme", "referentiekader-2009")
    assert (outcome.status, outcome.out) == (2, "")
    assert "unknown weighting scheme 'referentiekader-2009' (did you mean 'referentiekader-20" in outcome.err
