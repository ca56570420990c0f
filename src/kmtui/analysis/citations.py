"""Which paragraphs of its source an edition cites."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kmtui.model.edition import Edition
from kmtui.model.source_text import SourceText
from kmtui.monitor import Monitor


def cited_paragraphs(monitor: Monitor, edition: Edition) -> tuple[str, ...]:
    """Every paragraph that an edition, its framework and its scheme cite, in order of their numbers."""
    parts = (
        edition,
        monitor.framework(edition),
        monitor.scheme(edition.scheme),
        monitor.claims(edition),
        monitor.counts(edition),
        monitor.figures(edition).replace(
            tables=tuple(one.replace(cells=()) for one in monitor.figures(edition).tables)
        ),
        monitor.picture(edition),
        monitor.recommendations(edition),
        monitor.baselines(edition),
    )
    found = {paragraph for part in parts for paragraph in _citations(part)}
    return tuple(sorted(found, key=paragraph_order))


def not_found(monitor: Monitor, edition: Edition, text: SourceText) -> tuple[str, ...]:
    """The cited paragraphs whose number the text does not print."""
    return tuple(number for number in cited_paragraphs(monitor, edition) if number not in text.by_number)


def paragraph_order(number: str) -> tuple[tuple[bool, int, str], ...]:
    """A sort key that puts 2.10 behind 2.9, and what is no number behind numbers."""
    return tuple((not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in number.split("."))


def _citations(value: Any) -> Iterator[str]:
    """The paragraphs in a value object and all that it holds."""
    if isinstance(value, Mapping):
        for held in value.values():
            yield from _citations(held)
    elif isinstance(value, tuple | list):
        for held in value:
            yield from _citations(held)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            held = getattr(value, name)
            if name == "source" and isinstance(held, tuple):
                yield from held
            else:
                yield from _citations(held)
