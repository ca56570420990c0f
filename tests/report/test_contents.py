"""Every judgement and every figure of the edition is in the report, as the edition has it."""

import shutil
import subprocess

import pytest

from kmtui.analysis.verify import Outcome, verify
from kmtui.model.score import Basis
from kmtui.render.pdf import pdf
from kmtui.wording import BASIS


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def label(scale, possible):
    """What a cell shows of possible levels: signs with labels, `open` where all are possible, else the blank."""
    if set(possible) >= set(scale.ids):
        return "open"
    levels = [scale[level] for level in possible] or [scale.blank]
    return " of ".join(f"{level.glyph} {level.letter} {level.label.nl}" for level in levels)


def signs(scale, possible):
    """The same in a matrix, where levels stand beside each other."""
    return label(scale, possible).replace(" of ", " ")


def section(page, anchor):
    return page.xpath(f"//section[@id='{anchor}']")[0]


def row(table, first):
    """The cells of the row whose first cell has this text."""
    return next(cells for cells in (list(row) for row in table.iter("tr")) if words(cells[0]) == first)


def test_every_score_of_every_corps_is_in_the_colour_cells_of_its_section(page, edition, framework):
    found = 0
    for corps in edition.corps:
        for area in framework.areas:
            table = section(page, f"{corps.id}-{area.id}").find(".//table")
            heads = [words(head) for head in table.iterfind("thead/tr/th")]
            cells = dict(zip(heads, map(words, row(table, edition.id)), strict=True))
            for dimension in framework.dimensions_of(area.id):
                assert cells[dimension.name.nl] == label(framework.scale, corps.scores[dimension.id].possible)
                found += 1
    assert found == 459


def test_every_score_and_end_score_is_in_the_matrix(page, edition, framework):
    table = section(page, "matrix").find(".//table")
    heads = [words(head) for head in table.findall("thead/tr")[1].iterfind("th")]
    assert heads == ["Korps", *(dimension.name.nl for dimension in framework.dimensions), "Eindscore"]
    found = 0
    for corps in edition.corps:
        scores = [corps.scores[name].possible for name in framework.dimension_ids]
        shown = list(map(words, row(table, corps.name)[1:]))
        assert shown == [signs(framework.scale, possible) for possible in (*scores, corps.published.possible)]
        found += len(scores)
    assert (found, len(edition.corps)) == (459, 27)


def test_every_score_says_what_it_rests_on(page, edition, framework):
    for corps in edition.corps:
        for area in framework.areas:
            table = section(page, f"{corps.id}-{area.id}").findall(".//table")[1]
            for dimension in framework.dimensions_of(area.id):
                score = corps.scores[dimension.id]
                _, level, basis, note = map(words, row(table, dimension.name.nl))
                assert level == label(framework.scale, score.possible)
                assert basis == BASIS[score.basis].nl
                assert "".join(note.split()) == "".join(f"{score.note}[{','.join(score.source)}]".split()) or (
                    score.relies_on_verdict
                )


def test_every_judgement_of_a_partner_is_in_the_bar_and_says_what_it_rests_on(page, edition, framework, view):
    found = 0
    for corps in edition.corps:
        bar, evidence = section(page, f"{corps.id}-partners").findall(".//table")[:2]
        heads = [words(head) for head in bar.iterfind("thead/tr/th")]
        cells = dict(zip(heads, map(words, bar.find("tbody/tr")), strict=True))
        for column_id, score in corps.partners.items():
            name = view.partners[column_id].name.nl
            assert cells[name] == signs(framework.scale, score.possible)
            assert words(row(evidence, name)[1]) == label(framework.scale, score.possible)
            found += 1
    assert found == 270


def test_every_end_score_is_in_the_section_of_the_corps_and_in_the_list_over_the_years(page, edition, framework):
    over_years = section(page, "end-scores").find("div/table")
    for corps in edition.corps:
        published = label(framework.scale, corps.published.possible)
        assert words(row(section(page, f"{corps.id}-verdict").find(".//table"), edition.id)[1]) == published
        assert words(row(over_years, corps.name)[3]) == published


def test_every_printed_cell_of_every_table_is_in_its_table(page, view):
    found = 0
    names = {corps.id: corps.name for corps in view.edition.corps}
    names |= {subject.id: subject.name.nl for subject in view.figures.subjects}
    for table in view.figures.tables:
        shown = {}
        for part in section(page, f"table-{table.id}").iterfind("div/table"):
            groups, heads = part.findall("thead/tr")
            over = [words(group) for group in groups for _ in range(int(group.get("colspan")))]
            columns = list(zip(over, map(words, heads), strict=True))
            for cells in part.iterfind("tbody/tr"):
                if cells.get("class") != "remark":
                    for column, cell in zip(columns[1:], list(cells)[1:], strict=True):
                        assert (column, words(cells[0])) not in shown
                        shown[column, words(cells[0])] = words(cell)
        for cell in table.cells:
            indicator = table.indicator(cell.indicator)
            column = f"{indicator.name.nl} ({indicator.unit})", str(cell.year or "jaar?")
            assert shown[column, names[cell.subject]] == " ".join(f"{cell.raw or '.'} {cell.footnote}".split())
            found += 1
    assert found == 4445


def test_the_first_page_says_how_many_judgements_are_open_counted_and_blank(page, edition):
    table = page.find(".//main/div[@class='callout note']//table")
    heads = [words(head) for head in table.iterfind("thead/tr/th")]
    judgements = {
        "Scores op dimensies": [score for corps in edition.corps for score in corps.scores.values()],
        "Oordelen over partners": [score for corps in edition.corps for score in corps.partners.values()],
        "Eindscores": [corps.published for corps in edition.corps],
    }
    for kind, found in judgements.items():
        counts = dict(zip(heads[1:], (int(words(cell)) for cell in row(table, kind)[1:]), strict=True))
        assert counts.pop("Samen") == len(found) == sum(counts.values())
        for basis in (Basis.OPEN, Basis.COUNTED, Basis.BLANK):
            assert counts[BASIS[basis].nl] == sum(score.basis is basis for score in found)


def test_units_have_their_corps_scores_findings_points_and_figures(page, view):
    for unit in view.mapping.units:
        own = section(page, f"unit-{unit.id}")
        shown = words(own)
        assert all(view.corps[name].name in shown for name in unit.corps)
        baseline = view.baselines[unit.id]
        for passage in (*baseline.findings.values(), *baseline.points):
            assert " ".join(passage.text.split()) in shown
        assert all(figure.text in shown for figure in baseline.figures)
        assert own.xpath(".//td[contains(@class, 'level')]")


def test_every_recommendation_is_under_each_addressee_and_repeated_ones_are_marked(page, view):
    for one in view.monitor.recommendations(view.edition).recommendations:
        for addressee in one.addressees:
            items = [words(found) for found in section(page, f"addressee-{addressee}").iter("li")]
            mine = [item for item in items if one.text in item]
            assert mine
            assert all(item.endswith("(herhaald)") is one.repeated for item in mine)


def test_the_annexes_have_rules_parameters_and_contradicted_claims(page, view):
    scheme = view.weigher.scheme
    rules = words(section(page, "rules"))
    assert all(rule.text.nl in rules for rule in scheme.rules)
    assert all(parameter.reason.nl in rules for parameter in scheme.parameters)
    claims = words(section(page, "claims"))
    contradicted = [one for one in verify(view.monitor, view.edition) if one.outcome is Outcome.CONTRADICTED]
    assert contradicted
    assert all(one.claim.text in claims for one in contradicted)


def test_national_developments_and_abbreviations_are_printed_with_their_paragraphs(page, view):
    text = " ".join(page.text_content().split())
    developments = view.monitor.picture(view.edition).developments
    terms = view.monitor.glossary(view.edition).terms
    assert developments
    assert terms
    for passage in (*developments.values(), *terms):
        assert " ".join(passage.text.split()) in text
    for term in terms:
        assert term.term in text


def test_all_links_lead_somewhere_in_the_file(page):
    anchors = set(page.xpath("//@id"))
    links = page.xpath("//a/@href")
    assert len(links) > 1000
    assert {link.removeprefix("#") for link in links} <= anchors


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler's pdftotext is not installed")
def test_the_pdf_has_every_section_and_says_what_it_is(whole, edition, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf(whole))

    def run(*command):
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout

    about = run("pdfinfo", file)
    assert edition.title in about
    assert "Wed May  1 00:00:00 2013" in about
    assert [line.split()[-1] for line in about.splitlines() if line.startswith("Tagged")] == ["yes"]
    shown = run("pdftotext", "-raw", file, "-")
    start = 0
    for corps in edition.corps:
        start = shown.index(f"\n{corps.name}\nBron: [{', '.join(corps.source)}]\n", start) + 1
    assert all(table in shown for table in ("Tabel 3: ", "Tabel 31: "))
