"""What other editions say about a score or an end score, in one line."""

from collections.abc import Callable, Iterator

from kmtui.elements import Line, Span, line, source
from kmtui.model.edition import Corps
from kmtui.model.score import Judgement
from kmtui.pages.view import View


def other_editions(
    view: View, corps_id: str, judgement: Callable[[Corps], Judgement | None], indent: int
) -> Iterator[Line]:
    """Every other edition on the framework that has the corps, newest first; nothing where there is none."""
    spans: list[Span] = []
    for edition in view.earlier:
        corps = next((corps for corps in edition.corps if corps.id == corps_id), None)
        found = judgement(corps) if corps else None
        if found is None:
            continue
        spans.append(Span(f"{'; ' if spans else ''}{edition.id}: "))
        if set(found.possible) == set(view.scale.ids):
            spans.append(Span(view.say("open")))
        else:
            spans += (*view.levels(found.possible), Span(" "), source(found.source))
    if spans:
        yield line(spans, indent=indent)


def elsewhere(view: View, corps_id: str, judgement: Callable[[Corps], Judgement | None]) -> Iterator[Line]:
    """A line for each other edition that knows more of a judgement than that it is open, with what it rests on."""
    for edition in view.earlier:
        corps = next((corps for corps in edition.corps if corps.id == corps_id), None)
        found = judgement(corps) if corps else None
        if found and set(found.possible) != set(view.scale.ids):
            yield line(f"{edition.id}: ", view.levels(found.possible), " ", source(found.source), f" {found.note}")
