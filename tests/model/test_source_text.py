"""The text of a report, split by the paragraph numbers that it prints; the reports here are made up."""

from kmtui.model.source_text import split_text

REPORT = """
Voorblad 1234

1 Inleiding

Dit verslag gaat over niets. De regel loopt door tot voorbij de zestigste posi-
tie en wordt dan afgebroken, zoals op een gedrukte pagina.
Kort.
Verslag van niets 2030 pagina 1

 2 Bevindingen

2.1 Eerste korps
2.1.1 Organisatie
In 2.1.1 staat hier niets dat als kop geldt.
1 Eerste korps 12 13
2 Tweede korps 14 15
Verslag van niets 2030 pagina 2
2.1.2 Toezicht
19.597 signalen zijn geen paragraaf.
2.1.1 Activiteiten
Nog eens hetzelfde nummer.
Verslag van niets 2030 pagina 3
Verslag van niets 2030 pagina 4
3 Geen hoofdstuk, want er volgt geen paragraaf van
Verslag van niets 2030 pagina 5
"""


def test_a_report_is_split_by_its_printed_numbers():
    text = split_text(REPORT)
    assert [paragraph.number for paragraph in text.paragraphs] == ["1", "2", "2.1", "2.1.1", "2.1.2", "2.1.1"]
    assert text.by_number["2.1.2"][0].title == "Toezicht"
    assert split_text("Een tekst zonder nummers.\n").paragraphs == ()


def test_a_number_that_is_printed_twice_leads_to_both():
    titles = [paragraph.title for paragraph in split_text(REPORT).by_number["2.1.1"]]
    assert titles == ["Organisatie", "Activiteiten"]


def test_lines_are_joined_to_blocks_without_hyphens_and_feet_of_pages():
    first, second = split_text(REPORT).by_number["1"][0].blocks
    assert "positie en wordt" in first
    assert second == "Kort."
    assert not any("pagina 1" in block for paragraph in split_text(REPORT).paragraphs for block in paragraph.blocks)


def test_rows_of_tables_are_no_headings():
    blocks = split_text(REPORT).by_number["2.1.1"][0].blocks
    assert "1 Eerste korps 12 13" in blocks
    assert "19.597 signalen zijn geen paragraaf." in split_text(REPORT).by_number["2.1.2"][0].blocks


def test_words_are_found_in_whatever_case():
    found = split_text(REPORT).find("HETZELFDE")
    assert [(paragraph.number, paragraph.title) for paragraph in found] == [("2.1.1", "Activiteiten")]
    assert split_text(REPORT).find("bevindingen")[0].number == "2"
