"""Data that a plugin brings along in files of its own."""

from pathlib import Path
from typing import Any

from kmtui.files.faults import Fault, FaultyFilesError
from kmtui.files.reading import read_toml


def read_data(module_file: str, name: str) -> dict[str, Any]:
    """The table in a TOML file beside a plugin's module, as in `read_data(__file__, "framework.toml")`.

    Raises FaultyFilesError, which names file and place, where it cannot be read.
    """
    folder = Path(module_file).parent
    data = read_toml(folder / name, folder)
    if isinstance(data, Fault):
        raise FaultyFilesError(folder, [data])
    return data
