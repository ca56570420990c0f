"""The external partners that the corps judge (2.2.2, 3.4), read from the file beside this one."""

import tomllib
from importlib.resources import files

from kmtui import PartnerType, hookimpl

KMTUI_API = (1, 1)


@hookimpl
def partner_types() -> list[PartnerType]:
    """Eight partners, two of them judged on two aspects: ten columns (table 24)."""
    data = tomllib.loads(files(__name__).joinpath("partners.toml").read_text("utf-8"))
    return [PartnerType.model_validate(partner) for partner in data["partners"]]
