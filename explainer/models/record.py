"""The base of all records, which know where each of their fields was written."""

import os
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, PrivateAttr, model_validator

from explainer.problems import Place
from explainer.yaml_values import Mapping, Sequence, Text

NOWHERE = Place("")
# No plugin of Pydantic has a say in what a record is; to look for them, it reads what every installed package offers.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


RecordKind = TypeVar("RecordKind", bound="Record")


class Record(BaseModel):
    """A frozen piece of content. Unknown fields are errors; `place` is where it begins."""

    # Most builds validate few kinds of records: what pydantic needs for the others is never made.
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    # Of a default, pydantic would make a deep copy for each record.
    _place: Place = PrivateAttr(default_factory=lambda: NOWHERE)
    _places: dict[str, Place] = PrivateAttr(default_factory=dict)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_places(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(data)
        if isinstance(data, Mapping):
            places = {key: place_of_node(value) or data.key_places[key] for key, value in data.items()}
            object.__setattr__(record, "__pydantic_private__", {"_place": data.place, "_places": places})
        return record

    def __reduce__(self) -> tuple[Any, ...]:
        """Tell pickle how to make the record again: of its parts, without looking at them once more."""
        return restored, (type(self), self.__dict__, self.__pydantic_fields_set__, self._place, self._places)

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self._place

    @property
    def field_places(self) -> dict[str, Place]:
        """Where the values of the fields were written that were given."""
        return self._places

    def place_of(self, field: str) -> Place:
        """Where the value of a field was written; the record's own place when the field was left out."""
        return self._places.get(field, self._place)


def restored(
    kind: type[RecordKind], parts: dict[str, Any], given: set[str], place: Place, places: dict[str, Place]
) -> RecordKind:
    """Return a record made of parts that were found to be right before, all of them; `given` are those written out."""
    record = kind.__new__(kind)
    object.__setattr__(record, "__dict__", parts)
    object.__setattr__(record, "__pydantic_fields_set__", given)
    object.__setattr__(record, "__pydantic_extra__", None)
    object.__setattr__(record, "__pydantic_private__", {"_place": place, "_places": places})
    return record


def place_of_node(node: object) -> Place | None:
    """Return where a node was written, or None for a value that was not read from a file."""
    return node.place if isinstance(node, (Text, Mapping, Sequence)) else None
