"""Lines about what a judgement rests on, shared by the pages."""

from collections.abc import Iterator

from kmtui.elements import Line, Role, Span, line, note, source
from kmtui.model.score import Score
from kmtui.pages.view import View
from kmtui.wording import BASIS, BASIS_MEANING


def evidence(view: View, score: Score, indent: int, *, explain: bool = False) -> Iterator[Line]:
    """Basis, paragraphs, note, and whether the score leans on the published verdict."""
    language = view.say.language
    meaning = f" ({BASIS_MEANING[score.basis](language)})" if explain else ""
    basis = f"{BASIS[score.basis](language)}{meaning} "
    yield line(f"{view.say('basis')}: ", basis, source(score.source), indent=indent)
    if score.note:
        yield note(score.note, indent)
    if score.relies_on_verdict:
        yield line(Span(f"{view.say('cell')} {view.say('relies')}.", Role.WARNING), indent=indent)
