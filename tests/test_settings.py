"""What the user has set, and what kmtui remembers."""

import os
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from kmtui.settings import (
    Choices,
    Configuration,
    SettingsError,
    choices_file,
    configuration_file,
    read_choices,
    read_configuration,
    remember,
)


def test_the_environment_names_other_folders(tmp_path):
    environment = {"KMTUI_CONFIG": str(tmp_path / "c"), "KMTUI_STATE": str(tmp_path / "s")}
    assert configuration_file(environment) == tmp_path / "c" / "config.toml"
    assert choices_file(environment) == tmp_path / "s" / "choices.toml"
    assert configuration_file({}).name == "config.toml"


def test_without_files_nothing_is_set(tmp_path):
    assert read_configuration(tmp_path / "config.toml") == Configuration()
    assert read_choices(tmp_path / "choices.toml") == Choices()


def test_paths_start_from_the_folder_of_the_configuration(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "config.toml").write_text(
        'plugin_paths = ["plugins", "/opt/plugins", "~/mine"]\nlanguage = "en"\n[keys]\n"matrix.up" = "up,p"\n'
    )
    configuration = read_configuration(tmp_path / "config.toml")
    paths = [str(path) for path in configuration.plugin_paths]
    assert paths == [str(tmp_path / "plugins"), "/opt/plugins", str(tmp_path / "home" / "mine")]
    assert (configuration.language, configuration.keys["matrix.up"]) == ("en", "up,p")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('langauge = "en"', "langauge: unknown key (did you mean 'language'?)"),
        ('language = "fr"', "language: found text 'fr', expected one of nl, en"),
        ("language = ", "config.toml:1:12: broken TOML"),
        ("plugin_paths = 5", "plugin_paths: found number 5, expected"),
        ('plugin_paths = ["~nobody-here/x"]', "plugin_paths.0: found '~nobody-here/x', but the home of '~nobody-here'"),
        ('edition_paths = ["a\\u0000"]', "edition_paths.0: found 'a\\x00', expected a path, which has no NUL"),
    ],
)
def test_a_broken_configuration_is_refused_with_file_and_key(tmp_path, text, fault):
    (tmp_path / "config.toml").write_text(text)
    with pytest.raises(SettingsError) as error:
        read_configuration(tmp_path / "config.toml")
    assert fault in str(error.value)
    assert str(tmp_path / "config.toml") in str(error.value)


def test_a_choice_is_remembered_and_leaves_the_others(tmp_path):
    file = tmp_path / "new" / "choices.toml"
    remember(file, theme="nord")
    remember(file, disabled_plugins=("one", "two"))
    assert read_choices(file) == Choices(theme="nord", disabled_plugins=("one", "two"))
    remember(file, theme=None)
    assert read_choices(file) == Choices(disabled_plugins=("one", "two"))


@pytest.mark.parametrize("broken", [b"theme = ", b'thema = "x"\n', b"\xff", b"[" * 50_000, None])
def test_a_broken_file_of_choices_is_put_aside(tmp_path, broken):
    file = tmp_path / "choices.toml"
    if broken is None:
        file.symlink_to(file.name)
    else:
        file.write_bytes(broken)
    with pytest.raises(SettingsError):
        read_choices(file)
    remember(file, theme="nord")
    assert read_choices(file) == Choices(theme="nord")
    aside = tmp_path / "choices.toml.broken"
    assert aside.is_symlink() if broken is None else aside.read_bytes() == broken


def test_writers_at_the_same_time_lose_nothing(tmp_path):
    file = tmp_path / "choices.toml"

    def write(name, values):
        for value in values:
            remember(file, **{name: value})

    writers = [
        threading.Thread(target=write, args=("theme", [f"theme-{at}" for at in range(10)])),
        threading.Thread(target=write, args=("disabled_plugins", [(f"plugin-{at}",) for at in range(10)])),
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert read_choices(file) == Choices(theme="theme-9", disabled_plugins=("plugin-9",))


@contextmanager
def rights_of_nobody():
    """For root may write everywhere."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_folder_that_cannot_be_written_to_is_an_error_and_its_file_stays():
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "choices.toml"
        remember(file, theme="light")
        file.parent.chmod(0o555)
        with rights_of_nobody(), pytest.raises(OSError, match="denied"):
            remember(file, theme="nord")
        assert read_choices(file) == Choices(theme="light")
        file.parent.chmod(0o755)
