"""The themes, and how each styles the levels of a scale; the only module of the core with colours."""

from collections.abc import Callable, Mapping

import msgspec
from textual.color import Color
from textual.theme import Theme

from kmtui.model.scale import Level, Paint, Scale

CURSOR, CURSOR_INK = "#ff6cff", "#000000"
"""Background and foreground of the cell under the cursor; no level uses them."""
STARK = 7.0
"""The minimum contrast of levels in the high-contrast theme."""
WORST, MIDDLE, BEST = map(Color.parse, ("#e69f00", "#f0f0f0", "#0072b2"))
WORST_ANSI, MIDDLE_ANSI, BEST_ANSI = (
    "ansi_black on ansi_yellow",
    "ansi_black on ansi_white",
    "ansi_bright_white on ansi_blue",
)
"""Colours that colour-blind readers can distinguish, from worst to best (after Okabe and Ito)."""


GOOD, BUSY, BAD = "green", "yellow", "red"
"""Inks of what is done, begun, and late."""


class Look(msgspec.Struct, frozen=True):
    """A theme of the interface, and the paint it gives to a level of a scale."""

    theme: Theme
    paint: Callable[[Scale, Level], Paint]


def as_given(_scale: Scale, level: Level) -> Paint:
    """The paint of the plugin."""
    return level.paint


def stark(_scale: Scale, level: Level) -> Paint:
    """The plugin's background, moved away from the foreground until the contrast is reached."""
    ground, step = Color.parse(level.paint.ground), 0
    ink = _ink(ground)
    away = Color.parse(ink).inverse
    while contrast(Color.parse(ink), found := ground.blend(away, step / 20)) < STARK:
        step += 1
    return level.paint.replace(ink=ink, ground=found.hex.lower())


def by_rank(scale: Scale, level: Level) -> Paint:
    """A paint by the position of the level between worst and best; the blank keeps its own."""
    if level == scale.blank:
        return level.paint
    place = 2 * scale.rank(level.id) / (len(scale.levels) - 1)
    ground = WORST.blend(MIDDLE, place) if place < 1 else MIDDLE.blend(BEST, place - 1)
    ansi = MIDDLE_ANSI if place == 1 else WORST_ANSI if place < 1 else BEST_ANSI
    return Paint(ink=_ink(ground), ground=ground.hex.lower(), ansi=ansi)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG: from 1 (same luminance) to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    channels = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized)
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def _ink(ground: Color) -> str:
    """Black or white, by contrast with the background; the ratio is at least 4.58."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast(Color.parse(ink), ground))


def _dark(name: str) -> Theme:
    return Theme(
        name,
        primary="#4aa3df",
        accent=CURSOR,
        foreground="#e6e6e6",
        background="#101418",
        surface="#181d22",
        panel="#232a31",
    )


LOOKS: Mapping[str, Look] = {
    look.theme.name: look
    for look in (
        Look(_dark("dark"), as_given),
        Look(
            Theme(
                "light",
                primary="#005a9c",
                accent=CURSOR,
                foreground="#1a1a1a",
                background="#fafafa",
                surface="#ffffff",
                panel="#e2e6ea",
                dark=False,
            ),
            as_given,
        ),
        Look(
            Theme(
                "high-contrast",
                primary="#ffff00",
                accent=CURSOR,
                foreground="#ffffff",
                background="#000000",
                surface="#000000",
                panel="#303030",
            ),
            stark,
        ),
        Look(_dark("colour-blind"), by_rank),
    )
}
"""The themes in the order of the theme key; the first is the default."""
FIRST = next(iter(LOOKS))
