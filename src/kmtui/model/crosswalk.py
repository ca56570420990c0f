"""A crosswalk: which dimension of an old framework continues as which of a new one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from kmtui.model.base import Citation, Id, Text, Value
from kmtui.model.provenance import Standing
from kmtui.model.scale import Scale
from kmtui.model.validation import FieldError


class Change(StrEnum):
    """What became of a dimension."""

    SAME = "same"
    RENAMED = "renamed"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"


_ONE, _NONE, _SEVERAL = (1, 1), (0, 0), (2, None)
_SIZES: dict[Change, tuple[tuple[int, int | None], tuple[int, int | None]]] = {
    Change.SAME: (_ONE, _ONE),
    Change.RENAMED: (_ONE, _ONE),
    Change.SPLIT: (_ONE, _SEVERAL),
    Change.MERGED: (_SEVERAL, _ONE),
    Change.NEW: (_NONE, _ONE),
    Change.GONE: (_ONE, _NONE),
}
"""How many old and how many new dimensions each change joins, at least and at most."""


class Continuation(Value):
    """One step of a crosswalk: old dimensions, what became of them, new dimensions."""

    change: Change
    old: tuple[Id, ...] = ()
    new: tuple[Id, ...] = ()
    note: Text | None = None
    standing: Standing = Standing.CITED
    source: Citation

    def __post_init__(self) -> None:
        sizes = zip(("old", "new"), (self.old, self.new), _SIZES[self.change], strict=True)
        for which, names, (least, most) in sizes:
            if len(names) < least or (most is not None and len(names) > most):
                wanted = f"{least}" if least == most else f"{least} or more"
                raise ValueError(f"'{self.change}' has {wanted} {which} dimensions, found {len(names)}")

    def worst(self, levels: Mapping[str, Sequence[str]], scale: Scale) -> tuple[str, ...]:
        """The levels that the worst of its old dimensions can have; none if none of them was judged."""
        return worst_of((levels.get(old, ()) for old in self.old), scale)


class Crosswalk(Value):
    """How the dimensions of the framework `old` continue in the framework `new`; each stands in one continuation."""

    id: Id
    name: Text
    old: Id
    new: Id
    continuations: Annotated[tuple[Continuation, ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        if self.old == self.new:
            raise FieldError("new", f"found '{self.new}', which is the old framework too, expected another one")
        for which in ("old", "new"):
            counted = Counter(name for found in self.continuations for name in getattr(found, which))
            twice = [name for name, times in counted.items() if times > 1]
            if twice:
                raise ValueError(f"{which} dimension {', '.join(twice)} is there twice")

    def carry(self, levels: Mapping[str, Sequence[str]], scale: Scale) -> dict[str, tuple[str, ...]]:
        """Possible levels by old dimension, carried over to the new ones; no levels at all is a blank.

        A merged dimension gets the possible levels of its worst part; a new one was not judged, so it is blank.
        """
        return {name: found.worst(levels, scale) for found in self.continuations for name in found.new}


def worst_of(members: Iterable[Sequence[str]], scale: Scale) -> tuple[str, ...]:
    """The levels that the worst of several scores can have, each given by its possible levels; blanks are left out.

    A level can be the worst where some member can have it and every member can be at least as good.
    """
    ranks = [sorted(scale.rank(level) for level in possible) for possible in members if possible]
    if not ranks:
        return ()
    ceiling = min(member[-1] for member in ranks)
    reachable = {rank for member in ranks for rank in member if rank <= ceiling and rank < len(scale.levels)}
    return tuple(scale.ids[rank] for rank in sorted(reachable))
