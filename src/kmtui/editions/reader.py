"""An edition folder: `edition.toml`, one file for each corps in `corps/`, and the parts that it may have."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kmtui.editions.context import Context
from kmtui.editions.edition_defaults import with_defaults
from kmtui.editions.errors import EditionError
from kmtui.editions.file_states import changes, file_states
from kmtui.editions.parts import HEAD, LAYOUT, PARTS, read_part
from kmtui.editions.references import Outline, reference_faults
from kmtui.files.faults import Fault, first_of, repeated, unknown
from kmtui.files.reading import read_toml, validated
from kmtui.model.base import ReadOnly
from kmtui.model.edition import Corps, Edition, EditionHead
from kmtui.model.framework import Framework
from kmtui.model.names import suggestion
from kmtui.model.score import Basis, Score


def read_head(folder: Path, context: Context) -> EditionHead:
    """The head of the edition in this folder (raises EditionError)."""
    _, head, faults = _read_head(folder, context)
    if head is None:
        raise EditionError(folder, faults)
    return head


def read_edition(folder: Path, context: Context) -> Edition:
    """The head and corps of the edition in this folder (raises EditionError with every fault of theirs)."""
    edition, faults = _read(folder, context)
    if edition is None or faults:
        raise EditionError(folder, faults)
    return edition


def check_edition(folder: Path, context: Context) -> tuple[Edition | None, list[Fault]]:
    """Every fault of an edition: head, corps, parts, unknown files."""
    before = file_states(folder)
    edition, faults = _read(folder, context)
    if edition is not None:
        for part in PARTS:
            try:
                read_part(folder, part, edition, context)
            except EditionError as error:
                faults += error.faults
    return edition, [*faults, *changes(folder, before), *_stray_files(folder)]


def _read(folder: Path, context: Context) -> tuple[Edition | None, list[Fault]]:
    """The edition, or every fault of head and corps."""
    data, head, faults = _read_head(folder, context)
    outline = Outline.of(data, context)
    if head is not None:
        faults += first_of(folder / HEAD, head_faults(folder / HEAD, head, context))
    files = sorted((folder / "corps").glob("*.toml"), key=str)
    corps: dict[str, Corps] = {}
    for file in files:
        found, more = _read_corps(file, folder, outline)
        faults += more
        if found is not None:
            corps[found.id] = found
    if outline.corps is not None:
        faults += first_of(folder / HEAD, _list_faults(folder, outline.corps, files))
    if head is None or outline.framework is None or faults:
        return None, faults
    found_corps = (completed(corps[name], head, outline.framework, context) for name in head.corps)
    return Edition(head=head, corps=tuple(found_corps)), []


def _read_head(folder: Path, context: Context) -> tuple[dict[str, Any], EditionHead | None, list[Fault]]:
    """The table of the head, the head in it, and what is wrong with it."""
    file = folder / HEAD
    data = read_toml(file, folder)
    if isinstance(data, Fault):
        return {}, None, [data]
    data, faults = with_defaults(file, data, context)
    reported = {fault.key for fault in faults}
    head, more = validated(data, file, EditionHead)
    return data, head, [*faults, *(fault for fault in more if fault.key not in reported)]


def _read_corps(file: Path, folder: Path, outline: Outline) -> tuple[Corps | None, list[Fault]]:
    data = read_toml(file, folder)
    if isinstance(data, Fault):
        return None, [data]
    corps, faults = validated(data, file, Corps)
    reported = {fault.key for fault in faults}
    references = (fault for fault in reference_faults(file, data, outline) if fault.key not in reported)
    return corps, [*faults, *first_of(file, references)]


def completed(corps: Corps, head: EditionHead, framework: Framework, context: Context) -> Corps:
    """The corps with its dimensions and partners in order; of a half-known edition, those that are lacking are open."""
    if tuple(corps.scores) == framework.dimension_ids and tuple(corps.partners) == head.partners:
        return corps
    scores, partners = dict(corps.scores), dict(corps.partners)
    anything = unmentioned_score(head, framework)
    if anything is not None:
        expected = [name for name in framework.dimension_ids if name not in context.added]
        scores = dict.fromkeys(expected, anything) | scores
        partners = dict.fromkeys(head.partners, anything) | partners
    ordered = {
        "scores": ReadOnly({name: scores[name] for name in framework.dimension_ids if name in scores}),
        "partners": ReadOnly({name: partners[name] for name in head.partners if name in partners}),
    }
    return corps.replace(**ordered)


def unmentioned_score(head: EditionHead, framework: Framework) -> Score | None:
    """The open score for everything that a half-known edition does not give; None for a complete edition."""
    about = head.unmentioned
    if about is None:
        return None
    return Score(possible=framework.scale.ids, basis=Basis.OPEN, source=about.source, note=about.note)


def head_faults(file: Path, head: EditionHead, context: Context) -> Iterator[Fault]:
    """Every name in a head that is not one of those it can be."""
    if head.framework not in context.frameworks:
        yield Fault(file, "framework", unknown("framework", head.framework, context.frameworks))
    if head.scheme not in context.schemes:
        yield Fault(file, "scheme", unknown("weighting scheme", head.scheme, context.schemes))
    elif context.schemes[head.scheme].framework != head.framework:
        weighed = context.schemes[head.scheme].framework
        yield Fault(file, "scheme", f"found '{head.scheme}', which weighs {weighed}, expected one for {head.framework}")
    if head.unit_mapping is not None and head.unit_mapping not in context.mappings:
        yield Fault(file, "unit_mapping", unknown("unit mapping", head.unit_mapping, context.mappings))
    for name in head.partners:
        if name not in context.partners:
            yield Fault(file, "partners", unknown("partner", name, context.partners))
    yield from repeated(file, "corps", "corps", head.corps)
    yield from repeated(file, "partners", "partner", head.partners)
    for group, members in head.groups.items():
        for name in members:
            if name not in head.corps:
                yield Fault(file, f"groups.{group}", unknown("corps", name, head.corps))


def _list_faults(folder: Path, corps: Sequence[str], files: Sequence[Path]) -> Iterator[Fault]:
    """Corps that the head lists and the folder lacks, and the other way round."""
    names, listed = dict.fromkeys(file.stem for file in files), dict.fromkeys(corps)
    for name in listed:
        if name not in names:
            hint = suggestion(name, names)
            yield Fault(folder / HEAD, "corps", f"corps '{name}' has no file corps/{name}.toml{hint}")
    for file in files:
        if file.stem not in listed:
            hint = suggestion(file.stem, corps)
            yield Fault(file, "", f"stray file: {HEAD} does not list corps '{file.stem}'{hint}")


def _stray_files(folder: Path) -> Iterator[Fault]:
    """What no part of kmtui reads. Hidden files and a README are the keeper's own business."""
    strays: set[Path] = set()
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or inside.name == "README.md":
            continue
        depth = len(inside.parts)
        if any(pattern.count("/") + 1 == depth and inside.match(pattern) for pattern in LAYOUT):
            continue
        strays.add(file)
        if strays.isdisjoint(file.parents):
            kind = "folder" if file.is_dir() else "file"
            yield Fault(file, "", f"stray {kind}: an edition has {', '.join(LAYOUT)}")
