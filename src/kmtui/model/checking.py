"""How pydantic checks data for value objects: it takes what it can make sense of, and tells of every fault.

Imported where msgspec has refused something; see `kmtui.model.base`.
"""

import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pydantic
from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields
from pydantic import TypeAdapter
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

from kmtui.model.base import STRIPPED, Id, OneOf, ReadOnly, ValidationError, Value

_BOUNDS = ("gt", "ge", "lt", "le", "min_length", "max_length", "pattern")
_PLAIN: dict[Any, Callable[..., CoreSchema]] = {
    str: core_schema.str_schema,
    int: core_schema.int_schema,
    float: core_schema.float_schema,
    bool: partial(core_schema.bool_schema, strict=True),
    date: core_schema.date_schema,
    type(None): core_schema.none_schema,
    Path: lambda: core_schema.no_info_after_validator_function(Path, core_schema.str_schema()),
}


def validated(model: type[Value], data: Any) -> Any:
    """The data as a value of the model (raises ValidationError with every fault)."""
    try:
        return _adapter(model).validate_python(data)
    except pydantic.ValidationError as error:
        raise ValidationError(model.__name__, error.errors(include_url=False)) from None


@cache
def _adapter(model: type[Value]) -> TypeAdapter[Any]:
    return TypeAdapter(model)


def schema_of(model: type[Value]) -> CoreSchema:
    """How data become a value of the model."""
    alternatives: dict[str, CoreSchema] = {}
    schema = _Schemas(alternatives).of_value(model)
    return core_schema.definitions_schema(schema, list(alternatives.values())) if alternatives else schema


class _Schemas:
    """Schemas of what value objects hold. What can hold itself is defined once, by name."""

    def __init__(self, defined: dict[str, CoreSchema]) -> None:
        self.defined = defined

    def of(self, kind: Any) -> CoreSchema:
        origin, arguments = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._bounded(*arguments)
        if origin in (Union, types.UnionType):
            return self._union(arguments)
        if origin is Literal:
            return core_schema.literal_schema(list(arguments))
        if origin is tuple:
            variable = len(arguments) == 2 and arguments[1] is ...
            items = [self.of(item) for item in (arguments[:1] if variable else arguments)]
            return core_schema.tuple_schema(items, variadic_item_index=0 if variable else None)
        if origin is ReadOnly:
            return core_schema.no_info_after_validator_function(ReadOnly, self.of_mapping(Id, *arguments))
        if origin is Mapping:
            return self.of_mapping(*arguments)
        if kind is Any:
            return core_schema.any_schema()
        if origin is not None:
            return core_schema.callable_schema()
        if kind in _PLAIN:
            return _PLAIN[kind]()
        if issubclass(kind, Struct):
            return self.of_value(kind)
        if issubclass(kind, Enum):
            return core_schema.enum_schema(kind, list(kind), sub_type="str")
        return self._alternatives(kind)

    def of_mapping(self, keys: Any, values: Any) -> CoreSchema:
        """A mapping with such keys and values."""
        return core_schema.dict_schema(self.of(keys), self.of(values))

    def of_value(self, model: type[Struct]) -> CoreSchema:
        """A mapping by key; or a value as it is."""
        known, make = fields(model), model.unchecked if issubclass(model, Value) else model
        keys = {
            field.encode_name: core_schema.typed_dict_field(
                self.of(field.type), required=field.default is NODEFAULT and field.default_factory is NODEFAULT
            )
            for field in known
        }
        config = model.__struct_config__
        if config.tag_field:
            keys[config.tag_field] = core_schema.typed_dict_field(core_schema.literal_schema([config.tag]))
        others: Literal["forbid", "ignore"] = "forbid" if config.forbid_unknown_fields else "ignore"
        table = core_schema.typed_dict_schema(keys, total=False, extra_behavior=others, cls_name=model.__name__)
        named = {field.encode_name: field.name for field in known}

        def made(data: Any, check: Callable[[Any], dict[str, Any]]) -> Any:
            if isinstance(data, model):
                return data
            if not isinstance(data, Mapping):
                raise PydanticKnownError("model_type", {"class_name": model.__name__})
            found = check(data)
            return make(**{named[key]: value for key, value in found.items() if key in named})

        return core_schema.no_info_wrap_validator_function(made, table)

    def _bounded(self, kind: Any, *notes: Any) -> CoreSchema:
        schema = dict(self.of(kind))
        for note in notes:
            assert isinstance(note, Meta), "of other notes msgspec would know nothing"
            if note.extra == STRIPPED:
                schema |= {"strip_whitespace": True, "min_length": 1}
            else:
                bounds = {name: getattr(note, name) for name in _BOUNDS if getattr(note, name) is not None}
                schema |= bounds | ({"pattern": bounds["pattern"].replace(r"\Z", "$")} if "pattern" in bounds else {})
        return schema

    def _union(self, kinds: tuple[Any, ...]) -> CoreSchema:
        some = [kind for kind in kinds if kind is not type(None)]
        tagged = {k.__struct_config__.tag: k for k in some if isinstance(k, type) and issubclass(k, Struct)}
        if len(some) == 1:
            schema = self.of(some[0])
        elif len(tagged) == len(some):
            choices = {tag: self.of_value(kind) for tag, kind in tagged.items()}
            schema = core_schema.tagged_union_schema(choices, some[0].__struct_config__.tag_field)
        else:
            schema = core_schema.union_schema([self.of(kind) for kind in some])
        return core_schema.nullable_schema(schema) if len(some) < len(kinds) else schema

    def _alternatives(self, kind: type[OneOf]) -> CoreSchema:
        name = kind.__name__
        if name not in self.defined:
            self.defined[name] = core_schema.any_schema()  # until it is known, so that it can name itself
            self.defined[name] = core_schema.tagged_union_schema(
                {key: self.of_value(value) for key, value in kind.kinds.items()},
                kind.which,
                custom_error_type="kind",
                custom_error_message=f"{kind.named} has exactly one of the keys {', '.join(kind.kinds)}",
                ref=name,
            )
        return core_schema.definition_reference_schema(name)
