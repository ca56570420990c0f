"""kmtui: the Korpsmonitor prostitutie & mensenhandel in a terminal, and a framework for its rules.

This is the front door for plugin authors and notebooks:

- `hookimpl` marks the functions of a plugin as hooks (see `kmtui.plugins.specs` for what they are);
- `open_monitor()` loads the plugins and opens the editions;
- the model classes are what hooks return and what a monitor holds.

Nothing heavy is imported before it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from kmtui.model import (
        Aspect,
        Band,
        Baseline,
        Basis,
        Cap,
        Corps,
        Dimension,
        Edition,
        FocusArea,
        Framework,
        Level,
        Measure,
        Neutral,
        Others,
        Paint,
        Parameter,
        PartnerType,
        Passage,
        Period,
        Prerequisite,
        PublishedVerdict,
        Scale,
        Score,
        Source,
        Text,
        Unit,
        UnitMapping,
        WeightingScheme,
    )
    from kmtui.monitor import Monitor, open_monitor
    from kmtui.plugins.specs import hookimpl

__all__ = [
    "Aspect",
    "Band",
    "Baseline",
    "Basis",
    "Cap",
    "Corps",
    "Dimension",
    "Edition",
    "FocusArea",
    "Framework",
    "Level",
    "Measure",
    "Monitor",
    "Neutral",
    "Others",
    "Paint",
    "Parameter",
    "PartnerType",
    "Passage",
    "Period",
    "Prerequisite",
    "PublishedVerdict",
    "Scale",
    "Score",
    "Source",
    "Text",
    "Unit",
    "UnitMapping",
    "WeightingScheme",
    "__version__",
    "hookimpl",
    "open_monitor",
]

_ELSEWHERE = {"hookimpl": "kmtui.plugins.specs", "Monitor": "kmtui.monitor", "open_monitor": "kmtui.monitor"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kmtui' has no attribute '{name}'")
    return getattr(import_module(_ELSEWHERE.get(name, "kmtui.model")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
