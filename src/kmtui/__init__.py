"""kmtui: the Korpsmonitor prostitutie & mensenhandel in a terminal, and a framework for its rules.

This is the front door for plugin authors and notebooks:

- `hookimpl` marks the functions of a plugin as hooks (see `kmtui.plugins.specs` for what they are);
- `open_monitor()` loads the plugins and opens the editions; `.table("scores")` and the other tables become data frames;
- `read_data` reads what a plugin keeps in files of its own;
- the model classes are what hooks return and what a monitor holds.

Nothing heavy is imported before it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from kmtui.elements import Line, Role, Span, Target, heading, line, note
    from kmtui.model.base import Text, ValidationError
    from kmtui.model.cells import Cell, CellStatus
    from kmtui.model.crosswalk import Change, Continuation, Crosswalk
    from kmtui.model.edition import Corps, Edition, Period, Source
    from kmtui.model.figures import Figures, FigureTable
    from kmtui.model.framework import Band, Dimension, FocusArea, Framework, Measure
    from kmtui.model.partners import Aspect, PartnerType
    from kmtui.model.provenance import Standing, Validity
    from kmtui.model.scale import Level, Paint, Scale
    from kmtui.model.scheme import (
        Cap,
        CodedScheme,
        Ground,
        Judged,
        Neutral,
        Others,
        Parameter,
        Points,
        Prerequisite,
        Setting,
        Threshold,
        Unless,
        WeightingScheme,
    )
    from kmtui.model.score import Basis, PublishedVerdict, Score
    from kmtui.model.units import Baseline, Unit, UnitMapping
    from kmtui.model.words import Passage
    from kmtui.notebook import Monitor, Table, open_monitor
    from kmtui.plugins.data import read_data
    from kmtui.plugins.offers import (
        AddedDimension,
        Command,
        ExportContext,
        ExportedFile,
        Exporter,
        PackageContext,
        Panel,
        PanelContext,
        RollUp,
        ScoringContext,
    )
    from kmtui.plugins.specs import hookimpl
    from kmtui.weighing.outcome import Weighing
    from kmtui.weighing.weigher import Weigher

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
    "ExportedFile",
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
    "PackageContext",
    "Paint",
    "Panel",
    "PanelContext",
    "Parameter",
    "PartnerType",
    "Passage",
    "Period",
    "Points",
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
    "Table",
    "Target",
    "Text",
    "Threshold",
    "Unit",
    "UnitMapping",
    "Unless",
    "ValidationError",
    "Validity",
    "Weigher",
    "Weighing",
    "WeightingScheme",
    "__version__",
    "heading",
    "hookimpl",
    "line",
    "note",
    "open_monitor",
    "read_data",
]

_HOMES = {
    "kmtui.elements": (
        "Line",
        "Role",
        "Span",
        "Target",
        "heading",
        "line",
        "note",
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
        "Table",
        "open_monitor",
    ),
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
    "kmtui.plugins.data": ("read_data",),
    "kmtui.plugins.specs": ("hookimpl",),
    "kmtui.weighing.outcome": ("Weighing",),
    "kmtui.weighing.weigher": ("Weigher",),
}
"""Where each of them is."""
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'kmtui' has no attribute '{name}'")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
