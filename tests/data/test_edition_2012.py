"""The scores of 2012 beside what the report prints: its counts (3.3), its paragraphs, and its words."""

import re
from functools import cache
from pathlib import Path

import pytest

from kmtui import Basis
from kmtui.analysis.distribution import distribution

REPORT = Path(__file__).resolve().parents[2].parent / "shared" / "source" / "korpsmonitor-2011-2012.txt"
needs_report = pytest.mark.skipif(not REPORT.is_file(), reason="the text of the report is not beside this checkout")

COUNTS = {
    # dimension: (paragraph, how many corps are red, how many yellow)
    "referentiekader": ("3.3.1", 0, 2),
    "korpsexpert-kwaliteit": ("3.3.1", 0, 0),
    "gedragscode": ("3.3.1", 0, 1),
    "toezicht-kwaliteit": ("3.3.2", 0, 0),
    "toezicht-continuiteit": ("3.3.2", 1, 5),
    "vergunde-branche": ("3.3.2", 1, 3),
    "niet-vergunde-branche": ("3.3.2", 1, 8),
    "informatieorganisatie": ("3.3.3", 1, 3),
    "centrale-informatiecoordinatie": ("3.3.3", 0, 4),
    "themakennis": ("3.3.3", 0, 2),
    "aanleveren-emm": ("3.3.3", 0, 0),
    "opsporing-kwaliteit": ("3.3.4", 0, 2),
    "slachtofferbejegening": ("3.3.4", 0, 0),
    "procesverantwoordelijkheid": ("3.3.4", 0, 5),
    "weging": ("3.3.4", 0, 1),
    "financieel-rechercheren": ("3.3.4", 1, 0),
}
COUNTED_WITHOUT_COLOUR = "korpsexpert-mandaat"
"""One corps falls short (3.3.1); whether red or yellow the report does not say."""

NAMED = [
    # what 3.3 says about a corps by name
    ("gelderland-zuid", "toezicht-continuiteit", "rood"),
    ("gelderland-zuid", "vergunde-branche", "rood"),
    ("gelderland-zuid", "niet-vergunde-branche", "rood"),
    ("kennemerland", "weging", "geel"),
    ("kennemerland", "financieel-rechercheren", "rood"),
]


@pytest.fixture(scope="module")
def cells(edition):
    return [(corps, name, score) for corps in edition.corps for name, score in corps.scores.items()]


def column(edition, dimension):
    return [corps.scores[dimension] for corps in edition.corps]


def test_every_corps_has_a_score_on_every_dimension(edition, framework, cells):
    assert len(cells) == 27 * 17 == 459
    assert all(tuple(corps.scores) == framework.dimension_ids for corps in edition.corps)


def test_corps_stand_in_the_order_of_the_report(edition):
    assert [corps.source for corps in edition.corps] == [(f"2.{number}",) for number in range(5, 32)]


def test_names_and_ids_are_unique(edition):
    for attribute in ("id", "name"):
        assert len({getattr(corps, attribute).casefold() for corps in edition.corps}) == 27


# Counts


def test_the_counts_speak_of_every_dimension(framework):
    assert {*COUNTS, COUNTED_WITHOUT_COLOUR} == set(framework.dimension_ids)


@pytest.mark.parametrize(("dimension", "red", "yellow"), [(name, *count[1:]) for name, count in COUNTS.items()])
def test_the_published_counts_hold(edition, framework, dimension, red, yellow):
    spread = distribution(column(edition, dimension), framework.scale)
    for level, published in (("rood", red), ("geel", yellow)):
        assert spread.certain[level] <= published <= spread.at_most(level)


def test_exactly_one_corps_falls_short_on_the_mandate(edition, framework):
    spread = distribution(column(edition, COUNTED_WITHOUT_COLOUR), framework.scale)
    assert spread.certain == {"rood": 0, "geel": 0, "groen": 25}
    assert [spread.at_most(level) for level in framework.scale.ids] == [1, 1, 25]
    assert (spread.open, spread.blank) == ({("rood", "geel"): 1}, 1)


@pytest.mark.parametrize(("corps", "dimension", "level"), NAMED)
def test_corps_that_3_3_names_have_the_score_that_it_gives(edition, corps, dimension, level):
    assert edition.find_corps(corps).scores[dimension].level == level


def test_a_counted_score_cites_the_paragraph_of_its_count(cells):
    paragraph = {COUNTED_WITHOUT_COLOUR: "3.3.1"} | {name: count[0] for name, count in COUNTS.items()}
    uncited = [
        (corps.id, name)
        for corps, name, score in cells
        if score.basis is Basis.COUNTED and paragraph[name] not in score.source
    ]
    assert uncited == []


# Evidence


def test_every_score_that_is_not_green_by_counting_has_a_note(cells):
    silent = [
        (corps.id, name)
        for corps, name, score in cells
        if not score.note and (score.basis is not Basis.COUNTED or score.level != "groen")
    ]
    assert silent == []


def test_well_under_a_tenth_of_the_cells_is_open(cells):
    assert 0 < sum(score.is_open for _, _, score in cells) < 459 / 10


def test_nothing_is_recorded_or_computed_in_a_published_edition(cells):
    assert {score.basis for _, _, score in cells} <= {Basis.STATED, Basis.COUNTED, Basis.OPEN, Basis.BLANK}


def test_the_judgement_on_the_expert_of_utrecht_is_withheld(edition):
    utrecht = edition.find_corps("utrecht")
    blank = {name for name, score in utrecht.scores.items() if score.is_blank}
    assert blank == {"korpsexpert-kwaliteit", "korpsexpert-mandaat"}
    for name in blank:
        assert "2.13.1" in utrecht.scores[name].source


def test_besides_utrecht_only_tasks_that_a_national_corps_does_not_have_are_blank(cells):
    blank = {(corps.id, name) for corps, name, score in cells if score.is_blank and corps.id != "utrecht"}
    supervision = ("toezicht-continuiteit", "vergunde-branche", "niet-vergunde-branche")
    assert blank == {(corps, name) for corps in ("klpd", "kmar") for name in supervision}


def test_a_score_that_rests_on_the_published_verdict_says_so_in_its_sources(cells):
    resting = [(corps, score) for corps, _, score in cells if score.relies_on_verdict]
    assert resting
    for corps, score in resting:
        assert set(score.source) & set(corps.published.source)


def test_a_corps_cites_no_section_of_another_corps(edition, cells):
    sections = {corps.source[0]: corps.id for corps in edition.corps}
    cited = [(corps, name, one) for corps, name, score in cells for one in score.source]
    cited += [(corps, "published", one) for corps in edition.corps for one in corps.published.source]
    strange = [
        (corps.id, name, one)
        for corps, name, one in cited
        if sections.get(".".join(one.split(".")[:2]), corps.id) != corps.id
    ]
    assert strange == []


# The report itself


@cache
def report():
    return REPORT.read_text("utf-8")


@cache
def printed_paragraphs():
    """The numbers that stand before a heading."""
    return set(re.findall(r"^\s*(\d\.\d+(?:\.\d+)*)\.?\s+[A-Z]", report(), re.MULTILINE))


def words(text):
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text, length=7):
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


@cache
def printed_runs():
    """Runs of the report's words, with the hyphens at line ends taken out and left in."""
    return runs(re.sub(r"-\s*\n\s*", "", report())) | runs(report())


@needs_report
def test_the_report_is_read_as_meant():
    assert {"2.4.1", "2.5", "2.31.5", "3.1", "3.3.4", "4.1.12"} <= printed_paragraphs()
    assert "2.32" not in printed_paragraphs()
    assert runs("in zes korpsen staat de uitvoering van het toezicht") <= printed_runs()


@needs_report
def test_every_cited_paragraph_is_one_that_the_report_prints(edition, framework, weigher, cells):
    cited = [("scheme", rule.source) for rule in (*weigher.scheme.rules, *weigher.scheme.parameters)]
    cited += [("framework", part.source) for part in (*framework.areas, *framework.dimensions)]
    cited += [("framework", one.measure.source) for one in framework.dimensions if one.measure]
    cited += [(corps.id, source) for corps in edition.corps for source in (corps.source, corps.published.source)]
    cited += [(f"{corps.id} {name}", score.source) for corps, name, score in cells]
    unknown = [(where, one) for where, source in cited for one in source if one not in printed_paragraphs()]
    assert unknown == []


@needs_report
def test_every_published_verdict_cites_the_end_score_of_its_corps(edition):
    headings = set(re.findall(r"^\s*(\d\.\d+\.\d+)\s+Eindscore", report(), re.MULTILINE))
    uncited = [corps.id for corps in edition.corps if not headings & set(corps.published.source)]
    assert (len(headings), uncited) == (27, [])


@needs_report
def test_notes_are_in_our_own_words(edition, cells):
    notes = [(f"{corps.id} {name}", score.note) for corps, name, score in cells]
    notes += [(f"{corps.id} published", corps.published.note) for corps in edition.corps]
    copied = [(where, " ".join(run)) for where, note in notes for run in runs(note) & printed_runs()]
    assert copied == []


@needs_report
def test_norms_are_in_our_own_words(framework):
    norms = [(one.id, one.norm.nl) for one in framework.dimensions]
    norms += [(one.id, one.measure.note.nl) for one in framework.dimensions if one.measure and one.measure.note]
    copied = [(where, " ".join(run)) for where, norm in norms for run in runs(norm) & printed_runs()]
    assert copied == []
