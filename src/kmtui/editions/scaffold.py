"""Plan a new edition in which nothing has been judged yet: who is assessed, on what, and every score open."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kmtui.editions.context import Context
from kmtui.editions.edition_defaults import with_defaults
from kmtui.editions.errors import EditionError
from kmtui.editions.parts import HEAD
from kmtui.editions.reader import completed, head_faults
from kmtui.files.reading import validated
from kmtui.model.edition import Corps, Edition, EditionHead
from kmtui.model.units import UnitMapping

NOT_YET = "Nog niet beoordeeld."
HERE = "nieuw"
"""The placeholder for a paragraph that is not known yet."""


def plan_edition(
    edition_id: str,
    earlier: Edition,
    context: Context,
    *,
    framework: str | None = None,
    scheme: str | None = None,
    mapping: UnitMapping | None = None,
    title: str | None = None,
    start: date | None = None,
    end: date | None = None,
) -> Edition:
    """The edition that follows an earlier one (raises EditionError for what does not fit), with every score open.

    Its corps are the units of the mapping, and those corps of the earlier edition that no unit takes in. Framework and
    scheme are those that apply on its last day, unless they are named.
    """
    corps = _assessed(earlier, mapping)
    start = start or earlier.head.period.end + timedelta(days=1)
    years = earlier.head.period.end.year - earlier.head.period.start.year
    head: dict[str, Any] = {
        "id": edition_id,
        "title": title or edition_id,
        "partners": list(earlier.head.partners),
        "corps": list(corps),
        "period": {"start": start, "end": end or date(start.year + years, 12, 31)},
        "source": {"title": title or edition_id, "publisher": earlier.head.source.publisher},
        "unmentioned": {"source": [HERE], "note": NOT_YET},
    }
    named = {key: name for key, name in (("framework", framework), ("scheme", scheme)) if name}
    head, faults = with_defaults(Path(HEAD), named | head, context)
    value, more = validated(head, Path(HEAD), EditionHead)
    if value is None:
        raise EditionError(Path(), [*faults, *more])
    faults += head_faults(Path(HEAD), value, context)
    if faults:
        raise EditionError(Path(), faults)
    framework_of = context.frameworks[value.framework]
    return Edition(
        head=value,
        corps=tuple(
            completed(Corps(id=name, name=label, source=(HERE,)), value, framework_of, context)
            for name, label in corps.items()
        ),
    )


def _assessed(earlier: Edition, mapping: UnitMapping | None) -> dict[str, str]:
    units = {unit.id: unit.name.nl for unit in mapping.units} if mapping else {}
    taken = {corps for unit in mapping.units for corps in unit.corps} if mapping else set()
    return units | {corps.id: corps.name for corps in earlier.corps if corps.id not in taken}
