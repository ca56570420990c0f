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
    NoHomeError,
    SettingsError,
    choices_file,
    configuration_file,
    read_choices,
    read_configuration,
    remember,
    update_choices,
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


def test_settings_may_be_links_to_files_kept_elsewhere(tmp_path):
    dotfiles, settings = tmp_path / "dotfiles", tmp_path / "settings"
    for folder in (dotfiles, settings):
        folder.mkdir()
    (dotfiles / "config.toml").write_text('language = "en"\n')
    for name in ("config.toml", "choices.toml"):
        (settings / name).symlink_to(dotfiles / name)
    assert read_configuration(settings / "config.toml").language == "en"
    assert read_choices(settings / "choices.toml") == Choices(), "a link to a file that is not there yet"
    for theme in ("nord", "light"):
        remember(settings / "choices.toml", theme=theme)
        assert (
            read_choices(dotfiles / "choices.toml") == read_choices(settings / "choices.toml") == Choices(theme=theme)
        )
    assert (settings / "choices.toml").is_symlink()
    (dotfiles / "choices.toml").write_text("theme = ")
    remember(settings / "choices.toml", theme="nord")
    assert (dotfiles / "choices.toml.broken").read_text() == "theme = "
    assert (settings / "choices.toml").is_symlink()


def test_changes_at_the_same_time_all_hold(tmp_path):
    file = tmp_path / "choices.toml"

    def add_one(name):
        update_choices(file, lambda choices: choices.replace(disabled_plugins=(*choices.disabled_plugins, name)))

    def add(names):
        for name in names:
            add_one(name)

    names = [[f"{letter}{at}" for at in range(10)] for letter in "abc"]
    writers = [threading.Thread(target=add, args=(some,)) for some in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert set(read_choices(file).disabled_plugins) == {name for some in names for name in some}


@pytest.fixture
def homeless(monkeypatch):
    """No HOME, and a user that the system does not know."""
    import pwd

    def unknown(_):
        raise KeyError

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("homeless")
def test_without_a_home_there_is_no_place_for_settings():
    for find, variable in ((configuration_file, "KMTUI_CONFIG"), (choices_file, "KMTUI_STATE")):
        with pytest.raises(NoHomeError, match=f"set HOME, or {variable}"):
            find({})
        with pytest.raises(NoHomeError, match=f"{variable}: found '~/x', but the home of '~' is not known"):
            find({variable: "~/x"})
        assert find({variable: "/etc/x"}).parent == Path("/etc/x")


@pytest.mark.parametrize("relative", ["", ".", "settings"])
def test_a_relative_folder_of_the_system_is_not_used(tmp_path, monkeypatch, relative):
    """XDG says so, and not every version of platformdirs does so; it would be one in the current folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("user_config_path", "user_state_path"):
        monkeypatch.setattr(f"platformdirs.{name}", lambda _: Path(relative))
    assert configuration_file({}) == tmp_path / ".config/kmtui/config.toml"
    assert choices_file({}) == tmp_path / ".local/state/kmtui/choices.toml"
    monkeypatch.setenv("HOME", relative or "nowhere")
    with pytest.raises(NoHomeError):
        configuration_file({})


def test_a_variable_may_begin_with_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert configuration_file({"KMTUI_CONFIG": "~/c"}) == tmp_path / "c" / "config.toml"
