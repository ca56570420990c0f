"""The text of a source, split by the paragraph numbers that it prints."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

_HEADING = re.compile(r"\s*(?P<number>[1-9]\d?(?:\.[1-9]\d?)+)\.?\s+(?:\d+(?:\.\d+)+\s+)?(?P<title>[^\W\d].*?)\s*$")
_CHAPTER = re.compile(r"\s*(?P<number>[1-9]\d?)\s+(?P<title>[^\W\d_].*?)\s*$")
_FOOT = re.compile(r"(?P<words>[^\W\d].*\D)\d+")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-$")
LONGEST_HEADING = 120
LONGEST_CHAPTER = 60
FULL_LINE = 60
"""A line shorter than this ends a block: a line of running text is broken where it is full."""
PAGES = 5
"""How often a line must return to be the head or foot of pages."""


class Paragraph(msgspec.Struct, frozen=True):
    """A printed paragraph: its number and title, and its text in blocks, without the hyphens at line ends."""

    number: str
    title: str
    blocks: tuple[str, ...]

    def has(self, words: str) -> bool:
        """Whether the words stand in title or text, in whatever case."""
        wanted = words.casefold()
        return any(wanted in text.casefold() for text in (self.title, *self.blocks))


class SourceText(msgspec.Struct, frozen=True):
    """The paragraphs of a source in their order; a number that is printed twice has two."""

    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def by_number(self) -> Mapping[str, tuple[Paragraph, ...]]:
        """The paragraphs of each printed number."""
        found: dict[str, tuple[Paragraph, ...]] = {}
        for paragraph in self.paragraphs:
            found[paragraph.number] = (*found.get(paragraph.number, ()), paragraph)
        return found

    def find(self, words: str) -> tuple[Paragraph, ...]:
        """The paragraphs that have these words."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.has(words))


def split_text(text: str) -> SourceText:
    """The text by its printed numbers; what comes before the first is left out.

    A heading is a line that begins with a number of several parts and a title with a capital, or with the number of the
    next chapter, if one of its parts follows or it is the first. Of two numbers before a title the first counts. Heads
    and feet of pages are left out.
    """
    lines = [line.rstrip() for line in text.replace("\f", "\n").splitlines()]
    running = _running(lines)
    following = _following(lines)
    paragraphs: list[Paragraph] = []
    number = title = ""
    gathered: list[str] = []
    chapter = 0
    for at, line in enumerate(lines):
        heading = _heading(line, chapter, following[at])
        if heading is None:
            if line.strip() not in running:
                gathered.append(line.strip())
            continue
        if number:
            paragraphs.append(Paragraph(number, title, _blocks(gathered)))
        number, title = heading
        gathered = []
        if "." not in number:
            chapter = int(number)
    if number:
        paragraphs.append(Paragraph(number, title, _blocks(gathered)))
    return SourceText(tuple(paragraphs))


def _heading(line: str, chapter: int, following: str) -> tuple[str, str] | None:
    """The number and title of a heading, None for another line."""
    if not line.lstrip()[:1].isdigit():
        return None
    match = _HEADING.match(line)
    if match and match["title"][0].isupper() and len(line) <= LONGEST_HEADING:
        return match["number"], match["title"]
    match = _CHAPTER.match(line)
    if match and match["title"][0].isupper() and len(line) <= LONGEST_CHAPTER:
        number = match["number"]
        if int(number) == chapter + 1 and (number == following or chapter == 0):
            return number, match["title"]
    return None


def _following(lines: Sequence[str]) -> list[str]:
    """For each line the chapter of the next heading with a number of several parts, empty where none follows."""
    following, chapter = [], ""
    for line in reversed(lines):
        following.append(chapter)
        match = _HEADING.match(line) if line.lstrip()[:1].isdigit() else None
        if match and match["title"][0].isupper():
            chapter = match["number"].partition(".")[0]
    return following[::-1]


def _running(lines: Sequence[str]) -> set[str]:
    """The heads and feet of pages: the same line with a number in it, or words before another number, on many pages."""
    times = Counter(line.strip() for line in lines)
    heads = {line for line, count in times.items() if count >= PAGES and _FOOT.fullmatch(line)}
    feet: dict[str, set[str]] = {}
    for line in times:
        if match := _FOOT.fullmatch(line):
            feet.setdefault(match["words"], set()).add(line)
    return heads.union(*(found for found in feet.values() if len(found) >= PAGES))


def _blocks(lines: Sequence[str]) -> tuple[str, ...]:
    """Lines of running text joined; a short line ends its block."""
    blocks: list[str] = []
    parts: list[str] = []
    for line in lines:
        if not line:
            continue
        parts.append(line)
        if len(line) < FULL_LINE:
            blocks.append(_joined(parts))
            parts = []
    if parts:
        blocks.append(_joined(parts))
    return tuple(blocks)


def _joined(parts: Iterable[str]) -> str:
    text = ""
    for part in parts:
        if _HYPHENATED.search(text) and part[:1].islower():
            text = text[:-1] + part
        else:
            text = f"{text} {part}" if text else part
    return text
