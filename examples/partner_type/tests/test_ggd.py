"""Run with pytest once the plugin is installed."""

import pytest

from kmtui import Monitor, open_monitor

EDITION = "voorbeeld-ggd"


@pytest.fixture(scope="module")
def monitor() -> Monitor:
    return open_monitor()


@pytest.fixture(scope="module")
def edition(monitor):
    return monitor.edition(EDITION)


def test_it_is_loaded(monitor):
    assert [loaded.error for loaded in monitor.registry.plugins if loaded.id == "ggd"] == [""]
    assert monitor.registry.owners["partner type", "ggd"] == "ggd"


def test_it_has_two_columns_and_those_of_others_stay(monitor):
    columns = monitor.registry.partner_columns
    assert [column.id for column in columns.values() if column.partner.id == "ggd"] == ["ggd-bezoeken", "ggd-signalen"]
    assert columns["ggd-bezoeken"].name.nl == "GGD: samen op bezoek"
    assert "om" in columns


def test_the_edition_has_no_faults(monitor):
    edition, faults = monitor.check(monitor.entry(EDITION).folder)
    assert faults == []
    assert len(edition.corps) == 3


@pytest.mark.parametrize(
    ("corps", "visits", "signs"),
    [
        ("voorbeeld-noord", ("groen",), ("geel",)),
        ("voorbeeld-midden", ("rood", "geel"), ("rood",)),
        ("voorbeeld-zuid", ("groen",), ()),
    ],
)
def test_corps_judge_the_partner(edition, corps, visits, signs):
    judgements = edition.find_corps(corps).partners
    assert (judgements["ggd-bezoeken"].possible, judgements["ggd-signalen"].possible) == (visits, signs)


def test_nobody_takes_it_for_a_real_edition(monitor, edition):
    assert edition.title.startswith("Verzonnen")
    real = {corps.id for other in monitor.select("all") if other.id != EDITION for corps in other.corps}
    assert real.isdisjoint(corps.id for corps in edition.corps)
    assert monitor.newest().id != EDITION
    for corps in edition.corps:
        assert "verzonnen" in corps.name
        assert all(score.note.startswith("Verzonnen") for score in corps.partners.values() if score.note)
