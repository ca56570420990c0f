"""What of the report can be asked for, in which language, as a draft, on another framework, as a folder."""

import re
import shutil

import pytest
from lxml import html as lxml_html

from kmtui.blocks import Section, Target, outline, plain
from kmtui.monitor import UnknownIdError, open_monitor
from kmtui.pages.view import View
from kmtui.plugins.discovery import bundled_folder
from kmtui.render.html import html
from kmtui.report.compose import report
from kmtui.report.folder import write_folder
from kmtui.report.parts import Choice
from kmtui.wording import Wording


def anchors(publication, level):
    return [heading.section.anchor for heading in outline(publication.blocks) if heading.level == level]


def test_the_whole_report_has_its_parts_in_order(whole, edition):
    assert anchors(whole, 1) == ["part-2", "part-3", "part-4", "part-5", "annexes"]
    assert [anchor for anchor in anchors(whole, 2) if anchor.startswith("corps-")] == [
        f"corps-{corps.id}" for corps in edition.corps
    ]


@pytest.mark.parametrize(
    ("choice", "parts", "sections"),
    [
        (Choice(corps=("zeeland", "utrecht")), ["part-2"], ["corps-utrecht", "corps-zeeland"]),
        (Choice(parts=("5",)), ["part-5"], None),
        (
            Choice(units=("midden-nederland",)),
            ["part-2", "part-4"],
            ["corps-utrecht", "corps-gooi-en-vechtstreek", "corps-flevoland", "unit-midden-nederland"],
        ),
        (Choice(parts=("4",), units=("limburg",)), ["part-4"], ["unit-limburg"]),
    ],
    ids=["corps", "part", "unit", "part-and-unit"],
)
def test_a_choice_has_only_what_was_asked_for(view, choice, parts, sections):
    made = report(view, choice)
    assert anchors(made, 1) == parts
    assert sections is None or anchors(made, 2) == sections
    assert made.subtitle


@pytest.mark.parametrize(
    ("choice", "kind"),
    [(Choice(parts=("9",)), "part"), (Choice(corps=("utrect",)), "corps"), (Choice(units=("x",)), "unit")],
    ids=["part", "corps", "unit"],
)
def test_what_does_not_exist_is_refused(view, choice, kind):
    with pytest.raises(UnknownIdError) as refused:
        report(view, choice)
    assert refused.value.kind == kind


def test_english_has_english_labels(monitor, edition):
    made = report(View(monitor, edition, Wording("en")), Choice(corps=("utrecht",)))
    text = html(made)
    assert '<html lang="en">' in text
    assert "Judgement of the partners" in text
    assert "How certain are the judgements?" in text


def test_a_draft_carries_the_state_of_its_round(view):
    made = report(view, Choice(corps=("utrecht",)), draft="hoor en wederhoor")
    assert "Concept</strong>: hoor en wederhoor" in html(made)


def test_another_framework_prints_without_special_treatment(monitor, edition):
    view = View(monitor, edition, Wording("nl"), "referentiekader-2013")
    made = report(view, Choice(corps=("utrecht",)))
    titles = [plain(heading.section.title) for heading in outline(made.blocks)]
    assert all(view.say.of(area.name) in titles for area in view.framework.areas)


PLUGIN = """
from kmtui import Line, Panel, Span, Text, hookimpl

def lines(context):
    yield Line((Span(f"over {context.subject}"),))

@hookimpl
def panels():
    kinds = ("corps", "unit", "dimension", "partner", "edition")
    return [Panel(id=f"p-{kind}", title=Text(nl=f"Paneel {kind}", en="x"), about=kind, lines=lines) for kind in kinds]
"""


def test_panels_of_a_plugin_are_in_the_sections_of_what_they_are_about(tmp_path):
    (tmp_path / "panelen.py").write_text(PLUGIN, "utf-8")
    monitor = open_monitor([tmp_path / "panelen.py"])
    made = report(View(monitor, monitor.edition("2012"), Wording("nl")))
    found = {
        heading.section.target: [plain(one.title) for one in heading.section.blocks if isinstance(one, Section)]
        for heading in outline(made.blocks)
    }
    for kind, target in {
        "corps": Target("corps", "utrecht"),
        "unit": Target("unit", "", "limburg"),
        "dimension": Target("dimension", "", "gedragscode"),
        "partner": Target("partner", "", "om"),
    }.items():
        assert found[target][-1] == f"Paneel {kind}"
    assert Target("panel", "", "p-edition") in found
    shown = lxml_html.fromstring(html(made)).text_content()
    about = set(re.findall(r"\bover (klpd|limburg|gedragscode|om|2012)\b", shown))
    assert about == {"klpd", "limburg", "gedragscode", "om", "2012"}


def test_broken_data_are_reported_in_place_and_the_rest_is_printed(tmp_path):
    folder = shutil.copytree(bundled_folder("editions") / "2012", tmp_path / "2012")
    (folder / "recommendations.toml").write_text("[[recommendations]]\nid = 3\n", "utf-8")
    table = folder / "tables" / "03.csv"
    table.write_text(table.read_text("utf-8").replace(",2008,", ",20x8,", 1), "utf-8")
    monitor = open_monitor(edition_folders=[folder])
    page = lxml_html.fromstring(html(report(View(monitor, monitor.edition("2012"), Wording("nl")))))
    warnings = page.xpath("//*[contains(@class, 'callout warning')]")
    texts = [" ".join(warning.text_content().split()) for warning in warnings]
    assert any("recommendations.toml" in text for text in texts)
    assert any("03.csv" in text for text in texts)
    assert page.xpath("//section[@id='table-4']//table")
    assert page.xpath("//section[@id='annexes']")


def test_a_folder_has_an_index_and_a_file_for_each_section_and_all_links_work(view, tmp_path):
    written = []
    write_folder(view, tmp_path / "out", Choice(units=("limburg",)), None, written=written.append)
    names = {file.name for file in written}
    assert names == {file.name for file in (tmp_path / "out").iterdir()}
    assert names == {"index.html", "corps-limburg-noord.html", "corps-limburg-zuid.html", "unit-limburg.html"}
    assert written[-1].name == "index.html"
    for file in written:
        page = lxml_html.fromstring(file.read_text("utf-8"))
        for link in page.xpath("//a/@href"):
            name, _, anchor = link.partition("#")
            other = lxml_html.fromstring((file.parent / name).read_text("utf-8")) if name else page
            assert not anchor or other.xpath(f"//*[@id='{anchor}']")
    index = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert set(re.findall(r'href="([^"#]+)"', index)) == names - {"index.html"}


def test_texts_of_the_edition_keep_their_language_among_english_labels(monitor, edition):
    corps = edition.find_corps("utrecht")
    page = lxml_html.fromstring(html(report(View(monitor, edition, Wording("en")), Choice(corps=("utrecht",)))))
    dutch = [" ".join(one.text_content().split()) for one in page.xpath("//*[@lang='nl']")]
    for text in (*(passage.text for passage in corps.explanations.values()), corps.scores["weging"].note):
        assert text in dutch
    labels = page.xpath("//h4 | //th")
    assert labels
    assert not any(one.xpath("ancestor-or-self::*[@lang='nl']") for one in labels)
