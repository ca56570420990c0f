"""What panels of plugins give: blocks, or the lines of API version 1; checked before they reach a renderer."""

from collections.abc import Iterable, Iterator
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from kmtui.blocks import Block, Inline, Items, Paragraph, Role, Span, Target, inline, item

MOST = 10_000
"""Blocks or lines after which a panel is stopped."""


class BlockError(TypeError):
    """What a panel gives is no block."""


class Line(msgspec.Struct, frozen=True):
    """A line of a panel, as API version 1 has it; blocks take its place."""

    spans: Inline = ()
    indent: int = 0
    target: Target | None = None


def line(*parts: str | Span | Iterable[Span], indent: int = 0, target: Target | None = None) -> Line:
    """A line from plain text, spans and sequences of spans (API version 1)."""
    return Line(inline(*parts), indent, target)


def heading(text: str) -> Line:
    """The head of what follows (API version 1)."""
    return Line((Span(text),))


def note(text: str, indent: int = 0) -> Line:
    """A remark (API version 1)."""
    return Line((Span(text, Role.NOTE),), indent)


def checked_blocks(given: Iterable[object]) -> Iterator[Block]:
    """What a panel gives as blocks, each checked (raises BlockError, or whatever the panel raises)."""
    for count, found in enumerate(given):
        if count >= MOST:
            raise BlockError(f"more than {MOST} blocks")
        if isinstance(found, Line):
            wrong = mismatch(found, Line)
            if wrong is None:
                yield _paragraph(found)
        else:
            wrong = mismatch(found, Block)
            if wrong is None:
                yield cast(Block, found)
        if wrong is not None:
            raise BlockError(wrong)


def _paragraph(found: Line) -> Block:
    if found.indent > 1:
        return Items((item(found.spans, target=found.target),))
    return Paragraph(found.spans, found.target)


def mismatch(value: object, expected: Any, where: str = "") -> str | None:
    """What keeps a value from being of a type: found, expected and where; None where it is of the type.

    Structs, named tuples, tuples, unions and literals are checked to their leaves.
    """
    origin = get_origin(expected)
    if origin in (Union, UnionType):
        return _of_union(value, get_args(expected), where)
    if origin is Literal:
        return None if value in get_args(expected) else _wrong(value, expected, where)
    if origin is tuple:
        return _of_tuple(value, get_args(expected), where)
    if expected is None or expected is type(None):
        return None if value is None else _wrong(value, expected, where)
    if isinstance(value, bool) or not isinstance(value, expected):
        return _wrong(value, expected, where)
    if issubclass(expected, msgspec.Struct) or hasattr(expected, "_fields"):
        for name, kind in _fields(expected).items():
            if wrong := mismatch(getattr(value, name), kind, f"{where}.{name}" if where else name):
                return wrong
    return None


def _of_union(value: object, members: tuple[Any, ...], where: str) -> str | None:
    """Against the members of which the value is an instance, or else all."""
    own = [member for member in members if isinstance(member, type) and type(value) is member]
    found = [mismatch(value, member, where) for member in own or members]
    if None in found:
        return None
    names = " or ".join(getattr(member, "__name__", str(member)) for member in members)
    return found[0] if own else f"{f'{where}: ' if where else ''}found {type(value).__name__}, expected {names}"


def _of_tuple(value: object, kinds: tuple[Any, ...], where: str) -> str | None:
    if not isinstance(value, tuple):
        return f"{f'{where}: ' if where else ''}found {type(value).__name__}, expected a tuple"
    if kinds[-1] is not Ellipsis and len(value) != len(kinds):
        return f"{where}: found {len(value)} items, expected {len(kinds)}"
    for at, part in enumerate(value):
        kind = kinds[0] if kinds[-1] is Ellipsis else kinds[at]
        if wrong := mismatch(part, kind, f"{where}[{at}]"):
            return wrong
    return None


def _wrong(value: object, expected: Any, where: str) -> str:
    name = getattr(expected, "__name__", str(expected))
    return f"{f'{where}: ' if where else ''}found {value!r}, expected {name}"


@cache
def _fields(struct: type) -> dict[str, Any]:
    """The fields of a block and their types; those of objects of the model have been checked already."""
    return {} if struct.__module__.startswith("kmtui.model") else get_type_hints(struct)
