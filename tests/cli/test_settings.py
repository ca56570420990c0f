"""What the user has configured, and plugins that are disabled and enabled."""

import json
import os

import pytest

BUNDLED = "ketenpartners"


@pytest.fixture
def home(tmp_path):
    return {"KMTUI_CONFIG": tmp_path / "config", "KMTUI_STATE": tmp_path / "state"}


def status(kmtui, home):
    return {plugin["id"]: plugin["status"] for plugin in json.loads(kmtui("plugins", "list", "--json", **home).out)}


def test_a_plugin_stays_disabled_until_it_is_enabled(kmtui, home):
    assert status(kmtui, home)[BUNDLED] == "loaded"
    disabled = kmtui("plugins", "disable", BUNDLED, **home)
    assert (disabled.status, disabled.out) == (0, "")
    assert f"`kmtui plugins enable {BUNDLED}` takes that back" in disabled.err
    assert status(kmtui, home)[BUNDLED] == "disabled"
    listed = kmtui("plugins", "list", **home)
    assert listed.status == 0
    assert f"{BUNDLED}  1.0.0  bundled  disabled" in listed.out
    enabled = kmtui("plugins", "enable", BUNDLED, **home)
    assert (enabled.status, enabled.err) == (0, f"{BUNDLED} is enabled\n")
    assert status(kmtui, home)[BUNDLED] == "loaded"


def test_an_edition_that_needs_a_disabled_plugin_says_what_it_lacks(kmtui, home):
    kmtui("plugins", "disable", BUNDLED, **home)
    exported = kmtui("export", "--edition", "2012", **home)
    assert exported.status == 1
    assert "partners: unknown partner 'om'" in exported.err


@pytest.mark.parametrize("action", ["enable", "disable"])
def test_a_plugin_that_is_not_there_is_refused(kmtui, home, action):
    refused = kmtui("plugins", action, "ketenpartner", **home)
    assert (refused.status, refused.out) == (2, "")
    assert "unknown plugin 'ketenpartner' (did you mean 'ketenpartners'?)" in refused.err


def test_folders_and_language_come_from_the_configuration(kmtui, home, tmp_path):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "mine.py").write_text("import kmtui\n@kmtui.hookimpl\ndef panels():\n    return []\n")
    (tmp_path / "config" / "config.toml").write_text('plugin_paths = ["mine.py"]\nlanguage = "en"\n')
    assert status(kmtui, home)["mine"] == "loaded"
    assert "Decided by" in kmtui("show", "corps", "kennemerland", **home, LANG="nl_NL.UTF-8").out
    assert "Doorslaggevend" in kmtui("--lang", "nl", "show", "corps", "kennemerland", **home).out


def test_a_broken_configuration_is_told_with_file_and_key(kmtui, home, tmp_path):
    (tmp_path / "config").mkdir()
    file = tmp_path / "config" / "config.toml"
    file.write_text('langauge = "en"\n')
    refused = kmtui("export", **home)
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == f"kmtui: {file}: langauge: unknown key (did you mean 'language'?)\n"


@pytest.mark.parametrize("broken", ["theme = ", 'thema = "dark"\n', "folder", "pipe"])
def test_broken_choices_are_told_and_stop_nothing(kmtui, home, broken):
    file = home["KMTUI_STATE"] / "choices.toml"
    home["KMTUI_STATE"].mkdir()
    match broken:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case text:
            file.write_text(text)
    exported = kmtui("export", "verdicts", **home)
    assert (exported.status, exported.out) == (0, kmtui("export", "verdicts").out)
    assert exported.err.startswith(f"kmtui: {file}")
    assert exported.err.count("\n") == 1
    assert kmtui("plugins", "disable", BUNDLED, **home).status == 0
    assert status(kmtui, home)[BUNDLED] == "disabled"
    assert kmtui("plugins", "list", **home).err == ""


def test_choices_in_a_place_that_cannot_be_stop_nothing(kmtui):
    exported = kmtui("export", "verdicts", KMTUI_STATE="/" + "x" * 300)
    assert (exported.status, exported.out) == (0, kmtui("export", "verdicts").out)
    assert "File name too long" in exported.err
