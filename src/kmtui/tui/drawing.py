"""Styled text for documents: the one module that decides on styles."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from kmtui.blocks import Role, Span
from kmtui.model.scale import Level, Scale
from kmtui.render.signs import Signs

STYLES = {
    Role.TEXT: Style(),
    Role.NAME: Style(bold=True),
    Role.SOURCE: Style(dim=True),
    Role.NOTE: Style(italic=True),
    Role.LEVEL: Style(bold=True),
    Role.WARNING: Style(bold=True, italic=True),
    Role.TREND: Style(),
}

KINDS = {"heading": Style(bold=True, underline=True), "columns": Style(bold=True), "group": Style(dim=True, bold=True)}
"""The style of headings."""


LEVEL = "kmtui.level"
"""The key of a style's meta data that says which level it paints, as a number that `drawn_level` understands."""
_drawn_levels: list[tuple[Level, Scale | None]] = []


@lru_cache(None)
def paint(level: Level, scale: Scale | None = None) -> Style:
    """The style of a level, tagged with the level and its scale, so that themes and terminals can restyle it.

    Without a scale, it is the first of the known scales that has the level.
    """
    _drawn_levels.append((level, scale))
    tag = {LEVEL: len(_drawn_levels) - 1}
    return Style(color=level.paint.ink, bgcolor=level.paint.ground, bold=True, meta=tag)


def drawn_level(style: Style) -> tuple[Level, Scale | None] | None:
    """The level that a style paints, and its scale where it was given; None for other styles."""
    number = style.meta.get(LEVEL)
    return None if number is None else _drawn_levels[number]


MORE = "?"
"""The sign of more than two possible levels."""


def sign_cell(signs: Signs, levels: Sequence[Level], width: int, mark: str = "") -> str:
    """The signs of the possible levels in a cell: one alone, two side by side, `?` for more; a mark where it fits."""
    text = "".join(map(signs, levels)) if len(levels) < 3 else MORE
    room = width - len(text)
    lead = " " * (room // 2)
    return (lead + text + mark if room else text).ljust(width)[:width]


def segments(row: Iterable[Span], kind: str = "text") -> list[Segment]:
    """A row of a laid out document with styles; its text can be shown already."""
    own = KINDS.get(kind)
    return [
        Segment(span.text, paint(span.level) if span.level and span.role is Role.LEVEL else own or STYLES[span.role])
        for span in row
    ]


def text_of(rows: Iterable[Iterable[Span]]) -> Text:
    """Rows of a laid out document as one text."""
    lines = (Text.assemble(*((part.text, part.style or "") for part in segments(row))) for row in rows)
    return Text("\n").join(lines)
