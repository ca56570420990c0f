"""The units of the police of 2013 and the former corps in them (4.1), read from the file beside this one."""

import tomllib
from importlib.resources import files

from kmtui import UnitMapping, hookimpl

KMTUI_API = (1, 1)


@hookimpl
def unit_mappings() -> list[UnitMapping]:
    """Ten regional units and the national one; the KMar stays itself."""
    data = tomllib.loads(files(__name__).joinpath("units.toml").read_text("utf-8"))
    return [UnitMapping.model_validate(data)]
