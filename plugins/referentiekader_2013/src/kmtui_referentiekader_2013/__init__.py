"""The Referentiekader of 2013, its weighing rules, and how 2008 continues in it, read from the three files here."""

from kmtui import Crosswalk, Framework, WeightingScheme, hookimpl, read_data

KMTUI_API = (1, 1)


@hookimpl
def frameworks() -> list[Framework]:
    """The four focus areas and nineteen dimensions on which units are judged (5.1, 5.2), and the scale of 2008."""
    return [Framework.model_validate(read_data(__file__, "framework.toml"))]


@hookimpl
def weighting_schemes() -> list[WeightingScheme]:
    """The weighing of dimension scores into an end score, carried over from 2.4.1."""
    return [WeightingScheme.model_validate(read_data(__file__, "weighing.toml"))]


@hookimpl
def crosswalks() -> list[Crosswalk]:
    """Which dimension of 2008 continues as which of 2013."""
    return [Crosswalk.model_validate(read_data(__file__, "crosswalk.toml"))]
