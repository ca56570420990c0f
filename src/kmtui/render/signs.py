"""What a terminal can show: the signs of levels, and text in ASCII where it has no UTF-8."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kmtui.blocks import TREND, Role, Span
from kmtui.model.scale import Level
from kmtui.terminal import visible

PLAIN_TREND = str.maketrans(dict(zip(TREND, "_.,-~=*#", strict=True)))
"""ASCII for the signs of a trend."""

PLAIN = (
    str.maketrans(
        {
            **{chr(0x2400 + code): f"^{chr(0x40 + code)}" for code in range(0x20)},
            **dict.fromkeys("·–—", "-"),
            **dict.fromkeys("‘’", "'"),
            **dict.fromkeys("“”„", '"'),
            "›": ">",
            "…": "...",
            "↑": "^",
            "↓": "v",
        }
    )
    | PLAIN_TREND
)
"""ASCII for the marks and punctuation that a terminal without UTF-8 cannot show."""
REGIONAL = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""Letters of which two are a flag."""
SKIN_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
EMOJI_STYLE = "\ufe0f"
"""Asks for a symbol as an emoji, which takes two cells."""


def width_of(text: str) -> int:
    """The cells that a text takes."""
    return len(text) if text.isascii() else _width(text)


@lru_cache(maxsize=4096)
def _width(text: str) -> int:
    return sum(width for _, width in _clusters(text))


def _cells(character: str) -> int:
    """The cells of a character: none where it is drawn on the one before it, two for wide ones."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or character in SKIN_TONES:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """The characters as a reader sees them, with their cells: letters with accents, emoji with skin tones, flags."""
    at = 0
    while at < len(text):
        end, width = at + 1, _cells(text[at])
        if text[at] in REGIONAL and text[end : end + 1] in REGIONAL and end < len(text):
            end, width = end + 1, 2
        while end < len(text) and _cells(text[end]) == 0:
            if text[end] == EMOJI_STYLE and width == 1 and not text[at].isalpha():
                width = 2
            end += 1
        yield text[at:end], width
        at = end


def cut(text: str, width: int) -> tuple[str, str]:
    """As much of a text as fits into so many cells, and the rest; never a part of what is seen as one character."""
    end = used = 0
    for cluster, step in _clusters(text):
        if used + step > width:
            break
        end, used = end + len(cluster), used + step
    return text[:end], text[end:]


def _ascii(text: str) -> str:
    """Text in ASCII: letters without their accents, and `?` for what has no equivalent."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return letters.encode("ascii", "replace").decode()


class Signs:
    """The signs of this terminal: glyphs, or their ASCII equivalents. `boxed` levels have a blank on both sides."""

    def __init__(self, unicode: bool, boxed: bool = True) -> None:
        self.unicode = unicode
        self.boxed = boxed

    def __call__(self, level: Level) -> str:
        """The sign of a level: one character."""
        return level.glyph if self.unicode else level.ascii

    @property
    def bar(self) -> str:
        """What stands between focus areas."""
        return "│" if self.unicode else "|"

    @property
    def more(self) -> str:
        """What stands for text that did not fit."""
        return "…" if self.unicode else "~"

    @property
    def pointer(self) -> str:
        """What marks a line that leads somewhere."""
        return "›" if self.unicode else ">"

    @property
    def bullet(self) -> str:
        """What marks the line under the cursor that leads nowhere."""
        return "·" if self.unicode else "-"

    def agreement(self, outcome: str) -> str:
        """One character for how computed and published verdict relate."""
        signs = {"yes": "=", "assumed": "≈", "possible": "?", "no": "≠", "": " "}
        plain = {"assumed": "~", "no": "x"}
        return signs[outcome] if self.unicode else plain.get(outcome, signs[outcome])

    def change(self, direction: str) -> str:
        """One character for what became better or worse."""
        signs = {"better": "↑", "worse": "↓"} if self.unicode else {"better": "^", "worse": "v"}
        return signs[direction]

    def text(self, text: str) -> str:
        """Text from anywhere as this terminal can show it, with marks for what would steer the terminal."""
        text = visible(text)
        return text if self.unicode or text.isascii() else _ascii(text)

    def span(self, span: Span) -> str:
        """The text of a span as it is shown: of a level, with its sign."""
        if span.level is None:
            return self.text(span.text)
        text = f"{self(span.level)} {self.text(span.text)}"
        return f" {text} " if self.boxed and span.role is Role.LEVEL else text

    def width(self, text: str) -> int:
        """The cells that the text takes."""
        return width_of(self.text(text))

    def fit(self, text: str, width: int) -> str:
        """The text in exactly so many cells, cut with a mark where it is too long."""
        text = self.text(text)
        if width_of(text) > width > 0:
            text = cut(text, width - 1)[0] + self.more
        text = cut(text, width)[0]
        return text + " " * (width - width_of(text))
