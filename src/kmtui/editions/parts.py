"""The files of an edition, and its optional parts. A part is read, and its model imported, when it is asked for."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kmtui.editions.context import Context
from kmtui.editions.errors import EditionError
from kmtui.files.faults import Fault, first_of, repeated, unknown
from kmtui.files.reading import is_there, read_optional, read_value
from kmtui.model.base import Value
from kmtui.model.edition import Edition
from kmtui.model.framework import Framework


class PartRead(NamedTuple):
    """What reading a part gave: its value as far as it could be read (None where not at all), and every fault."""

    value: Any
    faults: list[Fault]


class Part(msgspec.Struct, frozen=True):
    """An optional part of an edition: its files, as patterns inside the folder, and the function that reads them."""

    files: tuple[str, ...]
    read: Callable[[Path, Edition, Context], PartRead]


def readable_part(folder: Path, name: str, edition: Edition, context: Context) -> PartRead:
    """One part of an edition as far as it can be read, empty where it has none."""
    return PARTS[name].read(folder, edition, context)


def read_part(folder: Path, name: str, edition: Edition, context: Context) -> Any:
    """One part of an edition, empty where it has none (raises EditionError with every fault of it)."""
    value, faults = readable_part(folder, name, edition, context)
    if faults:
        raise EditionError(folder, faults)
    return value


def _file(folder: Path, name: str, model: type[Value]) -> PartRead:
    """A part that is one file."""
    return PartRead(*read_optional(folder / name, folder, model))


def _framework(edition: Edition, context: Context) -> Framework:
    return context.frameworks[edition.framework]


def _figures(folder: Path, edition: Edition, _context: Context) -> PartRead:
    from kmtui.editions.figures import read_figures

    return PartRead(*read_figures(folder, edition.head.corps))


def _counts(folder: Path, edition: Edition, context: Context) -> PartRead:
    from kmtui.model.words import Counts

    found = _file(folder, "counts.toml", Counts)
    framework, file = _framework(edition, context), folder / "counts.toml"
    for at, count in enumerate(found.value.counts if found.value else ()):
        key = f"counts.{at}"
        about = [name for name in ("dimension", "partner", "verdict") if getattr(count, name)]
        if len(about) != 1:
            problem = f"found {' and '.join(about) or 'none'}, expected one of dimension, partner, verdict"
            found.faults.append(Fault(file, key, problem))
        levels = [*framework.scale.ids, framework.scale.blank.id]
        found.faults.extend(_names(file, f"{key}.levels", "level", count.levels, levels))
        if count.dimension:
            found.faults.extend(_names(file, key, "dimension", [count.dimension], framework.dimension_ids))
        if count.partner:
            found.faults.extend(_names(file, key, "partner", [count.partner], context.partners))
    return found


def _picture(folder: Path, edition: Edition, context: Context) -> PartRead:
    from kmtui.model.words import Picture

    found = _file(folder, "picture.toml", Picture)
    if found.value:
        file = folder / "picture.toml"
        types = {column.partner.id for column in context.partners.values()}
        dimensions = _framework(edition, context).dimension_ids
        found.faults.extend(_names(file, "dimensions", "dimension", found.value.dimensions, dimensions))
        found.faults.extend(_names(file, "partners", "partner", found.value.partners, types))
        found.faults.extend(_names(file, "answers", "partner", found.value.answers, types))
    return found


def _recommendations(folder: Path, _edition: Edition, _context: Context) -> PartRead:
    from kmtui.model.words import Recommendations

    found = _file(folder, "recommendations.toml", Recommendations)
    if found.value:
        ids = [recommendation.id for recommendation in found.value.recommendations]
        file = folder / "recommendations.toml"
        found.faults.extend(repeated(file, "recommendations", "id", ids))
        named = {name for one in found.value.recommendations for name in (*one.addressees, one.theme)}
        found.faults.extend(_names(file, "names", "addressee or theme", found.value.names, sorted(named)))
    return found


def _glossary(folder: Path, _edition: Edition, _context: Context) -> PartRead:
    from kmtui.model.words import Glossary

    found = _file(folder, "glossary.toml", Glossary)
    if found.value:
        ids = [term.id for term in found.value.terms]
        found.faults.extend(repeated(folder / "glossary.toml", "terms", "id", ids))
    return found


def _claims(folder: Path, _edition: Edition, _context: Context) -> PartRead:
    from kmtui.model.claims import Claims

    found = _file(folder, "claims.toml", Claims)
    if found.value:
        ids = [claim.id for claim in found.value.claims]
        found.faults.extend(repeated(folder / "claims.toml", "claims", "id", ids))
    return found


def _questionnaire(folder: Path, edition: Edition, context: Context) -> PartRead:
    from kmtui.model.questionnaire import Questionnaire

    file = folder / "questionnaire.toml"
    if not is_there(file):
        return PartRead(None, [])
    value, faults = read_value(file, folder, Questionnaire)
    known = _framework(edition, context).dimension_ids
    for at, question in enumerate(value.questions if value else ()):
        faults.extend(_names(file, f"questions.{at}.feeds", "dimension", question.feeds, known))
    return PartRead(value, faults)


def _units(folder: Path, edition: Edition, context: Context) -> PartRead:
    from kmtui.model.units import Baseline

    baselines: dict[str, Baseline] = {}
    faults: list[Fault] = []
    mapping = context.mappings.get(edition.head.unit_mapping or "")
    known = [unit.id for unit in mapping.units] if mapping else []
    areas = [area.id for area in _framework(edition, context).areas]
    for file in sorted((folder / "units").glob("*.toml")):
        baseline, more = read_value(file, folder, Baseline)
        faults += more
        if baseline is None:
            continue
        baselines[baseline.id] = baseline
        faults += _names(file, "id", "unit", [baseline.id], known)
        faults += _names(file, "findings", "focus area", baseline.findings, areas)
        if baseline.id != file.stem:
            faults.append(Fault(file, "id", f"found '{baseline.id}', expected '{file.stem}' as the file is called"))
    return PartRead({name: baselines[name] for name in known if name in baselines}, faults)


def _names(file: Path, key: str, kind: str, names: Iterable[str], known: Iterable[str]) -> list[Fault]:
    known = list(known)
    return first_of(file, (Fault(file, key, unknown(kind, name, known)) for name in names if name not in known))


PARTS: Mapping[str, Part] = {
    "figures": Part(("indicators.toml", "tables", "tables/*.csv"), _figures),
    "claims": Part(("claims.toml",), _claims),
    "counts": Part(("counts.toml",), _counts),
    "picture": Part(("picture.toml",), _picture),
    "questionnaire": Part(("questionnaire.toml",), _questionnaire),
    "recommendations": Part(("recommendations.toml",), _recommendations),
    "glossary": Part(("glossary.toml",), _glossary),
    "units": Part(("units", "units/*.toml"), _units),
}

HEAD = "edition.toml"
LAYOUT = (HEAD, "corps", "corps/*.toml", *(pattern for part in PARTS.values() for pattern in part.files))
"""The files and folders of an edition, as patterns inside its folder."""
FILES = tuple(pattern for pattern in LAYOUT if "." in pattern)
