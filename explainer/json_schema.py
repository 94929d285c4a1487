"""Describe a kind of content file as JSON Schema (draft-07), from the models it is validated with."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from explainer.models.fields import Id, none_if_null
from explainer.record import Record
from explainer.validation import core_schema_of

DRAFT = "http://json-schema.org/draft-07/schema#"
_REFERENCE = "#/definitions/{model}"
Schema = dict[str, Any]


def schema_of(model: type[Record], *, title: str, keyed: bool) -> Schema:
    """Return the schema of a file that is one record of a model or, when `keyed`, a mapping of ids to such records."""
    kind: Any = dict[Id, model] if keyed else model  # type: ignore[valid-type]
    made = _Draft07(ref_template=_REFERENCE).generate(core_schema_of(kind))
    definitions = made.pop("$defs", {})
    if "$ref" in made:
        made = definitions.pop(made["$ref"].rpartition("/")[2])
    _join_kinds_of_facts([made, *definitions.values()], definitions)
    used = dict(sorted(_used(made, definitions).items()))
    head = {"$schema": DRAFT, "title": title}
    return head | made | ({"definitions": used} if used else {})


class _Draft07(GenerateJsonSchema):
    """Says what our reader takes, which differs in three points from what pydantic would take of JSON."""

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> JsonSchemaValue:
        """A scalar has the form that is declared beside its type."""
        form: JsonSchemaValue | None = schema.get("metadata", {}).get("form")
        return super().function_plain_schema(schema) if form is None else dict(form)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A field without a value is left out: null is refused, but where `none_if_null` lets it in."""
        return self.generate_inner(schema["schema"])

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """`none_if_null` lets null in."""
        inner = super().function_before_schema(schema)
        if schema["function"]["function"] is none_if_null:
            return {"anyOf": [inner, {"type": "null"}]}
        return inner

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Every key is held to the form of the keys; pydantic would let others pass."""
        made: JsonSchemaValue = {"type": "object"}
        if "keys_schema" in schema:
            keys = self.generate_inner(schema["keys_schema"])
            # A key is a text, whatever it looks like.
            made["propertyNames"] = {name: keys[name] for name in ("pattern", "maxLength") if name in keys}
        if "values_schema" in schema:
            made["additionalProperties"] = self.generate_inner(schema["values_schema"])
        if "min_length" in schema:
            made["minProperties"] = schema["min_length"]
        return made

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Only a default that says something is told."""
        made = super().default_schema(schema)
        if made.get("default") in (None, [], {}):
            made.pop("default", None)
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        """The name of a field is its title."""
        return False

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> JsonSchemaValue:
        """A field is told with the docstring that stands below it, and a record with its rules."""
        made = super().typed_dict_schema(schema)
        made |= schema["cls"].rules
        made.pop("title", None)
        for name, text in _field_docs(schema["cls"]).items():
            if name in made.get("properties", {}):
                made["properties"][name] = {"description": text} | made["properties"][name]
        return made


def _field_docs(model: type[Any]) -> dict[str, str]:
    """Return what the docstrings below the fields of a model say; those of its bases too."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if not issubclass(kind, Record) or kind is Record or "[" in kind.__name__:
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
        assert isinstance(body, ast.ClassDef)
        for field, after in zip(body.body, body.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
                found[field.target.id] = " ".join(inspect.cleandoc(ast.literal_eval(after.value)).split())
    return found


def _join_kinds_of_facts(places: list[Any], definitions: Schema) -> None:
    """Put one schema in the place of those for each kind of fact.

    The kind is that of the indicator, which stands in another file: a schema cannot know it, and takes any value.
    """
    for node in [node for place in places for node in _nodes(place)]:
        if "discriminator" in node:
            del node["discriminator"]
            choices = [_resolved(choice, definitions) for choice in node.pop("oneOf")]
            for choice in choices:
                choice["properties"].pop("kind")
                choice["required"].remove("kind")
                choice.pop("description")
            node |= _joined(choices, definitions)


def _joined(schemas: list[Schema], definitions: Schema) -> Schema:
    """Return a schema of what one of several allows: one record where they have the same fields."""
    schemas = _different(schemas)
    if len(schemas) == 1:
        return schemas[0]
    whole = [_resolved(schema, definitions) for schema in schemas]
    first = whole[0]
    if all(schema.get("type") == "array" for schema in whole):
        items = _joined([schema["items"] for schema in whole], definitions)
        return {**first, "items": items} if "anyOf" not in items else {"anyOf": schemas}
    if all("properties" in schema and schema["properties"].keys() == first["properties"].keys() for schema in whole):
        fields = {
            name: _joined([schema["properties"][name] for schema in whole], definitions) for name in first["properties"]
        }
        return {**first, "properties": fields}
    return {"anyOf": _different([choice for schema in schemas for choice in _choices(schema)])}


def _choices(schema: Schema) -> Iterator[Schema]:
    for choice in schema["anyOf"] if schema.keys() == {"anyOf"} else ():
        yield from _choices(choice)
    if schema.keys() != {"anyOf"}:
        yield schema


def _different(schemas: list[Schema]) -> list[Schema]:
    return [schema for number, schema in enumerate(schemas) if schema not in schemas[:number]]


def _resolved(schema: Schema, definitions: Schema) -> Schema:
    return definitions[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def _nodes(node: Any) -> Iterator[Schema]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _nodes(inner)


def _used(node: Any, definitions: Schema) -> Schema:
    """Return the definitions that a schema leads to."""
    found: Schema = {}
    waiting = [node]
    while waiting:
        for inner in _nodes(waiting.pop()):
            name = inner.get("$ref", "").rpartition("/")[2]
            if name and name not in found:
                found[name] = definitions[name]
                waiting.append(found[name])
    return found
