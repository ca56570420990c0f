"""An edition as one looks at it: under a scheme, in a language."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from kmtui.analysis import CorpsVerdict, verdicts
from kmtui.model import Corps, Dimension, Edition, Framework, Scale, Score
from kmtui.pages.elements import Role, Span
from kmtui.weighing import Weigher
from kmtui.wording import Wording


class View:
    """An edition, the weigher it is seen under, and the words it is told in. Verdicts are computed once."""

    def __init__(self, edition: Edition, weigher: Weigher, say: Wording) -> None:
        self.edition = edition
        self.weigher = weigher
        self.say = say
        self.framework: Framework = weigher.framework
        self.scale: Scale = weigher.framework.scale

    @cached_property
    def verdicts(self) -> dict[str, CorpsVerdict]:
        """The verdict of each corps, in the edition's order."""
        return {found.corps: found for found in verdicts(self.edition, self.weigher)}

    @cached_property
    def corps(self) -> dict[str, Corps]:
        """The corps by id, in the edition's order."""
        return {corps.id: corps for corps in self.edition.corps}

    @cached_property
    def dimensions(self) -> dict[str, Dimension]:
        """The dimensions by id, in the framework's order."""
        return {dimension.id: dimension for dimension in self.framework.dimensions}

    def score(self, corps_id: str, dimension_id: str) -> Score:
        """One cell."""
        return self.corps[corps_id].scores[dimension_id]

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

    def badness(self, possible: Sequence[str]) -> tuple[int, ...]:
        """A key that sorts the worst levels first, open scores by their worst, blanks last."""
        ranks = [self.scale.rank(level) for level in possible]
        return (min(ranks), max(ranks)) if ranks else (len(self.scale.levels), 0)
