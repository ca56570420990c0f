"""Which framework and scheme apply to an edition that names none: those of its last day.

Of several schemes a framework's default goes first; it also weighs an edition later than it was meant for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kmtui.editions.context import Context
from kmtui.files.faults import Fault
from kmtui.model.framework import Framework
from kmtui.model.scheme import Scheme


def dated(file: Path, head: Mapping[str, Any], context: Context) -> tuple[dict[str, Any], list[Fault]]:
    """The table of a head with the framework and scheme that it leaves out, and why that is not possible."""
    head = dict(head)
    faults: list[Fault] = []
    period = head.get("period")
    day = period.get("end") if isinstance(period, dict) else None
    if type(day) is not date:
        return head, faults
    if "framework" not in head:
        faults += _fill(file, head, "framework", _newest(context.frameworks.values(), day), day)
    framework = context.frameworks.get(str(head.get("framework")))
    if "scheme" not in head and framework:
        found = _newest((scheme for scheme in context.schemes.values() if scheme.framework == framework.id), day)
        only_default = not found or framework.default_scheme in found
        faults += _fill(file, head, "scheme", [framework.default_scheme] if only_default else found, day)
    return head, faults


def _fill(file: Path, head: dict[str, Any], key: str, found: Sequence[str], day: date) -> Iterator[Fault]:
    if len(found) == 1:
        head[key] = found[0]
    elif found:
        yield Fault(file, key, f"found nothing, and on {day} apply {', '.join(found)}; expected one of them")


def _newest(offered: Iterable[Framework | Scheme], day: date) -> list[str]:
    """The ids of what applies on the day; where several do, those that began last."""
    valid = [item for item in offered if item.valid.covers(day)]
    latest = max((item.valid.start or date.min for item in valid), default=date.min)
    return [item.id for item in valid if (item.valid.start or date.min) == latest]
