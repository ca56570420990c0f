"""What a corps file refers to: corps, dimensions, partners, levels and focus areas.

The raw table is checked, not the value made of it, so that a fault in one key hides none in another.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import msgspec
from msgspec import field

from kmtui.editions.context import Context
from kmtui.files.faults import Fault, unknown
from kmtui.model.framework import Framework
from kmtui.model.validation import MISSING

Table = Mapping[str, Any]


class Expected(msgspec.Struct, frozen=True):
    """The names that the scores of a corps go by, in order, and those of them that each corps must have."""

    kind: str
    names: Mapping[str, None]
    demanded: Collection[str]


class Outline(msgspec.Struct, frozen=True):
    """What the head of an edition says of its corps files, as far as it can be read; `corps` is None where not."""

    corps: tuple[str, ...] | None = None
    framework: Framework | None = None
    levels: tuple[str, ...] = ()
    expected: Mapping[str, Expected] = field(default_factory=dict)

    @classmethod
    def of(cls, head: Table, context: Context) -> Self:
        """The outline in the table of a head."""
        corps = head.get("corps")
        framework = context.frameworks.get(str(head.get("framework")))
        names = {
            "scores": ("dimension", framework.dimension_ids if framework else ()),
            "partners": ("partner", _strings(head.get("partners"))),
        }
        demands = "unmentioned" not in head
        return cls(
            corps=_strings(corps) if isinstance(corps, list) else None,
            framework=framework,
            levels=framework.scale.ids if framework else (),
            expected={
                key: Expected(
                    kind,
                    dict.fromkeys(expected),
                    [name for name in expected if name not in context.added] if demands else (),
                )
                for key, (kind, expected) in names.items()
            },
        )


def reference_faults(file: Path, corps: Table, outline: Outline) -> Iterator[Fault]:
    """Every name in the table of a corps that is not one of those it can be."""
    name, framework = corps.get("id", file.stem), outline.framework
    if name != file.stem:
        yield Fault(file, "id", f"found '{name}', expected '{file.stem}' as the file is called")
    if framework is None:
        return
    for key, expected in outline.expected.items():
        if key in corps:
            yield from _score_faults(file, key, _table(corps, key), expected, outline)
            if isinstance(corps[key], dict):
                yield from _missing_faults(file, key, corps[key], expected.demanded)
        elif expected.demanded:
            yield Fault(file, key, MISSING)
    yield from _level_faults(file, "published", _table(corps, "published"), outline)
    areas = [area.id for area in framework.areas]
    for name in _table(corps, "explanations"):
        if name not in areas:
            yield Fault(file, f"explanations.{name}", unknown("focus area", name, areas))


def _score_faults(file: Path, key: str, scores: Table, expected: Expected, outline: Outline) -> Iterator[Fault]:
    for name, score in scores.items():
        if name not in expected.names:
            yield Fault(file, f"{key}.{name}", unknown(expected.kind, name, expected.names))
        if isinstance(score, dict) and score.get("level") not in outline.levels:
            yield from _level_faults(file, f"{key}.{name}", score, outline)


def _missing_faults(file: Path, key: str, scores: Table, demanded: Collection[str]) -> Iterator[Fault]:
    for name in demanded:
        if name not in scores:
            yield Fault(file, f"{key}.{name}", "found nothing, expected a score (basis 'blank' where none was given)")


def _level_faults(file: Path, key: str, judgement: Table, outline: Outline) -> Iterator[Fault]:
    assert outline.framework is not None
    scale = outline.framework.scale
    written = "level" if "level" in judgement else "possible"
    found = _strings([judgement["level"]] if written == "level" else judgement.get("possible"))
    levels = (*outline.levels, scale.blank.id) if len(found) > 1 else outline.levels
    wrong = [level for level in found if level not in levels]
    for level in wrong:
        yield Fault(file, f"{key}.{written}", unknown("level", level, levels))
    if len(found) > 1 and not wrong and list(found) != sorted(found, key=scale.rank):
        ordered = ", ".join(scale.ordered(found))
        yield Fault(file, f"{key}.{written}", f"found {', '.join(found)}, expected worst first: {ordered}")


def _table(data: Table, key: str) -> Table:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _strings(found: object) -> tuple[str, ...]:
    return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()
