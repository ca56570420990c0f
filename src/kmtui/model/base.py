"""What every value object shares: immutability, no unknown keys, ids, labels in two languages."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NoReturn, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Language = Literal["nl", "en"]

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A lower-case ASCII slug."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that says something: not empty, no surrounding blanks."""

Paragraph = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\- ]*$", max_length=40)]
"""A paragraph number as the source prints it."""

T = TypeVar("T")


class ReadOnly(dict[str, T]):
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


FrozenMap = Annotated[Mapping[Id, T], AfterValidator(ReadOnly)]
"""A read-only mapping by id, in the order of the file."""


def no_entries() -> Mapping[str, Any]:
    """The default of a read-only mapping that may be left out."""
    return ReadOnly()


class Value(BaseModel):
    """An immutable value object; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class Text(Value):
    """A label or sentence in Dutch and English."""

    nl: Words
    en: Words

    def __call__(self, language: Language) -> str:
        """The text in one language."""
        return self.en if language == "en" else self.nl
