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
    from kmtui.elements import Line, Role, Span, Target, heading, line, note
    from kmtui.model import (
        Aspect,
        Band,
        Baseline,
        Basis,
        Cap,
        Cell,
        CellStatus,
        Change,
        CodedScheme,
        Continuation,
        Corps,
        Crosswalk,
        Dimension,
        Edition,
        Figures,
        FigureTable,
        FocusArea,
        Framework,
        Ground,
        Judged,
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
        Setting,
        Source,
        Standing,
        Text,
        Unit,
        UnitMapping,
        Validity,
        WeightingScheme,
    )
    from kmtui.monitor import Monitor, open_monitor
    from kmtui.plugins.offers import (
        AddedDimension,
        Command,
        ExportContext,
        Exporter,
        Panel,
        PanelContext,
        RollUp,
        ScoringContext,
    )
    from kmtui.plugins.specs import hookimpl

__all__ = [
    "AddedDimension",
    "Aspect",
    "Band",
    "Baseline",
    "Basis",
    "Cap",
    "Cell",
    "CellStatus",
    "Change",
    "CodedScheme",
    "Command",
    "Continuation",
    "Corps",
    "Crosswalk",
    "Dimension",
    "Edition",
    "ExportContext",
    "Exporter",
    "FigureTable",
    "Figures",
    "FocusArea",
    "Framework",
    "Ground",
    "Judged",
    "Level",
    "Line",
    "Measure",
    "Monitor",
    "Neutral",
    "Others",
    "Paint",
    "Panel",
    "PanelContext",
    "Parameter",
    "PartnerType",
    "Passage",
    "Period",
    "Prerequisite",
    "PublishedVerdict",
    "Role",
    "RollUp",
    "Scale",
    "Score",
    "ScoringContext",
    "Setting",
    "Source",
    "Span",
    "Standing",
    "Target",
    "Text",
    "Unit",
    "UnitMapping",
    "Validity",
    "WeightingScheme",
    "__version__",
    "heading",
    "hookimpl",
    "line",
    "note",
    "open_monitor",
]

_ELSEWHERE = {
    "hookimpl": "kmtui.plugins.specs",
    "Monitor": "kmtui.monitor",
    "open_monitor": "kmtui.monitor",
    **dict.fromkeys(("Line", "Role", "Span", "Target", "heading", "line", "note"), "kmtui.elements"),
    **dict.fromkeys(
        (
            "AddedDimension",
            "Command",
            "ExportContext",
            "Exporter",
            "Panel",
            "PanelContext",
            "RollUp",
            "ScoringContext",
        ),
        "kmtui.plugins.offers",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kmtui' has no attribute '{name}'")
    return getattr(import_module(_ELSEWHERE.get(name, "kmtui.model")), name)


def __dir__() -> list[str]:
    return sorted(__all__)
