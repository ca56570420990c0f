"""The page of one dimension: its norm, its distribution, who scores what, and its role in the end score."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from kmtui.analysis.compare import Direction, shift
from kmtui.elements import EMPTY, Line, Page, Target, heading, line, name, passage
from kmtui.model.edition import Edition
from kmtui.pages.cell import role_lines
from kmtui.pages.claims import claims_on_dimension
from kmtui.pages.counts import is_known, spread_lines
from kmtui.pages.evidence import evidence
from kmtui.pages.in_place import in_place
from kmtui.pages.norm import norm_lines
from kmtui.pages.panels import panel_lines
from kmtui.pages.view import View

MOVES = (Direction.BETTER, Direction.WORSE, Direction.GIVEN, Direction.WITHHELD)
"""What is told of one by one."""


def dimension_page(view: View, dimension_id: str) -> Page:
    """Everything about one dimension."""
    dimension = view.dimensions[dimension_id]
    area = view.say.of(view.framework.area(dimension.area).name)
    lines = [
        line(f"{area} · {view.say.of(view.framework.name)}"),
        EMPTY,
        *norm_lines(view, dimension),
        EMPTY,
        *_distributions(view, dimension_id),
        *_who(view, dimension_id),
        *_moved(view, dimension_id),
    ]
    lines += in_place(lambda: _picture(view, dimension_id))
    lines += [EMPTY, *role_lines(view, dimension_id)]
    lines += claims_on_dimension(view, dimension_id)
    lines += panel_lines(view, "dimension", dimension_id)
    return Page(Target("dimension", "", dimension_id), view.say.of(dimension.name), tuple(lines))


def _distributions(view: View, dimension_id: str) -> Iterator[Line]:
    """This edition's distribution beside the published counts, then what is known of the others."""
    for edition in (view.edition, *view.earlier):
        yield from in_place(partial(_distribution, view, edition, dimension_id))


def _distribution(view: View, edition: Edition, dimension_id: str) -> Iterator[Line]:
    if edition is view.edition or is_known(view, edition, dimension_id):
        yield from spread_lines(view, edition, dimension_id)


def _picture(view: View, dimension_id: str) -> Iterator[Line]:
    """What the source tells of the country as a whole."""
    picture = view.monitor.picture(view.edition).dimensions.get(dimension_id)
    if picture:
        yield from (EMPTY, heading(view.say("picture")), passage(picture, 1))


def _who(view: View, dimension_id: str) -> Iterator[Line]:
    """The score of every corps with what it rests on, worst first."""
    yield from (EMPTY, heading(view.say("who")))
    for corps in sorted(view.edition.corps, key=lambda corps: view.badness(corps.scores[dimension_id].possible)):
        score = corps.scores[dimension_id]
        target = Target("cell", corps.id, dimension_id)
        yield line(name(corps.name), ": ", view.levels(score.possible), indent=1, target=target)
        yield from evidence(view, score, 2)


def _moved(view: View, dimension_id: str) -> Iterator[Line]:
    """Who improved or fell since the edition before, and of how many that cannot be told."""
    if view.previous is None:
        return
    before = {corps.id: corps.scores.get(dimension_id) for corps in view.previous.corps}
    shifts = {
        corps.id: shift(old.possible, corps.scores[dimension_id].possible, view.scale)
        for corps in view.edition.corps
        if (old := before.get(corps.id))
    }
    yield from (EMPTY, heading(f"{view.say('since')} {view.previous.id}"))
    counted = Counter(found.direction for found in shifts.values())
    yield line(", ".join(f"{counted[kind]} {view.say(kind)}" for kind in Direction if counted[kind]), indent=1)
    for kind in MOVES:
        for corps_id, found in shifts.items():
            if found.direction is kind:
                told = (
                    ": ",
                    view.levels(found.old),
                    f" {view.say('to')} ",
                    view.levels(found.new),
                    f" ({view.say(kind)})",
                )
                target = Target("cell", corps_id, dimension_id)
                yield line(name(view.corps[corps_id].name), *told, indent=1, target=target)
