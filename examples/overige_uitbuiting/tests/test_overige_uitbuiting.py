"""Run with pytest once the plugin is installed."""

from datetime import date

import kmtui_overige_uitbuiting as plugin
import pytest
from msgspec.structs import replace

from kmtui import Basis, Monitor, ScoringContext, Standing, open_monitor


@pytest.fixture(scope="module")
def monitor() -> Monitor:
    return open_monitor()


@pytest.fixture(scope="module")
def scored(monitor):
    """What the scorer gives for a corps, with some of its cells of 2011 and 2012 replaced."""
    edition = monitor.edition("2012")
    figures = monitor.figures(edition)

    def scored(corps, head=edition.head, **cells):
        tables = figures.tables
        if cells:
            (table,) = (table for table in tables if table.indicators[0].id == plugin.INVESTIGATIONS)
            changed = tuple(_changed(cell, corps, cells) for cell in table.cells)
            tables = (table.replace(cells=changed),)
        framework = monitor.framework(edition)
        return plugin.score(ScoringContext(corps, head, framework, figures.replace(tables=tables)))

    return scored


def _changed(cell, corps, cells):
    key = f"{cell.indicator.partition('-')[0]}_{cell.year}"
    return replace(cell, value=cells[key]) if cell.subject == corps and key in cells else cell


def test_it_is_loaded(monitor):
    assert [loaded.error for loaded in monitor.registry.plugins if loaded.id == "overige-uitbuiting"] == [""]
    assert monitor.registry.owners["dimension", "overige-uitbuiting"] == "overige-uitbuiting"


def test_it_stands_at_the_end_of_its_focus_area(monitor):
    framework = monitor.registry.frameworks["referentiekader-2008"]
    assert framework.dimensions_of("opsporing")[-1].id == "overige-uitbuiting"


@pytest.mark.parametrize(
    ("corps", "possible"),
    [
        ("haaglanden", ("groen",)),  # files in both years
        ("zaanstreek-waterland", ("geel", "groen")),  # an investigation, no file, and a cell that is not given
        ("utrecht", ("geel",)),  # the cell that is not given could change nothing
        ("zeeland", ("geel",)),
        ("kennemerland", ("rood",)),
    ],
)
def test_levels_follow_from_the_table(scored, corps, possible):
    assert scored(corps).possible == possible


@pytest.mark.parametrize(
    ("cells", "possible"),
    [
        ({}, ("rood",)),
        ({"onderzoeken_2012": None}, ("rood", "geel")),
        ({"dossiers_2012": None}, ("rood", "groen")),
        ({"onderzoeken_2011": None, "dossiers_2012": None}, ("rood", "geel", "groen")),
        ({"onderzoeken_2011": 1, "dossiers_2012": None}, ("geel", "groen")),
        ({"onderzoeken_2011": None, "dossiers_2012": 1}, ("groen",)),
    ],
)
def test_what_is_not_given_is_not_guessed(scored, cells, possible):
    found = scored("kennemerland", **cells)
    assert found.possible == possible
    assert found.basis is (Basis.OPEN if len(possible) > 1 else Basis.COMPUTED)


def test_where_nothing_is_given_there_is_no_score(scored):
    assert scored("kmar") is None
    assert scored("no-such-corps") is None


def test_only_the_years_of_the_edition_count(scored, monitor):
    head = monitor.edition("2012").head
    period = head.period.replace(start=date(2012, 1, 1))
    found = scored("ijsselland", head.replace(period=period))
    assert found.note == "Onderzoeken: 3 in 2012. Dossiers naar het OM: 2 in 2012."


def test_the_note_states_the_figures(scored):
    found = scored("zaanstreek-waterland")
    assert found.source == ("3.3.4",)
    assert found.note == (
        "Onderzoeken: 0 in 2011, 1 in 2012. Dossiers naar het OM: niet opgegeven in 2011, 0 in 2012. "
        "Wat ontbreekt, laat de score open."
    )


def test_what_the_author_chose_is_said_to_be_so():
    assert plugin.DIMENSION.standing is plugin.RULE.standing is Standing.ASSUMED


def test_red_stands_in_the_reasons_of_the_verdict(monitor):
    weigher = monitor.weigher("referentiekader-2008")
    green = dict.fromkeys(weigher.framework.dimension_ids, ("groen",))
    weighing = weigher.weigh_levels(green | {"overige-uitbuiting": ("rood",)})
    assert weighing.verdict == "geel"
    assert [reason.rule.id for reason in weighing.deciding] == ["overige-uitbuiting-rood-sluit-groen-uit"]


def test_it_changes_no_end_score_that_was_published(monitor):
    edition = monitor.edition("2012")
    weigher = monitor.weigher_for(edition)
    for corps in edition.corps:
        assert weigher.weigh(corps.scores).verdict == corps.published.level, corps.id


def test_the_edition_has_the_score(monitor):
    scores = {corps.id: corps.scores["overige-uitbuiting"] for corps in monitor.edition("2012").corps}
    assert scores["haaglanden"].level == "groen"
    assert scores["kmar"].is_blank
