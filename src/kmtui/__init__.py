"""kmtui: the Korpsmonitor prostitutie & mensenhandel in a terminal, and a framework for its rules.

The public names, for plugin authors and notebooks:

- `hookimpl` marks the functions of a plugin as hooks (see `kmtui.plugins.specs` for what they are);
- `open_monitor()` loads the plugins and opens the editions;
- `read_data` reads what a plugin keeps in files of its own;
- the model classes are what hooks return and what a monitor holds;
- `blocks` has what panels show: sections, paragraphs, facts, lists, tables, charts.

A module is imported when a name of it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    # isort: off
    from kmtui import blocks as blocks
    from kmtui.blocks import (
        Role as Role,
        Span as Span,
        Target as Target,
    )
    from kmtui.model.base import (
        Text as Text,
        ValidationError as ValidationError,
    )
    from kmtui.model.cells import (
        Cell as Cell,
        CellStatus as CellStatus,
    )
    from kmtui.model.crosswalk import (
        Change as Change,
        Continuation as Continuation,
        Crosswalk as Crosswalk,
    )
    from kmtui.model.edition import (
        Corps as Corps,
        Edition as Edition,
        Period as Period,
        Source as Source,
    )
    from kmtui.model.figures import (
        Figures as Figures,
        FigureTable as FigureTable,
    )
    from kmtui.model.framework import (
        Band as Band,
        Dimension as Dimension,
        FocusArea as FocusArea,
        Framework as Framework,
        Measure as Measure,
    )
    from kmtui.model.partners import (
        Aspect as Aspect,
        PartnerType as PartnerType,
    )
    from kmtui.model.provenance import (
        Standing as Standing,
        Validity as Validity,
    )
    from kmtui.model.scale import (
        Level as Level,
        Paint as Paint,
        Scale as Scale,
    )
    from kmtui.model.scheme import (
        Cap as Cap,
        CodedScheme as CodedScheme,
        Ground as Ground,
        Judged as Judged,
        Neutral as Neutral,
        Others as Others,
        Parameter as Parameter,
        Points as Points,
        Prerequisite as Prerequisite,
        Setting as Setting,
        Threshold as Threshold,
        Unless as Unless,
        WeightingScheme as WeightingScheme,
    )
    from kmtui.model.score import (
        Basis as Basis,
        PublishedVerdict as PublishedVerdict,
        Score as Score,
    )
    from kmtui.model.units import (
        Baseline as Baseline,
        Unit as Unit,
        UnitMapping as UnitMapping,
    )
    from kmtui.model.words import (
        Passage as Passage,
    )
    from kmtui.notebook import (
        Monitor as Monitor,
        open_monitor as open_monitor,
        Table as Table,
    )
    from kmtui.plugins.data import (
        read_data as read_data,
    )
    from kmtui.plugins.offers import (
        AddedDimension as AddedDimension,
        Command as Command,
        ExportContext as ExportContext,
        ExportedFile as ExportedFile,
        Exporter as Exporter,
        PackageContext as PackageContext,
        Panel as Panel,
        PanelContext as PanelContext,
        RollUp as RollUp,
        ScoringContext as ScoringContext,
    )
    from kmtui.plugins.panel_blocks import (
        Line as Line,
        heading as heading,
        line as line,
        note as note,
    )
    from kmtui.plugins.specs import (
        hookimpl as hookimpl,
    )
    from kmtui.weighing.outcome import (
        Weighing as Weighing,
    )
    from kmtui.weighing.weigher import (
        Weigher as Weigher,
    )
    # isort: on

_HOMES = {
    "kmtui.blocks": (
        "Role",
        "Span",
        "Target",
    ),
    "kmtui.model.base": (
        "Text",
        "ValidationError",
    ),
    "kmtui.model.cells": (
        "Cell",
        "CellStatus",
    ),
    "kmtui.model.crosswalk": (
        "Change",
        "Continuation",
        "Crosswalk",
    ),
    "kmtui.model.edition": (
        "Corps",
        "Edition",
        "Period",
        "Source",
    ),
    "kmtui.model.figures": (
        "Figures",
        "FigureTable",
    ),
    "kmtui.model.framework": (
        "Band",
        "Dimension",
        "FocusArea",
        "Framework",
        "Measure",
    ),
    "kmtui.model.partners": (
        "Aspect",
        "PartnerType",
    ),
    "kmtui.model.provenance": (
        "Standing",
        "Validity",
    ),
    "kmtui.model.scale": (
        "Level",
        "Paint",
        "Scale",
    ),
    "kmtui.model.scheme": (
        "Cap",
        "CodedScheme",
        "Ground",
        "Judged",
        "Neutral",
        "Others",
        "Parameter",
        "Points",
        "Prerequisite",
        "Setting",
        "Threshold",
        "Unless",
        "WeightingScheme",
    ),
    "kmtui.model.score": (
        "Basis",
        "PublishedVerdict",
        "Score",
    ),
    "kmtui.model.units": (
        "Baseline",
        "Unit",
        "UnitMapping",
    ),
    "kmtui.model.words": ("Passage",),
    "kmtui.notebook": (
        "Monitor",
        "open_monitor",
        "Table",
    ),
    "kmtui.plugins.data": ("read_data",),
    "kmtui.plugins.offers": (
        "AddedDimension",
        "Command",
        "ExportContext",
        "ExportedFile",
        "Exporter",
        "PackageContext",
        "Panel",
        "PanelContext",
        "RollUp",
        "ScoringContext",
    ),
    "kmtui.plugins.panel_blocks": (
        "Line",
        "heading",
        "line",
        "note",
    ),
    "kmtui.plugins.specs": ("hookimpl",),
    "kmtui.weighing.outcome": ("Weighing",),
    "kmtui.weighing.weigher": ("Weigher",),
}
"""The public names, by the module that each is defined in."""
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}
__all__ = ["__version__", "blocks", *_HOME_OF]


def __getattr__(name: str) -> Any:
    if name == "blocks":
        return import_module("kmtui.blocks")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'kmtui' has no attribute '{name}'")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
