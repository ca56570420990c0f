"""What the terminal can show of colour, and the filter that keeps all output to that and to the theme."""

from collections.abc import Iterable, Mapping
from enum import Enum, auto
from functools import lru_cache

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Ground
from textual.filter import LineFilter

from kmtui.model.scale import Level, Paint, Scale
from kmtui.tui.drawing import paint
from kmtui.tui.themes import FIRST, LOOKS

COLOURLESS = ("dumb", "unknown", "vt1", "vt2")
"""How the names of terminals without colours begin."""
OWN = Style.from_color(Color.default(), Color.default())
"""The terminal's own ink and ground."""

Pair = tuple[Color | None, Color | None]


class Colours(Enum):
    """How many colours the terminal has."""

    NONE = auto()
    SIXTEEN = auto()
    MANY = auto()


def colours_of(system: str | None, environment: Mapping[str, str]) -> Colours:
    """What rich takes the terminal for, unless its user or its name says that there are no colours."""
    if environment.get("NO_COLOR") or environment.get("TERM", "").startswith(COLOURLESS) or system is None:
        return Colours.NONE
    return Colours.MANY if system in ("256", "truecolor") else Colours.SIXTEEN


class Recolouring(LineFilter):
    """Gives the levels their paint and, where the terminal has few colours, everything else the terminal's own.

    Textual knows better filters for neither: without colour it sends greys, and of sixteen colours the nearest ones.
    """

    def __init__(self, levels: Mapping[Pair, Style], others: Style) -> None:
        super().__init__()
        self._levels, self._others = levels, others
        self._recoloured = lru_cache(1024)(self._recolour)

    def apply(self, segments: list[Segment], background: Ground) -> list[Segment]:  # noqa: ARG002 - Textual gives it
        """The same text in other colours."""
        return [Segment(text, style and self._recoloured(style), control) for text, style, control in segments]

    def _recolour(self, style: Style) -> Style:
        return style + self._levels.get((style.color, style.bgcolor), self._others)


def recolouring(scales: Iterable[Scale], colours: Colours, theme: str) -> Recolouring:
    """The filter for the levels of some scales in a theme."""
    look = LOOKS.get(theme, LOOKS[FIRST])
    levels: dict[Pair, Style] = {}
    for scale in scales:
        for level in (*scale.levels, scale.blank):
            given = paint(level)
            shown = (
                _without_colour(scale, level)
                if colours is Colours.NONE
                else _coloured(look.paint(scale, level), colours)
            )
            levels.setdefault((given.color, given.bgcolor), shown)
    return Recolouring(levels, Style.null() if colours is Colours.MANY else OWN)


def _coloured(found: Paint, colours: Colours) -> Style:
    if colours is Colours.SIXTEEN:  # where bold ink may come out bright, and pale on its ground
        return Style.parse(found.ansi.replace("ansi_", "")) + Style(bold=False)
    return Style(color=found.ink, bgcolor=found.ground)


def _without_colour(scale: Scale, level: Level) -> Style:
    """The sign tells the levels apart; the worst one is underlined for the eye, since reverse is the cursor's."""
    worst = level == scale.levels[0]
    return OWN + Style(bold=level != scale.blank, underline=worst, dim=level == scale.blank)
