"""The heart of a page in a few lines, for a pane beside the matrix."""

from kmtui.elements import Line, line, name
from kmtui.pages.evidence import evidence
from kmtui.pages.rules import reason_line, standing
from kmtui.pages.view import View
from kmtui.wording import AGREEMENT


def cell_summary(view: View, corps_id: str, dimension_id: str) -> tuple[Line, ...]:
    """One score: its levels, and what they rest on."""
    score = view.score(corps_id, dimension_id)
    dimension = view.dimensions[dimension_id]
    about = (" · ", view.say.of(dimension.name), standing(view, dimension.standing), ": ")
    head = line(name(view.corps[corps_id].name), *about, view.levels(score.possible))
    return (head, *evidence(view, score, 0))


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
