"""`kmtui source`: a made-up report beside the edition of 2012."""

import pytest

from kmtui.analysis.citations import cited_paragraphs, paragraph_order

REPORT = """2 Niets
2.16 Ergens
2.16.5 Eindscore
Een verzonnen zin over een verzonnen korps, die nergens op slaat en lang is.
2.31.1 Organisatie
De eerste.
2.31.1 Activiteiten
De tweede.
"""


@pytest.fixture
def here(tmp_path):
    """A state folder of its own, as an environment."""
    return {"KMTUI_STATE": tmp_path / "state"}


@pytest.fixture
def report(tmp_path):
    file = tmp_path / "verslag.txt"
    file.write_text(REPORT, "utf-8")
    return file


def test_a_cited_paragraph_opens_beside_its_claims(kmtui, here, report, monitor, edition):
    added = kmtui("source", "add", report, **here)
    cited = cited_paragraphs(monitor, edition)
    missing = [line.split()[0] for line in added.out.splitlines()]
    assert missing == [number for number in cited if number not in ("2", "2.16", "2.16.5", "2.31.1")]
    assert f"{len(cited) - len(missing)} of {len(cited)} cited ones found; printed twice: 2.31.1" in added.err
    shown = kmtui("show", "paragraph", "2.16.5", **here).out
    assert "Een verzonnen zin" in shown
    assert "Kennemerland" in shown
    both = kmtui("show", "paragraph", "2.31.1", **here).out
    assert both.index("De eerste.") < both.index("De tweede.")
    assert "Niet gevonden in de tekst" in kmtui("show", "paragraph", "2.5.1", **here).out


def test_without_a_source_nothing_changes(kmtui, here, report):
    before = kmtui("show", "paragraph", "2.16.5", **here).out
    kmtui("source", "add", report, **here)
    assert kmtui("show", "paragraph", "2.16.5", **here).out != before
    assert kmtui("source", "remove", **here).err == "2012: removed\n"
    assert kmtui("show", "paragraph", "2.16.5", **here).out == before
    assert kmtui("source", "remove", **here).err == "2012: there was no text\n"


def test_the_text_is_searched_and_checked(kmtui, here, report):
    kmtui("source", "add", report, **here)
    found = kmtui("source", "search", "VERZONNEN", **here)
    assert (found.status, found.out.splitlines()[0]) == (0, "2.16.5 Eindscore")
    nothing = kmtui("source", "search", "nergens te vinden", **here)
    assert (nothing.status, nothing.out) == (1, "")
    checked = kmtui("source", "check", **here)
    assert checked.status == 1
    assert "2.5.1  cited, not found in the text" in checked.out


def test_a_pdf_is_read_where_its_package_is_there(kmtui, here, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "leeg.pdf")
    found = kmtui("source", "add", tmp_path / "leeg.pdf", **here)
    assert found.status == 1
    assert "found a PDF without text" in found.err
    (tmp_path / "stuk.pdf").write_bytes(b"%PDF-1.7\nnothing")
    found = kmtui("source", "add", tmp_path / "stuk.pdf", **here)
    assert found.status == 1
    assert "cannot be read as PDF" in found.err


def test_what_is_no_report_is_named(kmtui, here, tmp_path):
    for name, content, told in (
        ("leeg.txt", b"", "found no paragraph number"),
        ("vreemd.txt", b"\xff\xfe\x00", "found a byte that is not UTF-8"),
    ):
        (tmp_path / name).write_bytes(content)
        found = kmtui("source", "add", tmp_path / name, **here)
        assert (found.status, found.out) == (1, "")
        assert told in found.err
    assert kmtui("source", "add", tmp_path / "nergens.txt", **here).status == 1
    assert kmtui("source", "check", **here).status == 2
    assert not (tmp_path / "state").exists() or not list((tmp_path / "state").rglob("*.txt"))


def test_what_the_text_says_cannot_steer_the_terminal(kmtui, here, tmp_path):
    (tmp_path / "boos.txt").write_text("2.16 Kop\nEen \x1b[31mrode\x1b[0m zin.\n", "utf-8")
    kmtui("source", "add", tmp_path / "boos.txt", **here)
    assert "\x1b" not in kmtui("show", "paragraph", "2.16", **here).out
    assert "\x1b" not in kmtui("source", "search", "zin", **here).out


def test_paragraphs_are_in_the_order_of_their_numbers():
    numbers = ["2.10", "2.9.1", "10", "2.9", "bijlage"]
    assert sorted(numbers, key=paragraph_order) == ["2.9", "2.9.1", "2.10", "10", "bijlage"]
