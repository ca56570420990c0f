"""Lines about what a judgement rests on, shared by the pages."""

from collections.abc import Iterator

from kmtui.elements import Line, Role, Span, line, note, source
from kmtui.model.score import Score
from kmtui.pages.view import View
from kmtui.wording import BASIS, BASIS_MEANING


def evidence(view: View, score: Score, indent: int, *, about: str = "", explain: bool = False) -> Iterator[Line]:
    """Basis, paragraphs, note, and whether the score leans on the published verdict; under a name if it is given."""
    language, below = view.say.language, indent + bool(about)
    meaning = f" ({BASIS_MEANING[score.basis](language)})" if explain else ""
    basis = f"{BASIS[score.basis](language)}{meaning} "
    yield line(f"{about or view.say('basis')}: ", basis, source(score.source), indent=indent)
    if score.note:
        yield note(score.note, below)
    if score.relies_on_verdict:
        yield line(Span(f"{view.say('cell')} {view.say('relies')}.", Role.WARNING), indent=below)
