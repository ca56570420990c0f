"""Blocks as PDF: tagged and archivable, every text as it is, the same bytes again."""

import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest

from kmtui.blocks import Column as Head
from kmtui.blocks import Section, Table, TableRow, cell, inline, paragraph
from kmtui.render.pdf import pdf
from kmtui.render.publication import MissingExtraError

CRAFTED = '#let x = 1; $a$ *vet* _cursief_ <label> @ref `code` // weg \\u{41} "] #panic("x") = kop'

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")


def text_of(content, tmp_path, *options):
    file = tmp_path / "made.pdf"
    file.write_bytes(content)
    run = subprocess.run(["pdftotext", *options, file, "-"], capture_output=True, encoding="utf-8", check=True)
    return " ".join(run.stdout.split())


@needs_poppler
def test_every_block_is_there(publish, everything, tmp_path):
    shown = text_of(pdf(publish(*everything, front=(paragraph("vooraf"),))), tmp_path)
    for part in ("vooraf", "Tekst naam", "[1.2]", "Bijschrift", "voetnoot zeven", "een noot", "Feit", "waarde", "punt"):
        assert part in shown
    for part in ("eronder", "Staven", "-1,5", "Verloop", "2,5", "een fout", "zonder cellen", "(stuks)", "V niveau a"):
        assert part in shown


def test_it_declares_both_standards_and_has_tags_language_bookmarks_and_embedded_fonts(publish, everything):
    content = pdf(publish(*everything))
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    for key in (b"/MarkInfo", b"/StructTreeRoot", b"/Outlines"):
        assert key in content
    assert re.search(rb"/Lang\s*\(nl\)", content)
    descriptors = content.count(b"/Type/FontDescriptor") + content.count(b"/Type /FontDescriptor")
    embedded = len(re.findall(rb"/FontFile[23]?\b", content))
    assert embedded == descriptors > 0


def test_the_same_publication_gives_the_same_bytes(publish, everything):
    made = publish(*everything)
    assert pdf(made) == pdf(made)


@needs_poppler
def test_texts_cannot_become_markup(publish, tmp_path):
    table = Table("t", (Head("a", CRAFTED),), (TableRow((cell(CRAFTED),)),), CRAFTED)
    made = publish(Section("s", inline(CRAFTED), (paragraph(CRAFTED), table)), subtitle=CRAFTED, draft=CRAFTED)
    shown = re.sub(r"\s", "", text_of(pdf(made), tmp_path, "-raw"))
    assert shown.count(re.sub(r"\s", "", CRAFTED)) >= 5


@needs_poppler
def test_characters_without_a_glyph_are_shown_as_code_points(publish, tmp_path):
    made = publish(paragraph("voor \u6f22\U0001f600 na", " en \x1b \u202e stuur"))
    shown = text_of(pdf(made), tmp_path)
    assert "voor <U+6F22><U+1F600> na en" in shown
    assert "<U+202E> stuur" in shown


@needs_poppler
def test_a_draft_says_so_on_every_page(publish, everything, tmp_path):
    draft, plain = pdf(publish(*everything, draft="hoor en wederhoor")), pdf(publish(*everything))
    assert "Concept: hoor en wederhoor" in text_of(draft, tmp_path)
    pages = len(re.findall(rb"/Type\s*/Page\b", draft))
    assert pages == len(re.findall(rb"/Type\s*/Page\b", plain)) > 2
    for page in map(str, range(2, pages + 1)):
        one = ("-f", page, "-l", page)
        more = Counter(text_of(draft, tmp_path, *one)) - Counter(text_of(plain, tmp_path, *one))
        assert "".join(sorted(more.elements())).split() == ["".join(sorted("Concept"))]


def test_without_typst_the_message_says_what_to_install(publish, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=re.escape("PDF needs Typst") + ".*" + re.escape("kmtui[report]")):
        pdf(publish(paragraph("x")))
