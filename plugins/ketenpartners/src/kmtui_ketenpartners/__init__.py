"""The external partners that the corps judge (2.2.2, 3.4), read from the file beside this one."""

from kmtui import PartnerType, hookimpl, read_data

KMTUI_API = (1, 1)


@hookimpl
def partner_types() -> list[PartnerType]:
    """Eight partners, two of them judged on two aspects: ten columns (table 24)."""
    data = read_data(__file__, "partners.toml")
    return [PartnerType.model_validate(partner) for partner in data["partners"]]
