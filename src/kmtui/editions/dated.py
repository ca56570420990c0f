"""Which framework and scheme apply to an edition that names none: those of its last day."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kmtui.editions.context import Context
from kmtui.files.faults import Fault
from kmtui.model import Framework, Scheme


def dated(file: Path, head: Mapping[str, Any], context: Context) -> tuple[dict[str, Any], list[Fault]]:
    """The table of a head with the framework and scheme that it leaves out, and why that is not possible."""
    head = dict(head)
    faults: list[Fault] = []
    period = head.get("period")
    day = period.get("end") if isinstance(period, dict) else None
    if type(day) is not date:
        return head, faults
    for key, offered in (("framework", context.frameworks.values()), ("scheme", context.schemes.values())):
        if key in head:
            continue
        fitting = [item for item in offered if isinstance(item, Framework) or item.framework == head.get("framework")]
        found = _newest(fitting, day)
        default = context.frameworks[head["framework"]].default_scheme if key == "scheme" and found else None
        if default in found:
            found = [default]
        if len(found) == 1:
            head[key] = found[0]
        elif found:
            faults.append(
                Fault(file, key, f"found nothing, and on {day} apply {', '.join(found)}; expected one of them")
            )
    return head, faults


def _newest(offered: Iterable[Framework | Scheme], day: date) -> list[str]:
    """The ids of what applies on the day; where several do, those that began last."""
    valid = [item for item in offered if item.valid.covers(day)]
    latest = max((item.valid.start or date.min for item in valid), default=date.min)
    return [item.id for item in valid if (item.valid.start or date.min) == latest]
