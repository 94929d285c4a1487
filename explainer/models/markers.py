"""What the declared type of a field says beside the type: how a value is read, and how many there must be.

validation.py asks for it when the first record of a kind is read, and what validates is imported then: most builds of a
site that is being written read no record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

Schemas = Callable[[Any], "CoreSchema"]
"""Returns how a declared type is validated."""


class ReadBy(NamedTuple):
    """The value is what a function makes of the node; what it raises is made by `fields.fault`.

    `form` is the type that stands for it in a JSON Schema, where no form of `forms.py` does.
    """

    read: Callable[[Any], Any]
    form: Any = None

    def schema(self, declared: Any, schema_of: Schemas) -> CoreSchema:
        """Return how a value is validated that is declared to be of a type."""
        from pydantic_core import core_schema

        form = None if self.form is None else schema_of(self.form)
        return core_schema.no_info_plain_validator_function(self.read, json_schema_input_schema=form)


class FirstBy(NamedTuple):
    """A function is given the node first; what it returns is read as the type says."""

    prepare: Callable[[Any], Any]

    def schema(self, declared: Any, schema_of: Schemas) -> CoreSchema:
        """Return how a value is validated that is declared to be of a type."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(self.prepare, schema_of(declared))


class AtLeast(NamedTuple):
    """A list or mapping has as many items, or more."""

    number: int

    def schema(self, declared: Any, schema_of: Schemas) -> CoreSchema:
        """Return how a value is validated that is declared to be of a type."""
        schema: Any = {**schema_of(declared), "min_length": self.number}
        return schema  # type: ignore[no-any-return]


class ToldApartBy(NamedTuple):
    """Which of the records of a union it is, a field tells: each has a `Literal` there."""

    field: str

    def schema(self, declared: Any, schema_of: Schemas) -> CoreSchema:
        """Return how a value is validated that is declared to be of a type."""
        from typing import get_args, get_type_hints

        from pydantic_core import core_schema

        tags = {get_args(get_type_hints(kind)[self.field])[0]: kind for kind in get_args(declared)}
        return core_schema.tagged_union_schema({tag: schema_of(kind) for tag, kind in tags.items()}, self.field)


class JsonForm(Struct, frozen=True, eq=False):
    """How a JSON Schema describes the value."""

    form: dict[str, Any]

    def schema(self, declared: Any, schema_of: Schemas) -> CoreSchema:
        """Return how a value is validated that is declared to be of a type."""
        schema: Any = {**schema_of(declared), "metadata": {"form": self.form}}
        return schema  # type: ignore[no-any-return]
