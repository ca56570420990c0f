"""Blocks to one self-contained HTML file: readable without scripts, no request to anywhere."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from kmtui.blocks import Bars, Course, Heading, TableCell, Target, outline
from kmtui.model.scale import Level, Scale
from kmtui.render.publication import (
    Anchors,
    Bar,
    MissingExtraError,
    Publication,
    bars_of,
    column_bars,
    column_groups,
    is_matrix,
    long_date,
    row_groups,
    words,
)
from kmtui.terminal import visible
from kmtui.wording import Wording

if TYPE_CHECKING:
    from jinja2 import Environment


def html(
    publication: Publication, elsewhere: Mapping[Target, str] | None = None, home: tuple[str, str] | None = None
) -> str:
    """The whole file (raises MissingExtraError without Jinja2).

    Of several files that belong together, `elsewhere` has the addresses of what the others are about, and `home` the
    title and address of the first one.
    """
    template = environment().get_template("page.html.j2")
    style = _asset("style.css") + "".join(_level_styles(publication.scale))
    script = _asset("script.js")
    parts = (*publication.front, *publication.blocks)
    return template.render(
        publication=publication,
        style=style,
        script=script,
        policy=_policy(style, script),
        words=words(publication.language),
        page=_Page(publication, Anchors(parts, elsewhere)),
        home=home,
        date=long_date(publication.day, publication.language) if publication.day else "",
        headings=_nested(outline(publication.blocks)) if publication.contents else (),
    )


@cache
def environment() -> "Environment":
    """The templates, with every text escaped and characters that cannot be shown made visible."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtraError("HTML", "Jinja2") from None
    made = Environment(
        loader=PackageLoader("kmtui.render", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    made.filters["kind"] = lambda block: type(block).__name__
    return made


def _asset(name: str) -> str:
    return files("kmtui.render").joinpath("assets", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """The content security policy: nothing but this style and this script."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    allowed = f"style-src 'sha256-{digest(style)}'; script-src 'sha256-{digest(script)}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _level_styles(scale: Scale) -> Iterator[str]:
    """The colours of each level; the pattern of ids and colours in the model keeps them harmless here."""
    for level in scale.levels:
        yield f".level-{level.id}{{color:{level.paint.ink};background:{level.paint.ground}}}\n"


class _Entry(NamedTuple):
    heading: Heading
    below: "list[_Entry]"


DEEPEST = 2
"""How deep the table of contents goes."""


def _nested(headings: Iterable[Heading]) -> list[_Entry]:
    """The sections as a tree."""
    tree: list[_Entry] = []
    for heading in headings:
        if heading.level == 1:
            tree.append(_Entry(heading, []))
        elif heading.level <= DEEPEST:
            tree[-1].below.append(_Entry(heading, []))
    return tree


class _Page:
    """What templates ask of the blocks."""

    def __init__(self, publication: Publication, anchors: Anchors) -> None:
        self.scale = publication.scale
        self.anchors = anchors
        self.say = Wording(publication.language)
        self._tables = 0

    matrix = staticmethod(is_matrix)
    groups = staticmethod(column_groups)
    rows = staticmethod(row_groups)
    column_bars = staticmethod(column_bars)

    def table_id(self) -> str:
        """A new identifier for a table."""
        self._tables += 1
        return f"table_{self._tables}"  # no anchor of a section has an underscore

    def level_class(self, level: Level) -> str:
        """The class of a level; the blank is no level and has a look of its own."""
        return "blank" if level.id == self.scale.blank.id else f"level-{level.id}"

    def levels(self, cell: TableCell) -> tuple[Level, ...]:
        """The levels that a cell shows: those possible, else the blank."""
        return cell.levels or (self.scale.blank,)

    def foreign(self, language: str | None) -> str:
        """The language of a text where it is not that of the page."""
        return "" if language in (None, self.say.language) else language or ""

    def is_undecided(self, cell: TableCell) -> bool:
        """Whether every level is possible, so that naming them adds nothing."""
        return {level.id for level in cell.levels or ()} >= set(self.scale.ids)

    def data(self, cell: TableCell) -> Mapping[str, str]:
        """The attributes by which scripts sort and filter."""
        if cell.levels is not None:
            shown = self.levels(cell)
            kinds = [level.id for level in shown] + ([] if len(shown) == 1 else ["open"])
            rank = min(self.scale.rank(level.id) for level in shown) * 10 + len(shown) - 1
            return {"data-levels": " ".join(kinds), "data-sort": str(rank)}
        if cell.number is not None:
            return {"data-sort": str(cell.number)}
        return {}

    def number(self, value: float | Decimal | None) -> str:
        """A number in the language of the publication; a gap is a hyphen."""
        return "-" if value is None else self.say.number(float(value))

    def bars(self, chart: Bars) -> list[tuple[str, str, Bar]]:
        """The label, value and bar of each line of a chart."""
        values = [value for _, value in chart.values]
        return [
            (label, self.number(value), bar) for (label, value), bar in zip(chart.values, bars_of(values), strict=True)
        ]

    def strokes(self, chart: Course) -> list[list[tuple[float, float]]]:
        """The points of a curve in a drawing of 100 by 40 units, in pieces that gaps separate."""
        years = [year for year, _ in chart.points]
        numbers = [float(value) for _, value in chart.points if value is not None]
        if not numbers:
            return []
        low, high = min(0.0, *numbers), max(0.0, float(chart.top or 0), *numbers)
        wide, tall = (max(years) - min(years)) or 1, (high - low) or 1
        pieces: list[list[tuple[float, float]]] = [[]]
        for year, value in chart.points:
            if value is None:
                pieces.append([])
            else:
                x, y = 4 + 92 * (year - min(years)) / wide, 37 - 34 * (float(value) - low) / tall
                pieces[-1].append((round(x, 2), round(y, 2)))
        return [piece for piece in pieces if piece]
