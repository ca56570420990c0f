"""The page of one dimension: its norm, its role in the end score, its distribution, and who scores what."""

from collections.abc import Iterator

from kmtui.analysis import distribution
from kmtui.pages.cell import evidence, role_lines
from kmtui.pages.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, name, source
from kmtui.pages.measure import measure_lines
from kmtui.pages.view import View


def dimension_page(view: View, dimension_id: str) -> Page:
    """Everything about one dimension."""
    dimension = view.dimensions[dimension_id]
    area = view.say.of(view.framework.area(dimension.area).name)
    lines = [
        line(f"{area} · {view.say.of(view.framework.name)}"),
        EMPTY,
        line(Span(view.say("norm"), Role.HEADING), " ", source(dimension.source)),
        line(view.say.of(dimension.norm), indent=1),
        *measure_lines(view, dimension.measure, 1),
        EMPTY,
        *role_lines(view, dimension_id),
        EMPTY,
        line(Span(view.say("distribution"), Role.HEADING), f" - {view.edition.title}"),
        *_distribution(view, dimension_id),
        EMPTY,
        heading(view.say("who")),
    ]
    for corps in sorted(view.edition.corps, key=lambda corps: view.badness(corps.scores[dimension_id].possible)):
        score = corps.scores[dimension_id]
        target = Target("cell", corps.id, dimension_id)
        lines.append(line(name(corps.name), ": ", view.levels(score.possible), indent=1, target=target))
        lines += evidence(view, score, 2)
    return Page(Target("dimension", "", dimension_id), view.say.of(dimension.name), tuple(lines))


def _distribution(view: View, dimension_id: str) -> Iterator[Line]:
    """One line for each level, and for each kind of open or blank score that occurs, with a bar as long as the count."""
    spread = distribution([corps.scores[dimension_id] for corps in view.edition.corps], view.scale)
    for levels, count in (
        *(((level,), count) for level, count in spread.certain.items()),
        *spread.open.items(),
        *([((), spread.blank)] if spread.blank else []),
    ):
        yield line(f"{count:>3} ", view.levels(levels), f" {'*' * count}", indent=1)
