"""What became better or worse since the edition before on the same framework."""

from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property

from kmtui.analysis.compare import Direction, shift
from kmtui.elements import Line, line
from kmtui.model.edition import Edition
from kmtui.pages.grid import Possible
from kmtui.pages.view import View

MOVED = (Direction.BETTER, Direction.WORSE)


class Changes:
    """The scores and published end scores of an edition, each beside the one before."""

    def __init__(self, view: View, earlier: Edition) -> None:
        self._view = view
        self.earlier = earlier
        self._before = {corps.id: corps for corps in earlier.corps}
        self._direction = cache(lambda old, new: shift(old, new, view.scale).direction)
        self.of = cache(self._of)

    def _of(self, corps_id: str) -> tuple[Direction, ...]:
        """The direction of each dimension, and then of the published end score; none for a corps that is new."""
        if corps_id not in self._before or corps_id not in self._view.corps:
            return ()
        return tuple(self._direction(old, new) for old, new in self._pairs(corps_id))

    def at(self, corps_id: str, column: int) -> Direction | None:
        """Better or worse, else None."""
        found = self.of(corps_id)
        return found[column] if found and found[column] in MOVED else None

    @cached_property
    def counts(self) -> Counter[Direction]:
        """How many scores, without the end scores, went in which direction."""
        return Counter(direction for corps_id in self._view.corps for direction in self.of(corps_id)[:-1])

    @cached_property
    def ends(self) -> Counter[Direction]:
        """How many published end scores went in which direction."""
        return Counter(found[-1] for corps_id in self._view.corps if (found := self.of(corps_id)))

    def told(self, corps_id: str, column: int) -> tuple[Line, ...]:
        """A line about what a cell was before, where it is better or worse now."""
        direction = self.at(corps_id, column)
        if direction is None:
            return ()
        old = list(self._pairs(corps_id))[column][0]
        say = self._view.say
        return (line(f"{say(direction)} {say('than_in')} {self.earlier.id}: ", self._view.levels(old)),)

    def _pairs(self, corps_id: str) -> Iterator[tuple[Possible, Possible]]:
        before, now = self._before[corps_id], self._view.corps[corps_id]
        for name in self._view.dimensions:
            old = before.scores.get(name)
            yield (old.possible if old else (), now.scores[name].possible)
        yield (
            before.published.possible if before.published else (),
            now.published.possible if now.published else (),
        )


def changes_of(view: View) -> Changes | None:
    """What changed since the edition before, if there is one that can be opened."""
    return Changes(view, view.previous) if view.previous else None
