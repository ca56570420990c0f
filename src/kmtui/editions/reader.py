"""An edition folder: `edition.toml` and one file for each corps in `corps/`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from kmtui.editions.faults import EditionError, Fault, faults_of, suggestion, unknown
from kmtui.editions.toml import read_toml
from kmtui.model import Corps, Edition, Framework, Id, Period, Source, Value, WeightingScheme, Words

HEAD = "edition.toml"
V = TypeVar("V", bound=Value)


class EditionHead(Value):
    """What `edition.toml` says: everything but the corps themselves, which it lists in order."""

    id: Id
    title: Words
    period: Period
    framework: Id
    scheme: Id
    source: Source
    corps: tuple[Id, ...]


def read_head(folder: Path) -> EditionHead:
    """The head of the edition in this folder (raises EditionError)."""
    file = folder / HEAD
    head, faults = _read(file, folder, EditionHead)
    if head is None:
        raise EditionError(folder, faults)
    return head


def read_edition(folder: Path, frameworks: Mapping[str, Framework], schemes: Mapping[str, WeightingScheme]) -> Edition:
    """The edition in this folder (raises EditionError with every fault that it has)."""
    head, faults = _read(folder / HEAD, folder, EditionHead)
    framework = None
    if head is not None:
        framework = frameworks.get(head.framework)
        faults += _head_faults(folder, head, frameworks, schemes)
    files = sorted((folder / "corps").glob("*.toml"))
    corps: dict[str, Corps] = {}
    for file in files:
        found, more = _read(file, folder, Corps)
        faults += more
        if found is not None:
            corps[found.id] = found
            faults += _corps_faults(file, found, framework)
    faults += _list_faults(folder, head, files)
    faults += _stray_files(folder)
    if head is None or faults:
        raise EditionError(folder, faults)
    return Edition(**dict(head) | {"corps": tuple(corps[name] for name in head.corps)})


def _read(file: Path, folder: Path, model: type[V]) -> tuple[V | None, list[Fault]]:
    data = read_toml(file, folder)
    if isinstance(data, Fault):
        return None, [data]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, faults_of(file, error, model)


def _head_faults(
    folder: Path, head: EditionHead, frameworks: Mapping[str, Framework], schemes: Mapping[str, WeightingScheme]
) -> Iterator[Fault]:
    file = folder / HEAD
    if head.framework not in frameworks:
        yield Fault(file, "framework", unknown("framework", head.framework, frameworks))
    if head.scheme not in schemes:
        yield Fault(file, "scheme", unknown("weighting scheme", head.scheme, schemes))
    elif schemes[head.scheme].framework != head.framework:
        weighed = schemes[head.scheme].framework
        yield Fault(file, "scheme", f"found '{head.scheme}', which weighs {weighed}, expected one for {head.framework}")
    for name, times in Counter(head.corps).items():
        if times > 1:
            yield Fault(file, "corps", f"corps '{name}' is there {times} times, expected once")


def _list_faults(folder: Path, head: EditionHead | None, files: list[Path]) -> Iterator[Fault]:
    """Corps that the head lists and the folder lacks, and the other way round."""
    if head is None:
        return
    names = [file.stem for file in files]
    for name in dict.fromkeys(head.corps):
        if name not in names:
            yield Fault(
                folder / HEAD, "corps", f"corps '{name}' has no file corps/{name}.toml{suggestion(name, names)}"
            )
    for file in files:
        if file.stem not in head.corps:
            yield Fault(
                file, "", f"stray file: {HEAD} does not list corps '{file.stem}'{suggestion(file.stem, head.corps)}"
            )


def _corps_faults(file: Path, corps: Corps, framework: Framework | None) -> Iterator[Fault]:
    if corps.id != file.stem:
        yield Fault(file, "id", f"found '{corps.id}', expected '{file.stem}' as the file is called")
    if framework is None:
        return
    dimensions, levels = framework.dimension_ids, framework.scale.ids
    for name, score in corps.scores.items():
        if name not in dimensions:
            yield Fault(file, f"scores.{name}", unknown("dimension", name, dimensions))
        wrong = [level for level in score.possible if level not in levels]
        for level in wrong:
            yield Fault(file, f"scores.{name}.possible", unknown("level", level, levels))
        if not wrong and score.possible != framework.scale.ordered(score.possible):
            expected = ", ".join(framework.scale.ordered(score.possible))
            yield Fault(
                file, f"scores.{name}.possible", f"found {', '.join(score.possible)}, expected worst first: {expected}"
            )
    for name in dimensions:
        if name not in corps.scores:
            yield Fault(file, f"scores.{name}", "found nothing, expected a score (basis 'blank' where none was given)")
    if corps.published and corps.published.level not in levels:
        yield Fault(file, "published.level", unknown("level", corps.published.level, levels))


def _stray_files(folder: Path) -> Iterator[Fault]:
    """Files that no part of kmtui reads. Hidden files and a README are the keeper's own business."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or inside.name == "README.md":
            continue
        if inside.as_posix() in (HEAD, "corps") or (len(inside.parts) == 2 and inside.match("corps/*.toml")):
            continue
        yield Fault(file, "", f"stray file: an edition has {HEAD} and corps/*.toml")
