"""Labels and sentences that stand in one language only."""

from collections.abc import Iterator, Mapping

from kmtui.checks.finding import Finding, warning
from kmtui.model.base import Text, Value

LONG = 30
"""Characters from which on a text that is the same in both languages was not translated; shorter ones may be names."""


def text_findings(thing: str, value: Value) -> Iterator[Finding]:
    """The long texts of a value whose English is their Dutch."""
    for key, text in _texts(value, ""):
        if len(text.nl) >= LONG and text.nl == text.en:
            yield warning(f"{thing}: {key}", f"its Dutch and English are the same: {text.nl!r}")


def _texts(value: object, key: str) -> Iterator[tuple[str, Text]]:
    """Every text in a value, with its key; what has an id goes by it."""
    if isinstance(value, Text):
        yield key, value
    elif isinstance(value, Value):
        for name, held in value:
            yield from _texts(held, f"{key}.{name}" if key else name)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, f"{key}.{name}")
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _texts(item, f"{key}.{getattr(item, 'id', at)}")
