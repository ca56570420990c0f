"""What plugin authors get for their tests."""

import re
import subprocess
import sys

import pytest

from kmtui.plugins.discovery import bundled_folder
from kmtui.testing import check_case, check_conforms, findings, open_with, sample_edition, scheme_cases  # noqa: F401

PLUGINS = bundled_folder("plugins")

PROJECT = {
    "conftest.py": 'pytest_plugins = ["kmtui.testing"]\n',
    "cases.csv": "name,weging,verdict,reasons\nall well,best,groen,\nyellow,geel,geel,weging-moet-groen\n",
    "test_mine.py": """
from pathlib import Path

import pytest

from kmtui.testing import check_case, check_conforms, scheme_cases

HERE = Path(__file__).parent


def test_it_is_alone(monitor_with):
    assert list(monitor_with(HERE / "mine.py").registry.roll_ups) == ["mine"]


def test_a_sample(monitor_with, sample_edition):
    monitor = monitor_with(HERE / "mine.py", bundled=True)
    for framework in monitor.registry.frameworks.values():
        assert len(sample_edition(framework).corps) == 2


@pytest.mark.parametrize("case", scheme_cases(HERE / "cases.csv"), ids=lambda case: case.name)
def test_a_case(monitor_with, case):
    check_case(monitor_with(HERE / "mine.py", bundled=True).weigher("referentiekader-2008"), case)


def test_it_conforms():
    check_conforms(HERE / "mine.py")
""",
    "mine.py": """
import kmtui

KMTUI_API = (1, 1)


def worst(members, scale):
    return ("paars",)


@kmtui.hookimpl
def roll_ups():
    return [kmtui.RollUp(id="mine", name=kmtui.Text(nl="Mijn", en="Mine"), combine=worst)]
""",
}
"""The files of somebody who tests a plugin with what kmtui brings; the roll-up is wrong."""


@pytest.fixture
def cases(tmp_path):
    def write(text):
        file = tmp_path / "cases.csv"
        file.write_text(text)
        return scheme_cases(file)

    return write


HEADER = b"name,weging,verdict,reasons\n"
TABLES = {
    "no header": (b"", ":1: missing column name"),
    "a column twice": (b"name,weging,weging,verdict\n", ":1: column 'weging' is there 2 times"),
    "a quote that is not closed": (HEADER + b'"all well,best', ":1: broken CSV: "),
    "too few cells": (HEADER + b"all well,best\n", ":2: found a line"),
    "too many cells": (HEADER + b"all well,best,groen,,,,\n", ":2: found a line"),
    "not UTF-8": (HEADER + b"\xff,best,groen,\n", ": found a byte that is not UTF-8"),
    "UTF-16": ("name,verdict\n".encode("utf-16"), ": found a byte that is not UTF-8"),
    "an endless cell": (HEADER + b'"' + b"x" * 200_000, ":1: broken CSV: "),
    "a folder": (None, ": found something that is not a plain file"),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_table_of_cases_that_cannot_be_read_is_named(tmp_path, case):
    content, told = TABLES[case]
    file = tmp_path / "cases.csv"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(f"{file}{told}")):
        scheme_cases(file)


def test_a_project_of_somebody_else_uses_them(tmp_path):
    for name, text in PROJECT.items():
        (tmp_path / name).write_text(text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert "1 failed, 4 passed" in done.stdout
    assert "AssertionError: error: roll-up 'mine'" in done.stdout


def test_a_plugin_opens_alone():
    monitor = open_with(PLUGINS / "ketenpartners")
    assert [plugin.id for plugin in monitor.registry.plugins] == ["ketenpartners"]
    assert monitor.entries == ()


def test_or_beside_those_that_come_with_kmtui(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("import kmtui\n@kmtui.hookimpl\ndef panels(): return []\n")
    monitor = open_with(file, bundled=True)
    assert {"mine", "referentiekader-2008"} <= {plugin.id for plugin in monitor.registry.plugins}
    assert "2012" in monitor.edition_ids


def test_a_plugin_that_is_switched_off_fails_the_test(tmp_path):
    file = tmp_path / "broken.py"
    file.write_text("1 / 0")
    with pytest.raises(AssertionError, match="plugin 'broken' is switched off: cannot be imported: ZeroDivisionError"):
        open_with(file)
    with pytest.raises(AssertionError, match="error: plugin 'broken'"):
        check_conforms(file)


def test_a_sample_edition_has_scores_of_every_kind(sample_edition, framework, weigher):  # noqa: F811
    edition = sample_edition(framework)
    scores = [score for corps in edition.corps for score in corps.scores.values()]
    assert any(score.is_open for score in scores)
    assert any(score.is_blank for score in scores)
    assert {weigher.weigh(corps.scores).possible != () for corps in edition.corps} == {True}


def test_cases_say_what_a_scheme_says(cases, weigher):
    table = cases(
        "name,weging,gedragscode,vergunde-branche,verdict,reasons\n"
        "all well,best,best,best,groen,\n"
        "one red,best,rood,best,geel,gedragscode-rood-sluit-groen-uit\n"
        "open,best,geel|groen,best,groen,\n"
        "blank,,best,best,groen,\n"
    )
    assert [case.name for case in table] == ["all well", "one red", "open", "blank"]
    for case in table:
        check_case(weigher, case)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,weging,verdict\nwrong,geel,groen\n", r"wrong: found \('geel',\), expected \('groen',\)"),
        ("name,wegign,verdict\nwrong,geel,groen\n", r"unknown dimension 'wegign' \(did you mean 'weging'\?\)"),
        ("name,weging,verdict,reasons\nwrong,geel,geel,other\n", "decided by .*weging-moet-groen.*, expected .*other"),
    ],
)
def test_a_case_that_fails_says_how(cases, weigher, text, told):
    (case,) = cases(text)
    with pytest.raises(AssertionError, match=told):
        check_case(weigher, case)


@pytest.mark.parametrize(
    ("text", "told"),
    [("name,weging\nx,geel\n", ":1: missing column verdict"), ("name,verdict\n,groen\n", ":2: found a line without")],
)
def test_a_table_that_cannot_be_read_says_where(cases, text, told):
    with pytest.raises(ValueError, match=told):
        cases(text)


def test_findings_can_be_asked_for_by_kind(tmp_path):
    file = tmp_path / "offering.py"
    file.write_text(
        "import kmtui\n@kmtui.hookimpl\ndef commands():\n"
        "    text = kmtui.Text(nl='x', en='x')\n    return [kmtui.Command(id='x', help=text, make=list)]\n"
    )
    assert [finding.where for finding in findings(file, "command")] == ["command 'x'"]
    assert findings(file, "panel") == []
    with pytest.raises(ValueError, match="unknown kind 'pannel'"):
        findings(file, "pannel")


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("1 / 0", "framework"),
        ("import kmtui\n@kmtui.hookimpl\ndef framewrks(): return []", "framework"),
        ("import kmtui\n@kmtui.hookimpl\ndef partner_types(): return 1 / 0", "partner type"),
        (
            "import kmtui\nfrom pathlib import Path\n@kmtui.hookimpl\n"
            "def edition_folders(): return [Path(__file__).parent / 'no-edition']",
            "edition",
        ),
    ],
)
def test_what_cannot_be_looked_at_does_not_conform(tmp_path, code, kind):
    file = tmp_path / f"{tmp_path.name}.py"
    file.write_text(code)
    with pytest.raises(AssertionError, match="error: "):
        check_conforms(file, kind)


def test_a_hook_that_fails_is_of_one_kind(tmp_path):
    file = tmp_path / f"{tmp_path.name}.py"
    file.write_text("import kmtui\n@kmtui.hookimpl\ndef panels(): return 1 / 0\n")
    check_conforms(file, "framework")
    with pytest.raises(AssertionError, match=r"hook panels \(.+:3\): raised ZeroDivisionError"):
        check_conforms(file, "panel")


def test_every_bundled_plugin_conforms():
    for folder in sorted(path for path in PLUGINS.iterdir() if (path / "pyproject.toml").exists()):
        check_conforms(folder)
