"""The user's settings: a configuration file written by hand, and choices that kmtui writes in a file of its own.

`KMTUI_CONFIG` and `KMTUI_STATE` name other folders for them. Without a home folder kmtui works with the defaults.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, field

from kmtui.files.faults import Fault, FaultyFilesError
from kmtui.files.reading import is_there, read_optional
from kmtui.files.writing import sole_writer, write_toml
from kmtui.model.base import Language, ReadOnly, Value, no_entries

Name = Annotated[str, Meta(min_length=1, max_length=80)]
V = TypeVar("V", bound=Value)
FOLDERS = ("plugin_paths", "edition_paths")
"""Keys of the configuration that name files and folders, which may begin with `~` or `~user`."""
ASIDE = ".broken"
"""Suffix of an invalid file of choices that was renamed."""


class SettingsError(FaultyFilesError):
    """A file of settings cannot be used."""


class Configuration(Value):
    """The file `config.toml`, for its owner to write.

    Folders and files of plugins, folders of editions, the language of labels, the colour theme, the terminal driver,
    and other keys for actions by their id (as in `"matrix.up" = "up,p"`).
    """

    plugin_paths: tuple[Path, ...] = ()
    edition_paths: tuple[Path, ...] = ()
    language: Language | None = None
    theme: Name | None = None
    driver: Literal["kmtui", "textual"] = "kmtui"
    keys: Mapping[Name, Name] = field(default_factory=no_entries)


class Choices(Value):
    """The file `choices.toml`: what kmtui remembers from one time to the next."""

    disabled_plugins: tuple[Name, ...] = ()
    language: Language | None = None
    theme: Name | None = None


class NoHomeError(OSError):
    """The user has no home folder, so that there is no place for settings."""


def configuration_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the configuration is, or would be (raises NoHomeError)."""
    return _folder("CONFIG", environment) / "config.toml"


def choices_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where kmtui keeps its choices, or would (raises NoHomeError)."""
    return state_folder(environment) / "choices.toml"


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where kmtui keeps what it remembers, or would (raises NoHomeError)."""
    return _folder("STATE", environment)


def _folder(kind: Literal["CONFIG", "STATE"], environment: Mapping[str, str]) -> Path:
    """The folder that `KMTUI_CONFIG` or `KMTUI_STATE` names, else the system's own for the user."""
    from platformdirs import user_config_path, user_state_path

    named = environment.get(f"KMTUI_{kind}")
    if named:
        try:
            return from_home(Path(named))
        except ValueError as error:
            raise NoHomeError(f"KMTUI_{kind}: {error}") from None
    find, below_home = {
        "CONFIG": (user_config_path, ".config/kmtui"),
        "STATE": (user_state_path, ".local/state/kmtui"),
    }[kind]
    with suppress(RuntimeError):
        found = find("kmtui")
        # Some versions of platformdirs believe a relative XDG folder, which would lie in the current folder.
        folder = found if found.is_absolute() else Path.home() / below_home
        if folder.is_absolute():
            return folder
    raise NoHomeError(f"there is no home folder to keep settings in; set HOME, or KMTUI_{kind} to a folder")


def read_configuration(file: Path) -> Configuration:
    """The configuration, empty where there is none; paths in it start from its folder (raises SettingsError)."""
    found = _read(file, Configuration)
    paths: dict[str, list[Path]] = {name: [] for name in FOLDERS}
    faults = []
    for name in FOLDERS:
        for at, path in enumerate(getattr(found, name)):
            try:
                paths[name].append(file.parent / from_home(path))
            except ValueError as error:
                faults.append(Fault(file, f"{name}.{at}", str(error)))
    if faults:
        raise SettingsError(file.parent, faults)
    folders = {name: tuple(named) for name, named in paths.items()}
    return found.replace(**folders, keys=ReadOnly(found.keys))


def from_home(path: Path) -> Path:
    """The path with `~` or `~user` at its beginning replaced (raises ValueError)."""
    if "\0" in str(path):
        raise ValueError(f"found {str(path)!r}, expected a path, which has no NUL in it")
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError(f"found '{path}', but the home of '{path.parts[0]}' is not known here") from None


def read_choices(file: Path) -> Choices:
    """The choices, none where there is no file, or a link to one that is not there yet (raises SettingsError)."""
    return _read(file, Choices) if is_there(Path(os.path.realpath(file))) else Choices()


def update_choices(file: Path, change: Callable[[Choices], Choices]) -> Choices:
    """Replace the saved choices by `change` of them, under the lock of the single writer.

    A broken file is renamed, so that its owner can look into it; of a link the target is written. Raises OSError where
    the file cannot be written; then the old one stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with sole_writer(file.parent):
        target = Path(os.path.realpath(file))
        try:
            before = read_choices(file)
        except SettingsError:
            target.replace(target.with_name(f"{target.name}{ASIDE}"))
            before = Choices()
        choices = change(before)
        write_toml(target, {name: value for name, value in choices if value})
    return choices


def remember(file: Path, **changes: object) -> Choices:
    """Change some of the choices, and leave the others as they are on the disk by now (raises OSError)."""
    return update_choices(file, lambda choices: choices.replace(**changes))


def _read(file: Path, model: type[V]) -> V:
    """The file, which may be a link to anywhere, because it is the user's own (raises SettingsError)."""
    value, faults = read_optional(file, None, model)
    if value is None:
        raise SettingsError(file.parent, faults)
    return value
