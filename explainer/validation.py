"""Tell pydantic's core how records are made of what was read.

The core is what validates; pydantic itself finds out, from classes, what to tell it. Our declared types are few: that
takes a page here, and spares each build that reads a record 0.05 s of imports.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache, partial
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields
from pydantic_core import CoreSchema, SchemaValidator, core_schema

from explainer.problems import Place
from explainer.record import Record
from explainer.yaml_values import Mapping, Sequence, Text

RecordKind = TypeVar("RecordKind", bound=Record)
UNIONS = (Union, types.UnionType)


def validated(kind: type[RecordKind], node: Any) -> RecordKind:
    """Return the record that a node describes. Raises pydantic_core.ValidationError."""
    record: RecordKind = _validator(kind).validate_python(node)
    return record


@cache
def _validator(kind: type[Record]) -> SchemaValidator:
    return SchemaValidator(core_schema_of(kind))


@cache
def fields_of(kind: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of a record by their names in a file."""
    return {field.encode_name: field for field in fields(kind) if field.name not in Record.__struct_fields__}


def core_schema_of(declared: Any) -> CoreSchema:
    """Return how values of a declared type are validated, in the words of pydantic's core.

    Known are records, `Literal`, unions with None, `tuple[X, ...]`, `dict`, `Any`, and `Annotated` with markers.
    Raises TypeError for any other type.
    """
    records: dict[type[Record], CoreSchema] = {}

    def schema_of(declared: Any) -> CoreSchema:
        origin, parts = get_origin(declared), get_args(declared)
        if origin is Annotated:
            inner, marker = Annotated[parts[:-1]] if len(parts) > 2 else parts[0], parts[-1]
            schema: CoreSchema = marker.schema(inner, schema_of)
            return schema
        if origin in UNIONS:
            others = [schema_of(part) for part in parts if part is not types.NoneType]
            schema = others[0] if len(others) == 1 else core_schema.union_schema(list(others))
            return schema if len(others) == len(parts) else core_schema.nullable_schema(schema)
        if origin is Literal:
            return core_schema.literal_schema(list(parts))
        if origin is tuple and parts[1:] == (...,):
            return core_schema.tuple_schema([schema_of(parts[0])], variadic_item_index=0)
        if origin is dict:
            return core_schema.dict_schema(schema_of(parts[0]), schema_of(parts[1]))
        if declared is Any:
            return core_schema.any_schema()
        if not (isinstance(declared, type) and issubclass(declared, Record)):
            raise TypeError(f"{declared} is no type that a field of a record can have")
        if declared not in records:
            records[declared] = core_schema.any_schema()  # until it is known: it may be met again within itself
            records[declared] = _record_schema(declared, schema_of)
        return core_schema.definition_reference_schema(_name(declared))

    schema = schema_of(declared)
    return core_schema.definitions_schema(schema, list(records.values()))


def _record_schema(kind: type[Record], schema_of: Callable[[Any], CoreSchema]) -> CoreSchema:
    shape = {name: _field_schema(field, schema_of(field.type)) for name, field in fields_of(kind).items()}
    return core_schema.no_info_wrap_validator_function(
        partial(_make, kind),
        core_schema.typed_dict_schema(shape, cls=kind, extra_behavior="forbid"),
        ref=_name(kind),
    )


def _name(kind: type[Record]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}:{id(kind)}"


def _field_schema(field: FieldInfo, schema: CoreSchema) -> core_schema.TypedDictField:
    if field.default_factory is not NODEFAULT:
        schema = core_schema.with_default_schema(schema, default_factory=field.default_factory)
    elif field.default is not NODEFAULT:
        schema = core_schema.with_default_schema(schema, default=field.default)
    return core_schema.typed_dict_field(schema, required=field.required)


def _make(kind: type[Record], node: Any, validate: Callable[[Any], dict[str, Any]]) -> Record:
    """Return the record of a node. Raises what pydantic's core raises."""
    given = validate(node)
    names = _names_of(kind)
    values = {names[name]: value for name, value in given.items()} if names else given
    if isinstance(node, Mapping):
        places = {key: place_of_node(value) or node.key_places[key] for key, value in node.items()}
        record = kind(place=node.place, field_places=places, **values)
    else:
        record = kind(**values)
    record.check()
    return record


@cache
def _names_of(kind: type[Record]) -> dict[str, str]:
    """Return the names of all fields by those in a file; nothing where they are the same."""
    names = {name: field.name for name, field in fields_of(kind).items()}
    return names if any(name != own for name, own in names.items()) else {}


def place_of_node(node: object) -> Place | None:
    """Return where a node was written, or None for a value that was not read from a file."""
    return node.place if isinstance(node, (Text, Mapping, Sequence)) else None
