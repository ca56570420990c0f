"""Where a norm or rule comes from, and when it applies."""

from datetime import date
from enum import StrEnum

from kmtui.model.base import Value


class Standing(StrEnum):
    """How firmly a dimension, rule or continuation rests on its source."""

    CITED = "cited"
    """The paragraphs named say so."""
    CARRIED = "carried"
    """Taken over from an earlier framework, because nothing speaks against it."""
    ASSUMED = "assumed"
    """Chosen by the plugin's author where the source is silent; its paragraphs only make it plausible."""


class Validity(Value):
    """The days on which something applies, both included; without a bound it applies always on that side."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"it applies until {self.end}, before it starts on {self.start}")

    def covers(self, day: date) -> bool:
        """Whether it applies on this day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


ALWAYS = Validity()
