"""What the declared type of a field says beside the type: how a value is read, and how many there must be.

pydantic asks for it when the first record of a kind is validated, and is imported then. Most builds of a site that is
being written validate nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class ReadBy(NamedTuple):
    """The value is what a function makes of the node; what it raises is made by `fields.fault`.

    `form` is the type that stands for it in a JSON Schema, where no form of `forms.py` does.
    """

    read: Callable[[Any], Any]
    form: Any = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic."""
        from pydantic_core import core_schema

        form = None if self.form is None else handler.generate_schema(self.form)
        return core_schema.no_info_plain_validator_function(self.read, json_schema_input_schema=form)


class FirstBy(NamedTuple):
    """A function is given the node first; what it returns is read as the type says."""

    prepare: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.prepare, handler(source))


class AtLeast(NamedTuple):
    """A list or mapping has as many items, or more."""

    number: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic."""
        schema: Any = handler(source)
        return {**schema, "min_length": self.number}


class ToldApartBy(NamedTuple):
    """Which of the records of a union it is, a field tells: each has a `Literal` there."""

    field: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell pydantic."""
        from typing import get_args, get_type_hints

        from pydantic_core import core_schema

        tags = {get_args(get_type_hints(kind)[self.field])[0]: kind for kind in get_args(source)}
        choices = {tag: handler.generate_schema(kind) for tag, kind in tags.items()}
        return core_schema.tagged_union_schema(choices, self.field)


class JsonForm(Struct, frozen=True, eq=False):
    """How a JSON Schema describes the value."""

    form: dict[str, Any]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Tell pydantic."""
        return dict(self.form)
