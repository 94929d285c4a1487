"""Turn the value of a fact into words and numbers that a template can show."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from explainer.addresses import country_address
from explainer.dates import PartialDate
from explainer.formats import SCALES, format_date, format_number, scaled
from explainer.models.fact import GeographicPlace, ListItem, NumberRange, Person, Share
from explainer.models.indicator import Indicator
from explainer.site import Site

CURRENCY_SIGNS = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def value_view(value: object, indicator: Indicator, site: Site) -> dict[str, Any]:
    """Return the view of a value: its `shape`, and the words of that shape. None is shown as no data."""
    language = site.settings.language
    if value is None:
        return {"shape": "none"}
    if isinstance(value, NumberRange):
        low, high = (_amount(number, indicator, site) for number in (value.low, value.high))
        text = f"{low['text']} to {high['text']}"
        return {"shape": "range", "low": low, "high": high, "text": text, "unit": low["unit"]}
    if isinstance(value, Decimal):
        return {"shape": "number"} | _amount(value, indicator, site)
    if isinstance(value, PartialDate):
        return {"shape": "date", "text": format_date(value, language), "iso": str(value)}
    if isinstance(value, Person):
        since = value.since and {"text": format_date(value.since, language), "iso": str(value.since)}
        return {"shape": "person", "text": value.name, "office": value.office, "since": since}
    if isinstance(value, GeographicPlace):
        return {"shape": "place", "text": value.name, "former_names": list(value.former_names)} | _position(value)
    if isinstance(value, tuple):
        items = [_item(item, indicator, site) for item in value]
        return {"shape": "list", "items": items, "separator": _separator(items)}
    return {"shape": "text", "text": str(value)}


def value_text(view: dict[str, Any]) -> str:
    """Return a value in one line of words, for titles and descriptions."""
    if view["shape"] == "none":
        return "no data"
    if view["shape"] == "list":
        return ", ".join(item["text"] for item in view["items"])
    return " ".join(part for part in (view["text"], view.get("unit")) if part)


def _amount(number: Decimal, indicator: Indicator, site: Site) -> dict[str, Any]:
    """Return a number in the words of its indicator: currency before, scale word and unit behind."""
    language = site.settings.language
    word = "" if indicator.scale == "one" or abs(number) < _smallest(indicator) else indicator.scale
    shown = scaled(number, word or "one", indicator.decimals) if word else number
    text = format_number(shown, language)
    if indicator.currency is not None:
        sign = CURRENCY_SIGNS.get(indicator.currency, f"{indicator.currency}\N{NO-BREAK SPACE}")
        text = f"\N{MINUS SIGN}{sign}{text[1:]}" if text.startswith("\N{MINUS SIGN}") else f"{sign}{text}"
    if word:
        text = f"{text}\N{NO-BREAK SPACE}{word}"
    unit = None
    if indicator.kind == "percent":
        text += "%"
    elif indicator.unit is not None:
        unit = site.units[indicator.unit.id]
    return {"text": text, "machine": str(number), "unit": unit and unit.symbol, "unit_name": unit and unit.many}


def _smallest(indicator: Indicator) -> Decimal:
    """Return the smallest number that is shown with the scale word: one tenth of it, or one where tenths are not shown.

    "US$0 million" for 400,000 would be wrong.
    """
    return Decimal(1).scaleb(SCALES[indicator.scale] - (1 if indicator.decimals else 0))


def _position(place: GeographicPlace) -> dict[str, Any]:
    if place.latitude is None or place.longitude is None:
        return {"position": None}
    north = "north" if place.latitude >= 0 else "south"
    east = "east" if place.longitude >= 0 else "west"
    latitude, longitude = (f"{abs(number).normalize():f}°" for number in (place.latitude, place.longitude))
    return {"position": f"{latitude} {north}, {longitude} {east}"}


def _separator(items: list[dict[str, Any]]) -> str | None:
    """Return what stands between the items where they are mere words, which one line can hold; else None."""
    if any(item[key] for item in items for key in ("note", "share", "status", "amount")):
        return None
    return ";" if any("," in item["text"] for item in items) else ","


def _item(item: object, indicator: Indicator, site: Site) -> dict[str, Any]:
    language = site.settings.language
    assert isinstance(item, (ListItem, Share))
    country = item.country and item.country.id
    share = item.share
    view: dict[str, Any] = {
        "text": item.item,
        "note": item.note,
        "address": country and country_address(site, country),
        "share": None if share is None else {"text": f"{format_number(share, language)}%", "machine": str(share)},
        "lang": None,
        "status": None,
        "amount": None,
    }
    if isinstance(item, ListItem):
        amount = None if item.amount is None else _amount(item.amount, indicator, site)
        view |= {"lang": item.lang, "status": item.status, "amount": amount}
    return view
