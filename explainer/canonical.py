"""Tell whether two values say the same: a digest of all that a page could show of them, and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import blake2b
from typing import Any, Final

from msgspec import Struct

from explainer.record import Record, field_names

_ATOMS: Final = frozenset({str, int, float, bool, type(None), bytes})
DIGEST_BYTES: Final = 16


def digest_of(value: Any) -> bytes:
    """Return the digest of a value, 16 bytes. Equal digests mean that no page can tell the two values apart.

    Places in files are left out, except where the value itself is a place: a page never shows where a record stands.
    Mappings count in their own order, since a page may list them. Raises TypeError for a value of an unknown kind.
    """
    return blake2b(repr(canonical(value)).encode(), digest_size=DIGEST_BYTES).digest()


def canonical(value: Any) -> Any:
    """Return a value as nested tuples of atoms whose `repr` tells it from every other value."""
    kind = type(value)
    if kind in _ATOMS:
        return value
    if kind is tuple and _ATOMS.issuperset(map(type, value)):
        return value
    if kind is tuple or kind is list:
        return tuple(canonical(part) for part in value)
    names = _parts(kind)  # type: ignore[arg-type]
    if names is not None:
        return (kind.__name__, *[canonical(getattr(value, name)) for name in names])
    if isinstance(value, str):  # safe HTML is another thing than the text of its letters
        return ("html", str(value)) if hasattr(value, "__html__") else str(value)
    if isinstance(value, Mapping):
        return ("{", *[(canonical(key), canonical(part)) for key, part in value.items()])
    if isinstance(value, (frozenset, set)):
        return ("set", *sorted((canonical(part) for part in value), key=repr))
    if isinstance(value, (Decimal, date, Fraction, Enum)):
        return (kind.__name__, repr(value))
    raise TypeError(f"{kind.__name__} has no canonical form")


@cache
def _parts(kind: type) -> tuple[str, ...] | None:
    """Return the names of the parts that make up a record, a struct or a dataclass; None for any other kind."""
    if issubclass(kind, Record):
        return field_names(kind)
    if issubclass(kind, Struct):
        return kind.__struct_fields__
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind) if field.compare)
    return None
