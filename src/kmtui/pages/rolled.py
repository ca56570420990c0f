"""Lines about what is rolled up to a unit, shared by its page and the grid of units."""

from collections.abc import Iterator, Mapping

from kmtui.analysis.rollup import UnitVerdict
from kmtui.elements import Line, line
from kmtui.pages.view import View


def unit_verdict_lines(view: View, verdict: UnitVerdict) -> Iterator[Line]:
    """The end score of a unit in both ways."""
    counts = f" ({counted(view, verdict.distribution)})"
    yield line(f"{combined_name(view)}: ", view.levels(verdict.combined), counts, indent=1)
    yield line(f"{view.say('ruled')}: ", view.levels(verdict.weighing.possible), indent=1)


def combined_name(view: View) -> str:
    """What the way is called in which the view's mapping combines corps."""
    own = view.monitor.registry.roll_ups.get(view.mapping.roll_up) if view.mapping else None
    return view.say.of(own.name) if own else view.say("worst")


def counted(view: View, distribution: Mapping[tuple[str, ...], int]) -> str:
    """How many corps have which levels, in words."""
    parts = []
    for levels, count in distribution.items():
        names = [view.say.of(view.scale[level].label) for level in levels] or [view.say.of(view.scale.blank.label)]
        parts.append(f"{count} {view.say.joined(names)}")
    return ", ".join(parts)
