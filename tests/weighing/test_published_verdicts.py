"""The rules of 2.4.1 on the scores of 2012, beside the 27 end scores that the report prints (2.5-2.31, 3.1)."""

import itertools
from collections import Counter

import pytest

from kmtui.analysis.verdicts import Agreement, verdicts

NOT_GREEN = {
    "gelderland-midden": "geel",
    "gelderland-zuid": "rood",
    "utrecht": "geel",
    "kennemerland": "rood",
    "gooi-en-vechtstreek": "geel",
}


def test_the_published_end_scores_are_those_of_the_report(edition):
    published = {corps.id: corps.published.level for corps in edition.corps}
    assert {name: level for name, level in published.items() if level != "groen"} == NOT_GREEN
    assert Counter(published.values()) == {"groen": 22, "geel": 3, "rood": 2}


def test_the_default_parameters_reproduce_every_published_end_score(edition, weigher):
    computed = {found.corps: found.weighing.verdict for found in verdicts(edition, weigher)}
    assert computed == {corps.id: NOT_GREEN.get(corps.id, "groen") for corps in edition.corps}


@pytest.mark.parametrize(
    ("beside", "escalates", "red_counts", "yellow_holds"), itertools.product((1, 2, 3, 4), (0, 1), (0, 1), (0, 1))
)
def test_only_escalation_of_other_reds_reproduces_all_end_scores(
    monitor, edition, beside, escalates, red_counts, yellow_holds
):
    parameters = {
        "geel-naast-rood": beside,
        "overige-rode-scores-verzwaren": escalates,
        "rood-telt-als-geel": red_counts,
        "geel-vergund-houdt-geel": yellow_holds,
    }
    weigher = monitor.weigher("referentiekader-2008", parameters)
    differing = {
        found.corps: found.weighing.verdict
        for found in verdicts(edition, weigher)
        if found.weighing.verdict != found.published.level
    }
    if not escalates or yellow_holds:
        assert differing["kennemerland"] == "geel"
    assert (not differing) == bool(escalates and not yellow_holds and (red_counts or beside == 1))


def test_the_parameters_range_over_what_was_tried_above(weigher):
    ranges = {parameter.id: (parameter.minimum, parameter.maximum) for parameter in weigher.scheme.parameters}
    assert ranges == {
        "geel-naast-rood": (1, 4),
        "overige-rode-scores-verzwaren": (0, 1),
        "rood-telt-als-geel": (0, 1),
        "geel-vergund-houdt-geel": (0, 1),
    }


def test_agreement_is_assumed_exactly_where_a_score_rests_on_the_published_verdict(edition, weigher):
    resting = {corps.id for corps in edition.corps if any(score.relies_on_verdict for score in corps.scores.values())}
    agreement = {found.corps: found.agreement for found in verdicts(edition, weigher)}
    assert resting
    assert agreement == {
        corps.id: Agreement.ASSUMED if corps.id in resting else Agreement.YES for corps in edition.corps
    }


def test_a_contradiction_is_shown_and_not_hidden(monitor, edition):
    weigher = monitor.weigher("referentiekader-2008", {"overige-rode-scores-verzwaren": 0})
    agreement = {found.corps: found.agreement for found in verdicts(edition, weigher)}
    assert agreement["kennemerland"] is Agreement.NO


@pytest.mark.parametrize(
    ("corps", "deciding"),
    [
        ("groningen", []),
        ("utrecht", ["referentiekader-moet-groen"]),
        ("gelderland-midden", ["vergunde-branche-moet-groen"]),
        ("gooi-en-vechtstreek", ["vergunde-branche-moet-groen"]),
        ("kennemerland", ["financieel-rechercheren-rood-met-geel"]),
        (
            "gelderland-zuid",
            [
                "vergunde-branche-rood-met-geel",
                "niet-vergunde-branche-rood-met-geel",
                "toezicht-continuiteit-rood-met-geel",
                "informatieorganisatie-rood-met-geel",
            ],
        ),
    ],
)
def test_the_deciding_rules_are_named(edition, weigher, corps, deciding):
    weighing = weigher.weigh(edition.find_corps(corps).scores)
    assert [reason.rule.id for reason in weighing.deciding] == deciding


def test_no_open_cell_can_change_an_end_score_of_2012(edition, weigher):
    assert all(found.weighing.pivotal == () for found in verdicts(edition, weigher))
