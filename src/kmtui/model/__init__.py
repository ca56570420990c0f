"""What a monitor is: immutable value objects. No files, no plugins, no terminal."""

from kmtui.model.base import FrozenMap, Id, Language, Paragraph, Text, Value, Words
from kmtui.model.edition import Corps, Edition, Period, PublishedVerdict, Source
from kmtui.model.framework import Band, Dimension, FocusArea, Framework, Measure
from kmtui.model.scale import Level, Paint, Scale
from kmtui.model.scheme import Cap, Neutral, Others, Parameter, Prerequisite, Rule, WeightingScheme
from kmtui.model.score import Basis, Score

__all__ = [
    "Band",
    "Basis",
    "Cap",
    "Corps",
    "Dimension",
    "Edition",
    "FocusArea",
    "Framework",
    "FrozenMap",
    "Id",
    "Language",
    "Level",
    "Measure",
    "Neutral",
    "Others",
    "Paint",
    "Paragraph",
    "Parameter",
    "Period",
    "Prerequisite",
    "PublishedVerdict",
    "Rule",
    "Scale",
    "Score",
    "Source",
    "Text",
    "Value",
    "WeightingScheme",
    "Words",
]
