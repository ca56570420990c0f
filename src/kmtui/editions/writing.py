"""Write editions: model values to the text of their files, new folders, and changes to files that exist.

`file_texts` and `changed_text` are pure. `write_edition` and `change_edition` check the edition that results before it
takes the place of anything on the disk.
"""

import csv
import io
from collections.abc import Iterable, Mapping, MutableMapping, MutableSequence, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import NODEFAULT, structs

from kmtui.editions.context import Context
from kmtui.editions.errors import EditionError
from kmtui.editions.figures import COLUMNS, INDICATORS, table_file
from kmtui.editions.file_states import file_states
from kmtui.editions.parts import HEAD, PARTS, readable_part
from kmtui.editions.reader import check_edition, unmentioned_score
from kmtui.files.faults import Fault
from kmtui.files.reading import is_there, read_text
from kmtui.files.writing import draft_of, settle, write_together
from kmtui.model.base import ReadOnly, Value
from kmtui.model.claims import Claims
from kmtui.model.edition import Corps, Edition, EditionHead
from kmtui.model.figures import Figures, FigureTable
from kmtui.model.numbers import digits
from kmtui.model.questionnaire import Questionnaire
from kmtui.model.score import Judgement
from kmtui.model.units import Baseline
from kmtui.model.words import Counts, Glossary, Picture, Recommendations

PART_FILES: Mapping[type[Value], str] = {
    Claims: "claims.toml",
    Counts: "counts.toml",
    Glossary: "glossary.toml",
    Picture: "picture.toml",
    Questionnaire: "questionnaire.toml",
    Recommendations: "recommendations.toml",
    Figures: INDICATORS,
}
"""The parts that are one TOML file each; the tables of figures come beside theirs."""


def write_edition(folder: Path, edition: Edition, context: Context, *parts: Value) -> None:
    """Write a complete edition into a folder that does not exist yet, whole or not at all.

    `parts` are any of Figures, Claims, Counts, Glossary, Picture, Recommendations, and a Baseline for each unit. What
    is written is checked, and must read back equal to what was given.

    Raises FileExistsError, OSError, or EditionError with every fault; no folder is made then.
    """
    if is_there(folder):
        raise FileExistsError(f"{folder} is there already; a new edition needs a folder of its own")
    texts: dict[str, str] = {}
    for value in (edition.head, *edition.corps, *parts):
        texts |= file_texts(value, edition.head, context)
    contents = {name: _encoded(folder / name, folder, text) for name, text in texts.items()}
    folder.parent.mkdir(parents=True, exist_ok=True)
    with draft_of(folder) as draft:
        (draft / "corps").mkdir()
        write_together(draft, contents)
        _require_equal(draft, folder, edition, parts, context)
        draft.rename(folder)
    settle(folder.parent)


def change_edition(
    folder: Path, read: Edition, complete: Edition | None, values: Sequence[Value], context: Context
) -> None:
    """Replace the files of the values in an edition folder; comments in TOML files stay.

    `read` is the edition as its files have it, `complete` the same with computed scores, which are not written. Needs
    the lock of the folder. Raises EditionError with every fault of the edition that would result, or OSError.
    """
    head = next((value for value in values if isinstance(value, EditionHead)), read.head)
    contents: dict[str, bytes] = {}
    for value in values:
        if isinstance(value, Corps):
            value = _without_computed(value, read, complete)
        for name, text in file_texts(value, head, context, old=_Texts(folder)).items():
            contents[name] = _encoded(folder / name, folder, text)
    with TemporaryDirectory(prefix="kmtui-") as draft:
        unchanged_files = {name: _Texts(folder)[name].encode() for name in file_states(folder) if name not in contents}
        write_together(Path(draft), unchanged_files | contents, durable=False)
        _require_sound(Path(draft), folder, context)
    write_together(folder, contents)


class _Texts:
    """The texts of the files in a folder (raises EditionError for one that cannot be read)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, name: str) -> str:
        text = read_text(self.folder / name, self.folder)
        if isinstance(text, Fault):
            raise EditionError(self.folder, [text])
        return text

    def get(self, name: str) -> str | None:
        """The text, or None where there is no such file."""
        return self[name] if is_there(self.folder / name) else None


def file_texts(value: Value, head: EditionHead, context: Context, old: _Texts | None = None) -> dict[str, str]:
    """The text of each file that holds the value, by its path in the edition's folder.

    With `old` texts, TOML files keep their comments and their order of keys. Raises TypeError for a value that is no
    part of an edition, EditionError where the old text cannot be changed.
    """
    match value:
        case EditionHead():
            name = HEAD
        case Corps():
            name = f"corps/{value.id}.toml"
        case Baseline():
            name = f"units/{value.id}.toml"
        case _ if type(value) in PART_FILES:
            name = PART_FILES[type(value)]
        case _:
            raise TypeError(f"found {type(value).__name__}, expected a part of an edition")
    lean, full = _table(value, with_defaults=False), _table(value, with_defaults=True)
    if isinstance(value, Corps):
        _leave_out_unmentioned(lean, value, head, context)
    before = old.get(name) if old is not None else None
    if before is None or old is None:
        import tomli_w

        texts = {name: tomli_w.dumps(lean)}
    else:
        texts = {name: changed_text(old.folder / name, old.folder, before, lean, full)}
    if isinstance(value, Figures):
        texts |= {table_file(table.id).as_posix(): _csv(table) for table in value.tables}
    return texts


def _leave_out_unmentioned(table: dict[str, Any], corps: Corps, head: EditionHead, context: Context) -> None:
    """Take out the scores that reading a half-known edition fills in."""
    framework = context.frameworks.get(head.framework)
    anything = unmentioned_score(head, framework) if framework else None
    for key, scores in (("scores", corps.scores), ("partners", corps.partners)):
        left = {name: table[key][name] for name, score in scores.items() if score != anything}
        if left:
            table[key] = left
        else:
            table.pop(key, None)


def _without_computed(corps: Corps, read: Edition, complete: Edition | None) -> Corps:
    """The corps without the scores that plugins computed for it."""
    written = next((one.scores for one in read.corps if one.id == corps.id), {})
    known: Iterable[Corps] = complete.corps if complete is not None else ()
    computed = next((one.scores for one in known if one.id == corps.id), {})
    kept = {name: score for name, score in corps.scores.items() if name in written or score != computed.get(name)}
    return corps if len(kept) == len(corps.scores) else structs.replace(corps, scores=ReadOnly(kept))


def _encoded(file: Path, folder: Path, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        problem = f"found {text[error.start]!r}, which is no character, expected text that UTF-8 can hold"
        raise EditionError(folder, [Fault(file, "", problem)]) from None


# From values to tables


@cache
def _fields(kind: type[Value]) -> tuple[structs.FieldInfo, ...]:
    return structs.fields(kind)


def _table(value: Value, *, with_defaults: bool) -> dict[str, Any]:
    """The value as the table of a file. What has no value is left out, and so are defaults unless they are wanted."""
    config = type(value).__struct_config__
    table: dict[str, Any] = {config.tag_field: config.tag} if config.tag_field else {}
    for info in _fields(type(value)):
        held = getattr(value, info.name)
        if held is None or (isinstance(value, FigureTable) and info.name == "cells"):
            continue
        default = info.default_factory() if info.default_factory is not NODEFAULT else info.default
        if with_defaults or held != default:
            table[info.encode_name] = _plain(held, with_defaults)
    if isinstance(value, Judgement) and len(value.possible) < 2:
        table.pop("possible", None)
        return table if value.level is None else {"level": value.level, **table}
    return table


def _plain(value: Any, with_defaults: bool) -> Any:
    match value:
        case Value():
            return _table(value, with_defaults=with_defaults)
        case Mapping():
            return {key: _plain(held, with_defaults) for key, held in value.items()}
        case tuple() | list():
            return [_plain(item, with_defaults) for item in value]
        case StrEnum() | PurePath():
            return str(value)
        case _:
            return value


def _csv(table: FigureTable) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cell in table.cells:
        value = "" if cell.value is None else digits(cell.value)
        writer.writerow((cell.indicator, cell.subject, cell.year or "", cell.raw, value, cell.status, cell.footnote))
    return out.getvalue()


# Changes that keep comments


def changed_text(
    file: Path, folder: Path, text: str, lean: Mapping[str, Any], full: Mapping[str, Any] | None = None
) -> str:
    """A TOML text with other values: comments, order and form of what stays the same are kept.

    `lean` is the table that the text must mean; a key of `full` that the text has with the same value stays, though
    `lean` leaves it out as a default. Raises EditionError where the text cannot be changed.
    """
    import tomlkit

    full = lean if full is None else full
    try:
        document = tomlkit.parse(text)
        _merge(document, lean, full)
        changed = tomlkit.dumps(document)
        meant = tomlkit.parse(changed).unwrap()
        wrong = [key for key in lean if key not in meant or not _means(meant[key], lean[key], full.get(key, lean[key]))]
        if wrong:  # an unusual form that cannot be changed in place: replace the key
            for key in wrong:
                document.pop(key, None)
                document[key] = lean[key]
            changed = tomlkit.dumps(document)
            meant = tomlkit.parse(changed).unwrap()
    except Exception as error:  # of any kind: tomlkit fails in its own ways on files of an unusual form
        raise EditionError(folder, [Fault(file, "", f"its comments cannot be kept: {error}")]) from error
    if not _means(meant, lean, full):
        raise EditionError(folder, [Fault(file, "", "its comments cannot be kept: the form of the file is unusual")])
    return changed


def _merge(table: MutableMapping[str, Any], lean: Mapping[str, Any], full: Mapping[str, Any]) -> None:
    for key in list(table):
        if key in lean:
            old, new = table[key], lean[key]
            if _bare(old) == new:
                continue
            inner = full.get(key, new)
            if isinstance(old, MutableMapping) and isinstance(new, Mapping):
                _merge(old, new, inner)
            elif _can_hold(old, new):
                _merge_items(old, new, inner)
            else:
                table[key] = new
        elif key not in full or _bare(table[key]) != full[key]:
            del table[key]
    for key, new in lean.items():
        if key not in table:
            table[key] = new


def _can_hold(old: Any, new: Any) -> bool:
    """Whether an array can be changed into the new one in place; `[[tables]]` hold tables only, and never none."""
    from tomlkit.items import AoT

    if not isinstance(old, MutableSequence) or not isinstance(new, list):
        return False
    return not isinstance(old, AoT) or (new != [] and all(isinstance(item, Mapping) for item in new))


def _merge_items(items: MutableSequence[Any], lean: Sequence[Any], full: Sequence[Any]) -> None:
    """Change an array in place: items of the same id, or the same content, stay where they are."""
    matcher = SequenceMatcher(None, [_mark(item) for item in items], [_mark(item) for item in lean], autojunk=False)
    for kind, start, end, first, last in reversed(matcher.get_opcodes()):
        paired = min(end - start, last - first) if kind in ("equal", "replace") else 0
        for at in reversed(range(start + paired, end)):
            del items[at]
        for at in reversed(range(first + paired, last)):
            items.insert(start + paired, lean[at])
        for step in range(paired):
            old, new = items[start + step], lean[first + step]
            if isinstance(old, MutableMapping) and isinstance(new, Mapping):
                _merge(old, new, full[first + step])
            elif _bare(old) != new:
                items[start + step] = new


def _mark(item: Any) -> str:
    """What an item of an array is recognised by: its id, else its content."""
    item = _bare(item)
    return f"id {item['id']}" if isinstance(item, Mapping) and "id" in item else repr(item)


def _bare(item: Any) -> Any:
    return item.unwrap() if hasattr(item, "unwrap") else item


def _means(found: Any, lean: Any, full: Any) -> bool:
    """Whether a parsed table has everything of `lean`, and beyond that only defaults that `full` has."""
    if isinstance(lean, Mapping) and isinstance(found, Mapping):
        return lean.keys() <= found.keys() and all(
            _means(held, lean[key], full.get(key, lean[key])) if key in lean else key in full and held == full[key]
            for key, held in found.items()
        )
    if isinstance(lean, list) and isinstance(found, list):
        return len(found) == len(lean) and all(map(_means, found, lean, full))
    return bool(found == lean)


# Checks of what is about to be put in place


def _require_sound(draft: Path, folder: Path, context: Context) -> Edition:
    """The edition in a draft (raises EditionError with every fault, as of the folder that it is a draft of)."""
    edition, faults = check_edition(draft, context)
    if edition is None or faults:
        raise EditionError(folder, [structs.replace(it, file=folder / it.file.relative_to(draft)) for it in faults])
    return edition


def _require_equal(draft: Path, folder: Path, edition: Edition, parts: Iterable[Value], context: Context) -> None:
    """Raise EditionError where a draft does not say what was given."""
    found = _require_sound(draft, folder, context)
    different = [HEAD] if found.head != edition.head else []
    different += [f"corps/{old.id}.toml" for old, new in zip(edition.corps, found.corps, strict=False) if old != new]
    if len(found.corps) != len(edition.corps):
        different.append("corps")
    read = {name: readable_part(draft, name, found, context).value for name in PARTS}
    values = [value for held in read.values() for value in (held.values() if isinstance(held, Mapping) else (held,))]
    for part in parts:
        if part not in values:
            name = PART_FILES.get(type(part)) or f"units/{getattr(part, 'id', '')}.toml"
            different.append(name)
    if different:
        problem = "it does not read back as it was given"
        raise EditionError(folder, [Fault(folder / name, "", problem) for name in different])
