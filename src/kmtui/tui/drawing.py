"""From the elements of a page to styled text: the one place that decides how things look."""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from kmtui.charts import PLAIN_TREND
from kmtui.elements import Line, Role, Span
from kmtui.model.scale import Level
from kmtui.terminal import visible

STYLES = {
    Role.TEXT: Style(),
    Role.TITLE: Style(bold=True),
    Role.HEADING: Style(bold=True, underline=True),
    Role.COLUMNS: Style(bold=True),
    Role.NAME: Style(bold=True),
    Role.SOURCE: Style(dim=True),
    Role.NOTE: Style(italic=True),
    Role.LEVEL: Style(bold=True),
    Role.WARNING: Style(bold=True, italic=True),
    Role.TREND: Style(),
}

PLAIN = (
    str.maketrans(
        {
            **{chr(0x2400 + code): f"^{chr(0x40 + code)}" for code in range(0x20)},
            **dict.fromkeys("·–—", "-"),
            **dict.fromkeys("‘’", "'"),
            **dict.fromkeys("“”„", '"'),
            "›": ">",
            "…": "...",
        }
    )
    | PLAIN_TREND
)
"""ASCII for the marks and punctuation that a terminal without UTF-8 would garble."""


def _plain(text: str) -> str:
    """Text in ASCII: letters without their accents, and `?` for what has no stand-in."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return letters.encode("ascii", "replace").decode()


@lru_cache
def paint(level: Level) -> Style:
    """Ink and ground of a level, always together."""
    return Style(color=level.paint.ink, bgcolor=level.paint.ground, bold=True)


MORE = "?"
"""What stands for more than two possible levels."""


class Signs:
    """The sign of each level on this terminal: its glyph, or its ASCII stand-in."""

    def __init__(self, unicode: bool) -> None:
        self.unicode = unicode

    def __call__(self, level: Level) -> str:
        """One character."""
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
        """Text from anywhere as this terminal can show it: marks in place of what would steer it."""
        text = visible(text)
        return text if self.unicode or text.isascii() else _plain(text)

    def width(self, text: str) -> int:
        """The cells that the text takes."""
        return cell_len(self.text(text))

    def fit(self, text: str, width: int) -> str:
        """The text in exactly so many cells, cut with a mark where it is too long."""
        text = self.text(text)
        if cell_len(text) > width > 0:
            text = set_cell_size(text, width - 1) + self.more
        return set_cell_size(text, width)


def sign_cell(signs: Signs, levels: Sequence[Level], width: int, mark: str = "") -> str:
    """The signs of the possible levels in a cell: one alone, two side by side, `?` for more; a mark where it fits."""
    text = "".join(map(signs, levels)) if len(levels) < 3 else MORE
    room = width - len(text)
    lead = " " * (room // 2)
    return (lead + text + mark if room else text).ljust(width)[:width]


def drawn(spans: Iterable[Span], signs: Signs) -> Text:
    """A line of a page as styled text; what comes from files is shown, not obeyed."""
    text = Text()
    for span in spans:
        if span.at is not None:
            text.append(" " * max(span.at - text.cell_len, 1 if text else 0))
        if span.level is not None:
            text.append(f" {signs(span.level)} {signs.text(span.text)} ", paint(span.level))
        else:
            text.append(signs.text(span.text), STYLES[span.role])
    return text


def joined(lines: Iterable[Line], signs: Signs) -> Text:
    """Several lines as one text."""
    return Text("\n").join(drawn(line.spans, signs) for line in lines)
