"""An edition folder: `edition.toml`, one file for each corps in `corps/`, and the parts that it may have."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kmtui.editions.context import Context
from kmtui.editions.faults import EditionError, Fault, suggestion, unknown
from kmtui.editions.files import read_value
from kmtui.editions.parts import PARTS, read_part
from kmtui.model import Basis, Corps, Edition, EditionHead, Framework, Judgement, ReadOnly, Score

HEAD = "edition.toml"


def read_head(folder: Path) -> EditionHead:
    """The head of the edition in this folder (raises EditionError)."""
    head, faults = read_value(folder / HEAD, folder, EditionHead)
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
    """Everything that is wrong with an edition: head, corps, parts, files that nobody reads."""
    edition, faults = _read(folder, context)
    if edition is not None:
        for part in PARTS:
            try:
                read_part(folder, part, edition, context)
            except EditionError as error:
                faults += error.faults
    return edition, [*faults, *_stray_files(folder)]


def _read(folder: Path, context: Context) -> tuple[Edition | None, list[Fault]]:
    head, faults = read_value(folder / HEAD, folder, EditionHead)
    framework = None
    if head is not None:
        framework = context.frameworks.get(head.framework)
        faults += _head_faults(folder / HEAD, head, context)
    files = sorted((folder / "corps").glob("*.toml"))
    corps: dict[str, Corps] = {}
    for file in files:
        found, more = read_value(file, folder, Corps)
        faults += more
        if found is not None:
            corps[found.id] = found
            if head is not None and framework is not None:
                faults += _corps_faults(file, found, head, framework)
            elif found.id != file.stem:
                faults.append(_misnamed(file, found))
    if head is None:
        return None, faults
    faults += _list_faults(folder, head, files)
    if framework is None or faults:
        return None, faults
    return Edition(head=head, corps=tuple(_completed(corps[name], head, framework) for name in head.corps)), faults


def _completed(corps: Corps, head: EditionHead, framework: Framework) -> Corps:
    """The corps with every dimension in order; in a half-known edition what is not given is open."""
    if head.unmentioned is None:
        scores = {name: corps.scores[name] for name in framework.dimension_ids}
    else:
        about = head.unmentioned
        anything = Score(possible=framework.scale.ids, basis=Basis.OPEN, source=about.source, note=about.note)
        scores = {name: corps.scores.get(name, anything) for name in framework.dimension_ids}
    return corps.model_copy(update={"scores": ReadOnly(scores)})


def _head_faults(file: Path, head: EditionHead, context: Context) -> Iterator[Fault]:
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
    for key, names in (("corps", head.corps), ("partners", head.partners)):
        for name, times in Counter(names).items():
            if times > 1:
                yield Fault(file, key, f"'{name}' is there {times} times, expected once")
    for group, members in head.groups.items():
        for name in members:
            if name not in head.corps:
                yield Fault(file, f"groups.{group}", unknown("corps", name, head.corps))


def _list_faults(folder: Path, head: EditionHead, files: list[Path]) -> Iterator[Fault]:
    """Corps that the head lists and the folder lacks, and the other way round."""
    names = [file.stem for file in files]
    for name in dict.fromkeys(head.corps):
        if name not in names:
            hint = suggestion(name, names)
            yield Fault(folder / HEAD, "corps", f"corps '{name}' has no file corps/{name}.toml{hint}")
    for file in files:
        if file.stem not in head.corps:
            hint = suggestion(file.stem, head.corps)
            yield Fault(file, "", f"stray file: {HEAD} does not list corps '{file.stem}'{hint}")


def _corps_faults(file: Path, corps: Corps, head: EditionHead, framework: Framework) -> Iterator[Fault]:
    if corps.id != file.stem:
        yield _misnamed(file, corps)
    complete = head.unmentioned is None
    yield from _scores_faults(file, "scores", "dimension", corps.scores, framework.dimension_ids, framework, complete)
    yield from _scores_faults(file, "partners", "partner", corps.partners, head.partners, framework, complete)
    if corps.published:
        yield from _level_faults(file, "published", corps.published, framework)
    areas = [area.id for area in framework.areas]
    for name in corps.explanations:
        if name not in areas:
            yield Fault(file, f"explanations.{name}", unknown("focus area", name, areas))


def _misnamed(file: Path, corps: Corps) -> Fault:
    return Fault(file, "id", f"found '{corps.id}', expected '{file.stem}' as the file is called")


def _scores_faults(
    file: Path,
    key: str,
    kind: str,
    scores: Mapping[str, Score],
    expected: Iterable[str],
    framework: Framework,
    complete: bool,
) -> Iterator[Fault]:
    expected = list(expected)
    for name, score in scores.items():
        if name not in expected:
            yield Fault(file, f"{key}.{name}", unknown(kind, name, expected))
        yield from _level_faults(file, f"{key}.{name}", score, framework)
    for name in expected:
        if complete and name not in scores:
            yield Fault(file, f"{key}.{name}", "found nothing, expected a score (basis 'blank' where none was given)")


def _level_faults(file: Path, key: str, found: Judgement, framework: Framework) -> Iterator[Fault]:
    scale = framework.scale
    levels = (*scale.ids, scale.blank.id) if found.is_open else scale.ids
    wrong = [level for level in found.possible if level not in levels]
    for level in wrong:
        yield Fault(file, f"{key}.possible", unknown("level", level, levels))
    if not wrong and found.possible != framework.scale.ordered(found.possible):
        ordered = ", ".join(framework.scale.ordered(found.possible))
        yield Fault(file, f"{key}.possible", f"found {', '.join(found.possible)}, expected worst first: {ordered}")


def _stray_files(folder: Path) -> Iterator[Fault]:
    """Files that no part of kmtui reads. Hidden files and a README are the keeper's own business."""
    patterns = [HEAD, "corps", "corps/*.toml", *(pattern for part in PARTS.values() for pattern in part.files)]
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or inside.name == "README.md":
            continue
        depth = len(inside.parts)
        if not any(pattern.count("/") + 1 == depth and inside.match(pattern) for pattern in patterns):
            yield Fault(file, "", f"stray file: an edition has {', '.join(patterns)}")
