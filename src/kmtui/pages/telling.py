"""The names of levels and dimensions of a framework, in a language."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from kmtui.elements import Role, Span
from kmtui.model.framework import Dimension, Framework
from kmtui.model.provenance import Standing
from kmtui.model.scale import Scale
from kmtui.wording import Wording


class Telling:
    """A framework, and the words that its levels and dimensions are told in."""

    def __init__(self, framework: Framework, say: Wording) -> None:
        self.framework: Framework = framework
        self.scale: Scale = framework.scale
        self.say = say

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions by id, in the framework's order."""
        return {dimension.id: dimension for dimension in self.framework.dimensions}

    @cached_property
    def is_mixed(self) -> bool:
        """Whether some of the framework is not stated by its source, so that each part must tell how it stands."""
        return any(dimension.standing is not Standing.CITED for dimension in self.framework.dimensions)

    def dimension_name(self, dimension_id: str) -> str:
        """The dimension's name in this language."""
        return self.say.of(self.dimensions[dimension_id].name)

    def dimension_names(self, dimension_ids: Sequence[str]) -> str:
        """Names with commas between them."""
        return ", ".join(self.dimension_name(dimension_id) for dimension_id in dimension_ids)

    def levels(self, possible: Sequence[str]) -> Iterator[Span]:
        """The spans of one level, of several with `or` between them, or of the blank."""
        if not possible:
            yield Span(self.say.of(self.scale.blank.label), Role.LEVEL, self.scale.blank)
        for at, level_id in enumerate(possible):
            if at:
                yield Span(f" {self.say('or')} ")
            level = self.scale[level_id]
            yield Span(self.say.of(level.label), Role.LEVEL, level)

    def briefly(self, possible: Sequence[str]) -> tuple[Span, ...]:
        """A level that is certain; what is open in words alone, for it is no level yet."""
        if len(possible) < 2:
            return tuple(self.levels(possible))
        if set(possible) >= set(self.scale.ids):
            return (Span(self.say("open")),)
        return (Span(self.say.joined([self.say.of(self.scale[level_id].label) for level_id in possible])),)

    def place(self, possible: Sequence[str]) -> tuple[int, ...]:
        """Where a judgement comes in the order of the scale, by its worst level first; a blank comes last."""
        return tuple(map(self.scale.rank, possible or (self.scale.blank.id,)))
