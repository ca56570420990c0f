"""A plugin from elsewhere brings a framework, a scheme and an edition, and all commands know them."""

import csv
import io
import json

import pytest

SCORES = """edition,corps,area,dimension,level,possible,basis,source,note
tiny-1999,beta,all,reach,,low|high,open,2.2; 2.3,Either way
tiny-1999,beta,all,depth,high,high,counted,2.2,
tiny-1999,alfa,all,reach,low,low,stated,2.1,"=Far, and wide"
tiny-1999,alfa,all,depth,,,blank,2.1,Not looked at
"""
VERDICTS = """edition,corps,scheme,computed,possible,published,agrees,reasons
tiny-1999,beta,tiny-rules,,low|high,,,low-reach [1.2]?
tiny-1999,alfa,tiny-rules,low,low,low,yes,low-reach [1.2]
"""


@pytest.fixture
def with_tiny(kmtui, tiny):
    def run(*arguments, **more):
        outcome = kmtui("--plugin-dir", tiny, *arguments, **more)
        assert (outcome.status, outcome.err) == (0, "")
        return outcome.out

    return run


def test_it_is_listed(with_tiny, tiny):
    (record,) = [plugin for plugin in json.loads(with_tiny("plugins", "list", "--json")) if plugin["id"] == "tiny"]
    assert record == {
        "id": "tiny",
        "version": "1.2.3",
        "source": "folder",
        "location": str(tiny),
        "status": "loaded",
        "hooks": ["edition_folders", "frameworks", "weighting_schemes"],
        "error": "",
    }
    listed = with_tiny("editions", "list")
    assert listed.index("tiny-1999") < listed.index("2012")
    assert str(tiny / "edition") in listed


def test_its_edition_is_checked(kmtui, tiny):
    checked = kmtui("--plugin-dir", tiny, "editions", "check", "tiny-1999")
    assert (checked.status, checked.out) == (0, "")
    assert f"{tiny / 'edition'}: 2 corps, 4 scores, no faults" in checked.err


def test_its_edition_is_exported(with_tiny):
    assert with_tiny("export", "scores", "--edition", "tiny-1999") == SCORES.replace("\n", "\r\n")
    assert with_tiny("export", "verdicts", "--edition", "tiny-1999") == VERDICTS.replace("\n", "\r\n")


def test_all_editions_are_exported_oldest_first_and_the_newest_by_itself(with_tiny):
    together = list(csv.DictReader(io.StringIO(with_tiny("export", "--edition", "all"))))
    editions = [row["edition"] for row in together]
    assert editions == ["tiny-1999"] * 4 + ["2008"] * 425 + ["2010"] * 459 + ["2012"] * 459
    newest = list(csv.DictReader(io.StringIO(with_tiny("export"))))
    assert newest == together[-459:]


def test_its_scheme_weighs_any_file(with_tiny):
    weighed = with_tiny("weigh", "-", "--scheme", "tiny-rules", stdin="depth,corps,reach\nlow,a,high\n,b,low\n,c,\n")
    assert weighed.splitlines() == [
        "corps,verdict,possible,reasons,warning",
        "a,high,high,,",
        "b,low,low,low-reach [1.2],weighed on 1 of 2",
        "c,,,,weighed on 0 of 2",
    ]


def test_its_corps_and_dimensions_are_shown_in_both_languages(with_tiny):
    shown = with_tiny("--lang", "nl", "show", "corps", "alfa", "--edition", "tiny-1999")
    for words in (
        "Alfa",
        "Tiny 1999",
        "L Laag",
        "- Niets",
        "=Far, and wide",
        "Not looked at",
        "Laag bereik weegt door",
    ):
        assert words in shown
    shown = with_tiny("--lang", "en", "show", "dimension", "reach", "--edition", "tiny-1999")
    for words in ("Reach ok", "1.1", "Low reach weighs through", "L Low or H High", "Either way", "Alfa", "Beta"):
        assert words in shown


@pytest.mark.parametrize("command", [("export", "verdicts"), ("show", "corps", "utrecht")])
def test_its_scheme_does_not_weigh_an_edition_of_another_framework(kmtui, tiny, command):
    refused = kmtui("--plugin-dir", tiny, *command, "--scheme", "tiny-rules")
    assert refused.status == 2
    assert refused.out == ""
    for words in ("'tiny-rules'", "'tiny'", "2012", "'referentiekader-2008'"):
        assert words in refused.err


@pytest.mark.usefixtures("fresh_modules")
def test_an_edition_folder_that_is_not_there_stops_nothing(kmtui, tmp_path, write_plugin, tiny_code):
    folder = write_plugin(tmp_path / "bare", tiny_code())
    listed = kmtui("--plugin-dir", folder, "editions", "list")
    assert listed.status == 0
    assert "edition  cannot be opened: " in listed.out
    assert str(folder / "edition" / "edition.toml") in listed.out
    assert "2012  2011-01-01 to 2012-12-31" in listed.out
