"""Penalty points instead of gates: a scheme for the Referentiekader of 2008, read from the file beside this one."""

from kmtui import WeightingScheme, hookimpl, read_data

KMTUI_API = (1, 1)


@hookimpl
def weighting_schemes() -> list[WeightingScheme]:
    """One scheme, beside the rules of the framework's own."""
    return [WeightingScheme.model_validate(read_data(__file__, "strafpunten.toml"))]
