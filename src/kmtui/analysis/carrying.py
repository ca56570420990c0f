"""An edition as it looks on another framework, that a crosswalk leads to."""

from collections.abc import Iterator

from kmtui.analysis.side import Side, side_of
from kmtui.model.base import ReadOnly
from kmtui.model.crosswalk import Continuation, Crosswalk
from kmtui.model.edition import Corps, Edition
from kmtui.model.framework import Framework
from kmtui.model.score import Basis, Score
from kmtui.monitor import Monitor
from kmtui.weighing.check import SchemeError


def schemes_on(monitor: Monitor, edition: Edition) -> list[str]:
    """The schemes that can weigh an edition: those of its framework, then those that a crosswalk leads to."""
    own: list[str] = []
    others: list[str] = []
    for name in monitor.registry.schemes:
        try:
            side = side_on(monitor, edition, name)
        except SchemeError:
            continue
        (others if side.crosswalk else own).append(name)
    return own + others


def side_on(monitor: Monitor, edition: Edition, scheme_id: str) -> Side:
    """A scheme as it meets the scores of an edition, maybe by a crosswalk, with its parameters of the day.

    Raises UnknownIdError, or SchemeError where no crosswalk leads to its framework.
    """
    weigher = monitor.weigher(scheme_id, day=edition.head.period.end)
    try:
        return side_of(monitor.framework(edition), weigher, monitor.registry.crosswalks.values())
    except SchemeError as error:
        raise SchemeError(f"edition '{edition.id}': {error}") from None


def seen_on(monitor: Monitor, edition: Edition, framework: Framework) -> Edition | None:
    """An edition as it looks on a framework; None where no crosswalk leads there."""
    if edition.framework == framework.id:
        return edition
    walk = monitor.registry.crosswalk(edition.framework, framework.id)
    return carried(edition, walk, monitor.framework(edition), framework) if walk else None


def carried(edition: Edition, crosswalk: Crosswalk, old: Framework, new: Framework) -> Edition:
    """The edition with scores on the new framework's dimensions; all else stays as the source has it.

    A dimension that continues as one or more has its score there. One that several were merged into can have the levels
    that the worst of them can have, and says in its note what they were. A new one is blank.
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
        note="; ".join(_told(old, name, part) for name, part in parts.items()),
        relies_on_verdict=any(part.relies_on_verdict for part in parts.values()),
    )


def _told(framework: Framework, dimension: str, score: Score) -> str:
    """What one of several merged scores was."""
    return f"{framework.dimension(dimension).name.nl}: {' / '.join(_labels(framework, score))}"


def _labels(framework: Framework, score: Score) -> Iterator[str]:
    scale = framework.scale
    for level in score.possible or (scale.blank.id,):
        yield scale[level].label.nl
