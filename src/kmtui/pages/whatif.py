"""The page of one corps with other scores: the end score before and after, and what would better it from there."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from kmtui.analysis.improve import Move, Prospects, Route, prospects
from kmtui.elements import EMPTY, Line, Page, Span, Target, heading, line, name, note, source
from kmtui.model.scheme import Parameter
from kmtui.pages.in_place import in_place
from kmtui.pages.rules import reason_line
from kmtui.pages.view import View
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher


def whatif_page(view: View, weigher: Weigher, corps_id: str, changes: Mapping[str, Sequence[str]]) -> Page:
    """A corps under a weigher of the view's framework; `changes` are possible levels by dimension."""
    corps, say = view.corps[corps_id], view.say
    now = {dimension_id: score.possible for dimension_id, score in corps.scores.items()}
    then = now | {dimension_id: tuple(levels) for dimension_id, levels in changes.items()}
    lines: list[Line] = []
    if changes:
        lines += [heading(say("changes"))]
        for dimension_id in changes:
            told = (view.levels(now.get(dimension_id, ())), f" {say('to')} ", view.levels(then[dimension_id]))
            target = Target("cell", corps_id, dimension_id)
            lines.append(line(name(view.dimension_name(dimension_id)), ": ", *told, indent=1, target=target))
    lines += [EMPTY, heading(say("verdict")), *_verdict(view, "now", weigher.weigh_levels(now))]
    if changes:
        lines += _verdict(view, "then", weigher.weigh_levels(then))
    lines += _prospects(view, prospects(weigher, then))
    return Page(Target("whatif", corps_id), f"{corps.name} · {say('what_if')}", tuple(lines))


def trial_page(
    view: View,
    corps_id: str,
    now: Weighing,
    then: Weighing | None,
    find: Callable[[], Prospects] | None,
    parameter: Parameter | None = None,
) -> Page:
    """What comes of other scores or parameters, if there are any; what would better it then, if that is to be found.

    What is tried stands before what is, so that it is in sight on a small screen. The parameter is the one in hand.
    """
    say = view.say
    spans: list[Span] = [Span(f"{say('verdict')}: {say('now')} "), *view.levels(now.possible)]
    if then is not None:
        spans += [Span(f" {say('then')} "), *view.levels(then.possible)]
    lines = [line(spans)]
    if parameter is not None:
        lines.append(line(name(say.of(parameter.name)), ": ", say.of(parameter.reason), " ", source(parameter.source)))
    lines += _reasons(view, then or now, 0)
    if find is not None:
        lines += in_place(lambda: _prospects(view, find()))
    if then is not None:
        lines += [EMPTY, *_verdict(view, "now", now)]
    return Page(Target("whatif", corps_id), say("what_if"), tuple(lines))


def _verdict(view: View, when: str, weighing: Weighing) -> Iterator[Line]:
    yield line(f"{view.say(when)}: ", view.levels(weighing.possible), indent=1)
    yield from _reasons(view, weighing, 2)


def _reasons(view: View, weighing: Weighing, indent: int) -> list[Line]:
    reasons = [reason_line(view, reason, indent) for reason in weighing.deciding]
    return reasons or [line(view.say("no_rule"), indent=indent)]


def _prospects(view: View, found: Prospects) -> Iterator[Line]:
    say = view.say
    for route in found.routes:
        yield from (EMPTY, line(Span(f"{say('fewest_improvements')} "), view.levels([route.goal])))
        yield from _route(view, route)
    for title, moves in (("improvements", found.improvements), ("deteriorations", found.deteriorations)):
        if moves:
            yield from (EMPTY, heading(say(title)), *(_move(view, move) for move in moves))
    if found.without:
        yield from (EMPTY, heading(say("left_out")))
    for dimension_id, possible in found.without.items():
        yield line(f"- {view.dimension_name(dimension_id)}: ", view.levels(possible), indent=1)


def _route(view: View, route: Route) -> Iterator[Line]:
    for move in route.moves:
        yield _move(view, move)
    if not route.complete:
        yield note(view.say("more_ways"), 1)
    elif not route.moves:
        yield note(view.say("no_way"), 1)


def _move(view: View, move: Move) -> Line:
    """The steps of a move, and the end score after it."""
    spans: list[Span] = []
    for at, step in enumerate(move.steps):
        spans += [Span(f"{', ' if at else ''}{view.dimension_name(step.dimension)} {view.say('to')} ")]
        spans += view.levels([step.level])
    return line("- ", spans, f" ({view.say('verdict').lower()} ", view.levels(move.possible), ")", indent=1)
