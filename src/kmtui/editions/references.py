"""What a corps file refers to: corps, dimensions, partners, levels and focus areas.

The table is looked at as it was read and not as a value, so that a fault in one key hides none in another.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from kmtui.editions.context import Context
from kmtui.files.faults import MISSING, Fault, unknown
from kmtui.model.framework import Framework
from kmtui.model.scale import Scale

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outline:
    """What the head of an edition says of its corps files, as far as it can be read; `corps` is None where not."""

    corps: tuple[str, ...] | None = None
    partners: tuple[str, ...] = ()
    framework: Framework | None = None
    added: Collection[str] = ()
    is_complete: bool = False

    @classmethod
    def of(cls, head: Table, context: Context) -> Self:
        """The outline in the table of a head."""
        corps = head.get("corps")
        return cls(
            corps=_strings(corps) if isinstance(corps, list) else None,
            partners=_strings(head.get("partners")),
            framework=context.frameworks.get(str(head.get("framework"))),
            added=context.added,
            is_complete="unmentioned" not in head,
        )


def reference_faults(file: Path, corps: Table, outline: Outline) -> Iterator[Fault]:
    """Every name in the table of a corps that is not one of those it can be."""
    name, framework = corps.get("id", file.stem), outline.framework
    if name != file.stem:
        yield Fault(file, "id", f"found '{name}', expected '{file.stem}' as the file is called")
    if framework is None:
        return
    for key, kind, expected in (
        ("scores", "dimension", framework.dimension_ids),
        ("partners", "partner", outline.partners),
    ):
        if key in corps:
            yield from _score_faults(file, key, kind, _table(corps, key), expected, framework.scale)
            if outline.is_complete and isinstance(corps[key], dict):
                demanded = [name for name in expected if name not in outline.added]
                yield from _missing_faults(file, key, corps[key], demanded)
        elif outline.is_complete and expected:
            yield Fault(file, key, MISSING)
    yield from _level_faults(file, "published", _table(corps, "published"), framework.scale)
    areas = [area.id for area in framework.areas]
    for name in _table(corps, "explanations"):
        if name not in areas:
            yield Fault(file, f"explanations.{name}", unknown("focus area", name, areas))


def _score_faults(
    file: Path, key: str, kind: str, scores: Table, expected: Sequence[str], scale: Scale
) -> Iterator[Fault]:
    for name in scores:
        if name not in expected:
            yield Fault(file, f"{key}.{name}", unknown(kind, name, expected))
        yield from _level_faults(file, f"{key}.{name}", _table(scores, name), scale)


def _missing_faults(file: Path, key: str, scores: Table, expected: Sequence[str]) -> Iterator[Fault]:
    for name in expected:
        if name not in scores:
            yield Fault(file, f"{key}.{name}", "found nothing, expected a score (basis 'blank' where none was given)")


def _level_faults(file: Path, key: str, judgement: Table, scale: Scale) -> Iterator[Fault]:
    written = "level" if "level" in judgement else "possible"
    found = _strings([judgement["level"]] if written == "level" else judgement.get("possible"))
    levels = (*scale.ids, scale.blank.id) if len(found) > 1 else scale.ids
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
