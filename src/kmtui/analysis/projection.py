"""Project an edition onto another framework by a crosswalk."""

from collections.abc import Iterator

from kmtui.model.base import ReadOnly
from kmtui.model.crosswalk import Continuation, Crosswalk
from kmtui.model.edition import Corps, Edition
from kmtui.model.framework import Framework
from kmtui.model.score import Basis, Score
from kmtui.monitor import Monitor


def projected_on(monitor: Monitor, edition: Edition, framework: Framework) -> Edition | None:
    """An edition projected onto a framework; None where no crosswalk leads there."""
    if edition.framework == framework.id:
        return edition
    walk = monitor.registry.crosswalk(edition.framework, framework.id)
    return project(edition, walk, monitor.framework(edition), framework) if walk else None


def project(edition: Edition, crosswalk: Crosswalk, old: Framework, new: Framework) -> Edition:
    """The edition with scores on the new framework's dimensions; everything else is unchanged.

    A dimension that continues as one or more keeps its score there. One that merges several can have the levels that
    the worst of them can have, and lists them in its note. A new one is blank.
    """
    continuations = {name: found for found in crosswalk.continuations for name in found.new}

    def carry(corps: Corps) -> Corps:
        scores = {name: _score(corps, continuations.get(name), crosswalk, old, new) for name in new.dimension_ids}
        return corps.replace(scores=ReadOnly(scores))

    head = edition.head.replace(framework=new.id)
    return edition.replace(head=head, corps=tuple(map(carry, edition.corps)))


def _score(corps: Corps, found: Continuation | None, crosswalk: Crosswalk, old: Framework, new: Framework) -> Score:
    parts = {name: corps.scores[name] for name in found.old if name in corps.scores} if found else {}
    if len(parts) == 1:
        return next(iter(parts.values()))
    if not parts:
        reason = found.note if found and found.note else crosswalk.name
        return Score(basis=Basis.BLANK, source=found.source if found else corps.source, note=reason.nl)
    levels = {name: part.possible for name, part in parts.items()}
    assert found is not None, "only a continuation has parts"
    possible = found.worst(levels, new.scale)
    basis = Basis.OPEN if len(possible) > 1 else Basis.COMPUTED if possible else Basis.BLANK
    return Score(
        possible=possible,
        basis=basis,
        source=tuple(dict.fromkeys(paragraph for part in parts.values() for paragraph in part.source)),
        note="; ".join(_described(old, name, part) for name, part in parts.items()),
        relies_on_verdict=any(part.relies_on_verdict for part in parts.values()),
    )


def _described(framework: Framework, dimension: str, score: Score) -> str:
    """One of several merged scores, in words."""
    return f"{framework.dimension(dimension).name.nl}: {' / '.join(_labels(framework, score))}"


def _labels(framework: Framework, score: Score) -> Iterator[str]:
    scale = framework.scale
    for level in score.possible or (scale.blank.id,):
        yield scale[level].label.nl
