"""Validate data against the field types of structs.

`validated` first converts with msgspec, which is fast and stops at the first fault. What msgspec rejects is walked, by
the same field types and with the same rules, to report every fault at its key. A wrong type is always a fault; the only
thing that the walk repairs are surrounding blanks of `STRIPPED` text.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Self, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Meta, Struct, StructMeta

from kmtui.model.names import suggestion

STRIPPED = {"stripped": True}
"""`Meta.extra` of text whose surrounding blanks are removed."""
MISSING = "found nothing, expected this key"
MOST = 100
"""Faults that are collected from one piece of data; the search stops at the next one."""
LONGEST_SHOWN = 60
"""Characters of a value that a message repeats."""

EXACT = (date, Decimal)
"""Types that are never made of text: a date is a date, a decimal number is one already."""

Place = tuple[object, ...]


class Problem(Struct, frozen=True):
    """One fault in data: its key, with dots between tables, and what was found and expected."""

    key: str
    text: str


class ValidationError(ValueError):
    """Data are not a valid value of a type; `title` is the name of the type, `problems` every fault in order."""

    def __init__(self, title: str, problems: Sequence[Problem]) -> None:
        super().__init__(title, problems)
        self.title, self.problems = title, tuple(problems)

    def __str__(self) -> str:
        return "; ".join(f"{'.'.join(filter(None, (self.title, one.key)))}: {one.text}" for one in self.problems)


class FieldError(ValueError):
    """A rule of a value is broken by one of its fields; `key` is the field as files write it."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key, self.problem = key, problem


class Custom:
    """A type that msgspec does not know: it names the type that its data are converted to, and wraps the result."""

    __slots__ = ()

    @classmethod
    def source_type(cls, data: Any, arguments: tuple[Any, ...]) -> Any:
        """The type to convert the data to; `arguments` are those in brackets (raises ValueError: what is expected)."""
        raise NotImplementedError

    @classmethod
    def wrapped(cls, value: Any, data: Any) -> Self:
        """The converted value as an instance; `data` is what it was converted from."""
        raise NotImplementedError


def validated(model: type, data: Any) -> Any:
    """The data as a value of the model (raises ValidationError with every fault, at most `MOST` and one more)."""
    try:
        return converted(model, data)
    except (msgspec.ValidationError, RecursionError):
        return walked(model, data)


def converted(model: Any, data: Any) -> Any:
    """The data as a value of the model by msgspec alone (raises msgspec.ValidationError at the first fault)."""
    return msgspec.convert(data, model, dec_hook=_custom, builtin_types=EXACT)


def walked(model: type, data: Any) -> Any:
    """The data as a value of the model by the walk alone (raises ValidationError)."""
    walk = _Walk()
    value: Any = _WRONG
    try:
        value = walk.of(model, data, ())
    except RecursionError:
        walk.problems.append(Problem("", "found tables or arrays nested too deeply"))
    except _EnoughError:
        pass
    if walk.problems:
        raise ValidationError(model.__name__, walk.problems)
    return value


def _custom(kind: Any, data: Any) -> Any:
    """Convert to a type that msgspec does not know (raises ValueError, msgspec.ValidationError)."""
    plain = get_origin(kind) or kind
    if issubclass(plain, Custom):
        return plain.wrapped(converted(plain.source_type(data, get_args(kind)), data), data)
    if not _fits(plain, data):
        raise ValueError(f"expected {_named(plain)}")
    return Path(data) if plain is Path else data


class _EnoughError(Exception):
    """More than `MOST` faults were found."""


_WRONG: Any = object()
"""The result of a walk over data that have a fault."""


class _Walk:
    """Convert data by type, and collect every fault on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, place: Place, text: str) -> Any:
        self.problems.append(Problem(".".join(map(str, place)), text))
        if len(self.problems) > MOST:
            raise _EnoughError
        return _WRONG

    def of(self, kind: Any, data: Any, place: Place) -> Any:
        """The data as this kind of thing; `_WRONG` where they are not."""
        notes: tuple[Any, ...] = ()
        if get_origin(kind) is Annotated:
            kind, *rest = get_args(kind)
            notes = tuple(note for note in rest if isinstance(note, Meta))
        origin, arguments = get_origin(kind) or kind, get_args(kind)
        if origin in (Union, UnionType):
            return self.union(arguments, data, place)
        if kind is Any:
            return data
        if not _fits(kind, data):
            return self.wrong(place, f"found {shown(data)}, expected {_named(kind)}")
        value = self.inside(origin, arguments, data, place)
        if value is _WRONG:
            return _WRONG
        for note in notes:
            if note.extra == STRIPPED:
                value = value.strip()
            expected = _broken_bound(note, value)
            if expected:
                return self.wrong(place, f"found {shown(data)}, expected {expected}")
        return value

    def inside(self, origin: Any, arguments: tuple[Any, ...], data: Any, place: Place) -> Any:
        """The data, which are of the right shape, with everything in them converted."""
        if origin is Literal:
            return data if data in arguments else self.choice(data, arguments, place)
        if origin is tuple:
            return self.items(arguments, data, place)
        if origin in (Mapping, dict):
            return self.entries(arguments, data, place)
        if origin is float:
            return self.number(data, place)
        if origin is Path:
            return Path(data)
        if not isinstance(origin, type):
            return data
        if issubclass(origin, Struct):
            return data if isinstance(data, origin) else self.struct(origin, data, place)
        if issubclass(origin, Custom):
            return self.custom(origin, arguments, data, place)
        if issubclass(origin, Enum):
            known = [member.value for member in origin]
            return origin(data) if data in known else self.choice(data, known, place)
        return data

    def choice(self, data: Any, known: Collection[Any], place: Place) -> Any:
        names = [str(one) for one in known]
        return self.wrong(place, f"found {shown(data)}, expected {_one_of(names)}{suggestion(str(data), names)}")

    def number(self, data: Any, place: Place) -> Any:
        try:
            return float(data)
        except OverflowError:
            return self.wrong(place, "found a number that is too large")

    def items(self, kinds: tuple[Any, ...], data: Collection[Any], place: Place) -> Any:
        if kinds[1:] == (...,):
            kinds = kinds[:1] * len(data)
        elif len(data) != len(kinds):
            return self.wrong(place, f"found {len(data)} items, expected {len(kinds)}")
        found = [self.of(kind, one, (*place, at)) for at, (kind, one) in enumerate(zip(kinds, data, strict=True))]
        return _WRONG if any(one is _WRONG for one in found) else tuple(found)

    def entries(self, kinds: tuple[Any, ...], data: Mapping[Any, Any], place: Place) -> Any:
        keys, values = kinds
        found = [(self.of(keys, key, (*place, key)), self.of(values, one, (*place, key))) for key, one in data.items()]
        return _WRONG if any(one is _WRONG for entry in found for one in entry) else dict(found)

    def custom(self, kind: type[Custom], arguments: tuple[Any, ...], data: Any, place: Place) -> Any:
        try:
            source = kind.source_type(data, arguments)
        except ValueError as error:
            return self.wrong(place, f"found {shown(data)}, {error}")
        value = self.of(source, data, place)
        return value if value is _WRONG else kind.wrapped(value, data)

    def struct(self, model: type[Struct], data: Mapping[Any, Any], place: Place) -> Any:
        config, before = model.__struct_config__, len(self.problems)
        values = {}
        for key, name, kind, required in _fields(model):
            if key in data:
                values[name] = self.of(kind, data[key], (*place, key))
            elif required:
                self.wrong((*place, key), MISSING)
        known = dict.fromkeys(key for key, *_ in _fields(model))
        if config.tag_field:
            known[config.tag_field] = None
            if data.get(config.tag_field, config.tag) != config.tag:
                self.choice(data[config.tag_field], [config.tag], (*place, config.tag_field))
        if config.forbid_unknown_fields:
            for key in data:
                if key not in known:
                    self.wrong((*place, key), f"unknown key{suggestion(str(key), known)}")
        if len(self.problems) > before:
            return _WRONG
        try:
            return StructMeta.__call__(model, **values)
        except FieldError as error:
            return self.wrong((*place, error.key), error.problem)
        except (ValueError, TypeError) as error:
            return self.wrong(place, str(error))

    def union(self, kinds: Iterable[Any], data: Any, place: Place) -> Any:
        """The data as the one of these kinds that their shape allows; None only where it is one of them."""
        some = [kind for kind in kinds if kind is not NoneType]
        if data is None and len(some) < len(tuple(kinds)):
            return None
        fitting = [kind for kind in some if _fits(kind, data)]
        if not fitting:
            expected = " or ".join(dict.fromkeys(map(_named, some)))
            return self.wrong(place, f"found {shown(data)}, expected {expected}")
        if len(fitting) > 1 and all(isinstance(kind, type) and issubclass(kind, Struct) for kind in fitting):
            return self.tagged(fitting, data, place)
        before, first = len(self.problems), None
        for kind in fitting:
            value = self.of(kind, data, place)
            if value is not _WRONG:
                return value
            first = first or self.problems[before:]
            del self.problems[before:]
        self.problems += first or ()
        return _WRONG

    def tagged(self, kinds: Sequence[type[Struct]], data: Any, place: Place) -> Any:
        """The data as the one of several structs that their tag names."""
        for kind in kinds:
            if isinstance(data, kind):
                return data
        field = kinds[0].__struct_config__.tag_field
        by_tag = {kind.__struct_config__.tag: kind for kind in kinds}
        if field not in data:
            return self.wrong((*place, field), f"{MISSING}, one of {', '.join(map(str, by_tag))}")
        tag = data[field]
        if not isinstance(tag, str) or tag not in by_tag:
            return self.choice(tag, tuple(by_tag), (*place, field))
        return self.of(by_tag[tag], data, place)


@cache
def _fields(model: type[Struct]) -> tuple[tuple[str, str, Any, bool], ...]:
    """Key, name and type of each field, and whether it has to be given."""
    return tuple(
        (one.encode_name, one.name, one.type, one.default is NODEFAULT and one.default_factory is NODEFAULT)
        for one in msgspec.structs.fields(model)
    )


def _broken_bound(note: Meta, value: Any) -> str | None:
    """What a bound expects that the value does not keep to."""
    if note.min_length is not None or note.max_length is not None or note.extra == STRIPPED:
        least, most = note.min_length or 0, note.max_length
        if note.extra == STRIPPED:
            least = max(least, 1)
        what = "character" if isinstance(value, str) else "item"
        if len(value) < least:
            return f"at least {least} {what}{'s' if least > 1 else ''}"
        if most is not None and len(value) > most:
            return f"at most {most} {what}{'s' if most > 1 else ''}"
    if note.pattern is not None and re.search(note.pattern, value) is None:
        return note.description or f"text that matches {note.pattern}"
    for bound, keeps, words in (
        (note.gt, operator.gt, "more than"),
        (note.ge, operator.ge, "at least"),
        (note.lt, operator.lt, "less than"),
        (note.le, operator.le, "at most"),
    ):
        if bound is not None and not keeps(value, bound):
            return f"{words} {bound}"
    return None


_NAMES: Mapping[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    Decimal: "a decimal number",
    bool: "true or false",
    date: "a date (year-month-day, without quotes)",
    Path: "a path",
    tuple: "an array",
    dict: "a table",
    Mapping: "a table",
    Callable: "a function",
}


def _named(kind: Any) -> str:
    """What messages call a kind of data."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    origin = get_origin(kind) or kind
    if origin is Literal:
        return _one_of(get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Enum):
        return _one_of([member.value for member in origin])
    if isinstance(origin, type) and issubclass(origin, Struct):
        required = [key for key, _, _, needed in _fields(origin) if needed]
        return f"a table with {', '.join(required)}" if required else "a table"
    return _NAMES.get(origin) or f"a {origin.__name__}"


def _one_of(values: Sequence[Any]) -> str:
    return ("one of " if len(values) > 1 else "") + ", ".join(map(str, values))


def _fits(kind: Any, data: Any) -> bool:
    """Whether the data have the outer type of this kind; their content is not checked."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    origin = get_origin(kind) or kind
    if origin is Literal:
        return type(data) in {type(value) for value in get_args(kind)}
    shape = _shape(origin)
    if isinstance(data, bool):
        return shape is bool or shape is object
    return isinstance(data, shape) and not (origin is date and isinstance(data, datetime))


@lru_cache(maxsize=256)
def _shape(origin: Any) -> Any:
    """The classes of data that a type is made of."""
    if origin is float:
        return (int, float)
    if origin is tuple:
        return (list, tuple, set, frozenset)
    if origin is Path:
        return (str, Path)
    if origin is dict:
        return Mapping
    if issubclass(origin, Struct):
        return (Mapping, origin)
    if issubclass(origin, Custom):
        return object
    if issubclass(origin, Enum):
        return (str, origin)
    return origin


def shown(found: object) -> str:
    """What was found: its kind, and the value where that is short."""
    if isinstance(found, Mapping):
        return "a table"
    if isinstance(found, bool):
        return f"truth value {str(found).lower()}"
    if found is None:
        return "nothing"
    try:
        if isinstance(found, date):
            return f"{'time' if isinstance(found, datetime) else 'date'} {found}"
        kinds = ((str, "text"), ((int, float), "number"), (list, "an array"))
        kind = next((name for kind, name in kinds if isinstance(found, kind)), type(found).__name__)
        text = repr(found)
    except (ValueError, RecursionError):  # too many digits, nested too deeply
        return kind
    return f"{kind} {text if len(text) <= LONGEST_SHOWN else f'{text[: LONGEST_SHOWN - 3]}...'}"
