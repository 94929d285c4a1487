"""Write the values of a figure as CSV, a line for each value with its date and the sources it rests on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from explainer.refs import Ref
from explainer.site import Site

HEADER = ("country", "indicator", "date", "value", "value_to", "unit", "sources")


def csv_record(
    country: str, indicator: str, date: object, value: tuple[str, str], unit: str, sources: Iterable[Ref]
) -> tuple[str, ...]:
    """Return the line of one value; `value` is its text for machines, and the upper end where it is a range."""
    return (country, indicator, str(date), *value, unit, " ".join(ref.id for ref in sources))


def csv_view(address: str, records: list[tuple[str, ...]]) -> dict[str, Any]:
    """Return the address of a data file and its text."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *records])
    return {"address": address, "text": text.getvalue(), "count": len(records)}


def unit_name(site: Site, key: str) -> str:
    """Return in words what an indicator is counted in, such as `people` or `USD`."""
    indicator = site.indicators[key]
    if indicator.kind == "percent":
        return "per cent"
    unit = site.units[indicator.unit.id].many if indicator.unit else None
    return unit or indicator.currency or ""
