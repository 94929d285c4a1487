"""Draw values by year: as lines on one plot, or as one small plot for each country, all on one scale."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from explainer.formats import format_number
from explainer.models.fact import Series
from explainer.prose.blocks.figure_csv import csv_record, unit_name
from explainer.prose.resolution import Resolution
from explainer.site import Site
from explainer.views.line_plot import Line, line_plot, years_of
from explainer.views.scales import mark_labels, round_scale, short_number

if TYPE_CHECKING:
    from explainer.prose.blocks.chart import ChartBlock

Key = tuple[str, str]
"""A country and an indicator."""


def lines_view(resolution: Resolution, block: ChartBlock, countries: list[str]) -> dict[str, Any] | None:
    """Return one plot with a line for each country, or for each indicator of one country."""
    return _view(resolution, block, countries, panels=False)


def multiples_view(resolution: Resolution, block: ChartBlock, countries: list[str]) -> dict[str, Any] | None:
    """Return a small plot for each country, all on one scale of values and of years."""
    return _view(resolution, block, countries, panels=True)


def _view(resolution: Resolution, block: ChartBlock, countries: list[str], *, panels: bool) -> dict[str, Any] | None:
    site = resolution.context.site
    keys = [ref.id for ref in block.indicators]
    series = {(country, key): _series(site, country, key, block) for country in countries for key in keys}
    found = {pair: one for pair, one in series.items() if one is not None}
    if not found:
        message = "no country of this block has yearly values of " + " or ".join(f'"{key}"' for key in keys)
        if block.start is not None or block.end is not None:
            message += " in these years"
        resolution.tell(
            block.indicators[0].place, "M084", message, "take another indicator, or other countries or years"
        )
        return None
    if not _are_alike(resolution, block, found):
        return None
    plots = _plots(site, found, keys, countries, panels=panels)
    return {
        "measure": {
            "label": site.indicators[keys[0]].label if len(keys) == 1 else None,
            "unit": unit_name(site, keys[0]),
            "price_basis": site.indicators[keys[0]].price_basis,
            "when": _span(found),
        },
        "plots": plots,
        "legend": _legend(site, plots, keys, panels=panels),
        "missing": [_name(site, pair, keys) for pair in series if pair not in found],
        "table": _table(resolution, found, keys),
        "records": [
            csv_record(country, key, f"{year:04d}", (str(value), ""), unit_name(site, key), one.sources)
            for (country, key), one in found.items()
            for year, value in sorted(one.values.items())
        ],
    }


def _plots(
    site: Site, found: dict[Key, Series], keys: list[str], countries: list[str], *, panels: bool
) -> list[dict[str, Any]]:
    """Return the panels, each with a title and its plot; one panel without a title for lines."""
    several = len({country for country, _ in found}) > 1
    lines = {
        pair: Line(
            country=pair[0] if several or panels else None,
            name=site.countries[pair[0]].name if several and len(keys) == 1 else site.indicators[pair[1]].label,
            years=one.values,
            last=_last(site, pair[1], one),
        )
        for pair, one in found.items()
    }
    scale = round_scale([value for one in found.values() for value in one.values.values()], steps=3 if panels else 4)
    years, labels = years_of(list(lines.values())), mark_labels(scale, site.indicators[keys[0]], site)
    if not panels:
        return [{"title": None, "country": None, "plot": line_plot([*lines.values()], scale, years, labels)}]
    return [
        {
            "title": site.countries[country].name,
            "country": country,
            "plot": line_plot(own, scale, years, labels, is_small=True),
        }
        for country in countries
        if (own := [line for pair, line in lines.items() if pair[0] == country])
    ]


def _legend(site: Site, plots: list[dict[str, Any]], keys: list[str], *, panels: bool) -> list[dict[str, Any]]:
    """Return the names of lines that have none at their ends: on all screens, or on narrow ones only."""
    if panels:
        names = [site.indicators[key].label for key in keys] if len(keys) > 1 else []
        return [{"name": name, "marker": number, "country": None} for number, name in enumerate(names)]
    plot = plots[0]["plot"]
    lines: list[dict[str, Any]] = plot["lines"] if plot["has_long_names"] else []
    return [{"name": line["name"], "marker": line["marker"], "country": line["country"]} for line in lines]


def _are_alike(resolution: Resolution, block: ChartBlock, found: dict[Key, Series]) -> bool:
    """Countries may stand on one scale where they count alike, or where the block says why they may."""
    for ref in block.indicators:
        several = sum(key == ref.id for _, key in found) > 1
        if several and block.mixed is None and not resolution.context.site.indicators[ref.id].comparable:
            message = f'"{ref.id}" is not defined alike for all countries, so its values cannot be compared'
            resolution.tell(ref.place, "M082", message, "take others, or say why in a line `mixed: …`")
            return False
    return True


def _series(site: Site, country: str, key: str, block: ChartBlock) -> Series | None:
    """Return a series, cut to the years that the block asks for, or None where nothing is left."""
    series = site.countries[country].series_of(key)
    if series is None:
        return None
    first, last = block.start or 0, block.end or 9999
    values = {year: value for year, value in series.values.items() if first <= year <= last}
    return series.replaced(values=values) if values else None


def _table(resolution: Resolution, found: dict[Key, Series], keys: list[str]) -> dict[str, Any]:
    """Return the values as a table with a row for each year."""
    site = resolution.context.site
    columns: list[dict[str, Any]] = []
    for (country, key), series in found.items():
        resolution.figures[f"{country}.{key}"] = None
        columns.append(
            {
                "key": f"{country}.{key}",
                "name": _name(site, (country, key), keys),
                "notes": resolution.notes.cite(series.sources),
                "note": series.note,
            }
        )
    years = sorted({year for series in found.values() for year in series.values})
    return {
        "keys": " ".join(column["key"] for column in columns),
        "columns": columns,
        "remarks": [{"names": names, "text": text} for text, names in _series_remarks(columns).items()],
        "rows": [
            {"year": year, "cells": [_cell(site, series.values.get(year)) for series in found.values()]}
            for year in years
        ],
    }


def _series_remarks(columns: list[dict[str, Any]]) -> dict[str, str]:
    """Return each remark on a series once, with the names of those it is on."""
    notes: dict[str, list[str]] = {}
    for column in columns:
        if column["note"] is not None:
            notes.setdefault(column["note"], []).append(column["name"])
    return {text: ", ".join(names) for text, names in notes.items()}


def _cell(site: Site, value: Decimal | None) -> dict[str, str] | None:
    return None if value is None else {"text": format_number(value, site.settings.language), "machine": str(value)}


def _name(site: Site, pair: Key, keys: list[str]) -> str:
    country, indicator = site.countries[pair[0]].name, site.indicators[pair[1]].label
    return country if len(keys) == 1 else f"{country}: {indicator}"


def _span(found: dict[Key, Series]) -> str:
    years = [year for series in found.values() for year in series.values]
    return str(min(years)) if min(years) == max(years) else f"{min(years)} to {max(years)}"


def _last(site: Site, key: str, series: Series) -> str:
    return short_number(series.values[max(series.values)], site.indicators[key], site)
