"""Search names: words in any order, prefixes and parts, ignoring accents and small typing errors."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

import msgspec

WORD = re.compile(r"[^\W_]+")
ALIKE = 0.72
"""Minimum similarity of a word to match despite a typing error."""
WHOLE, BEGINNING, PART, SLIP = 1.0, 0.95, 0.7, 0.5
"""Scores of a match with a word, its prefix, a part of it, or a similar word."""
SHORT = 4
"""Minimum length of a typed word to match parts and similar words."""


MOST_LETTERS, MOST_WORDS = 100, 8
"""Maximum length of a query; the rest is ignored, which bounds the time for pasted text."""


class Match(msgspec.Struct, frozen=True):
    """The number of an entry, its score (at most 1), and the positions of matching characters."""

    entry: int
    score: float
    places: tuple[int, ...]


class _Word(msgspec.Struct, frozen=True):
    folded: str
    start: int
    end: int


class Index:
    """Texts prepared for a search at every key."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._entries = [list(_words(text)) for text in texts]
        self._vocabulary = sorted({word.folded for words in self._entries for word in words})

    def search(self, query: str) -> list[Match]:
        """Entries that match every word of the query: best first, then shortest, then in order."""
        typed = [word.folded for word in islice(_words(query[:MOST_LETTERS]), MOST_WORDS)]
        if not typed:
            return []
        wanted, letters = [self._worth(word) for word in typed], sum(map(len, typed))
        found = (self._fit(entry, wanted, letters) for entry in range(len(self._entries)))
        return sorted((fit for fit in found if fit is not None), key=lambda fit: -fit.score)

    def numbers(self, query: str) -> list[int]:
        """Numbers of the entries that match every word of the query, in order."""
        return sorted(found.entry for found in self.search(query))

    def _worth(self, typed: str) -> dict[str, float]:
        """The score of each known word for a typed one; similar words only if nothing else matches."""
        direct = {known: worth for known in self._vocabulary if (worth := _direct(typed, known))}
        if direct or len(typed) < SHORT:
            return direct
        beginnings = {known[: len(typed)]: known for known in self._vocabulary if len(known) > len(typed)}
        close = get_close_matches(typed, {*self._vocabulary, *beginnings}, n=8, cutoff=ALIKE)
        alike = {known for known in self._vocabulary if known in close or known[: len(typed)] in close}
        return dict.fromkeys(alike, SLIP)

    def _fit(self, entry: int, wanted: Sequence[dict[str, float]], letters: int) -> Match | None:
        words, score, places = self._entries[entry], 0.0, set[int]()
        for worth in wanted:
            best = max(words, key=lambda word: worth.get(word.folded, 0.0), default=None)
            if best is None or best.folded not in worth:
                return None
            score += worth[best.folded]
            places |= set(range(best.start, best.end))
        share = min(1.0, letters / sum(len(word.folded) for word in words))
        return Match(entry, (score / len(wanted) + share) / 2, tuple(sorted(places)))


def next_of(found: Sequence[int], at: int, step: int) -> int:
    """The next or previous of sorted positions, wrapping around."""
    place = bisect_right(found, at) if step > 0 else bisect_left(found, at) - 1
    return found[place % len(found)]


def fold(text: str) -> str:
    """Fold case and remove accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _words(text: str) -> Iterator[_Word]:
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        yield _Word(fold(match.group()), *match.span())


def _direct(typed: str, known: str) -> float:
    if known.startswith(typed):
        return WHOLE if known == typed else BEGINNING
    return PART if len(typed) >= SHORT and typed in known else 0.0
