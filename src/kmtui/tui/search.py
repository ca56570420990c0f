"""Find names by what one types: words in any order, their beginnings and parts, without accents, with a slip or two."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import islice

import msgspec

WORD = re.compile(r"[^\W_]+")
ALIKE = 0.72
"""How like a word another one must be to be taken for it."""
WHOLE, BEGINNING, PART, SLIP = 1.0, 0.95, 0.7, 0.5
"""What it is worth to match a word, its beginning, a part of it, or nearly all of it."""
SHORT = 4
"""Letters from which on a slip is forgiven, and a part of a word counts."""


MOST_LETTERS, MOST_WORDS = 100, 8
"""What is searched for of a longer query, so that text pasted by mistake takes no longer than a name."""


class Found(msgspec.Struct, frozen=True):
    """An entry by its number, how well it fits (1 at best), and the characters of it that do."""

    entry: int
    score: float
    places: tuple[int, ...]


class _Word(msgspec.Struct, frozen=True):
    folded: str
    start: int
    end: int


class Index:
    """Texts made ready to be searched at every key that is pressed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._entries = [list(_words(text)) for text in texts]
        self._vocabulary = sorted({word.folded for words in self._entries for word in words})

    def search(self, query: str) -> list[Found]:
        """The entries in which every word of the query is found, the best and shortest first, else in their order."""
        typed = [word.folded for word in islice(_words(query[:MOST_LETTERS]), MOST_WORDS)]
        if not typed:
            return []
        wanted, letters = [self._worth(word) for word in typed], sum(map(len, typed))
        found = (self._fit(entry, wanted, letters) for entry in range(len(self._entries)))
        return sorted((fit for fit in found if fit is not None), key=lambda fit: -fit.score)

    def numbers(self, query: str) -> list[int]:
        """The numbers of the entries in which every word of the query is found, in their order."""
        return sorted(found.entry for found in self.search(query))

    def _worth(self, typed: str) -> dict[str, float]:
        """What each known word is worth for a typed one; slips are looked for only where nothing else fits."""
        direct = {known: worth for known in self._vocabulary if (worth := _direct(typed, known))}
        if direct or len(typed) < SHORT:
            return direct
        beginnings = {known[: len(typed)]: known for known in self._vocabulary if len(known) > len(typed)}
        close = get_close_matches(typed, {*self._vocabulary, *beginnings}, n=8, cutoff=ALIKE)
        alike = {known for known in self._vocabulary if known in close or known[: len(typed)] in close}
        return dict.fromkeys(alike, SLIP)

    def _fit(self, entry: int, wanted: Sequence[dict[str, float]], letters: int) -> Found | None:
        words, score, places = self._entries[entry], 0.0, set[int]()
        for worth in wanted:
            best = max(words, key=lambda word: worth.get(word.folded, 0.0), default=None)
            if best is None or best.folded not in worth:
                return None
            score += worth[best.folded]
            places |= set(range(best.start, best.end))
        share = min(1.0, letters / sum(len(word.folded) for word in words))
        return Found(entry, (score / len(wanted) + share) / 2, tuple(sorted(places)))


def next_of(found: Sequence[int], at: int, step: int) -> int:
    """The next or the previous of what was found, in order, from a place on; round to the first or the last."""
    place = bisect_right(found, at) if step > 0 else bisect_left(found, at) - 1
    return found[place % len(found)]


def fold(text: str) -> str:
    """Text for comparing: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _words(text: str) -> Iterator[_Word]:
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        yield _Word(fold(match.group()), *match.span())


def _direct(typed: str, known: str) -> float:
    if known.startswith(typed):
        return WHOLE if known == typed else BEGINNING
    return PART if len(typed) >= SHORT and typed in known else 0.0
