"""The public health service as a partner that corps judge on two aspects, and a made-up edition in which they do."""

from pathlib import Path

from kmtui import Aspect, PartnerType, Text, hookimpl

KMTUI_API = (1, 1)


@hookimpl
def partner_types() -> list[PartnerType]:
    """One partner, two columns of judgements."""
    return [
        PartnerType(
            id="ggd",
            name=Text(nl="GGD", en="Public health service"),
            short="GGD",
            kind="complementary",
            role=Text(
                nl="Bezoekt prostituees op hun werkplek voor hun gezondheid, en ziet daarbij signalen van dwang.",
                en="Visits sex workers at their workplace for their health, and sees signs of coercion there.",
            ),
            aspects=(
                Aspect(id="ggd-bezoeken", name=Text(nl="samen op bezoek", en="joint visits"), short="GGb"),
                Aspect(id="ggd-signalen", name=Text(nl="signalen delen", en="sharing signs"), short="GGs"),
            ),
            source=("voorbeeld 1",),
        )
    ]


@hookimpl
def edition_folders() -> list[Path]:
    """The made-up edition, which is data of this package."""
    return [Path(__file__).parent / "edition"]
