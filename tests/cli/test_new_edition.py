"""`kmtui editions new`: an empty edition that opens, checks and exports."""

import csv
import io
import tomllib

import pytest


@pytest.fixture
def made(kmtui, tmp_path):
    def make(*options, name="2014"):
        folder = tmp_path / "made"
        outcome = kmtui("editions", "new", name, "-o", folder, *options)
        assert (outcome.status, outcome.out) == (0, "")
        assert "every score still open" in outcome.err
        return folder

    return make


def test_the_units_follow_the_corps_on_the_framework_of_the_day(kmtui, made):
    folder = made()
    head = tomllib.loads((folder / "edition.toml").read_text())
    assert (head["framework"], head["scheme"]) == ("referentiekader-2013", "referentiekader-2013")
    assert (str(head["period"]["start"]), str(head["period"]["end"])) == ("2013-01-01", "2014-12-31")
    assert len(head["corps"]) == 12
    assert {"oost-nederland", "landelijke-eenheid", "kmar"} <= set(head["corps"])
    checked = kmtui("--edition-dir", folder, "editions", "check", "2014")
    assert (checked.status, checked.out) == (0, "")
    exported = kmtui("--edition-dir", folder, "export", "scores", "--edition", "2014")
    rows = list(csv.DictReader(io.StringIO(exported.out)))
    assert {row["possible"] for row in rows} == {"rood|geel|groen"}
    assert len(rows) == 12 * 19


def test_an_empty_edition_is_not_taken_for_the_newest(kmtui, made):
    assert kmtui("--edition-dir", made(), "export").out == kmtui("export").out


def test_scores_that_are_written_in_are_weighed(kmtui, made):
    folder = made()
    score = '\n[scores]\nvergunde-branche = { level = "rood", basis = "recorded", source = ["1.1"] }\n'
    with (folder / "corps" / "limburg.toml").open("a") as file:
        file.write(score)
    exported = kmtui("--edition-dir", folder, "export", "verdicts", "--edition", "2014")
    possible = {row["corps"]: row["possible"] for row in csv.DictReader(io.StringIO(exported.out))}
    assert (possible["limburg"], possible["rotterdam"]) == ("rood|geel", "rood|geel|groen")


def test_options_say_otherwise(made):
    options = ("--framework", "referentiekader-2008", "--mapping", "none", "--title", "Nog een", "--end", "2013-06-30")
    head = tomllib.loads((made(*options) / "edition.toml").read_text())
    assert (head["framework"], head["title"], str(head["period"]["end"])) == (
        "referentiekader-2008",
        "Nog een",
        "2013-06-30",
    )
    assert len(head["corps"]) == 27


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Twee Duizend"], "id: found text 'Twee Duizend', expected an id"),
        (["2014", "--framework", "referentiekader-2031"], "unknown framework 'referentiekader-2031' (did you mean"),
        (["2014", "--scheme", "nope"], "unknown weighting scheme 'nope'"),
        (["2014", "--mapping", "nope"], "unknown unit mapping 'nope'"),
        (["2014", "--after", "2021"], "unknown edition '2021'"),
        (["2014", "--end", "2012-01-01"], "the period ends on 2012-01-01, before it starts on 2013-01-01"),
        (["2014", "--start", "morgen"], "'morgen' does not match"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(kmtui, tmp_path, arguments, told):
    refused = kmtui("editions", "new", *arguments, "-o", tmp_path / "made")
    assert (refused.status, refused.out) == (2, "")
    assert told in refused.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_stays_as_it_is(kmtui, tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine")
    refused = kmtui("editions", "new", "2014", "-o", tmp_path / "made")
    assert refused.status == 1
    assert "is there already" in refused.err
    assert [path.name for path in tmp_path.rglob("*")] == ["made", "mine.txt"]
