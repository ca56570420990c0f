"""Colour support of the terminal, and the filter that restyles output for it and for the theme."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum, auto
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Ground
from textual.filter import LineFilter

from kmtui.model.scale import Level, Paint, Scale
from kmtui.tui.drawing import drawn_level
from kmtui.tui.themes import FIRST, LOOKS

COLOURLESS = ("dumb", "unknown", "vt1", "vt2")
"""Prefixes of the names of terminals without colours."""
OWN = Style.from_color(Color.default(), Color.default())
"""The default foreground and background of the terminal."""


class Colours(Enum):
    """The number of colours of a terminal."""

    NONE = auto()
    SIXTEEN = auto()
    MANY = auto()


def colours_of(system: str | None, environment: Mapping[str, str]) -> Colours:
    """Rich's detection, unless NO_COLOR or the name of the terminal rules colours out."""
    if environment.get("NO_COLOR") or environment.get("TERM", "").startswith(COLOURLESS) or system is None:
        return Colours.NONE
    return Colours.MANY if system in ("256", "truecolor") else Colours.SIXTEEN


class Recolouring(LineFilter):
    """Restyles levels for theme and terminal and, where the terminal has few colours, resets those of everything else.

    A level is known by the tag that `paint` gives it, not by its colours, which two scales may share. Textual's own
    filters would send greys without colour, and the nearest of sixteen.
    """

    def __init__(self, level_style: Callable[[Level, Scale | None], Style], others: Style) -> None:
        super().__init__()
        self._level_style, self._others = level_style, others
        self._recoloured = lru_cache(1024)(self._recolour)

    def apply(self, segments: list[Segment], background: Ground) -> list[Segment]:  # noqa: ARG002 - Textual gives it
        """Restyle segments."""
        return [Segment(text, style and self._recoloured(style), control) for text, style, control in segments]

    def _recolour(self, style: Style) -> Style:
        level = drawn_level(style)
        return style + (self._level_style(*level) if level else self._others)


def recolouring(scales: Iterable[Scale], colours: Colours, theme: str) -> Recolouring:
    """The filter for the levels of some scales in a theme."""
    known, look = tuple(scales), LOOKS.get(theme, LOOKS[FIRST])

    def level_style(level: Level, scale: Scale | None) -> Style:
        of = scale or next((one for one in known if level in (*one.levels, one.blank)), None)
        if of is None:
            return Style.null() if colours is Colours.MANY else OWN
        return _without_colour(of, level) if colours is Colours.NONE else _coloured(look.paint(of, level), colours)

    return Recolouring(level_style, Style.null() if colours is Colours.MANY else OWN)


def _coloured(found: Paint, colours: Colours) -> Style:
    if colours is Colours.SIXTEEN:  # where bold ink may come out bright, and pale on its ground
        return Style.parse(found.ansi.replace("ansi_", "")) + Style(bold=False)
    return Style(color=found.ink, bgcolor=found.ground)


def _without_colour(scale: Scale, level: Level) -> Style:
    """Signs distinguish levels without colour; the worst is underlined, since reverse marks the cursor."""
    worst = level == scale.levels[0]
    return OWN + Style(bold=level != scale.blank, underline=worst, dim=level == scale.blank)
