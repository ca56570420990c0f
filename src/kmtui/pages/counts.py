"""Lines about how corps are spread over the levels: counted here, and as the source prints it."""

from collections.abc import Iterable, Iterator
from typing import Literal

from kmtui.analysis.distribution import distribution
from kmtui.elements import Line, Role, Span, line, source
from kmtui.model.edition import Edition
from kmtui.model.score import Judgement
from kmtui.pages.in_place import in_place
from kmtui.pages.view import View


def distribution_lines(view: View, judgements: Iterable[Judgement], indent: int) -> Iterator[Line]:
    """One line for each level, and for each kind of open or blank score that occurs, with a bar of that length."""
    spread = distribution(judgements, view.scale)
    for levels, count in (
        *(((level,), count) for level, count in spread.certain.items()),
        *spread.open.items(),
        *([((), spread.blank)] if spread.blank else []),
    ):
        yield line(f"{count:>3} ", view.levels(levels), f" {'*' * count}", indent=indent)


def is_known(view: View, edition: Edition, dimension_id: str) -> bool:
    """Whether anything is known of the scores of an edition on a dimension: a count, or some levels ruled out."""
    counted = any(count.dimension == dimension_id for count in view.monitor.counts(edition).counts)
    return counted or any(len(corps.scores[dimension_id].possible) < 3 for corps in edition.corps)


def spread_lines(view: View, edition: Edition, dimension_id: str) -> Iterator[Line]:
    """How the corps of an edition are spread over the levels of a dimension, beside the published counts."""
    yield line(Span(view.say("distribution"), Role.HEADING), f" - {edition.title}")
    yield from distribution_lines(view, (corps.scores[dimension_id] for corps in edition.corps), 1)
    yield from published_lines(view, edition, "dimension", dimension_id, 1)


def published_lines(
    view: View, edition: Edition, kind: Literal["dimension", "partner", "verdict"], about: str, indent: int
) -> Iterator[Line]:
    """The counts that the source prints, under a head; nothing where it prints none."""
    lines = in_place(lambda: _published(view, edition, kind, about, indent + 1), indent + 1)
    if lines:
        yield from (line(f"{view.say('published')}:", indent=indent), *lines)


def _published(view: View, edition: Edition, kind: str, about: str, indent: int) -> Iterator[Line]:
    for count in view.monitor.counts(edition).counts:
        if (kind == "verdict" and count.verdict) or (kind != "verdict" and getattr(count, kind) == about):
            doubt = "" if count.exact else f" ({view.say('loose')})"
            remark = f" {count.note}" if count.note else ""
            levels = [level for level in count.levels if level != view.scale.blank.id] or []
            yield line(
                f"{count.count:>3} ", view.levels(levels), doubt, " ", source(count.source), remark, indent=indent
            )
