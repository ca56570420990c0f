"""A new edition in which nothing has been judged yet: who is assessed, on what, and every score open."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kmtui.editions.context import Context
from kmtui.editions.dated import dated
from kmtui.editions.errors import EditionError
from kmtui.editions.layout import HEAD
from kmtui.editions.reader import head_faults
from kmtui.files.reading import is_there, validated
from kmtui.files.writing import draft_of, settle, umask, write_toml
from kmtui.model.edition import Edition, EditionHead
from kmtui.model.units import UnitMapping

NOT_YET = "Nog niet beoordeeld."
HERE = "nieuw"
"""Stands where a paragraph will be cited."""


class EditionPlan:
    """What a new edition will say of itself: its head as a table, and the name of each corps."""

    def __init__(self, head: dict[str, Any], corps: dict[str, str]) -> None:
        self.head = head
        self.corps = corps

    @property
    def framework(self) -> str:
        """The id of the framework that it is to be scored on."""
        return str(self.head["framework"])


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
) -> EditionPlan:
    """The edition that follows an earlier one (raises EditionError for what does not fit).

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
    head, faults = dated(Path(HEAD), named | head, context)
    value, more = validated(head, Path(HEAD), EditionHead)
    if value is None:
        raise EditionError(Path(), [*faults, *more])
    faults += head_faults(Path(HEAD), value, context)
    if faults:
        raise EditionError(Path(), faults)
    return EditionPlan(head, corps)


def _assessed(earlier: Edition, mapping: UnitMapping | None) -> dict[str, str]:
    units = {unit.id: unit.name.nl for unit in mapping.units} if mapping else {}
    taken = {corps for unit in mapping.units for corps in unit.corps} if mapping else set()
    return units | {corps.id: corps.name for corps in earlier.corps if corps.id not in taken}


def write_edition(folder: Path, plan: EditionPlan) -> None:
    """Write the edition into a folder that is not there yet, whole or not at all (raises OSError)."""
    if is_there(folder):
        raise FileExistsError(f"{folder} is there already; a new edition needs a folder of its own")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with draft_of(folder) as draft:
        (draft / "corps").mkdir()
        write_toml(draft / HEAD, plan.head)
        for name, label in plan.corps.items():
            write_toml(draft / "corps" / f"{name}.toml", {"id": name, "name": label, "source": [HERE]})
        draft.chmod(0o777 & ~umask())
        draft.rename(folder)
    settle(folder.parent)
