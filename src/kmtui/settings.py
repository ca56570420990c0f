"""What the user has set: a configuration file written by hand, and choices that kmtui keeps in a file of its own.

Both are looked up when they are first needed. `KMTUI_CONFIG` and `KMTUI_STATE` name other folders for them.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

from msgspec import Meta, field

from kmtui.files.faults import Fault, FaultyFilesError
from kmtui.files.reading import read_optional
from kmtui.files.writing import sole_writer, write_toml
from kmtui.model.base import Language, ReadOnly, Value, no_entries

Name = Annotated[str, Meta(min_length=1, max_length=80)]
V = TypeVar("V", bound=Value)
FOLDERS = ("plugin_paths", "edition_paths")
"""Keys of the configuration that name files and folders, which may begin with `~` or `~user`."""
ASIDE = ".broken"
"""Ends the name of a file of choices that was put aside."""


class SettingsError(FaultyFilesError):
    """A file of settings cannot be used."""


class Configuration(Value):
    """The file `config.toml`, for its owner to write.

    Folders and files of plugins, folders of editions, the language of labels, the colour theme, and other keys for
    actions by their id (as in `"matrix.up" = "up,p"`).
    """

    plugin_paths: tuple[Path, ...] = ()
    edition_paths: tuple[Path, ...] = ()
    language: Language | None = None
    theme: Name | None = None
    keys: Mapping[Name, Name] = field(default_factory=no_entries)


class Choices(Value):
    """The file `choices.toml`: what kmtui remembers from one time to the next."""

    disabled_plugins: tuple[Name, ...] = ()
    language: Language | None = None
    theme: Name | None = None


def configuration_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the configuration is, or would be."""
    from platformdirs import user_config_path

    return Path(environment.get("KMTUI_CONFIG") or user_config_path("kmtui")) / "config.toml"


def choices_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where kmtui keeps its choices, or would."""
    from platformdirs import user_state_path

    return Path(environment.get("KMTUI_STATE") or user_state_path("kmtui")) / "choices.toml"


def read_configuration(file: Path) -> Configuration:
    """The configuration, empty where there is none; paths in it start from its folder (raises SettingsError)."""
    found = _read(file, Configuration)
    paths: dict[str, list[Path]] = {name: [] for name in FOLDERS}
    faults = []
    for name in FOLDERS:
        for at, path in enumerate(getattr(found, name)):
            try:
                paths[name].append(file.parent / _from_home(path))
            except ValueError as error:
                faults.append(Fault(file, f"{name}.{at}", str(error)))
    if faults:
        raise SettingsError(file.parent, faults)
    folders = {name: tuple(named) for name, named in paths.items()}
    return found.replace(**folders, keys=ReadOnly(found.keys))


def _from_home(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError(f"found {str(path)!r}, expected a path, which has no NUL in it")
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError(f"found '{path}', but the home of '{path.parts[0]}' is not known here") from None


def read_choices(file: Path) -> Choices:
    """The choices, none where there is no file (raises SettingsError)."""
    return _read(file, Choices)


def remember(file: Path, **changes: object) -> Choices:
    """Change some of the choices, and leave the others as they are on the disk by now.

    A broken file is put aside, for whoever wants to look into it. Raises OSError where the file cannot be written; then
    the old one stays.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with sole_writer(file.parent):
        try:
            before = read_choices(file)
        except SettingsError:
            file.replace(file.with_name(f"{file.name}{ASIDE}"))
            before = Choices()
        choices = Choices.model_validate(dict(before) | changes)
        write_toml(file, {name: value for name, value in choices if value})
    return choices


def _read(file: Path, model: type[V]) -> V:
    value, faults = read_optional(file, file.parent, model)
    if value is None:
        raise SettingsError(file.parent, faults)
    return value
