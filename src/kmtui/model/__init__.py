"""What a monitor is: immutable value objects. No files, no plugins, no terminal."""

from kmtui.model.base import FrozenMap, Id, Language, Paragraph, ReadOnly, Text, Value, Words
from kmtui.model.claims import Claim, Claims
from kmtui.model.crosswalk import Change, Continuation, Crosswalk, worst_of
from kmtui.model.edition import Corps, Edition, EditionHead, Period, Source, Unmentioned
from kmtui.model.figures import (
    Cell,
    CellStatus,
    Figures,
    FigureTable,
    Footnote,
    Indicator,
    Notation,
    Subject,
    parse_cell,
)
from kmtui.model.framework import Band, Dimension, FocusArea, Framework, Measure
from kmtui.model.partners import Aspect, PartnerColumn, PartnerType
from kmtui.model.provenance import ALWAYS, Standing, Validity
from kmtui.model.scale import Level, Paint, Scale
from kmtui.model.scheme import Cap, Neutral, Others, Parameter, Prerequisite, Rule, WeightingScheme
from kmtui.model.score import Basis, Judgement, PublishedVerdict, Score
from kmtui.model.units import Baseline, StatedFigure, Unit, UnitMapping
from kmtui.model.words import (
    Counts,
    PartnerRemark,
    Passage,
    Picture,
    PublishedCount,
    Recommendation,
    Recommendations,
)

__all__ = [
    "ALWAYS",
    "Aspect",
    "Band",
    "Baseline",
    "Basis",
    "Cap",
    "Cell",
    "CellStatus",
    "Change",
    "Claim",
    "Claims",
    "Continuation",
    "Corps",
    "Counts",
    "Crosswalk",
    "Dimension",
    "Edition",
    "EditionHead",
    "FigureTable",
    "Figures",
    "FocusArea",
    "Footnote",
    "Framework",
    "FrozenMap",
    "Id",
    "Indicator",
    "Judgement",
    "Language",
    "Level",
    "Measure",
    "Neutral",
    "Notation",
    "Others",
    "Paint",
    "Paragraph",
    "Parameter",
    "PartnerColumn",
    "PartnerRemark",
    "PartnerType",
    "Passage",
    "Period",
    "Picture",
    "Prerequisite",
    "PublishedCount",
    "PublishedVerdict",
    "ReadOnly",
    "Recommendation",
    "Recommendations",
    "Rule",
    "Scale",
    "Score",
    "Source",
    "Standing",
    "StatedFigure",
    "Subject",
    "Text",
    "Unit",
    "UnitMapping",
    "Unmentioned",
    "Validity",
    "Value",
    "WeightingScheme",
    "Words",
    "parse_cell",
    "worst_of",
]
