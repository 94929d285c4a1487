"""Turn values into data: as JSON has them, and as cells of a table. Numbers keep the digits that were written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from explainer.dates import AsOf, BeforeDate, PartialDate
from explainer.models.fact import GeographicPlace, ListItem, NumberRange, Person, Share

Locate = Callable[[str], str]
"""From an address of the site to what a data file writes for it: a whole web address, or a relative link."""


def number(value: Decimal) -> int | float | str:
    """Return a number for JSON. One with more digits than a program is sure to read back stays the text it was."""
    if value == value.to_integral_value() and abs(value) < 2**53:
        return int(value)
    read_back = float(value)
    return read_back if Decimal(repr(read_back)) == value else digits(value)


def digits(value: Decimal) -> str:
    """Return a number as it was written, decimals and all, without an exponent."""
    return format(value, "f")


def json_value(value: object) -> Any:
    """Return the value of a fact as JSON has it: a number, a text, or an object with named parts."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, NumberRange):
        return {"low": number(value.low), "high": number(value.high)}
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Person):
        return {"name": value.name, "office": value.office, "since": value.since and str(value.since)}
    if isinstance(value, GeographicPlace):
        place = {"name": value.name, "latitude": _optional(value.latitude), "longitude": _optional(value.longitude)}
        return place | {"former_names": list(value.former_names)}
    assert isinstance(value, tuple)
    return [_item(item) for item in value]


def cells(value: object) -> Iterator[dict[str, str]]:
    """Yield the cells that hold a value, by column: one row for most values, one for each item of a list."""
    if isinstance(value, Decimal):
        yield {"value": digits(value)}
    elif isinstance(value, NumberRange):
        yield {"low": digits(value.low), "high": digits(value.high)}
    elif isinstance(value, Person):
        yield {"text": value.name, "office": value.office, "since": str(value.since or "")}
    elif isinstance(value, GeographicPlace):
        yield {"text": value.name, "latitude": _written(value.latitude), "longitude": _written(value.longitude)}
    elif isinstance(value, tuple):
        for place, item in enumerate(value, 1):
            yield {"item": str(place)} | _item_cells(item)
    else:
        yield {"text": "" if value is None else str(value)}


def date_bounds(as_of: AsOf) -> tuple[str, str]:
    """Return the first and the last day that a date may mean, as `YYYY-MM-DD`; empty where none is known."""
    first = "" if isinstance(as_of, BeforeDate) else as_of.earliest.isoformat()
    return first, as_of.latest.isoformat()


def _item(item: object) -> dict[str, Any]:
    assert isinstance(item, (ListItem, Share))
    parts: dict[str, Any] = {"item": item.item}
    if item.country is not None:
        parts["country"] = item.country.id
    if item.share is not None:
        parts["share"] = number(item.share)
    if isinstance(item, ListItem):
        if item.amount is not None:
            parts["amount"] = number(item.amount)
        parts |= {name: text for name in ("lang", "status") if (text := getattr(item, name)) is not None}
    return parts | ({} if item.note is None else {"note": item.note})


def _item_cells(item: object) -> dict[str, str]:
    assert isinstance(item, (ListItem, Share))
    country = item.country.id if item.country else ""
    found = {"text": item.item, "item_country": country, "share": _written(item.share), "item_note": item.note or ""}
    if isinstance(item, ListItem):
        found |= {"value": _written(item.amount), "item_status": item.status or ""}
    return found


def _optional(value: Decimal | None) -> int | float | str | None:
    return None if value is None else number(value)


def _written(value: Decimal | None) -> str:
    return "" if value is None else digits(value)
