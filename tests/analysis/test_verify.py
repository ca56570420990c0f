"""Claims of the source against its data."""

from collections import Counter
from math import inf

import pytest

from kmtui.analysis.claim_evidence import Kind
from kmtui.analysis.errors import ClaimError
from kmtui.analysis.verify import Outcome, Verifier, tally, verifier_of, verify
from kmtui.model.claims import CellOf, Claim


@pytest.fixture(scope="module")
def verifier(monitor, edition):
    return Verifier(edition, monitor.figures(edition), monitor.mapping(edition), monitor.edition, "blanco")


@pytest.fixture(scope="module")
def outcomes(monitor, edition):
    return verify(monitor, edition)


def claim(asserted, value, **more):
    data = {"id": "c", "source": ["3.3"], "text": "t", "asserted": asserted, "value": value} | more
    return Claim.model_validate(data)


SUM = {"sum": "3.pct-medewerkers", "year": 2012, "over": "corps"}
OPEN = {"scores": "themakennis", "level": "geel", "over": "corps"}
CASES = [
    (282, SUM, {}, Outcome.HOLDS, "282"),
    (283, SUM, {}, Outcome.CONTRADICTED, "282"),
    (280, SUM, {"relation": "about", "margin": 2, "reading": "r"}, Outcome.HOLDS, "282"),
    (280, SUM, {"relation": "about", "margin": 1, "reading": "r"}, Outcome.CONTRADICTED, "282"),
    (282, SUM, {"relation": "at-least"}, Outcome.HOLDS, "282"),
    (282, SUM, {"relation": "more-than"}, Outcome.CONTRADICTED, "282"),
    (30, {"difference": [SUM, SUM | {"year": 2010}]}, {}, Outcome.HOLDS, "30"),
    (33, {"sum": "3.pct-medewerkers", "year": 2012, "over": "oost-nederland"}, {}, Outcome.HOLDS, "33"),
    (0.5, {"ratio": [{"cell": "5.controles-vergund", "year": 2012, "of": "gelderland-zuid"},
                     {"cell": "5.controles-vergund", "year": 2010, "of": "ijsselland"}]},
     {"relation": "about", "margin": 0.1, "reading": "r"}, Outcome.HOLDS, "0.43956"),
    (2, OPEN, {}, Outcome.UNDETERMINED, "1..4"),
    (5, OPEN, {}, Outcome.CONTRADICTED, "1..4"),
    (1, OPEN, {"relation": "at-least"}, Outcome.HOLDS, "1..4"),
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


WITHOUT_GAPS = {"sum": "23.slachtoffers-gemeld", "year": 2012, "over": "corps"}


def test_cells_without_a_number_leave_a_larger_sum_possible(verifier):
    """Table 23 does not say what a dash adds."""
    least = verifier.number(claim(0, WITHOUT_GAPS).value).low
    assert verifier.verify(claim(least, WITHOUT_GAPS)).outcome is Outcome.UNDETERMINED
    assert verifier.verify(claim(least, WITHOUT_GAPS)).missing == 3
    assert verifier.verify(claim(least, WITHOUT_GAPS, relation="at-least")).outcome is Outcome.HOLDS
    assert verifier.verify(claim(least - 1, WITHOUT_GAPS)).outcome is Outcome.CONTRADICTED


def test_a_table_says_what_a_dash_adds_to_its_sums_and_not_what_it_stands_for_alone(verifier):
    visits = {"sum": "10.bezoeken-emm", "year": 2012, "over": "rows"}
    assert verifier.verify(claim(128, visits)).found == "128"
    assert verifier.number(CellOf(cell="10.bezoeken-emm", of="klpd", year=2012)) == (0, inf, 1)


@pytest.mark.parametrize(
    ("column", "subject", "year", "bounds"),
    [
        ("28.bestuurlijke-rapportages", "rotterdam-rijnmond", 2012, (45, 45)),
        ("13.teamleden-opsporing", "zeeland", 2010, (2, 2)),
        ("13.teamleden-opsporing", "noord-holland-noord", 2012, (12, 17)),
        ("11.mutaties", "utrecht", 2012, (89, 168)),
        ("12.preweeg-van-emm", "utrecht", 2012, (1, 1)),
    ],
)
def test_a_cell_with_more_than_one_number_counts_by_one_rule(verifier, column, subject, year, bounds):
    assert verifier.number(CellOf(cell=column, of=subject, year=year))[:2] == bounds


def test_a_quotient_is_counted_by_row(verifier):
    columns = ["5.controles-vergund", "6.locatiegebonden-inrichtingen"]
    value = {"ratios": columns, "year": 2012, "over": "regions", "where": {"less-than": 6}}
    found = verifier.verify(claim(13, value))
    assert (found.outcome, found.found, found.kind, found.unit) == (Outcome.HOLDS, "13", Kind.INDEPENDENT, "corps")


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


def test_the_report_contradicts_itself_where_that_is_on_record_and_nowhere_else(outcomes):
    assert len(outcomes) > 1000
    assert [found.claim.id for found in outcomes if not found.expected] == []
    assert all(found.claim.remark for found in outcomes if found.outcome is Outcome.CONTRADICTED)


TOTALS = ("3-4-3-07", "3-4-3-08", "tot-02", "tot-09", "tot-10")


def test_totals_with_dashes_are_held_to_what_a_dash_adds(outcomes):
    found = {one.claim.id: (one.claim.asserted, one.found) for one in outcomes if one.outcome is Outcome.CONTRADICTED}
    assert [found[name] for name in TOTALS] == [(171, "138"), (141, "128"), (179, "178"), (132, "131"), (132, "131")]
    assert found["3-3-2-104"] == (6, "13")
    assert found["3-4-2-20"] == (451, "496")


def test_no_number_lies_outside_its_bounds(outcomes):
    numbers = [found for found in outcomes if found.bounds is not None]
    assert all(found.bounds.low <= found.bounds.high for found in numbers)
    assert all((found.bounds.value is None) == (found.bounds.low < found.bounds.high) for found in numbers)


def test_kinds_are_counted_apart(outcomes):
    counted = tally(outcomes)
    assert {kind: sum(of.values()) for kind, of in counted.items()} == Counter(found.kind for found in outcomes)
    assert counted[Kind.INDEPENDENT][Outcome.HOLDS] < sum(found.outcome is Outcome.HOLDS for found in outcomes)


@pytest.mark.parametrize(
    ("source", "asserted", "value", "kind"),
    [
        ("2.5.2", "groen", {"score": "toezicht-kwaliteit", "of": "groningen"}, Kind.ECHO),
        ("9.9", "groen", {"score": "toezicht-kwaliteit", "of": "groningen"}, Kind.INDEPENDENT),
        ("2.5.2", 1, {"scores": "toezicht-kwaliteit", "level": "groen", "over": ["groningen"]}, Kind.ECHO),
        ("2.5.2", 27, {"scores": "toezicht-kwaliteit", "level": "groen", "over": "corps"}, Kind.INTERNAL),
        ("2.5.2", 22, {"verdicts": "groen", "over": "corps"}, Kind.INTERNAL),
        ("3.3.2", 282, SUM, Kind.INDEPENDENT),
    ],
)
def test_the_kind_of_a_claim_follows_from_what_its_data_rest_on(verifier, source, asserted, value, kind):
    assert verifier.verify(claim(asserted, value, source=[source])).kind is kind


def test_a_margin_and_a_loose_wording_need_a_reading(monitor, edition):
    with pytest.raises(ValueError, match="reading"):
        claim(282, SUM, relation="about", margin=2)
    with pytest.raises(ValueError, match="reading"):
        claim(10, SUM, relation="at-most", wording="weinig")
    for found in monitor.claims(edition).claims:
        assert found.reading or not (found.margin or found.wording)


@pytest.mark.parametrize(
    ("value", "unit"),
    [
        (SUM, "medewerkers"),
        ({"difference": [SUM, SUM]}, "medewerkers"),
        ({"ratio": [SUM, SUM]}, "ratio"),
        ({"count": "3.vast-pct", "year": 2012, "over": "corps", "where": {"status": "no"}}, "corps"),
        ({"verdicts": "rood", "over": "corps"}, "corps"),
    ],
)
def test_a_number_has_a_unit(verifier, value, unit):
    assert verifier.verify(claim(1, value)).unit == unit


def test_a_count_names_the_open_scores_that_it_constrains(outcomes):
    (found,) = [found for found in outcomes if found.claim.id == "3-3-3-04"] or [None]
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
