"""The base of all records, which know where each of their fields was written."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, Self

from msgspec import Struct, field
from msgspec.structs import replace

from explainer.problems import Place

NOWHERE = Place("")


class Record(Struct, frozen=True, kw_only=True):
    """A frozen piece of content, its fields given by name; it has no hash. Unknown fields are errors.

    pydantic validates what is read, see validation.py; records themselves know nothing of it, so that those of the
    build before can be loaded without it.
    """

    rules: ClassVar[dict[str, Any]] = {}
    """What a JSON Schema says of the rules that hold between the fields."""

    place: Place = NOWHERE
    """Where the record begins."""
    field_places: dict[str, Place] = field(default_factory=dict)
    """Where the values of the fields were written that were given, by their names in the file."""

    def check(self) -> None:
        """Raise a fault (`fields.fault`) where fields do not go together that are right by themselves."""

    def place_of(self, field: str) -> Place:
        """Where the value of a field was written; the record's own place when the field was left out."""
        return self.field_places.get(field, self.place)

    def replaced(self, **fields: Any) -> Self:
        """Return a copy with other values in some fields, which are not validated."""
        return replace(self, **fields)


@cache
def field_names(kind: type[Record]) -> tuple[str, ...]:
    """Return the names of a record's fields, without those that say where it was written."""
    return tuple(name for name in kind.__struct_fields__ if name not in Record.__struct_fields__)
