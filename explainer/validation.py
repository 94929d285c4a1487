"""Tell pydantic how records are made of what was read."""

from __future__ import annotations

import os
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import NODEFAULT
from msgspec.structs import FieldInfo, fields
from pydantic_core import CoreSchema, core_schema

from explainer.problems import Place
from explainer.record import Record
from explainer.yaml_values import Mapping, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, TypeAdapter

# No plugin of pydantic has a say in what a record is; to look for them, it reads what every installed package offers.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

RecordKind = TypeVar("RecordKind", bound=Record)


@cache
def adapter_of(kind: type[RecordKind]) -> TypeAdapter[RecordKind]:
    """Return what validates a kind of record. It is made once, when the first of them is read."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def validated(kind: type[RecordKind], node: Any) -> RecordKind:
    """Return the record that a node describes. Raises pydantic.ValidationError."""
    record: RecordKind = adapter_of(kind).validate_python(node)
    return record


@cache
def fields_of(kind: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields of a record by their names in a file."""
    return {field.encode_name: field for field in fields(kind) if field.name not in Record.__struct_fields__}


def record_schema(kind: type[Record], handler: GetCoreSchemaHandler) -> CoreSchema:
    """Return how a mapping of fields is validated and made a record. `handler` knows all types."""
    shape = core_schema.typed_dict_schema(
        {name: _field_schema(field, handler) for name, field in fields_of(kind).items()},
        cls=kind,
        extra_behavior="forbid",
    )
    name = f"{kind.__module__}.{kind.__qualname__}:{id(kind)}"
    return core_schema.no_info_wrap_validator_function(partial(_make, kind), shape, ref=name)


def _field_schema(field: FieldInfo, handler: GetCoreSchemaHandler) -> core_schema.TypedDictField:
    schema = handler.generate_schema(field.type)
    if field.default_factory is not NODEFAULT:
        schema = core_schema.with_default_schema(schema, default_factory=field.default_factory)
    elif field.default is not NODEFAULT:
        schema = core_schema.with_default_schema(schema, default=field.default)
    return core_schema.typed_dict_field(schema, required=field.required)


def _make(kind: type[Record], node: Any, validate: Callable[[Any], dict[str, Any]]) -> Record:
    """Return the record of a node. Raises what pydantic raises."""
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
