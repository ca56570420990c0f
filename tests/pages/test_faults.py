"""Parts of an edition that cannot be read: told where they would stand, while everything else is there."""

import shutil

import pytest

from kmtui import open_monitor
from kmtui.blocks import Role, Target
from kmtui.editions.errors import EditionError
from kmtui.pages.inline_errors import document_or_errors
from kmtui.pages.kinds import KINDS, page_of, target_of, title_of
from kmtui.pages.view import View
from kmtui.plugins.discovery import bundled_folder
from kmtui.wording import Wording


@pytest.fixture
def broken(tmp_path):
    """The edition of 2012 with nonsense in some of its files."""

    def build(*names):
        folder = tmp_path / "2012"
        shutil.copytree(bundled_folder("editions") / "2012", folder)
        for name in names:
            (folder / name).write_text("x = = 1\n")
        monitor = open_monitor(edition_folders=[folder])
        return View(monitor, monitor.edition("2012"), Wording("nl"))

    return build


@pytest.fixture
def warnings(entries):
    def found(page):
        spans = [span for entry in entries(page) for row in entry.rows for span in row]
        return [span.text for span in spans if span.role is Role.WARNING]

    return found


@pytest.fixture
def faults(warnings):
    return lambda page, file: [text for text in warnings(page) if file in text]


def test_a_broken_table_is_told_in_its_place_and_takes_no_other_away(broken, view, text, targets, warnings, faults):
    other = broken("tables/05.csv")
    index = page_of(other, Target("figures"))
    assert [target.id for target in targets(index) if target.kind == "table"] == [
        table.id for table in view.figures.tables
    ]
    lines = text(index).splitlines()
    assert "05.csv" in next(line for line in lines if line.startswith("5. "))
    assert warnings(page_of(other, Target("table", "", "6"))) == []
    assert title_of(other, "table", "5") == title_of(view, "table", "5")
    table = document_or_errors(other, Target("table", "", "5"), lambda: page_of(other, Target("table", "", "5")))
    assert faults(table, "05.csv")


@pytest.mark.parametrize("target", [Target("corps", "drenthe"), Target("unit", "", "limburg")], ids=str)
def test_pages_with_figures_of_many_tables_lack_those_of_the_broken_one_alone(broken, view, target, targets, faults):
    page, whole = page_of(broken("tables/05.csv"), target), page_of(view, target)
    assert faults(page, "05.csv")
    lost = [target for target in targets(whole) if target not in targets(page)]
    assert {found.id.partition(".")[0] for found in lost} <= {"5", "7"}, "the two have indicators in common"


def test_claims_on_a_broken_table_cannot_be_determined_and_say_why_and_others_stand(broken, view, targets, faults):
    other = broken("tables/05.csv")
    page = page_of(other, Target("claims"))
    assert len([target for target in targets(page) if target.kind == "paragraph"]) > 50
    assert faults(page_of(other, Target("claim", "", "2-10-2-02")), "05.csv")
    sound = Target("claim", "", "2-7-2-02")
    assert page_of(other, sound) == page_of(view, sound)


def test_without_the_list_of_tables_claims_about_scores_stand(broken, view, faults):
    other = broken("indicators.toml")
    assert faults(page_of(other, Target("claim", "", "2-7-2-02")), "indicators.toml")
    score = Target("claim", "", "4-1-3-09")
    assert page_of(other, score) == page_of(view, score)
    assert faults(page_of(other, Target("corps", "drenthe")), "indicators.toml")


def test_a_broken_baseline_is_told_on_the_page_of_its_unit_alone(broken, view, targets, faults):
    other = broken("units/limburg.toml")
    limburg, rotterdam = (Target("unit", "", name) for name in ("limburg", "rotterdam"))
    assert faults(page_of(other, limburg), "limburg.toml")
    assert Target("corps", "limburg-zuid") in targets(page_of(other, limburg))
    assert page_of(other, rotterdam) == page_of(view, rotterdam)
    assert faults(page_of(other, Target("rolled", "limburg", "weging")), "limburg.toml")


@pytest.mark.parametrize("file", ["picture.toml", "counts.toml", "claims.toml", "recommendations.toml"])
@pytest.mark.parametrize(
    "target",
    [
        Target("cell", "utrecht", "weging"),
        Target("judgement", "utrecht", "om"),
        Target("corps", "utrecht"),
        Target("dimension", "", "weging"),
        Target("partner", "", "om"),
    ],
    ids=str,
)
def test_a_broken_file_takes_nothing_away_but_what_stands_in_it(broken, view, file, target, targets, faults):
    page, whole = page_of(broken(file), target), page_of(view, target)
    told = faults(page, file)
    assert len(told) <= 1
    assert page.blocks != whole.blocks if told else page.blocks == whole.blocks
    there = targets(page)
    lost = {target.kind for target in targets(whole) if target not in there}
    assert lost <= {"claims.toml": {"claim"}, "recommendations.toml": {"addressee"}}.get(file, set())


def test_a_name_for_nobody_is_a_fault(broken):
    other = broken("recommendations.toml")
    file = other.monitor.entry("2012").folder / "recommendations.toml"
    file.write_text('[names]\nnobody = "Niemand"\n')
    monitor = open_monitor(edition_folders=[file.parent])
    with pytest.raises(EditionError, match="unknown addressee or theme 'nobody'"):
        monitor.recommendations(monitor.edition("2012"))


def test_every_page_of_a_much_broken_edition_is_a_page(broken):
    other = broken("tables/05.csv", "tables/03.csv", "units/limburg.toml", "picture.toml", "counts.toml", "claims.toml")
    for kind in ("corps", "dimension", "partner", "unit", "figures", "table", "recommendations", "addressee", "status"):
        for name in KINDS[kind].ids(other)[:4]:
            target = target_of(kind, name)
            assert document_or_errors(other, target, lambda target=target: page_of(other, target)).blocks


def test_what_needs_all_of_a_part_still_refuses(broken):
    other = broken("tables/05.csv", "units/limburg.toml")
    for part in (other.monitor.figures, other.monitor.baselines):
        with pytest.raises(EditionError):
            part(other.edition)
