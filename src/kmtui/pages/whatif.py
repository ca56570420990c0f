"""The page of one corps with other scores: the end score before and after, and what would improve it from there."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from kmtui.analysis.improve import Move, Prospects, Route, prospects
from kmtui.blocks import (
    Block,
    Document,
    Fact,
    Facts,
    Item,
    Items,
    Section,
    Span,
    Target,
    inline,
    item,
    name,
    note,
    paragraph,
    section,
    source,
)
from kmtui.model.scheme import Parameter
from kmtui.pages.inline_errors import inline_errors
from kmtui.pages.view import View
from kmtui.weighing.outcome import Weighing
from kmtui.weighing.weigher import Weigher


def whatif_page(view: View, weigher: Weigher, corps_id: str, changes: Mapping[str, Sequence[str]]) -> Document:
    """A corps under a weigher of the view's framework; `changes` are possible levels by dimension."""
    corps, say = view.corps[corps_id], view.say
    now = {dimension_id: score.possible for dimension_id, score in corps.scores.items()}
    then = now | {dimension_id: tuple(levels) for dimension_id, levels in changes.items()}
    blocks: list[Block] = []
    if changes:
        facts = tuple(
            Fact(
                view.dimension_name(dimension_id),
                inline(view.levels(now.get(dimension_id, ())), f" {say('to')} ", view.levels(then[dimension_id])),
                Target("cell", corps_id, dimension_id),
            )
            for dimension_id in changes
        )
        blocks.append(section("changes", say("changes"), Facts(facts)))
    verdicts = list(_verdict(view, "now", weigher.weigh_levels(now)))
    if changes:
        verdicts += _verdict(view, "then", weigher.weigh_levels(then))
    blocks.append(section("verdict", say("verdict"), *verdicts))
    blocks += _prospects(view, prospects(weigher, then))
    return view.document(Target("whatif", corps_id), f"{corps.name} · {say('what_if')}", *blocks)


def scenario_page(
    view: View,
    corps_id: str,
    now: Weighing,
    then: Weighing | None,
    find: Callable[[], Prospects] | None,
    parameter: Parameter | None = None,
) -> Document:
    """The outcome of other scores or parameters, if there are any, and with `find` what would improve it then.

    What is tried stands before what is, so that it is visible on a small screen. The parameter is that under the
    cursor.
    """
    say = view.say
    spans: list[Span] = [Span(f"{say('verdict')}: {say('now')} "), *view.levels(now.possible)]
    if then is not None:
        spans += [Span(f" {say('then')} "), *view.levels(then.possible)]
    blocks: list[Block] = [paragraph(spans)]
    if parameter is not None:
        blocks.append(
            paragraph(name(say.of(parameter.name)), ": ", say.of(parameter.reason), " ", source(parameter.source))
        )
    blocks += _reasons(view, then or now)
    if find is not None:
        blocks += inline_errors(lambda: _prospects(view, find()))
    if then is not None:
        blocks.append(section("now", say("now"), *_verdict(view, "now", now)))
    return view.document(Target("whatif", corps_id), say("what_if"), *blocks)


def _verdict(view: View, when: str, weighing: Weighing) -> Iterator[Block]:
    yield Items(
        (Item(inline(f"{view.say(when)}: ", view.levels(weighing.possible)), None, tuple(_reasons(view, weighing))),)
    )


def _reasons(view: View, weighing: Weighing) -> list[Block]:
    return view.reasons(weighing.deciding, weighing.pivotal) or [paragraph(view.say("no_rule"))]


def _prospects(view: View, found: Prospects) -> Iterator[Section]:
    say = view.say
    for route in found.routes:
        goal = inline(f"{say('fewest_improvements')} ", view.levels([route.goal]))
        yield section(f"to-{route.goal}", goal, *_route(view, route))
    for title, moves in (("improvements", found.improvements), ("deteriorations", found.deteriorations)):
        if moves:
            yield section(title, say(title), Items(tuple(_move(view, move) for move in moves)))
    if found.without:
        items = (
            item(f"{view.dimension_name(dimension_id)}: ", view.levels(possible))
            for dimension_id, possible in found.without.items()
        )
        yield section("left_out", say("left_out"), Items(tuple(items)))


def _route(view: View, route: Route) -> Iterator[Block]:
    if route.moves:
        yield Items(tuple(_move(view, move) for move in route.moves))
    if not route.complete:
        yield note(view.say("more_ways"))
    elif not route.moves:
        yield note(view.say("no_way"))


def _move(view: View, move: Move) -> Item:
    """The steps of a move, and the end score after it."""
    spans: list[Span] = []
    for at, step in enumerate(move.steps):
        spans += [Span(f"{', ' if at else ''}{view.dimension_name(step.dimension)} {view.say('to')} ")]
        spans += view.levels([step.level])
    return item(spans, f" ({view.say('verdict').lower()} ", view.levels(move.possible), ")")
