"""The analyses of an edition, by the name that `kmtui analyse` has for them."""

from collections.abc import Callable, Mapping

import msgspec

from kmtui.analysis.findings import Findings
from kmtui.model.base import Text
from kmtui.model.edition import Edition
from kmtui.monitor import Monitor


class Choices(msgspec.Struct, frozen=True):
    """What an analysis can be narrowed to; each takes of it what it knows."""

    from_year: int | None = None
    to_year: int | None = None
    indicators: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    scheme: str | None = None
    every_edition: bool = False


class Analysis(msgspec.Struct, frozen=True):
    """An analysis: what it is called, what it answers, and the choices that it takes."""

    name: str
    title: Text
    answers: str
    run: Callable[[Monitor, Edition, Choices], Findings]
    takes: tuple[str, ...] = ()


def _norms(monitor: Monitor, edition: Edition, _: Choices) -> Findings:
    from kmtui.analysis.norms import norms

    return norms(monitor, edition)


def _sources(monitor: Monitor, edition: Edition, chosen: Choices) -> Findings:
    from kmtui.analysis.source_pairs import source_pairs

    return source_pairs(monitor, edition, chosen.to_year)


def _missing(monitor: Monitor, edition: Edition, chosen: Choices) -> Findings:
    from kmtui.analysis.gaps import gaps

    first, last = chosen.from_year or chosen.to_year, chosen.to_year or chosen.from_year
    return gaps(monitor, edition, range(first, last + 1) if first and last else None)


def _trends(monitor: Monitor, edition: Edition, chosen: Choices) -> Findings:
    from kmtui.analysis.trends import trends

    return trends(monitor, edition, chosen.from_year, chosen.to_year)


def _scores(monitor: Monitor, edition: Edition, chosen: Choices) -> Findings:
    from kmtui.analysis.figures_by_score import figures_by_score

    return figures_by_score(monitor, edition, chosen.indicators, chosen.dimensions)


def _recommendations(monitor: Monitor, edition: Edition, chosen: Choices) -> Findings:
    from kmtui.analysis.follow_up import follow_up

    return follow_up(monitor, None if chosen.every_edition else edition)


def _sensitivity(monitor: Monitor, edition: Edition, chosen: Choices) -> Findings:
    from kmtui.analysis.sensitivity import sensitivity

    return sensitivity(monitor, edition, chosen.scheme)


ANALYSES: Mapping[str, Analysis] = {
    analysis.name: analysis
    for analysis in (
        Analysis(
            "norms",
            Text(nl="Normen", en="Norms"),
            "Does the score fit the norm, where tables measure it?",
            _norms,
        ),
        Analysis(
            "sources",
            Text(nl="Verschillen tussen bronnen", en="Differences between sources"),
            "What do two bodies count of the same thing? (--to)",
            _sources,
            ("to_year",),
        ),
        Analysis(
            "missing",
            Text(nl="Ontbrekende gegevens", en="Missing data"),
            "Which corps leave which cells without an answer? (--from, --to)",
            _missing,
            ("from_year", "to_year"),
        ),
        Analysis(
            "trends",
            Text(nl="Trends", en="Trends"),
            "What changed between two years, and who stands out? (--from, --to)",
            _trends,
            ("from_year", "to_year"),
        ),
        Analysis(
            "scores",
            Text(nl="Cijfers tegenover scores", en="Figures against scores"),
            "Do figures go with scores? (--indicator, --dimension)",
            _scores,
            ("indicators", "dimensions"),
        ),
        Analysis(
            "recommendations",
            Text(nl="Aanbevelingen over edities", en="Recommendations over editions"),
            "Which are repeated, what became of them? (--all-editions)",
            _recommendations,
            ("every_edition",),
        ),
        Analysis(
            "sensitivity",
            Text(nl="Gevoeligheid", en="Sensitivity"),
            "What could change which end score? (--scheme)",
            _sensitivity,
            ("scheme",),
        ),
    )
}
