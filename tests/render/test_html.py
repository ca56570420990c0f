"""Blocks as HTML: all of them, well-formed, self-contained, and harmless whatever their texts are."""

import base64
import hashlib
import re
import sys

import html5lib
import pytest
from lxml import html as lxml_html

from kmtui.blocks import Column as Head
from kmtui.blocks import Course, Facts, Section, Table, TableCell, TableRow, cell, fact, inline, paragraph
from kmtui.render import html as renderer
from kmtui.render.html import html
from kmtui.render.publication import MissingExtraError
from kmtui.terminal import visible

CRAFTED = (
    '</script><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}" onload="x \'&amp; \x1b[31m\u202e#let'
)


def parsed(text):
    """The document, parsed by the rules of HTML without any error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def test_every_block_is_there_and_the_file_has_no_error(publish, everything):
    text = html(publish(*everything, front=(paragraph("vooraf"),)))
    parsed(text)
    main = lxml_html.fromstring(text).find(".//main")
    shown = words(main)
    for part in (
        "vooraf",
        "Tekst naam [1.2] weg",
        "■ X niveau",
        "Bijschrift",
        "voetnoot zeven",
        "een noot",
        "Feit waarde",
    ):
        assert part in shown
    for part in ("punt", "eronder", "Staven", "-1,5", "Verloop", "2010 2,5", "een fout", "zonder cellen", "(stuks)"):
        assert part in shown


def test_a_table_keeps_heads_rows_groups_totals_and_notes(publish, everything):
    table = lxml_html.fromstring(html(publish(*everything))).find(".//table")
    assert [words(head) for head in table.findall("thead/tr/th")] == [
        "oordeel",
        "cijfers",
        "Naam",
        "Niveau",
        "Aantal (stuks)",
    ]
    assert [words(row) for row in table.findall("tbody/tr")] == [
        "Aa ▼ V niveau a 3",
        "groep",
        "Bb ▼ V niveau a ◆ W niveau b -1",
        "Cc leeg Nb 7",
        "een noot",
        "groep",
        "zonder cellen",
    ]
    assert [words(row) for row in table.findall("tfoot/tr")] == ["Som 2"]
    assert table.find(".//sup/a").get("href") == "#table_1-note-7"
    levels = [cell.get("data-levels") for cell in table.iterfind(".//td[@data-levels]")]
    assert levels == ["a", "a b open", "leeg"]


def test_sections_have_unique_anchors_and_links_lead_to_them(publish, everything):
    page = lxml_html.fromstring(html(publish(*everything)))
    anchors = page.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    links = [link.removeprefix("#") for link in page.xpath("//a/@href")]
    assert set(links) <= set(anchors)
    assert {"one", "deeper"} <= set(links)
    assert not page.xpath("//a[contains(., 'weg')]"), "a target that is not in the file is no link"


def test_levels_have_the_colours_of_their_scale_and_glyph_and_letter_beside_them(publish, everything, five):
    text = html(publish(*everything))
    for level in five.levels:
        assert f".level-{level.id}{{color:{level.paint.ink};background:{level.paint.ground}}}" in text
    first = lxml_html.fromstring(text).find(".//td[@class='level level-a']")
    assert words(first) == "▼ V niveau a"


def test_a_wide_matrix_shows_signs_and_keeps_the_labels_for_who_hears_them(publish, five):
    heads = [Head("name", "Naam"), *(Head(str(at), f"Kolom {at}", "level") for at in range(9))]
    levels = (five.levels[0],)
    row = TableRow((cell("Aa"), *(TableCell(inline("niveau a"), levels=levels) for _ in range(9))))
    page = lxml_html.fromstring(html(publish(Table("m", tuple(heads), (row,)))))
    chip = page.find(".//td/span")
    assert (chip.find("span[@aria-hidden]").text, chip.find("span[@class='unseen']").text) == ("▼ V", "niveau a")
    assert len(page.xpath("//th[contains(@class, 'upright')]")) == 9


def test_courses_beside_each_other_share_the_scale_that_they_name(publish):
    points = ((2008, 1), (2010, 2))
    page = lxml_html.fromstring(html(publish(Course(points), Course(points, top=4))))
    (own, shared) = (line.get("points").split() for line in page.iter("polyline"))
    heights = [[37 - float(point.partition(",")[2]) for point in line] for line in (own, shared)]
    assert heights[0] == [2 * height for height in heights[1]]


def test_texts_cannot_become_markup(publish):
    table = Table("t", (Head("a", CRAFTED),), (TableRow((cell(CRAFTED),)),), CRAFTED)
    made = publish(
        Section(CRAFTED, inline(CRAFTED), (paragraph(CRAFTED), Facts((fact(CRAFTED, CRAFTED),)), table)),
        subtitle=CRAFTED,
        publisher=CRAFTED,
        draft=CRAFTED,
    )
    text = html(made)
    parsed(text)
    page = lxml_html.fromstring(text)
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //@onerror | //@onload")
    assert [element.text_content() for element in page.xpath("//main//p")] == [visible(CRAFTED)]
    assert page.find(".//caption").text_content() == visible(CRAFTED)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_the_file_asks_for_nothing_and_its_policy_allows_only_its_own_style_and_script(publish, everything):
    text = html(publish(*everything))
    page = lxml_html.fromstring(text)
    assert not page.xpath("//@src | //link | //@style | //iframe | //object | //form")
    assert all(link.startswith("#") for link in page.xpath("//@href"))
    assert "url(" not in text
    assert "@import" not in text
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        source = re.search(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_draft_says_so(publish):
    page = lxml_html.fromstring(html(publish(paragraph("x"), draft="hoor en wederhoor")))
    assert words(page.find(".//p[@class='state']")) == "Concept : hoor en wederhoor"
    assert page.find("body").get("class") == "draft"
    assert not lxml_html.fromstring(html(publish(paragraph("x")))).xpath("//p[@class='state']")


def test_without_jinja_the_message_says_what_to_install(publish, monkeypatch):
    monkeypatch.setitem(sys.modules, "jinja2", None)
    renderer.environment.cache_clear()
    with pytest.raises(MissingExtraError, match=re.escape("HTML needs Jinja2") + ".*" + re.escape("kmtui[report]")):
        html(publish(paragraph("x")))
