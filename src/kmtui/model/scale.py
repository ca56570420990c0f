"""The scale on which a dimension is judged: ordered levels, and blank beside them."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from kmtui.model.base import Id, Text, Value
from kmtui.model.validation import FieldError

RESERVED = {
    "?": "more levels than can be shown, or a possible end score",
    "=": "an end score as published",
    "≈": "an end score that agrees by assumption",
    "~": "an end score that agrees by assumption, and text that is cut off",
    "≠": "an end score that differs",
    "x": "an end score that differs",
    "↑": "what became better",
    "^": "what became better",
    "↓": "what became worse",
    "v": "what became worse",
    "│": "the bar between focus areas",
    "|": "the bar between focus areas",
    "…": "text that is cut off",
    "›": "a line that leads somewhere",
    ">": "a line that leads somewhere",
}
"""Signs that have a meaning of their own in views, so that no level can have them."""

Glyph = Annotated[str, Meta(min_length=1, max_length=1)]
Rgb = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}\Z")]


class Paint(Value):
    """How a level is drawn: text on a ground, as `#rrggbb`, and a terminal of 16 colours' own choice.

    The two are set together so that the contrast is the plugin's decision and not the theme's.
    """

    ink: Rgb
    ground: Rgb
    ansi: Annotated[str, Meta(pattern=r"^ansi_[a-z_]+ on ansi_[a-z_]+\Z")]


class Level(Value):
    """One step of a scale. Glyph and letter carry it where colour cannot; `ascii` where UTF-8 cannot."""

    id: Id
    label: Text
    meaning: Text
    glyph: Glyph
    ascii: Annotated[str, Meta(pattern=r"^[\x21-\x7e]\Z")]
    letter: Glyph
    paint: Paint

    def __post_init__(self) -> None:
        for key in ("glyph", "ascii", "letter"):
            sign = getattr(self, key)
            if not _takes_one_cell(sign):
                raise FieldError(key, f"found {sign!r}, expected a sign that can be seen and takes one cell")
            if sign in RESERVED:
                raise FieldError(key, f"found {sign!r}, which stands for {RESERVED[sign]}, expected another sign")
        if self.letter.isdigit() or self.letter.islower():
            raise FieldError("letter", f"found {self.letter!r}, which is a key, expected a capital or another sign")


def _takes_one_cell(sign: str) -> bool:
    """Whether a character is drawn by itself, in one cell of a terminal."""
    if sign.isascii():
        return sign.isprintable() and sign != " "
    import unicodedata

    is_mark = unicodedata.category(sign).startswith("M")
    return sign.isprintable() and not is_mark and unicodedata.east_asian_width(sign) not in ("W", "F")


class Scale(Value):
    """Levels from worst to best, and the mark of a withheld judgement, which is no level."""

    levels: Annotated[tuple[Level, ...], Meta(min_length=2)]
    blank: Level

    def __post_init__(self) -> None:
        for attribute in ("id", "glyph", "ascii", "letter"):
            signs = [getattr(level, attribute) for level in (*self.levels, self.blank)]
            if len(set(signs)) < len(signs):
                raise ValueError(f"two levels share the same {attribute}: {', '.join(signs)}")
        owners: dict[str, str] = {}
        for level in (*self.levels, self.blank):
            for sign in (level.glyph, level.ascii, level.letter):
                other = owners.setdefault(sign, level.id)
                if other != level.id:
                    raise ValueError(f"{sign!r} stands for two levels, {other} and {level.id}")

    @property
    def ids(self) -> tuple[str, ...]:
        """Level ids, worst first."""
        return tuple(level.id for level in self.levels)

    def __getitem__(self, level_id: str) -> Level:
        """The level with this id, or the blank (raises KeyError)."""
        for level in (*self.levels, self.blank):
            if level.id == level_id:
                return level
        raise KeyError(level_id)

    def rank(self, level_id: str) -> int:
        """The place of a level, 0 for the worst; the blank comes after the best (raises KeyError)."""
        if level_id == self.blank.id:
            return len(self.levels)
        try:
            return self.ids.index(level_id)
        except ValueError:
            raise KeyError(level_id) from None

    def ordered(self, level_ids: Iterable[str]) -> tuple[str, ...]:
        """The same levels without repetition, worst first (raises KeyError)."""
        return tuple(sorted(set(level_ids), key=self.rank))
