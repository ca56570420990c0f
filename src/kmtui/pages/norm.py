"""Lines about a norm, and its measurable part."""

from collections.abc import Iterator

from kmtui.elements import Line, Role, Span, line, note, source
from kmtui.model.framework import Dimension, Measure
from kmtui.pages.rules import standing
from kmtui.pages.view import View

BOUNDS = ("at_least", "above", "at_most", "below")


def norm_lines(view: View, dimension: Dimension) -> Iterator[Line]:
    """The norm, what it rests on, and what is measured."""
    mark = standing(view, dimension.standing)
    yield line(Span(view.say("norm"), Role.HEADING), " ", source(dimension.source), mark)
    yield line(view.say.of(dimension.norm), indent=1)
    if dimension.measure:
        yield from _measure_lines(view, dimension.measure, 1)


def _measure_lines(view: View, measure: Measure, indent: int) -> Iterator[Line]:
    """What is measured, the levels on each band, and the remark."""
    say = view.say
    yield line(f"{say('measure')}: {say.of(measure.quantity)} ({measure.unit}) ", source(measure.source), indent=indent)
    for band in measure.bands:
        bounds = [(word, bound) for word in BOUNDS if (bound := getattr(band, word)) is not None]
        told = f" {say('and')} ".join(f"{say(word)} {say.number(bound)}" for word, bound in bounds)
        yield line(f"{told}: ", view.levels(band.levels), indent=indent + 1)
    if measure.note:
        yield note(say.of(measure.note), indent + 1)
