"""An edition seen on another framework."""

import pytest

from kmtui import Monitor
from kmtui.analysis.adapted_weigher import adapt_to_edition, schemes_for
from kmtui.analysis.projection import project, projected_on
from kmtui.model.score import Basis


@pytest.fixture
def walk(monitor: Monitor):
    return monitor.registry.crosswalk("referentiekader-2008", "referentiekader-2013")


def test_each_corps_has_a_score_on_every_dimension_and_all_else_as_before(monitor: Monitor, walk) -> None:
    edition, new = monitor.newest(), monitor.registry.frameworks[walk.new]
    seen = projected_on(monitor, edition, new)
    assert seen is not None
    assert seen.framework == new.id
    for was, now in zip(edition.corps, seen.corps, strict=True):
        assert tuple(now.scores) == new.dimension_ids
        assert (now.published, now.partners, now.explanations) == (was.published, was.partners, was.explanations)


def test_scores_are_those_that_the_crosswalk_carries_and_that_are_weighed_beside_others(monitor: Monitor, walk) -> None:
    edition, new = monitor.newest(), monitor.registry.frameworks[walk.new]
    seen, side = project(edition, walk, monitor.framework(edition), new), adapt_to_edition(monitor, edition, walk.new)
    for was, now in zip(edition.corps, seen.corps, strict=True):
        levels = {name: score.possible for name, score in was.scores.items()}
        assert {name: score.possible for name, score in now.scores.items()} == side.levels(levels)
        assert side.weigher.weigh(now.scores) == side.weigh(levels)


def test_a_merged_score_says_what_its_parts_were_and_a_new_one_why_it_is_blank(monitor: Monitor, walk) -> None:
    edition = monitor.newest()
    seen = project(edition, walk, monitor.framework(edition), monitor.registry.frameworks[walk.new])
    corps = seen.find_corps("kennemerland")
    merged, was = corps.scores["expert-mensenhandel"], edition.find_corps("kennemerland").scores
    assert "Korpsexpert: mandaat: Rood / Geel" in merged.note
    assert set(merged.source) == {*was["korpsexpert-kwaliteit"].source, *was["korpsexpert-mandaat"].source}
    new = corps.scores["hon-stappen"]
    assert new.basis is Basis.BLANK
    assert new.note
    assert corps.scores["gedragscode"] is was["gedragscode"], "what continues is the same score, on the same evidence"


def test_the_schemes_of_its_own_framework_come_first(monitor: Monitor) -> None:
    assert schemes_for(monitor, monitor.newest()) == ["referentiekader-2008", "referentiekader-2013"]


def test_where_no_crosswalk_leads_there_is_nothing_to_see(monitor: Monitor, walk) -> None:
    edition = monitor.newest()
    elsewhere = monitor.registry.frameworks[walk.new].replace(id="elders")
    assert projected_on(monitor, edition, elsewhere) is None
