"""The Referentiekader of 2008 and the rules of section 2.4.1 that weigh it, read from the two files beside this one."""

import tomllib
from importlib.resources import files
from typing import Any

from kmtui import Framework, WeightingScheme, hookimpl

KMTUI_API = (1, 1)


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(name).read_text("utf-8"))


@hookimpl
def frameworks() -> list[Framework]:
    """The four focus areas, seventeen dimensions and three levels (2.2-2.4)."""
    return [Framework.model_validate(_data("framework.toml"))]


@hookimpl
def weighting_schemes() -> list[WeightingScheme]:
    """The weighing of dimension scores into an end score (2.4.1)."""
    return [WeightingScheme.model_validate(_data("weighing.toml"))]
