"""Lines about the measurable part of a norm."""

from collections.abc import Iterator

from kmtui.elements import Line, line, note, source
from kmtui.model import Measure
from kmtui.pages.view import View

BOUNDS = ("at_least", "above", "at_most", "below")


def measure_lines(view: View, measure: Measure | None, indent: int) -> Iterator[Line]:
    """What is measured, the levels on each band, and the remark; nothing where there is no measure."""
    if measure is None:
        return
    say = view.say
    yield line(f"{say('measure')}: {say.of(measure.quantity)} ({measure.unit}) ", source(measure.source), indent=indent)
    for band in measure.bands:
        bounds = [(word, bound) for word in BOUNDS if (bound := getattr(band, word)) is not None]
        told = f" {say('and')} ".join(f"{say(word)} {bound:g}" for word, bound in bounds)
        yield line(f"{told}: ", view.levels(band.levels), indent=indent + 1)
    if measure.note:
        yield note(say.of(measure.note), indent + 1)
