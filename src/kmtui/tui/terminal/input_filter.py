"""Split terminal input into keys, events and pastes, and drop escape sequences that are none of them.

Textual's parser turns a sequence that it does not know, such as a late reply to a query, into single keys. Letters are
commands in this interface, so that a reply would run them.
"""

import re
from collections.abc import Generator, Iterator
from typing import NamedTuple

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._keyboard_protocol import FUNCTIONAL_KEYS

ESCAPE = "\x1b"
ESCAPE_DELAY = 0.15
"""Seconds of silence after which an escape, alone or with one more character, is a key."""
SEQUENCE_DELAY = 1.0
"""Seconds of silence after which an unfinished sequence is dropped; replies come in pieces over slow connections."""
PASTE_DELAY = 10.0
"""Seconds of silence after which a paste without an end is over."""
LONGEST = 64
"""Characters of a control sequence above which it is dropped; the longest that are known have about thirty."""
MOST_PASTED = 1_000_000
"""Characters of a paste that are kept."""
PASTE, PASTE_END = "\x1b[200~", "\x1b[201~"
STRINGS = "]P_^X"
"""Second characters of OSC, DCS, APC, PM and SOS, which last until a terminator."""

EVENTS = r"\x1b\[(?:[IO]|200~|<\d+;-?\d+;-?\d+[Mm]|\d+;\d+;\d+M|\?\d+;\d\$y|48(?:;\d+(?::\d*)*){4}t)"
"""Focus, the beginning of a paste, mouse, mode reports, size reports. Patterns are compiled when first used."""
TEXT_KEY = r"\x1b\[(?P<code>\d+)(?::\d*)*(?:;\d*)?(?:;[\d:]*)?u|\x1b\[27;\d+;(?P<other>\d+)~"
"""A key with its code point, in the protocol of kitty and in xterm's `modifyOtherKeys`."""
NAMED_KEY = r"\x1b\[(?P<code>\d*)(?:;\d*){0,2}(?P<final>[~ABCDEFHPQRS])"
"""A key with a number or letter of its own, and modifiers."""
UNPRINTABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"


class Paste(NamedTuple):
    """Text that was pasted, without control characters."""

    text: str


def is_input(sequence: str) -> bool:
    """Whether a whole control sequence is a key or an event that Textual's parser knows."""
    if sequence in ANSI_SEQUENCES_KEYS or re.fullmatch(EVENTS, sequence):
        return True
    if found := re.fullmatch(TEXT_KEY, sequence):
        return _is_character(int(found["code"] or found["other"]))
    if found := re.fullmatch(NAMED_KEY, sequence):
        return f"{found['code'] or 1}{found['final']}" in FUNCTIONAL_KEYS
    return False


def _is_character(code: int) -> bool:
    return code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF


class InputFilter:
    """Incremental: `feed` what was read, and call `flush` after `delay` seconds of silence.

    Both yield units that are complete: text and whole sequences for the parser, and pastes. After each unit the parser
    can be asked for what it holds back, since nothing that follows belongs to it.
    """

    def __init__(self) -> None:
        self._held = ""
        self._is_dropping = False
        self._pasted: list[str] | None = None
        self._room = 0

    @property
    def delay(self) -> float | None:
        """Seconds of silence after which to call `flush`; None where nothing is held."""
        if self._pasted is not None:
            return PASTE_DELAY
        if not self._held:
            return None
        return SEQUENCE_DELAY if len(self._held) > 2 or self._is_dropping else ESCAPE_DELAY

    def feed(self, text: str) -> Iterator[str | Paste]:
        """Yield the units that are complete by now."""
        data, self._held = self._held + text, ""
        while data:
            if self._pasted is not None:
                data = yield from self._paste(data)
            elif data[0] != ESCAPE:
                end = data.find(ESCAPE)
                end = len(data) if end < 0 else end
                yield data[:end]
                data = data[end:]
            else:
                unit, data = self._sequence(data)
                if unit is None:
                    self._held = data
                    return
                if unit == PASTE:
                    self._pasted, self._room = [], MOST_PASTED
                elif unit:
                    yield unit

    def flush(self) -> Iterator[str | Paste]:
        """Yield what silence has completed: a key with an escape, or a paste; drop half a sequence."""
        held, self._held, self._is_dropping = self._held, "", False
        if self._pasted is not None:
            yield from self._end_paste(held)
        elif len(held) <= 2:
            yield from filter(None, [held])

    def _sequence(self, data: str) -> tuple[str | None, str]:
        """Take one sequence off the beginning: the unit, empty if dropped, and the rest; None if it is unfinished."""
        if len(data) < 2:
            return None, data
        second = data[1]
        if second == ESCAPE:
            return ESCAPE, data[1:]
        if second == "[":
            return self._control_sequence(data)
        if second in STRINGS:
            return self._string(data)
        if second == "O":
            if len(data) < 3:
                return None, data
            if data[2] == ESCAPE:
                return data[:2], data[2:]
            return data[:3] if data[:3] in ANSI_SEQUENCES_KEYS else "", data[3:]
        return data[:2], data[2:]

    def _control_sequence(self, data: str) -> tuple[str | None, str]:
        end = 2
        while end < len(data) and " " <= data[end] <= "?":
            end += 1
        if end == len(data):
            if end > LONGEST:  # keep dropping, but hold no more of it
                self._is_dropping, data = True, data[:LONGEST]
            return None, data
        if not "@" <= data[end] <= "~":
            return "", data[end:]
        if data[2:end] == "" and data[end] == "M":  # the old mouse protocol, which is never asked for
            return ("", data[end + 4 :]) if len(data) >= end + 4 else (None, data)
        sequence, rest = data[: end + 1], data[end + 1 :]
        was_dropping, self._is_dropping = self._is_dropping, False
        return sequence if not was_dropping and len(sequence) <= LONGEST and is_input(sequence) else "", rest

    def _string(self, data: str) -> tuple[str | None, str]:
        if len(data) == 2:
            return None, data
        for end in range(2, len(data)):
            if data[end] in "\x07\x9c\x18\x1a":
                return "", data[end + 1 :]
            if data[end] == ESCAPE:
                if end + 1 == len(data):
                    return None, data[:2] + " " + ESCAPE
                return "", data[end + 2 :] if data[end + 1] == "\\" else data[end:]
        return None, data[:2] + " "  # the content is dropped as it comes

    def _paste(self, data: str) -> Generator[Paste, None, str]:
        """Collect a paste; return the rest of the data after its end."""
        assert self._pasted is not None
        end = data.find(PASTE_END)
        if end >= 0:
            yield from self._end_paste(data[:end])
            return data[end + len(PASTE_END) :]
        keep = next((size for size in range(len(PASTE_END) - 1, 0, -1) if PASTE_END.startswith(data[-size:])), 0)
        self._collect(data[: len(data) - keep])
        self._held = data[len(data) - keep :]
        return ""

    def _collect(self, text: str) -> None:
        assert self._pasted is not None
        text = text[: self._room]
        self._pasted.append(text)
        self._room -= len(text)

    def _end_paste(self, last: str) -> Iterator[Paste]:
        assert self._pasted is not None
        self._collect(last)
        text = re.sub(UNPRINTABLE, "", "".join(self._pasted))
        self._pasted = None
        if text:
            yield Paste(text)
