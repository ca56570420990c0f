"""Complete an edition with the dimensions that plugins add to its framework."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kmtui.editions.errors import EditionError
from kmtui.model.base import ReadOnly
from kmtui.model.edition import Corps, Edition
from kmtui.model.framework import Framework
from kmtui.model.score import Basis, Score
from kmtui.plugins.loader import BadPluginError, guard, sound
from kmtui.plugins.offers import AddedDimension, ScoringContext
from kmtui.plugins.registry import Registry

if TYPE_CHECKING:
    from kmtui.model.figures import Figures

NOT_JUDGED = "Deze editie geeft geen oordeel over deze dimensie."
NOT_COMPUTED = "De score kon niet worden berekend."


class ScorerError(Exception):
    """A plugin's scorer does not do what it should."""


def with_added(edition: Edition, registry: Registry, figures: "Callable[[], Figures]") -> tuple[Edition, list[str]]:
    """The edition with a score of each corps on each added dimension, and what is wrong with the scorers.

    What the edition's own files say stays. Otherwise the dimension's scorer computes it; it is blank where there is no
    scorer, where the scorer gives nothing, and where it fails.
    """
    framework = registry.frameworks[edition.framework]
    added = [item for item in registry.added.values() if item.framework == framework.id]
    if not added:
        return edition, []
    problems: dict[str, str] = {}

    def completed(corps: Corps) -> Corps:
        scores = dict(corps.scores)
        for item in added:
            if item.id in scores:
                continue
            try:
                context = ScoringContext(corps.id, edition.head, framework, figures())
                scores[item.id] = scored(item, context) or _blank(item, NOT_JUDGED)
            except (ScorerError, EditionError) as error:
                failure = str(error) if isinstance(error, ScorerError) else f"has no figures: {error}"
                where = f"plugin '{registry.owner('dimensions', item.id)}': dimension '{item.id}'"
                problems.setdefault(item.id, f"{where}: its scorer {failure} (corps '{corps.id}')")
                scores[item.id] = _blank(item, NOT_COMPUTED)
        return corps.replace(scores=_in_order(scores, framework))

    corps = tuple(completed(corps) for corps in edition.corps)
    return edition.replace(corps=corps), list(problems.values())


def scored(item: AddedDimension, context: ScoringContext) -> Score | None:
    """What the scorer gives (raises ScorerError where it is no score on the framework's scale)."""
    if item.scorer is None:
        return None
    try:
        with guard("raised {}"):
            found = item.scorer(context)
            if found is None:
                return None
            if not isinstance(found, Score):
                raise BadPluginError(f"returned {type(found).__name__}, expected a Score or None")
            score = sound(found, Score)
    except BadPluginError as error:
        raise ScorerError(str(error)) from error
    for level in score.possible:
        if level not in context.framework.scale.ids:
            raise ScorerError(f"gave level '{level}', expected {', '.join(context.framework.scale.ids)}")
    return score


def _blank(item: AddedDimension, note: str) -> Score:
    return Score(basis=Basis.BLANK, source=item.dimension.source, note=note)


def _in_order(scores: Mapping[str, Score], framework: Framework) -> ReadOnly[Score]:
    return ReadOnly({name: scores[name] for name in framework.dimension_ids if name in scores})
