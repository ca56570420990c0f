"""What the report tells beside scores and figures: partners, words, counts, recommendations, units."""

import re
from pathlib import Path

import pytest

from kmtui.analysis.distribution import distribution
from kmtui.model.source_text import split_text

SOURCE = Path(__file__).resolve().parents[3] / "shared" / "source" / "korpsmonitor-2011-2012.txt"
RUN = 7
"""So many words in a row of the source make a copied sentence."""


def test_ten_columns_of_judgements_for_each_corps(monitor, edition):
    columns = [column.id for column in monitor.partner_columns(edition)]
    assert len(columns) == 10
    assert all(list(corps.partners) == columns for corps in edition.corps)


def test_published_counts_are_within_what_the_cells_allow(monitor, edition, framework):
    """3.3 and 3.4: certain cells never exceed a count, and the open ones leave room for it."""
    for count in monitor.counts(edition).counts:
        if not count.exact or count.verdict:
            continue
        judgements = [
            corps.scores[count.dimension] if count.dimension else corps.partners[count.partner]
            for corps in edition.corps
        ]
        blank = framework.scale.blank.id
        low = sum(set(one.possible or (blank,)) <= set(count.levels) for one in judgements)
        high = sum(bool(set(one.possible or (blank,)) & set(count.levels)) for one in judgements)
        assert low <= count.count <= high, count


def test_half_known_editions_hold_counts_without_knowing_whose(monitor):
    edition = monitor.edition("2010")
    assert not edition.is_complete
    assert monitor.newest().id == "2012"
    counts = monitor.counts(edition).counts
    yellow = [count for count in counts if count.dimension == "niet-vergunde-branche" and count.levels == ("geel",)]
    assert [count.count for count in yellow] == [9]
    spread = distribution(
        [corps.scores["niet-vergunde-branche"] for corps in edition.corps], monitor.framework(edition).scale
    )
    assert sum(spread.open.values()) > 20


def test_every_corps_has_its_words(edition, framework):
    for corps in edition.corps:
        assert list(corps.explanations) == [area.id for area in framework.areas]
        assert corps.actions
        assert corps.outlook or corps.outlook_note


def test_the_national_picture_covers_dimensions_and_partners(monitor, edition, framework):
    picture = monitor.picture(edition)
    partners = {column.partner.id for column in monitor.partner_columns(edition)}
    assert set(picture.dimensions) == set(framework.dimension_ids)
    assert set(picture.partners) == partners
    assert set(picture.answers) <= partners


def test_units_are_made_of_all_corps_but_the_kmar(monitor, edition):
    mapping = monitor.mapping(edition)
    members = [corps for unit in mapping.units for corps in unit.corps]
    assert sorted(members) == sorted(set(edition.head.corps) - {"kmar"})
    assert list(monitor.baselines(edition)) == [unit.id for unit in mapping.units]


def words_of(text: str) -> list[str]:
    joined = re.sub(r"-\s*\n\s*", "", text)
    return re.findall(r"\w+", joined.casefold())


@pytest.mark.skipif(not SOURCE.exists(), reason="the source text is not beside this checkout")
def test_no_sentence_is_copied(monitor, edition):
    source = words_of(SOURCE.read_text("utf-8"))
    runs = {tuple(source[at : at + RUN]) for at in range(len(source))}
    texts = [passage.text for corps in edition.corps for passage in (*corps.explanations.values(), *corps.actions)]
    texts += [passage.text for corps in edition.corps for passage in (*corps.outlook, *corps.remarks)]
    picture = monitor.picture(edition)
    texts += [
        passage.text
        for part in (picture.dimensions, picture.partners, picture.answers, picture.developments)
        for passage in part.values()
    ]
    texts += [note.text for note in monitor.figures(edition).footnotes]
    texts += [term.text for term in monitor.glossary(edition).terms]
    texts += [advice.text for advice in monitor.recommendations(edition).recommendations]
    texts += [claim.text for claim in monitor.claims(edition).claims]
    copied = []
    for text in texts:
        found = words_of(text)
        copied += [
            " ".join(found[at : at + RUN]) for at in range(len(found) - RUN + 1) if tuple(found[at : at + RUN]) in runs
        ]
    assert copied == []


def test_what_is_stated_of_units_names_indicators_that_there_are(monitor, edition):
    figures = monitor.figures(edition)
    named = [figure.indicator for baseline in monitor.baselines(edition).values() for figure in baseline.figures]
    found = [figures.table(table).indicator(own) for table, own in (name.split(".") for name in named if name)]
    assert len(found) > 40


def test_every_footnote_and_abbreviation_is_there_once(monitor, edition):
    notes = [found.id for found in monitor.figures(edition).footnotes]
    assert sorted(map(int, notes)) == list(range(1, 34))
    terms = monitor.glossary(edition).terms
    assert len(terms) == len({term.id for term in terms}) >= 50

    assert {"LEM", "EMM", "RIEC", "HON", "PCM"} <= {term.term for term in terms}


@pytest.mark.skipif(not SOURCE.exists(), reason="the source text is not beside this checkout")
def test_an_abbreviation_stands_in_the_paragraph_that_it_names(monitor, edition):
    text = split_text(SOURCE.read_text("utf-8"))
    drift = {"LFNP": "LNFP", "BR-team": "BRteams", "Bibob": "BIBOB", "FIOD-ECD": "FIOD"}
    for term in monitor.glossary(edition).terms:
        (number,) = term.source
        printed = drift.get(term.term, term.term)
        found = [one for one in text.by_number[number] if one.has(printed) or one.has(printed.replace("-", ""))]
        assert found, (term.term, number)
