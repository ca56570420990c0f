"""The Referentiekader of 2008 and the rules of section 2.4.1 that weigh it, read from the two files beside this one."""

from kmtui import Framework, WeightingScheme, hookimpl, read_data

KMTUI_API = (1, 1)


@hookimpl
def frameworks() -> list[Framework]:
    """The four focus areas, seventeen dimensions and three levels (2.2-2.4)."""
    return [Framework.model_validate(read_data(__file__, "framework.toml"))]


@hookimpl
def weighting_schemes() -> list[WeightingScheme]:
    """The weighing of dimension scores into an end score (2.4.1)."""
    return [WeightingScheme.model_validate(read_data(__file__, "weighing.toml"))]
