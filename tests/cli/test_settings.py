"""What the user has configured, and plugins that are disabled and enabled."""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


def test_two_plugins_that_are_disabled_at_once_are_both_disabled(kmtui, home):
    ids = ["eenheden-2013", "referentiekader-2013", BUNDLED]
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda name: kmtui("plugins", "disable", name, **home), ids))
    assert [outcome.status for outcome in done] == [0, 0, 0]
    assert [status(kmtui, home)[name] for name in ids] == ["disabled"] * 3


HOMELESS = {"HOME": "nowhere", "KMTUI_CONFIG": "", "KMTUI_STATE": "", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""}
"""A relative HOME is none."""


def test_without_a_home_everything_works_but_what_has_to_be_kept(kmtui):
    script = (
        "import pwd, sys\n"
        "def unknown(_): raise KeyError\n"
        "pwd.getpwuid = unknown\n"
        "from kmtui.cli import main\n"
        "sys.argv = ['kmtui', *sys.argv[1:]]\n"
        "main()\n"
    )
    python = type(kmtui)(kmtui.folder, kmtui.home)
    python.path = Path(sys.executable)
    exported = python("-c", script, "export", "verdicts", **HOMELESS)
    assert (exported.status, exported.err) == (0, "")
    disabled = python("-c", script, "plugins", "disable", BUNDLED, **HOMELESS)
    assert disabled.status == 1
    assert disabled.err == (
        "kmtui: there is no home folder to keep settings in; set HOME, or KMTUI_STATE to a folder\n"
    )


def test_folders_in_variables_may_begin_with_the_home(kmtui, tmp_path):
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "mine.py").write_text("import kmtui\n@kmtui.hookimpl\ndef panels(): return []\n")
    more = {"HOME": tmp_path, "KMTUI_PLUGIN_PATH": "~/plugins", "KMTUI_EDITION_PATH": "~/editions"}
    assert "mine  -  file  loaded" in kmtui("plugins", "list", **more).out
    assert f"{tmp_path}/editions" in kmtui("editions", "list", **more).out
    refused = kmtui("plugins", "list", KMTUI_PLUGIN_PATH="~nobody-here/x")
    assert refused.status == 2
    assert "the home of '~nobody-here' is not known here" in refused.err
