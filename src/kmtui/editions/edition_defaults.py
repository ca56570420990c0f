"""The framework and scheme of an edition whose head names none: those that apply on its last day.

Of several schemes the framework's default comes first; it also applies to an edition later than its own validity.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kmtui.editions.context import Context
from kmtui.files.faults import Fault
from kmtui.model.framework import Framework
from kmtui.model.scheme import Scheme


def with_defaults(file: Path, head: Mapping[str, Any], context: Context) -> tuple[dict[str, Any], list[Fault]]:
    """Add `framework` and `scheme` to the table of a head where they are missing.

    Returns a new table, and a fault for each key that has more than one candidate.
    """
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
    """The ids of those that apply on the day; where several do, of those that began last."""
    valid = [item for item in offered if item.valid.covers(day)]
    latest = max((item.valid.start or date.min for item in valid), default=date.min)
    return [item.id for item in valid if (item.valid.start or date.min) == latest]
