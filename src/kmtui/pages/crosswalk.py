"""Lines about what became of the dimensions of an older framework."""

from collections.abc import Iterator, Sequence

from kmtui.elements import EMPTY, Line, Target, heading, line, name, note, source
from kmtui.model.framework import Framework
from kmtui.pages.rules import standing
from kmtui.pages.view import View
from kmtui.wording import CHANGE


def crosswalk_lines(view: View) -> Iterator[Line]:
    """Each crosswalk that leads to the framework that is looked at, continuation by continuation."""
    registry, say = view.monitor.registry, view.say
    for walk in registry.crosswalks.values():
        if walk.new != view.framework.id or walk.old not in registry.frameworks:
            continue
        yield from (EMPTY, heading(say.of(walk.name)))
        for found in walk.continuations:
            before = _names(view, registry.frameworks[walk.old], found.old)
            after = _names(view, view.framework, found.new)
            told = f" {view.say('becomes')} ".join(filter(None, (before, after) if before != after else (before,)))
            target = Target("dimension", "", found.new[0]) if found.new else None
            about = (name(told), f": {say.of(CHANGE[found.change])} ", source(found.source))
            yield line(*about, standing(view, found.standing), indent=1, target=target)
            if found.note:
                yield note(say.of(found.note), 2)


def _names(view: View, framework: Framework, dimensions: Sequence[str]) -> str:
    return " + ".join(view.say.of(framework.dimension(dimension).name) for dimension in dimensions)
