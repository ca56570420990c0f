"""What the editions say about the scores and the end score of a corps, side by side."""

from collections.abc import Callable, Iterator, Sequence

from kmtui.elements import Line, Role, Span, Target, line, name, source
from kmtui.model.edition import Corps
from kmtui.model.score import Judgement
from kmtui.pages.aligned import Cell, aligned
from kmtui.pages.view import View


def by_edition(
    view: View, corps_id: str, rows: Sequence[tuple[str, Callable[[Corps], Judgement | None], Target | None]]
) -> Iterator[Line]:
    """A row for each name and judgement of a corps, and across, the edition that is looked at and the others.

    A row leads to its target; where an edition has no such judgement, its column is empty there.
    """
    editions = (view.edition, *view.earlier)
    found = [next((corps for corps in edition.corps if corps.id == corps_id), None) for edition in editions]
    cells: list[list[Cell]] = [["", *([Span(edition.id, Role.SOURCE)] for edition in editions)]]
    for told, judgement, _ in rows:
        judged = [judgement(corps) if corps else None for corps in found]
        cells.append([[name(told)], *(view.briefly(one.possible) if one else () for one in judged)])
    targets = (None, *(target for _, _, target in rows))
    for spans, target in zip(aligned(cells), targets, strict=True):
        yield line(spans, indent=1, target=target)


def elsewhere(view: View, corps_id: str, judgement: Callable[[Corps], Judgement | None]) -> Iterator[Line]:
    """A line for each other edition that knows more of a judgement than that it is open, with what it rests on."""
    for edition in view.earlier:
        corps = next((corps for corps in edition.corps if corps.id == corps_id), None)
        found = judgement(corps) if corps else None
        if found and set(found.possible) != set(view.scale.ids):
            yield line(f"{edition.id}: ", view.levels(found.possible), " ", source(found.source), f" {found.note}")
