"""Minimise terminal output: remember what the terminal shows, and emit only the cells that changed.

Textual writes whole regions, with every attribute of every segment; that is far too much for a slow connection.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import msgspec
from rich.cells import cell_len, get_character_cell_size, set_cell_size

TOKEN = re.compile(
    r"\x1b\[(?P<place>\d+;\d+)H"
    r"|\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<harmless>\x1b\[[?<>=](?!1049)[\d;$]*[a-zA-Z]|\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b\\|\x1bP(?!tmux;).*?\x1b\\"
    r"|\x1b\].*?(?:\x07|\x1b\\))"
    r"|(?P<line>\n)"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|(?P<other>\x1b\[[^@-~]*[@-~]|.)",
    re.DOTALL,
)
"""Cursor position, SGR codes, sequences that do not change the screen, line feed, text, and anything else."""

OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 7: 27, 8: 28, 9: 29}
"""The code that ends each attribute."""
SEEN_ON_BLANKS = frozenset({4, 7, 9})
"""Underline, reverse and strike are visible on blanks."""

Place = tuple[int, int]


class Style(msgspec.Struct, frozen=True):
    """SGR attributes, and the codes of foreground and background (empty: the terminal's default)."""

    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""


PLAIN = Style()
Cell = tuple[Style, str]
"""What is visible at a place: the visible part of its style, and its character."""
SHORT_GAP = 4
"""Unchanged cells up to which writing them again is shorter than moving the cursor over them."""
MANY_RUNS = 400
"""Runs from which on only the order by style is tried."""


class Run(NamedTuple):
    """Adjacent cells of one row with one style; either all blank or none."""

    place: Place
    text: str
    visible: Style
    style: Style

    @property
    def end(self) -> Place:
        """The cursor position after writing it."""
        return self.place[0], self.place[1] + len(self.text)


class CursorState(NamedTuple):
    """Where the terminal writes next, and in which style; None is unknown."""

    place: Place | None
    style: Style | None


class OutputDiff:
    """Converts output into shorter output that leaves the screen the same.

    Characters that do not take exactly one cell are always written, with the cursor positioned before and after.
    """

    def __init__(self) -> None:
        self._size = (0, 0)
        self._wanted_style = PLAIN
        self.forget()

    def __call__(self, data: str, size: tuple[int, int]) -> str:
        """Return what to write instead of `data`; `size` is (columns, rows)."""
        if size != self._size:
            self._size = size
            self.forget()
        return "".join(self._reduced(data))

    def forget(self) -> None:
        """Assume nothing about the screen: what is written next is emitted whole."""
        self._cells: dict[int, dict[int, Cell]] = {}
        self._due: dict[Place, tuple[Cell, Style]] = {}
        self._wanted: Place | None = None
        self._cursor = CursorState(None, None)

    def _reduced(self, data: str) -> Iterator[str]:
        for token in TOKEN.finditer(data):
            kind, text = token.lastgroup, token[0]
            if kind == "text":
                yield from self._draw(text) if self._wanted else (*self._set_style(self._wanted_style), text)
            elif kind == "place":
                row, column = token["place"].split(";")
                self._wanted = int(row) - 1, int(column) - 1
            elif kind == "style":
                self._wanted_style = apply_sgr(self._wanted_style, token["style"])
            elif kind == "line" and self._wanted:
                self._wanted = self._wanted[0] + 1, 0
            elif kind == "harmless":
                yield from (*self._emit_due(), text)
            else:
                yield from (*self._set_style(self._wanted_style), *self._flush(), text)
                self.forget()
        yield from self._flush()

    def _draw(self, text: str) -> Iterator[str]:
        """Collect the cells that change; text with wide or combining characters is emitted at once."""
        assert self._wanted is not None
        (row, column), (columns, rows) = self._wanted, self._size
        room = columns - column if row < rows else 0
        if text.isascii() or all(get_character_cell_size(character) == 1 for character in text):
            self._note(row, column, text[: max(0, room)])
            self._wanted = row, column + len(text)
        elif room > 0:
            yield from (
                *self._flush(),
                *self._set_style(self._wanted_style),
                set_cell_size(text, min(room, cell_len(text))),
            )
            self._cells.pop(row, None)
            self._cursor, self._wanted = CursorState(None, self._cursor.style), (row, column + cell_len(text))

    def _note(self, row: int, column: int, text: str) -> None:
        style, cells = self._wanted_style, self._cells.setdefault(row, {})
        blank = visible_style(style, " "), " "
        for at, character in enumerate(text, column):
            cell = blank if character == " " else (style, character)
            if cells.get(at) != cell:
                cells[at] = cell
                self._due[row, at] = cell, style

    def _emit_due(self) -> Iterator[str]:
        """Emit the collected cells in the shorter of two orders: by row, or by style."""
        if not self._due:
            return
        runs = list(runs_of(sorted(self._due.items())))
        self._due.clear()
        orders = [runs] if len(runs) < MANY_RUNS else []
        if not orders or len({run.style for run in runs}) > 1:
            orders.append(list(by_style(runs, self._cursor.style)))
        drawn, cursor = min(map(self._rendered, orders), key=lambda found: len(found[0]))
        self._cursor = cursor
        yield drawn

    def _rendered(self, runs: Iterable[Run]) -> tuple[str, CursorState]:
        """Render runs in this order; also return the cursor state after them."""
        (place, style), drawn = self._cursor, []
        for run in runs:
            if place != run.place:
                drawn.append(self._move(place, run.place, style))
            if style is None or visible_style(style, run.text[0]) != run.visible:
                drawn.append(transition(style, run.style))
                style = run.style
            drawn.append(run.text)
            place = run.end
        return "".join(drawn), CursorState(place, style)

    def _move(self, start: Place | None, end: Place, style: Style | None) -> str:
        """Move the cursor: over a short gap by writing the unchanged cells again, if their style is set."""
        row, column = end
        forward = column - start[1] if start and start[0] == row else 0
        if forward <= 0:
            return f"\x1b[{row + 1};{column + 1}H"
        if forward <= SHORT_GAP and style is not None:
            cells = self._cells.get(row, {})
            between = [cells.get(at) for at in range(column - forward, column)]
            if all(cell and cell[1].isascii() and visible_style(style, cell[1]) == cell[0] for cell in between):
                return "".join(cell[1] for cell in between if cell)
        return f"\x1b[{forward}C"

    def _flush(self) -> Iterator[str]:
        """Emit the collected cells, then move the cursor to where the input left it."""
        yield from self._emit_due()
        if self._wanted is not None and self._wanted != self._cursor.place:
            yield self._move(self._cursor.place, self._wanted, None)
            self._cursor = CursorState(self._wanted, self._cursor.style)

    def _set_style(self, style: Style) -> Iterator[str]:
        """Emit the collected cells, then switch to this style."""
        yield from self._emit_due()
        yield transition(self._cursor.style, style)
        self._cursor = CursorState(self._cursor.place, style)


def runs_of(cells: Iterable[tuple[Place, tuple[Cell, Style]]]) -> Iterator[Run]:
    """Join cells, sorted by place, into the fewest runs."""
    start, end, text, look, style = (0, 0), (-1, -1), "", PLAIN, PLAIN
    for place, ((visible, character), cell_style) in cells:
        if place == end and cell_style == style and (character == " ") == (text[0] == " "):
            text += character
        else:
            if text:
                yield Run(start, text, look, style)
            start, text, look, style = place, character, visible, cell_style
        end = place[0], place[1] + 1
    if text:
        yield Run(start, text, look, style)


def by_style(runs: Iterable[Run], first: Style | None) -> Iterator[Run]:
    """Order runs by style; a blank takes the style of the run before it where that looks the same."""
    groups: dict[Style, list[Run]] = {first: []} if first else {}
    before: Run | None = None
    for run in runs:
        if (
            before
            and run.text[0] == " "
            and before.end == run.place
            and visible_style(before.style, " ") == run.visible
        ):
            run = run._replace(style=before.style)
        groups.setdefault(run.style, []).append(run)
        before = run
    return chain.from_iterable(groups.values())


def visible_style(style: Style, character: str) -> Style:
    """The part of a style that is visible in a character: in a blank, only the background."""
    return _background_only(style) if character == " " else style


@lru_cache
def _background_only(style: Style) -> Style:
    return style if style.attributes & SEEN_ON_BLANKS else Style(background=style.background)


@lru_cache
def apply_sgr(style: Style, codes: str) -> Style:
    """The style after SGR codes."""
    attributes, foreground, background = set(style.attributes), style.foreground, style.background
    left = iter(codes.split(";"))
    for code in left:
        number = int(code or 0)
        if number in (38, 48):
            kind = next(left, "")
            colour = ";".join((code, kind, *(next(left, "") for _ in range(3 if kind == "2" else 1))))
            foreground, background = (colour, background) if number == 38 else (foreground, colour)
        elif number == 0:
            attributes, foreground, background = set(), "", ""
        elif number in range(30, 40) or number in range(90, 98):
            foreground = "" if number == 39 else code
        elif number in range(40, 50) or number in range(100, 108):
            background = "" if number == 49 else code
        elif number in OFF.values():
            attributes -= {attribute for attribute, off in OFF.items() if off == number}
        else:
            attributes.add(number)
    return Style(frozenset(attributes), foreground, background)


@lru_cache
def transition(old: Style | None, new: Style) -> str:
    """The shortest SGR sequence from one style to another; an unknown style is reset first."""
    from_reset = ["0", *map(str, sorted(new.attributes)), *filter(None, (new.foreground, new.background))]
    if old == new:
        return ""
    if old is None:
        return f"\x1b[{';'.join(from_reset)}m"
    gone = {OFF.get(attribute, 0) for attribute in old.attributes - new.attributes}
    added = {attribute for attribute in new.attributes if attribute not in old.attributes or OFF.get(attribute) in gone}
    step = [*map(str, sorted(gone)), *map(str, sorted(added))]
    step += [new.foreground or "39"] if new.foreground != old.foreground else []
    step += [new.background or "49"] if new.background != old.background else []
    shortest = from_reset if 0 in gone else min(step, from_reset, key=lambda codes: len(";".join(codes)))
    return f"\x1b[{';'.join(shortest)}m"
