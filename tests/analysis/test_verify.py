"""Claims of the source against its data."""

import pytest

from kmtui.analysis.errors import ClaimError
from kmtui.analysis.verify import Outcome, Verifier, verifier_of, verify
from kmtui.model.claims import Claim


@pytest.fixture(scope="module")
def verifier(monitor, edition):
    return Verifier(edition, monitor.figures(edition), monitor.mapping(edition), monitor.edition, "blanco")


def claim(asserted, value, **more):
    data = {"id": "c", "source": ["3.3"], "text": "t", "asserted": asserted, "value": value, **more}
    return Claim.model_validate(data)


SUM = {"sum": "3.pct-medewerkers", "year": 2012, "over": "corps"}
OPEN = {"scores": "themakennis", "level": "geel", "over": "corps"}
CASES = [
    (282, SUM, {}, Outcome.HOLDS, "282"),
    (283, SUM, {}, Outcome.CONTRADICTED, "282"),
    (280, SUM, {"relation": "about", "margin": 2}, Outcome.HOLDS, "282"),
    (280, SUM, {"relation": "about", "margin": 1}, Outcome.CONTRADICTED, "282"),
    (282, SUM, {"relation": "at-least"}, Outcome.HOLDS, "282"),
    (282, SUM, {"relation": "more-than"}, Outcome.CONTRADICTED, "282"),
    (30, {"difference": [SUM, SUM | {"year": 2010}]}, {}, Outcome.HOLDS, "30"),
    (33, {"sum": "3.pct-medewerkers", "year": 2012, "over": "oost-nederland"}, {}, Outcome.HOLDS, "33"),
    (0.5, {"ratio": [{"cell": "5.controles-vergund", "year": 2012, "of": "gelderland-zuid"},
                     {"cell": "5.controles-vergund", "year": 2010, "of": "ijsselland"}]},
     {"relation": "about", "margin": 0.1}, Outcome.HOLDS, "0.4396"),
    (2, OPEN, {}, Outcome.UNDETERMINED, "1 (1..4)"),
    (5, OPEN, {}, Outcome.CONTRADICTED, "1 (1..4)"),
    (1, OPEN, {"relation": "at-least"}, Outcome.HOLDS, "1 (1..4)"),
    (2, {"verdicts": "rood", "over": "corps"}, {}, Outcome.HOLDS, "2"),
    ("rood", {"verdict": "kennemerland"}, {}, Outcome.HOLDS, "rood"),
    ("groen", {"verdict": "kennemerland"}, {}, Outcome.CONTRADICTED, "rood"),
    ("geel", {"score": "korpsexpert-mandaat", "of": "kennemerland"}, {}, Outcome.UNDETERMINED, "rood|geel"),
    ("blanco", {"score": "korpsexpert-mandaat", "of": "utrecht"}, {}, Outcome.HOLDS, "blanco"),
    ("yes", {"cell": "3.vast-pct", "year": 2012, "of": "utrecht"}, {}, Outcome.HOLDS, "Ja"),
    (9, {"count": "3.vast-pct", "year": 2012, "over": "corps", "where": {"status": "no"}}, {},
     Outcome.CONTRADICTED, "5"),
    (14, {"count": "5.controles-vergund", "year": 2012, "over": "regions", "where": {"more-than-in": 2010}}, {},
     Outcome.HOLDS, "14"),
]  # fmt: skip


@pytest.mark.parametrize(("asserted", "value", "more", "outcome", "found"), CASES)
def test_a_claim_is_held_against_the_data(verifier, asserted, value, more, outcome, found):
    verified = verifier.verify(claim(asserted, value, **more))
    assert (verified.outcome, verified.found) == (outcome, found)


def test_cells_that_are_no_numbers_leave_a_larger_sum_possible(verifier):
    signals = {"sum": "10.signalen-slim", "year": 2012, "over": "rows"}
    low = verifier.verify(claim(20485, signals))
    assert (low.outcome, low.missing > 0) == (Outcome.HOLDS, True)
    assert verifier.verify(claim(20486, signals)).outcome is Outcome.UNDETERMINED
    assert verifier.verify(claim(20484, signals)).outcome is Outcome.CONTRADICTED


@pytest.mark.parametrize(
    "value",
    [
        {"sum": "99.pct-medewerkers", "year": 2012, "over": "corps"},
        {"sum": "3.pct-medewerkers", "year": 2013, "over": "corps"},
        {"sum": "3.pct-medewerkers", "year": 2012, "over": "nowhere"},
        {"score": "geen-dimensie", "of": "utrecht"},
        {"verdicts": "groen", "over": "corps"} | {"edition": "1999"},
    ],
)
def test_a_claim_about_what_does_not_exist_is_an_error_with_its_name(verifier, value):
    asserted = "groen" if "score" in value else 1
    with pytest.raises((ClaimError, LookupError)):
        verifier.verify(claim(asserted, value))


def test_the_report_contradicts_itself_where_we_know_and_nowhere_else(monitor, edition):
    outcomes = verify(monitor, edition)
    assert len(outcomes) > 1000
    assert [found.claim.id for found in outcomes if not found.expected] == []
    assert sum(found.outcome is Outcome.CONTRADICTED for found in outcomes) > 50
    assert all(found.claim.remark for found in outcomes if found.outcome is Outcome.CONTRADICTED)


def test_a_count_names_the_open_scores_that_it_constrains(monitor, edition):
    (found,) = [found for found in verify(monitor, edition) if found.claim.id == "3-3-3-04"] or [None]
    if found is None:
        pytest.fail("the claim on the count of themakennis is gone")
    about = {dimension for _, dimension in found.open_cells}
    assert found.outcome in (Outcome.HOLDS, Outcome.UNDETERMINED)
    assert about <= {"themakennis", "informatieorganisatie", "centrale-informatiecoordinatie"}


def test_claims_about_one_score_are_found(monitor, edition):
    verifier = verifier_of(monitor, edition)
    claims = [found for found in monitor.claims(edition).claims if verifier.bears_on(found, "kennemerland", "weging")]
    assert claims
    assert all("weging" in str(found.value) for found in claims)


def test_no_other_edition_is_opened_to_find_the_claims_about_a_score(monitor, edition):
    def other(edition_id):
        raise AssertionError(f"{edition_id} was opened")

    verifier = Verifier(edition, monitor.figures(edition), monitor.mapping(edition), other, "blanco")
    about = ("groningen", "toezicht-continuiteit")
    claims = [found for found in monitor.claims(edition).claims if verifier.bears_on(found, *about)]
    assert claims
    assert all("2010" not in repr(found.value) for found in claims)
