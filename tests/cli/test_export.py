"""`kmtui export`: the tables as CSV, to the byte."""

import csv
import io
from collections import Counter

SCORES = "edition,corps,area,dimension,level,possible,basis,source,note"
VERDICTS = "edition,corps,scheme,computed,possible,published,agrees,reasons"


def rows(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_scores_are_what_the_edition_says(kmtui, edition, framework):
    exported = kmtui("export")
    assert (exported.status, exported.err) == (0, "")
    assert exported.out.startswith(SCORES + "\r\n")
    table = rows(exported.out)
    assert len(table) == 459 == 27 * 17
    expected = [(corps, dimension) for corps in edition.corps for dimension in framework.dimensions]
    for row, (corps, dimension) in zip(table, expected, strict=True):
        score = corps.scores[dimension.id]
        assert (row["edition"], row["corps"], row["dimension"]) == ("2012", corps.id, dimension.id)
        assert (row["area"], row["basis"], row["note"]) == (dimension.area, score.basis, score.note)
        assert row["source"].split("; ") == list(score.source)
        assert row["possible"].split("|") == (list(score.possible) or [""])
        assert row["level"] == (score.possible[0] if len(score.possible) == 1 else "")


def test_open_and_blank_scores_claim_no_level(kmtui):
    table = rows(kmtui("export", "scores").out)
    assert {row["possible"] for row in table if row["basis"] == "blank"} == {""}
    assert {row["level"] for row in table if row["basis"] in ("open", "blank")} == {""}
    assert all("|" in row["possible"] for row in table if row["basis"] == "open")
    assert all(row["level"] == row["possible"] != "" for row in table if row["basis"] in ("stated", "counted"))
    assert Counter(row["basis"] for row in table).keys() == {"stated", "counted", "open", "blank"}


def test_verdicts_stand_beside_the_published_ones(kmtui, edition):
    exported = kmtui("export", "verdicts")
    assert (exported.status, exported.err) == (0, "")
    assert exported.out.startswith(VERDICTS + "\r\n")
    table = rows(exported.out)
    assert [row["corps"] for row in table] == [corps.id for corps in edition.corps]
    assert len(table) == 27
    assert Counter(row["published"] for row in table) == {"groen": 22, "geel": 3, "rood": 2}
    assert {row["agrees"] for row in table} <= {"yes", "assumed", "possible", "no"}
    for row in table:
        assert row["scheme"] == "referentiekader-2008"
        assert row["computed"] == (row["possible"] if "|" not in row["possible"] else "")
        assert bool(row["reasons"]) == (row["computed"] != "groen")


def test_lines_end_as_rfc_4180_says(kmtui):
    for table, count in (("scores", 460), ("verdicts", 28)):
        text = kmtui("export", table).out
        assert text.count("\r\n") == text.count("\n") == text.count("\r") == count
        assert text.endswith("\r\n")
        assert not text.startswith("\ufeff")


def test_editions_can_be_named_or_taken_all(kmtui, monitor):
    each = [kmtui("export", "scores", "--edition", name).out for name in monitor.edition_ids]
    assert kmtui("export").out == each[-1]
    together = rows(kmtui("export", "scores", "--edition", "all").out)
    assert together == [row for text in each for row in rows(text)]


def test_a_dutch_spreadsheet_gets_semicolons_and_a_mark(kmtui):
    plain, excel = kmtui("export", "verdicts").out, kmtui("export", "verdicts", "--dialect", "excel-nl").out
    assert excel.startswith('\ufeff"edition";"corps";"scheme";')
    assert excel.count("\r\n") == excel.count("\n") == 28
    assert rows(excel.removeprefix("\ufeff"), ";") == rows(plain)


def test_the_locale_and_the_language_make_no_difference(kmtui):
    text = kmtui("export").out
    assert "é" in text
    assert kmtui("--lang", "en", "export", LANG="C", PYTHONUTF8=0, PYTHONCOERCECLOCALE=0).out == text


def test_another_scheme_of_the_same_framework_may_weigh(kmtui):
    assert kmtui("export", "verdicts", "--scheme", "referentiekader-2008").out == kmtui("export", "verdicts").out


def test_an_edition_of_the_users_takes_the_place_of_the_bundled_one(kmtui, copied):
    folder = copied("mine", ("corps/utrecht.toml", 'note = "', 'note = "Eigen werk. '))
    for outcome in (
        kmtui("--edition-dir", folder, "export", "scores"),
        kmtui("export", KMTUI_EDITION_PATH=folder.parent),
    ):
        assert (outcome.status, outcome.err) == (0, "")
        assert len(rows(outcome.out)) == 459
    assert "Eigen werk" not in kmtui("export", cwd=folder).out


def test_a_formula_is_exact_in_plain_csv_and_harmless_on_request_or_for_a_spreadsheet(kmtui, copied):
    block = '[scores.gedragscode]\nlevel = "groen"\nbasis = "stated"\nsource = ["2.13.1", "4.1.4"]\nnote = "'
    folder = copied("mine", ("corps/utrecht.toml", block, block + "=1+1 "))
    for options, expected in (((), "=1+1 "), (("--guard-formulas",), "'=1+1 "), (("--dialect", "excel-nl"), "'=1+1 ")):
        exported = kmtui("--edition-dir", folder, "export", *options).out.removeprefix("\ufeff")
        table = rows(exported, ";" if "excel-nl" in options else ",")
        (row,) = [row for row in table if (row["corps"], row["dimension"]) == ("utrecht", "gedragscode")]
        assert row["note"].startswith(expected)
