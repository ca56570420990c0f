"""A judgement: the levels still possible, and what that knowledge rests on."""

from enum import StrEnum
from functools import lru_cache

from msgspec import field
from msgspec.structs import force_setattr

from kmtui.model.base import Citation, Id, Value


class Basis(StrEnum):
    """What a score rests on."""

    STATED = "stated"
    """The source says so about this corps and dimension."""
    COUNTED = "counted"
    """It follows from stated facts and a published count."""
    RECORDED = "recorded"
    """A weighing team entered it here."""
    COMPUTED = "computed"
    """A plugin derived it from indicators."""
    OPEN = "open"
    """More than one level remains."""
    BLANK = "blank"
    """No judgement was given."""


@lru_cache
def _alone(level: str) -> tuple[str, ...]:
    """One level; scores share it, of which there can be millions."""
    return (level,)


class Judgement(Value, gc=False):  # it holds text alone: no look for garbage need go through millions of them
    """Levels that are still possible, with basis and paragraphs.

    In a file `level = "x"` stands for `possible = ["x"]`. An open judgement may have been withheld as well: then the
    id of the scale's blank comes last.
    """

    possible: tuple[Id, ...] = ()
    basis: Basis
    source: Citation
    note: str = ""
    written: Id | None = field(name="level", default=None)
    """A level that was written alone, until it is the only possible one."""

    def __post_init__(self) -> None:
        possible, basis = self.possible, self.basis
        if self.written is not None:
            if possible:
                raise ValueError("level and possible are both there, expected one of them")
            possible = _alone(self.written)
            force_setattr(self, "possible", possible)
            force_setattr(self, "written", None)
        count = len(possible)
        if basis is Basis.BLANK:
            if count:
                raise ValueError(f"a blank score has no level, found {', '.join(possible)}")
        elif basis is Basis.OPEN:
            if count < 2:
                raise ValueError(f"an open score has two or more possible levels, found {count}")
            if len(set(possible)) < count:
                raise ValueError(f"a level is named twice: {', '.join(possible)}")
        elif count != 1:
            raise ValueError(f"a {basis} score has exactly one level, found {count}")

    def __repr__(self) -> str:
        levels = "|".join(self.possible) or "blank"
        return f"<{type(self).__name__} {levels}, {self.basis} [{', '.join(self.source)}]>"

    def _repr_html_(self) -> str:
        from kmtui.model.html import html_table

        row = ("|".join(self.possible), self.basis, ", ".join(self.source), self.note)
        return html_table(("possible", "basis", "source", "note"), [row])

    @property
    def level(self) -> str | None:
        """The level where exactly one is left, else None."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether more than one level is possible."""
        return len(self.possible) > 1

    @property
    def is_blank(self) -> bool:
        """Whether the judgement was withheld."""
        return not self.possible


class Score(Judgement, gc=False):
    """The judgement of one corps on one dimension, or of a corps on a partner, never more certain than its source.

    `relies_on_verdict` marks a score that only the published end score makes certain: the weighing of such a corps
    agrees with what was published by assumption.
    """

    relies_on_verdict: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.note.strip() and self.basis not in (Basis.COUNTED, Basis.RECORDED):
            raise ValueError(f"a {self.basis} score says why in its note, found none")


class PublishedVerdict(Judgement):
    """The end score as the source prints it; of an edition known from others only, what can be derived of it."""

    basis: Basis = Basis.STATED
