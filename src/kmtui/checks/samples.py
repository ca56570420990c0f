"""A small edition of any framework, made up: what a plugin's functions are tried on."""

from collections.abc import Iterable, Sequence
from datetime import date

from kmtui.model.edition import Corps, Edition, EditionHead, Period, Source
from kmtui.model.framework import Framework
from kmtui.model.partners import PartnerColumn
from kmtui.model.scale import Scale
from kmtui.model.score import Basis, Score
from kmtui.model.units import UnitMapping

HERE = ("1",)
NOTE = "Een voorbeeld."
CORPS = ("alfa", "beta")


def sample(
    framework: Framework,
    *,
    edition_id: str = "voorbeeld",
    scheme: str | None = None,
    corps: Sequence[str] = (),
    partners: Iterable[PartnerColumn] = (),
    mapping: UnitMapping | None = None,
) -> Edition:
    """An edition in which the first corps scores best on all but one dimension, and the others in every way there is.

    Its corps are those named, else those of the mapping's first unit, else two of no consequence.
    """
    names = tuple(corps) or (mapping.units[0].corps if mapping else CORPS)
    start = framework.valid.start or date(1, 1, 1)
    columns = [column.id for column in partners]
    head = EditionHead(
        id=edition_id,
        title=edition_id,
        period=Period(start=start, end=start.replace(month=12, day=31)),
        framework=framework.id,
        scheme=scheme or framework.default_scheme,
        source=Source(title=NOTE, publisher=NOTE),
        partners=tuple(columns),
        unit_mapping=mapping.id if mapping else None,
        corps=names,
    )
    return Edition(
        head=head,
        corps=tuple(
            Corps(
                id=name,
                name=name.capitalize(),
                source=HERE,
                scores=_scores(framework.dimension_ids, framework.scale, at),
                partners=_scores(columns, framework.scale, at),
            )
            for at, name in enumerate(names)
        ),
    )


def _scores(names: Sequence[str], scale: Scale, at: int) -> dict[str, Score]:
    """Scores of every kind in turn; those of the first corps are certain."""
    worst, best = ((level,) for level in (scale.ids[0], scale.ids[-1]))
    kinds = [
        Score(possible=worst, basis=Basis.STATED, source=HERE, note=NOTE),
        Score(possible=scale.ids, basis=Basis.OPEN, source=HERE, note=NOTE),
        Score(basis=Basis.BLANK, source=HERE, note=NOTE),
        Score(possible=best, basis=Basis.STATED, source=HERE, note=NOTE),
    ]
    return {name: kinds[(place + at - 1) % 4] if at else kinds[-1 if place else 0] for place, name in enumerate(names)}
