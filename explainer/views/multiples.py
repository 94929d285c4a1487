"""Show an indicator over the years as a small plot for each country, all on one scale, with their values as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from explainer.formats import format_number
from explainer.models.fact import Series
from explainer.site import Site
from explainer.views.line_plot import Line, line_plot, years_of
from explainer.views.notes import SourceNotes
from explainer.views.scales import mark_labels, round_scale, short_number

FEWEST_COUNTRIES: Final = 2
"""One country alone has nothing beside it."""
FEWEST_VALUES: Final = 3
"""A country must have so many: of fewer a line would tell nothing."""


def multiples_of(site: Site, key: str, countries: Iterable[str], notes: SourceNotes) -> dict[str, Any] | None:
    """Return the plots of an indicator; None where too few countries have values by year, or do not count alike."""
    indicator = site.indicators[key]
    order = list(countries)
    found = {country: one for country in order if (one := site.countries[country].series_of(key)) is not None}
    if len(found) < FEWEST_COUNTRIES or not indicator.comparable:
        return None
    if max(len(one.values) for one in found.values()) < FEWEST_VALUES:
        return None
    lines = {
        country: Line(country, site.countries[country].name, one.values, _last(site, key, one))
        for country, one in found.items()
    }
    scale = round_scale([value for one in found.values() for value in one.values.values()], steps=3)
    years, labels = years_of([*lines.values()]), mark_labels(scale, indicator, site)
    return {
        "id": f"{key}-by-year",
        "kind": "multiples",
        "title": f"{indicator.label} by year",
        "measure": {
            "label": None,
            "unit": _unit(site, key),
            "price_basis": indicator.price_basis,
            "when": f"{years.first} to {years.last}",
        },
        "plots": [
            {
                "title": line.name,
                "country": country,
                "plot": line_plot([line], scale, years, labels, is_small=True),
            }
            for country, line in lines.items()
        ],
        "legend": [],
        "missing": [site.countries[country].name for country in order if country not in found],
        "table": _table(site, key, found, notes),
    }


def _table(site: Site, key: str, found: dict[str, Series], notes: SourceNotes) -> dict[str, Any]:
    years = sorted({year for one in found.values() for year in one.values})
    language = site.settings.language
    remarks: dict[str, list[str]] = {}
    for country, one in found.items():
        if one.note is not None:
            remarks.setdefault(one.note, []).append(site.countries[country].name)
    return {
        "keys": " ".join(f"{country}.{key}" for country in found),
        "columns": [
            {"name": site.countries[country].name, "notes": notes.cite(one.sources)} for country, one in found.items()
        ],
        "remarks": [{"names": ", ".join(names), "text": text} for text, names in remarks.items()],
        "rows": [
            {
                "year": year,
                "cells": [
                    {"text": format_number(value, language), "machine": str(value)}
                    if (value := one.values.get(year)) is not None
                    else None
                    for one in found.values()
                ],
            }
            for year in years
        ],
    }


def _unit(site: Site, key: str) -> str:
    indicator = site.indicators[key]
    if indicator.kind == "percent":
        return "per cent"
    return indicator.currency or (site.units[indicator.unit.id].many if indicator.unit is not None else "")


def _last(site: Site, key: str, series: Series) -> str:
    return short_number(series.values[max(series.values)], site.indicators[key], site)
