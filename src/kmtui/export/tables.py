"""The tables that `kmtui export` writes: name, columns, rows. Column names and their order are a promise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kmtui.analysis import verdicts
from kmtui.model import Edition
from kmtui.monitor import Monitor
from kmtui.weighing import Weighing

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Table:
    """One tidy table; `rows` gives those of one edition under one scheme (None: the edition's own)."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Monitor, Edition, str | None], Iterator[Row]]


def _scores(monitor: Monitor, edition: Edition, _scheme: str | None) -> Iterator[Row]:
    framework = monitor.framework(edition)
    for corps in edition.corps:
        for dimension in framework.dimensions:
            score = corps.scores[dimension.id]
            yield (
                edition.id,
                corps.id,
                dimension.area,
                dimension.id,
                score.level or "",
                "|".join(score.possible),
                score.basis,
                "; ".join(score.source),
                score.note,
            )


def _verdicts(monitor: Monitor, edition: Edition, scheme: str | None) -> Iterator[Row]:
    weigher = monitor.weigher_for(edition, scheme)
    for found in verdicts(edition, weigher):
        yield (
            edition.id,
            found.corps,
            weigher.scheme.id,
            found.weighing.verdict or "",
            "|".join(found.weighing.possible),
            "|".join(found.published.possible) if found.published else "",
            found.agreement,
            reasons_cell(found.weighing),
        )


def reasons_cell(weighing: Weighing) -> str:
    """The deciding rules in order of weight with their paragraphs; `?` marks one that only may be in force."""
    return "; ".join(
        f"{reason.rule.id} [{', '.join(reason.rule.source)}]{'' if reason.certain else '?'}"
        for reason in weighing.deciding
    )


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table(
            "scores",
            ("edition", "corps", "area", "dimension", "level", "possible", "basis", "source", "note"),
            _scores,
        ),
        Table(
            "verdicts",
            ("edition", "corps", "scheme", "computed", "possible", "published", "agrees", "reasons"),
            _verdicts,
        ),
    )
}
