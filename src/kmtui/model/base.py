"""What every value object shares: checks when it is made, immutability, no unknown keys, ids, labels in two languages.

Values are made of data twice over. msgspec makes them, in no time, of data that are exactly as they should be; whatever
it refuses goes to pydantic (`kmtui.model.checking`), which takes some other spellings and tells of every fault. So
pydantic decides, and is imported only where there is something to decide.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Literal,
    NoReturn,
    Self,
    TypeVar,
    dataclass_transform,
    get_args,
    get_origin,
)

import msgspec
from msgspec import Meta, StructMeta
from msgspec.structs import force_setattr

Language = Literal["nl", "en"]

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
Id = Annotated[str, Meta(pattern=SLUG, max_length=80)]
"""A lower-case ASCII slug."""

STRIPPED = {"stripped": True}
Words = Annotated[str, Meta(pattern=r"^\S(?s:.*\S)?\Z", extra=STRIPPED)]
"""Text that says something: not empty, no surrounding blanks, which are taken off."""

Paragraph = Annotated[str, Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\- ]*\Z", max_length=40)]
"""A paragraph number as the source prints it."""

Citation = Annotated[tuple[Paragraph, ...], Meta(min_length=1)]
"""The paragraphs that something rests on."""

T = TypeVar("T")


class ValidationError(ValueError):
    """What a value object cannot be made of: `title` is its name, `entries` pydantic's on every fault, in order."""

    def __init__(self, title: str, entries: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(title, entries)
        self.title, self.entries = title, entries

    def __str__(self) -> str:
        faults = (": ".join((".".join(map(str, entry["loc"])), entry["msg"])) for entry in self.entries)
        return f"{self.title}: {'; '.join(faults)}"


class Made:
    """Something that knows how it is made of data, beside value objects and what they are made of."""

    __slots__ = ()

    @classmethod
    def made_of(cls, data: Any, arguments: tuple[Any, ...]) -> Self:
        """One of these, of data that are as they should be (raises msgspec.ValidationError, ValueError)."""
        raise NotImplementedError


class ReadOnly(dict[str, T], Made):
    """A dictionary that stays as it is, so that it can be shared, hashed and pickled like the values that hold it."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("this mapping is read-only")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce__(self) -> tuple[type, tuple[dict[str, T]]]:
        return type(self), (dict(self),)

    @classmethod
    def made_of(cls, data: Any, arguments: tuple[Any, ...]) -> Self:
        """The mapping, its keys ids and its values of the kind in its brackets."""
        return cls(converted(data, dict[Id, arguments[0]]))  # type: ignore[valid-type]


if TYPE_CHECKING:
    FrozenMap = Mapping[str, T]
else:
    FrozenMap = ReadOnly
"""A read-only mapping by id, in the order of the file."""


def no_entries() -> Mapping[str, Any]:
    """The default of a read-only mapping that may be left out."""
    return ReadOnly()


def converted(data: Any, kind: Any) -> Any:
    """The data as this kind of thing, where they are exactly as they should be (raises msgspec.ValidationError)."""
    return msgspec.convert(data, kind, dec_hook=_made)


def _made(kind: Any, data: Any) -> Any:
    plain = get_origin(kind) or kind
    if isinstance(data, plain):
        return data
    if plain is Path and isinstance(data, str):
        return Path(data)
    if not issubclass(plain, Made):
        raise ValueError(f"expected {plain.__name__}")
    return plain.made_of(data, get_args(kind))


class ValueType(StructMeta):
    """The type of value objects, which checks what they are made of; keys go by name, or as files write them."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> "ValueType":
        """A type of values whose fields are given by name."""
        return super().__new__(mcs, name, bases, namespace, kw_only=True, **options)

    def __call__(cls, **given: Any) -> Any:
        """A value with these fields (raises ValidationError with every fault)."""
        if cls.__struct_encode_fields__ is not cls.__struct_fields__:
            written = dict(zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True))
            given = {written.get(name, name): value for name, value in given.items()}
        return checked(cls, given)


def checked(model: Any, data: Any) -> Any:
    """The data as a value of the model (raises ValidationError with every fault)."""
    try:
        return converted(data, model)
    except (msgspec.ValidationError, RecursionError):
        from kmtui.model.checking import validated

        return validated(model, data)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, metaclass=ValueType, frozen=True, forbid_unknown_fields=True):
    """An immutable value object; unknown keys are refused.

    Made with what is wrong, it raises ValidationError with every fault.
    """

    @classmethod
    def unchecked(cls, **fields: Any) -> Self:
        """A value with these fields, of which only its own rules are checked (raises ValueError)."""
        value: Self = StructMeta.__call__(cls, **fields)
        return value

    @classmethod
    def model_validate(cls, data: Any) -> Self:
        """The data, a mapping by key, as such a value (raises ValidationError with every fault)."""
        value: Self = checked(cls, data)
        return value

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same value with other fields, which are not checked."""
        twin = copy(self)
        for name, value in (update or {}).items():
            force_setattr(twin, name, value)
        return twin

    def model_dump(self) -> dict[str, Any]:
        """The value and those in it as plain data, from which it can be made again."""
        config = type(self).__struct_config__
        tag = {config.tag_field: config.tag} if config.tag_field else {}
        held = zip(type(self).__struct_encode_fields__, self, strict=True)
        return tag | {key: _plain(value) for key, (_, value) in held}

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """Each field and its value, so that `dict(value)` has them by name."""
        return ((name, getattr(self, name)) for name in self.__struct_fields__)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> Any:
        from kmtui.model.checking import schema_of

        return schema_of(cls)


class OneOf(Made):
    """One of several kinds of values, told apart by which of their names is among the keys."""

    __slots__ = ()
    named: ClassVar[str]
    """What errors call it, with its article."""
    kinds: ClassVar[Mapping[str, "type[Value]"]]

    @classmethod
    def which(cls, data: Any) -> str | None:
        """The kind of data or of a value; None where it is none of them, or more than one."""
        keys = data if isinstance(data, Mapping) else getattr(data, "__struct_fields__", ())
        found = [key for key in keys if key in cls.kinds]
        return found[0] if len(found) == 1 else None

    @classmethod
    def made_of(cls, data: Any, _: tuple[Any, ...]) -> Self:
        """The value, of the kind that its keys tell."""
        kind = cls.which(data)
        if kind is None:
            raise ValueError(f"expected {cls.named}")
        return converted(data, cls.kinds[kind])  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if callable(value) and not isinstance(value, Value):
        return value
    return msgspec.to_builtins(value, builtin_types=(date,), enc_hook=str)


class Text(Value):
    """A label or sentence in Dutch and English."""

    nl: Words
    en: Words

    def __call__(self, language: Language) -> str:
        """The text in one language."""
        return self.en if language == "en" else self.nl
