"""What every value object shares: validation, immutability, no unknown keys, ids, labels in two languages."""

from collections.abc import Iterator, Mapping
from operator import is_
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NoReturn, Self, TypeVar, dataclass_transform

import msgspec
from msgspec import Meta, StructMeta

from kmtui.model.validation import EXACT, STRIPPED, Custom, ValidationError, validated

__all__ = [
    "SLUG",
    "Citation",
    "FrozenMap",
    "Id",
    "Language",
    "OneOf",
    "Paragraph",
    "ReadOnly",
    "Text",
    "ValidationError",
    "Value",
    "Words",
    "no_entries",
]

Language = Literal["nl", "en"]

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*\Z"
AN_ID = "an id: lower-case letters and digits, with single dashes between them"
"""What messages expect of a text that should match `SLUG`."""
Id = Annotated[str, Meta(pattern=SLUG, max_length=80, description=AN_ID)]
"""A lower-case ASCII slug."""

Words = Annotated[str, Meta(pattern=r"^\S(?s:.*\S)?\Z", extra=STRIPPED)]
"""Text that is not empty; surrounding blanks are removed."""

Paragraph = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Za-z][0-9A-Za-z.\- ]*\Z",
        max_length=40,
        description="a paragraph number: letters, digits, dots, dashes and blanks",
    ),
]
"""A paragraph number as the source prints it."""

Citation = Annotated[tuple[Paragraph, ...], Meta(min_length=1)]
"""The paragraphs that something rests on."""

T = TypeVar("T")


class ReadOnly(dict[str, T], Custom):
    """A dictionary that cannot change, so that it can be shared, hashed and pickled like the values that hold it."""

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
    def source_type(cls, _data: Any, arguments: tuple[Any, ...]) -> Any:
        """A dictionary whose keys are ids and whose values are of the type in brackets."""
        return dict[Id, arguments[0]]  # type: ignore[valid-type]

    @classmethod
    def wrapped(cls, value: Any, data: Any) -> Self:
        """The mapping; the same object where the data were one already and nothing in them was converted."""
        same = isinstance(data, cls) and all(map(is_, data.values(), value.values()))
        return data if same else cls(value)


if TYPE_CHECKING:
    FrozenMap = Mapping[str, T]
else:
    FrozenMap = ReadOnly
"""A read-only mapping by id, in the order of the file."""


def no_entries() -> Mapping[str, Any]:
    """The default of a read-only mapping that may be left out."""
    return ReadOnly()


class ValueType(StructMeta):
    """The type of value objects: calling one validates; fields are given by name, or by the key that files write."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> "ValueType":
        """A type of values whose fields are given by name."""
        return super().__new__(mcs, name, bases, namespace, kw_only=True, **options)

    def __call__(cls, **given: Any) -> Any:
        """A value with these fields (raises ValidationError with every fault)."""
        if cls.__struct_encode_fields__ is not cls.__struct_fields__:
            written = dict(zip(cls.__struct_fields__, cls.__struct_encode_fields__, strict=True))
            given = {written.get(name, name): value for name, value in given.items()}
        return validated(cls, given)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, metaclass=ValueType, frozen=True, forbid_unknown_fields=True):
    """An immutable value object. Making one validates its fields and refuses unknown keys (raises ValidationError)."""

    @classmethod
    def unchecked(cls, **fields: Any) -> Self:
        """A value with these fields, of which only its own rules are checked (raises ValueError).

        For constants and for fields that were validated before, where many are made at once.
        """
        value: Self = StructMeta.__call__(cls, **fields)
        return value

    @classmethod
    def model_validate(cls, data: Any) -> Self:
        """The data, a mapping by key, as such a value (raises ValidationError with every fault)."""
        value: Self = validated(cls, data)
        return value

    def replace(self, **changes: Any) -> Self:
        """The same value with other fields, validated like a new one (raises ValidationError with every fault)."""
        value: Self = type(self)(**dict(iter(self)) | changes)
        return value

    __replace__ = replace

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
        """Let a value be a field of a pydantic model; it is validated here, and serialised as plain data."""
        from pydantic_core import core_schema

        plain = core_schema.plain_serializer_function_ser_schema(cls.model_dump)
        return core_schema.no_info_plain_validator_function(cls.model_validate, serialization=plain)


class OneOf(Custom):
    """One of several kinds of values; the key that is present selects the kind."""

    __slots__ = ()
    named: ClassVar[str]
    """What errors call it, with its article."""
    kinds: ClassVar[Mapping[str, "type[Value]"]]

    @classmethod
    def source_type(cls, data: Any, _arguments: tuple[Any, ...]) -> Any:
        """The kind that the keys of the data, or the fields of a value, belong to (raises ValueError)."""
        keys = data if isinstance(data, Mapping) else getattr(data, "__struct_fields__", ())
        found = [key for key in keys if key in cls.kinds]
        if len(found) != 1:
            raise ValueError(f"expected {cls.named}: a table with one of the keys {', '.join(cls.kinds)}")
        return cls.kinds[found[0]]

    @classmethod
    def wrapped(cls, value: Any, _data: Any) -> Self:
        """The value, which is one of its kinds."""
        return value  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if callable(value) and not isinstance(value, Value):
        return value
    return msgspec.to_builtins(value, builtin_types=EXACT, enc_hook=str)


class Text(Value):
    """A label or sentence in Dutch and English."""

    nl: Words
    en: Words

    def __call__(self, language: Language) -> str:
        """The text in one language."""
        return self.en if language == "en" else self.nl
