"""Send a terminal only what changes on it: what is drawn is remembered, and what stands there already is left out.

Textual draws whole stretches of lines, with every attribute for each piece; over a slow line that is far too much.
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
    r"|(?P<harmless>\x1b\[[?<>=](?!1049)[\d;$]*[a-zA-Z]|\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b\\|\x1b[\]P].*?(?:\x07|\x1b\\))"
    r"|(?P<line>\n)"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|(?P<other>\x1b\[[^@-~]*[@-~]|.)",
    re.DOTALL,
)
"""A place, a style, what leaves the screen as it is, the next line, text, and anything else."""

OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 7: 27, 8: 28, 9: 29}
"""What ends each attribute."""
SEEN_ON_BLANKS = frozenset({4, 7, 9})
"""Underline, reverse and strike show where there is no character."""

Place = tuple[int, int]


class Pen(msgspec.Struct, frozen=True):
    """Attributes, and the codes of foreground and background, empty for the terminal's own."""

    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""


PLAIN = Pen()
Cell = tuple[Pen, str]
"""What one sees at a place: of the pen, and the character."""
SHORT = 4
"""Cells that are drawn again rather than jumped over, which takes four characters."""


MANY = 400
"""Strokes from which on it is not worth the time to see which order is less."""


class Stroke(NamedTuple):
    """Characters that must be drawn side by side with one pen, either blanks or none of them blank."""

    place: Place
    text: str
    seen: Pen
    pen: Pen

    @property
    def end(self) -> Place:
        """Where the hand is after it."""
        return self.place[0], self.place[1] + len(self.text)


class Hand(NamedTuple):
    """Where the terminal would draw next, and with which pen."""

    place: Place | None
    pen: Pen | None


class Thrift:
    """Turns what is written to a terminal into less that leaves it looking the same.

    Of the terminal it knows pen and place only as far as it has set them itself; None is unknown.
    """

    def __init__(self) -> None:
        self._size = (0, 0)
        self._wanted_pen = PLAIN
        self._forget()

    def __call__(self, data: str, size: tuple[int, int]) -> str:
        """What to write instead, on a terminal of so many columns and rows."""
        if size != self._size:
            self._size = size
            self._forget()
        return "".join(self._less(data))

    def _forget(self) -> None:
        self._cells: dict[int, dict[int, Cell]] = {}
        self._due: dict[Place, tuple[Cell, Pen]] = {}
        self._wanted: Place | None = None
        self._at = Hand(None, None)

    def _less(self, data: str) -> Iterator[str]:
        for token in TOKEN.finditer(data):
            kind, text = token.lastgroup, token[0]
            if kind == "text":
                yield from self._draw(text) if self._wanted else (*self._take_up(self._wanted_pen), text)
            elif kind == "place":
                row, column = token["place"].split(";")
                self._wanted = int(row) - 1, int(column) - 1
            elif kind == "style":
                self._wanted_pen = styled(self._wanted_pen, token["style"])
            elif kind == "line" and self._wanted:
                self._wanted = self._wanted[0] + 1, 0
            elif kind == "harmless":
                yield from (*self._send(), text)
            else:
                yield from (*self._take_up(self._wanted_pen), *self._go(), text)
                self._forget()
        yield from self._go()

    def _draw(self, text: str) -> Iterator[str]:
        """Note the characters that differ from what is there; those that take two cells are drawn at once."""
        assert self._wanted is not None
        (row, column), (columns, rows) = self._wanted, self._size
        room = columns - column if row < rows else 0
        if text.isascii() or all(get_character_cell_size(character) == 1 for character in text):
            self._note(row, column, text[: max(0, room)])
            self._wanted = row, column + len(text)
        elif room > 0:
            yield from (*self._go(), *self._take_up(self._wanted_pen), set_cell_size(text, min(room, cell_len(text))))
            self._cells.pop(row, None)
            self._at, self._wanted = Hand(None, self._at.pen), (row, column + cell_len(text))

    def _note(self, row: int, column: int, text: str) -> None:
        pen, cells = self._wanted_pen, self._cells.setdefault(row, {})
        blank = seen(pen, " "), " "
        for at, character in enumerate(text, column):
            cell = blank if character == " " else (pen, character)
            if cells.get(at) != cell:
                cells[at] = cell
                self._due[row, at] = cell, pen

    def _send(self) -> Iterator[str]:
        """Draw what is due, row by row or pen by pen, whichever is less; of a screenful that is pen by pen."""
        if not self._due:
            return
        strokes = list(joined(sorted(self._due.items())))
        self._due.clear()
        orders = [strokes] if len(strokes) < MANY else []
        if not orders or len({stroke.pen for stroke in strokes}) > 1:
            orders.append(list(by_pen(strokes, self._at.pen)))
        drawn, hand = min(map(self._drawn, orders), key=lambda found: len(found[0]))
        self._at = hand
        yield drawn

    def _drawn(self, strokes: Iterable[Stroke]) -> tuple[str, Hand]:
        """The strokes in this order, and where they leave the hand."""
        (place, pen), drawn = self._at, []
        for stroke in strokes:
            if place != stroke.place:
                drawn.append(self._way(place, stroke.place, pen))
            if pen is None or seen(pen, stroke.text[0]) != stroke.seen:
                drawn.append(change(pen, stroke.pen))
                pen = stroke.pen
            drawn.append(stroke.text)
            place = stroke.end
        return "".join(drawn), Hand(place, pen)

    def _way(self, start: Place | None, end: Place, pen: Pen | None) -> str:
        """What brings the hand from one place to another: over what stands between them, if that is shorter."""
        row, column = end
        forward = column - start[1] if start and start[0] == row else 0
        if forward <= 0:
            return f"\x1b[{row + 1};{column + 1}H"
        if forward <= SHORT and pen is not None:
            cells = self._cells.get(row, {})
            between = [cells.get(at) for at in range(column - forward, column)]
            if all(cell and cell[1].isascii() and seen(pen, cell[1]) == cell[0] for cell in between):
                return "".join(cell[1] for cell in between if cell)
        return f"\x1b[{forward}C"

    def _go(self) -> Iterator[str]:
        """Draw what is due, and bring the terminal's cursor to where it is wanted."""
        yield from self._send()
        if self._wanted is not None and self._wanted != self._at.place:
            yield self._way(self._at.place, self._wanted, None)
            self._at = Hand(self._wanted, self._at.pen)

    def _take_up(self, pen: Pen) -> Iterator[str]:
        """Let the terminal draw with this pen."""
        yield from self._send()
        yield change(self._at.pen, pen)
        self._at = Hand(self._at.place, pen)


def joined(cells: Iterable[tuple[Place, tuple[Cell, Pen]]]) -> Iterator[Stroke]:
    """Cells in order of their places, as few strokes."""
    start, end, text, look, pen = (0, 0), (-1, -1), "", PLAIN, PLAIN
    for place, ((seen_pen, character), cell_pen) in cells:
        if place == end and cell_pen == pen and (character == " ") == (text[0] == " "):
            text += character
        else:
            if text:
                yield Stroke(start, text, look, pen)
            start, text, look, pen = place, character, seen_pen, cell_pen
        end = place[0], place[1] + 1
    if text:
        yield Stroke(start, text, look, pen)


def by_pen(strokes: Iterable[Stroke], first: Pen | None) -> Iterator[Stroke]:
    """The same strokes with those of one pen together; a blank is drawn with the pen before it if that will do."""
    piles: dict[Pen, list[Stroke]] = {first: []} if first else {}
    before: Stroke | None = None
    for stroke in strokes:
        if before and stroke.text[0] == " " and before.end == stroke.place and seen(before.pen, " ") == stroke.seen:
            stroke = stroke._replace(pen=before.pen)
        piles.setdefault(stroke.pen, []).append(stroke)
        before = stroke
    return chain.from_iterable(piles.values())


def seen(pen: Pen, character: str) -> Pen:
    """What one sees of a pen in a character: of a blank, the ground alone."""
    return _ground(pen) if character == " " else pen


@lru_cache
def _ground(pen: Pen) -> Pen:
    return pen if pen.attributes & SEEN_ON_BLANKS else Pen(background=pen.background)


@lru_cache
def styled(pen: Pen, codes: str) -> Pen:
    """The pen after these codes."""
    attributes, foreground, background = set(pen.attributes), pen.foreground, pen.background
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
    return Pen(frozenset(attributes), foreground, background)


@lru_cache
def change(old: Pen | None, new: Pen) -> str:
    """What turns the one pen into the other, in as few characters as can be; an unknown one is first put down."""
    anew = ["0", *map(str, sorted(new.attributes)), *filter(None, (new.foreground, new.background))]
    if old == new:
        return ""
    if old is None:
        return f"\x1b[{';'.join(anew)}m"
    gone = {OFF.get(attribute, 0) for attribute in old.attributes - new.attributes}
    added = {attribute for attribute in new.attributes if attribute not in old.attributes or OFF.get(attribute) in gone}
    step = [*map(str, sorted(gone)), *map(str, sorted(added))]
    step += [new.foreground or "39"] if new.foreground != old.foreground else []
    step += [new.background or "49"] if new.background != old.background else []
    shortest = anew if 0 in gone else min(step, anew, key=lambda codes: len(";".join(codes)))
    return f"\x1b[{';'.join(shortest)}m"
