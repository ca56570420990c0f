"""The page of one score: what it is, what it rests on, and what it does to the end score."""

from collections.abc import Iterator

from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, link
from kmtui.pages.claims import claims_on_score
from kmtui.pages.counts import spread_lines
from kmtui.pages.editions import elsewhere
from kmtui.pages.evidence import evidence
from kmtui.pages.norm import norm_lines
from kmtui.pages.rules import rule_line
from kmtui.pages.view import View


def cell_page(view: View, corps_id: str, dimension_id: str) -> Page:
    """Everything about one score."""
    corps, dimension = view.corps[corps_id], view.dimensions[dimension_id]
    title = f"{corps.name} · {view.say.of(dimension.name)}"
    lines = (
        line(f"{view.say('level')}: ", view.levels(view.score(corps_id, dimension_id).possible)),
        *evidence(view, view.score(corps_id, dimension_id), 0, explain=True),
        *elsewhere(view, corps_id, lambda found: found.scores.get(dimension_id)),
        EMPTY,
        heading(view.say("effect")),
        *_effects(view, corps_id, dimension_id),
        EMPTY,
        *norm_lines(view, dimension),
        EMPTY,
        *role_lines(view, dimension_id),
        EMPTY,
        *spread_lines(view, view.edition, dimension_id),
        *claims_on_score(view, corps_id, dimension_id),
        EMPTY,
        link(view.say("corps"), corps.name, Target("corps", corps_id)),
        link(view.say("dimension"), view.say.of(dimension.name), Target("dimension", "", dimension_id)),
    )
    return Page(Target("cell", corps_id, dimension_id), title, lines)


def role_lines(view: View, dimension_id: str) -> Iterator[Line]:
    """The rules of the scheme that name the dimension."""
    scheme = view.weigher.scheme
    target = Target("scheme", "", scheme.id)
    yield line(Span(view.say("role"), Role.HEADING), f" - {view.say.of(scheme.name)}", target=target)
    rules = scheme.rules_on(dimension_id)
    for rule in rules:
        yield rule_line(view, rule, 1)
    if not rules:
        yield line(view.say("no_rule_on"), indent=1)


def _effects(view: View, corps_id: str, dimension_id: str) -> Iterator[Line]:
    """The verdict of the corps for each level that this score might have had."""
    scores = view.corps[corps_id].scores
    now = scores[dimension_id].possible
    levels = {name: score.possible for name, score in scores.items()}
    for level_id in reversed(view.scale.ids):
        weighing = view.weigher.weigh_levels(levels | {dimension_id: (level_id,)})
        here = (
            f"  ({view.say('now')})" if now == (level_id,) else f"  ({view.say('possible')})" if level_id in now else ""
        )
        yield line(
            view.levels((level_id,)),
            f": {view.say('verdict').lower()} ",
            view.levels(weighing.possible),
            here,
            indent=1,
        )
