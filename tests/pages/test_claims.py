"""The pages of claims: the index by outcome, each claim with what it is about, and from a score to its claims."""

import pytest

from kmtui import Monitor
from kmtui.analysis.claim_evidence import Kind
from kmtui.analysis.verify import Outcome, verify
from kmtui.blocks import Target
from kmtui.pages.kinds import KINDS, page_of, target_of
from kmtui.pages.view import View
from kmtui.wording import Wording


@pytest.fixture
def links(targets):
    def of_kind(page, kind):
        return [target for target in targets(page) if target.kind == kind]

    return of_kind


@pytest.fixture(scope="module")
def outcomes(monitor, edition):
    return verify(monitor, edition)


def test_the_index_lists_what_is_contradicted_and_leads_to_every_standing_and_paragraph(view, outcomes, links):
    page = page_of(view, Target("claims"))
    loose = {found.claim.id for found in outcomes if found.outcome is Outcome.CONTRADICTED}
    assert {target.id for target in links(page, "claim")} == loose
    paragraphs = {paragraph for found in outcomes for paragraph in found.claim.source}
    assert {target.id for target in links(page, "paragraph")} == paragraphs
    assert [target.id for target in links(page, "standing")] == ["contradicted", "undetermined", "holds"] * len(Kind)


def test_every_claim_stands_on_the_page_of_its_standing_alone(view, outcomes, links):
    found = {
        name: [target.id for target in links(page_of(view, Target("standing", "", name)), "claim")]
        for name in KINDS["standing"].ids(view)
    }
    assert sorted(name for names in found.values() for name in names) == sorted(one.claim.id for one in outcomes)
    for name, outcome in (("holds", Outcome.HOLDS), ("undetermined", Outcome.UNDETERMINED)):
        chosen = [(kind, one) for kind in Kind for one in outcomes if (one.outcome, one.kind) == (outcome, kind)]
        assert found[name] == [one.claim.id for _, one in chosen]
    assert found["new"] == []


def test_claims_are_found_by_what_they_are_about(view, outcomes, links):
    """From the claim to the page of all claims about each of its things, whether these are named or counted."""
    index = links(page_of(view, Target("subjects")), "subject")
    assert {target.id.partition(".")[0] for target in index} == {"corps", "unit", "dimension", "partner", "table"}
    for kind, name, claim in (
        ("corps", "drenthe", "2-7-2-02"),
        ("table", "4", "2-7-2-02"),
        ("unit", "oost-nederland", "4-1-3-11"),
        ("dimension", "gedragscode", "4-1-3-09"),
        ("corps", "gelderland-midden", "4-1-3-10"),
        ("partner", "comensha", "3-4-4-01"),
    ):
        target = Target("subject", "", f"{kind}.{name}")
        assert target in index
        page = page_of(view, target)
        assert target_of(kind, name) in links(page, kind)
        assert claim in [found.id for found in links(page, "claim")]
        assert target in links(page_of(view, target_of(kind, name)), "subject") or kind == "dimension"


def test_what_no_claim_is_about_says_so(monitor, text):
    view = View(monitor, monitor.edition("2010"), Wording("nl"))
    assert "Geen beweringen" in text(page_of(view, Target("subject", "", "corps.utrecht")))


def test_every_claim_stands_on_the_page_of_its_paragraph(view, outcomes, links):
    found = [
        target.id
        for name in KINDS["paragraph"].ids(view)
        for target in links(page_of(view, Target("paragraph", "", name)), "claim")
    ]
    assert set(found) == {one.claim.id for one in outcomes}


def test_every_claim_has_a_page_with_what_is_asserted_found_and_remarked(view, text, outcomes):
    for one in outcomes[::7]:
        made = page_of(view, Target("claim", "", one.claim.id))
        page = text(made)
        assert made.title == one.claim.text
        assert view.say(f"proves_{one.kind}") in page
        assert one.claim.wording in page
        assert one.claim.reading in page
        assert one.claim.remark in page
        assert view.say(one.outcome) in page
        assert "Waar dit over gaat\n" in page


def test_a_claim_leads_to_the_scores_it_is_about_and_they_lead_back(view, outcomes, links):
    for one in outcomes[::40]:
        for target in links(page_of(view, Target("claim", "", one.claim.id)), "cell"):
            assert one.claim.id in [found.id for found in links(page_of(view, target), "claim")]


def test_a_claim_about_figures_leads_to_the_indicator(view, outcomes, links):
    one = next(one for one in outcomes if one.claim.id == "2-5-2-06")
    page = page_of(view, Target("claim", "", one.claim.id))
    assert links(page, "indicator") == [Target("indicator", "", "3.pct-medewerkers")]
    assert links(page, "corps") == [Target("corps", "groningen")]


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("2-7-2-02", "Aantal PCM-gecertificeerde medewerkers (tabel 4), 2012 · Drenthe: 4"),
        ("4-1-3-11", "Vast prostitutiecontroleteam (PCT) (tabel 3), 2012 · Oost-Nederland, geteld: 5"),
        ("4-1-3-09", "Dimensie: Gedragscode · Oost-Nederland: 4 ● Groen"),
        ("2-10-2-02", "Aantal controles van vergunde seksinrichtingen (tabel 5), 2012 · Noord- en Oost-Gelderland: 72"),
    ],
)
def test_what_a_claim_is_about_has_its_value_in_the_line_that_leads_there(view, text, claim, told):
    assert told in text(page_of(view, Target("claim", "", claim)))


def test_a_claim_that_compares_with_a_missing_edition_alone_cannot_be_determined(monitor, edition, text, links):
    alone = Monitor(monitor.registry, (monitor.entry(edition.id),), {edition.id: edition})
    view = View(alone, edition, Wording("nl"))
    other = page_of(view, Target("claim", "", "2-5-2-05"))
    assert "unknown edition '2010'" in text(other)
    assert "Uitkomst: niet uit te maken" in text(other)
    cell = page_of(view, Target("cell", "groningen", "toezicht-continuiteit"))
    assert "unknown edition" not in text(cell)
    assert links(cell, "claim")
    assert "unknown edition '2010'" in text(page_of(view, Target("standing", "", "undetermined")))


@pytest.mark.parametrize(("language", "number"), [("nl", "5,143"), ("en", "5.143")])
def test_what_is_found_stands_beside_what_is_asserted_as_the_reader_writes_numbers(
    monitor, edition, text, language, number
):
    view = View(monitor, edition, Wording(language))
    for target in (Target("claim", "", "2-10-2-02"), Target("claims")):
        (line,) = [line for line in text(page_of(view, target)).splitlines() if number in line]
        assert "6" in line
