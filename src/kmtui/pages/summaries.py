"""The heart of a page in a few lines, for a pane beside the matrix."""

from collections.abc import Iterator

from kmtui.elements import EMPTY, Line, line, name, passage
from kmtui.pages.evidence import evidence
from kmtui.pages.norm import norm_lines
from kmtui.pages.rules import reason_line, standing
from kmtui.pages.view import View
from kmtui.wording import AGREEMENT


def cell_summary(view: View, corps_id: str, dimension_id: str) -> Iterator[Line]:
    """One score: its levels, what they rest on, and for where there is room, what the source explains, and the norm."""
    score = view.score(corps_id, dimension_id)
    dimension = view.dimensions[dimension_id]
    about = (" · ", view.say.of(dimension.name), standing(view, dimension.standing), ": ")
    head = line(name(view.corps[corps_id].name), *about, view.levels(score.possible))
    yield head
    yield from evidence(view, score, 0)
    yield EMPTY
    explanation = view.corps[corps_id].explanations.get(dimension.area)
    if explanation is not None:
        yield from (passage(explanation, 0), EMPTY)
    yield from norm_lines(view, dimension)


def verdict_summary(view: View, corps_id: str) -> tuple[Line, ...]:
    """Computed beside published, and the rules that decided it."""
    say, found = view.say, view.verdict(corps_id)
    published = (", ", say("published").lower(), " ", view.levels(found.published.possible)) if found.published else ()
    head = line(
        name(view.corps[corps_id].name),
        f" · {say('verdict')}: {say('computed').lower()} ",
        view.levels(found.weighing.possible),
        *published,
        f" ({AGREEMENT[found.agreement](say.language)})",
    )
    reasons = [reason_line(view, reason, 0) for reason in found.weighing.deciding]
    return (head, *(reasons or [line(say("no_rule"))]))
