"""The units of the police of 2013 and the former corps in them (4.1), read from the file beside this one."""

from kmtui import UnitMapping, hookimpl, read_data

KMTUI_API = (1, 1)


@hookimpl
def unit_mappings() -> list[UnitMapping]:
    """Ten regional units and the national one; the KMar stays itself."""
    data = read_data(__file__, "units.toml")
    return [UnitMapping.model_validate(data)]
