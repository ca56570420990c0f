"""The page of one dimension: its norm, its role in the end score, its distribution, and who scores what."""

from collections.abc import Iterator

from kmtui.elements import EMPTY, Line, Page, Role, Span, Target, heading, line, name, passage, source
from kmtui.pages.cell import evidence, role_lines
from kmtui.pages.counts import distribution_lines, published_lines
from kmtui.pages.measure import measure_lines
from kmtui.pages.view import View


def dimension_page(view: View, dimension_id: str) -> Page:
    """Everything about one dimension."""
    dimension = view.dimensions[dimension_id]
    area = view.say.of(view.framework.area(dimension.area).name)
    picture = view.monitor.picture(view.edition).dimensions.get(dimension_id)
    lines = [
        line(f"{area} · {view.say.of(view.framework.name)}"),
        EMPTY,
        line(Span(view.say("norm"), Role.HEADING), " ", source(dimension.source)),
        line(view.say.of(dimension.norm), indent=1),
        *measure_lines(view, dimension.measure, 1),
        EMPTY,
        *role_lines(view, dimension_id),
        EMPTY,
        *_distributions(view, dimension_id),
    ]
    if picture:
        lines += [EMPTY, heading(view.say("picture")), passage(picture, 1)]
    lines += [EMPTY, heading(view.say("who"))]
    for corps in sorted(view.edition.corps, key=lambda corps: view.badness(corps.scores[dimension_id].possible)):
        score = corps.scores[dimension_id]
        target = Target("cell", corps.id, dimension_id)
        lines.append(line(name(corps.name), ": ", view.levels(score.possible), indent=1, target=target))
        lines += evidence(view, score, 2)
    return Page(Target("dimension", "", dimension_id), view.say.of(dimension.name), tuple(lines))


def _distributions(view: View, dimension_id: str) -> Iterator[Line]:
    """This edition's distribution beside the published counts, then what is known of the others."""
    for edition in (view.edition, *view.earlier):
        published = list(published_lines(view, edition, "dimension", dimension_id, 2))
        known = [corps.scores[dimension_id] for corps in edition.corps]
        if edition is not view.edition and not published and all(len(score.possible) > 2 for score in known):
            continue
        yield line(Span(view.say("distribution"), Role.HEADING), f" - {edition.title}")
        yield from distribution_lines(view, known, 1)
        if published:
            yield line(f"{view.say('published')}:", indent=1)
            yield from published
