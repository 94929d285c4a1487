"""Turn facts and series into views: a value, its date, its sources, and what speaks against it."""

from __future__ import annotations

from datetime import date
from typing import Any

from explainer.addresses import indicator_data_address
from explainer.dates import AsOf, BeforeDate, DateSpan
from explainer.formats import format_as_of, format_number, machine_date
from explainer.freshness import is_stale
from explainer.models.country import Country
from explainer.models.fact import AnyFact, Series
from explainer.site import Site
from explainer.views.data_files import files_view
from explainer.views.notes import SourceNotes
from explainer.views.sparks import spark_view
from explainer.views.values import value_view

AS_OF_LABELS = {"observed": "as of", "edition": "edition of", "published": "published"}


def fact_view(
    site: Site, country: str, indicator: str, fact: AnyFact, notes: SourceNotes, as_of: date, *, brief: bool = False
) -> dict[str, Any]:
    """Return the view of a fact. Its sources are cited on the page that `notes` belong to.

    A `brief` view leaves out what other sources say, and tells that there is something: `has_alternatives`.
    """
    meaning = site.indicators[indicator]
    return {
        "id": indicator,
        "key": f"{country}.{indicator}",
        "label": meaning.label,
        "definition": meaning.definition,
        "price_basis": meaning.price_basis,
        "value": value_view(fact.value, meaning, site),
        "reason": fact.reason,
        "as_of": as_of_view(fact.as_of, site, AS_OF_LABELS[fact.as_of_kind]),
        "is_stale": is_stale(fact.as_of, meaning.max_age, as_of),
        # Why an old value still stands: readers see the reason, not only whoever runs the checks.
        "why_stale": fact.waive.reason if fact.waive and is_stale(fact.as_of, meaning.max_age, as_of) else None,
        "status": None if fact.status == "confirmed" else fact.status,
        "note": fact.note,
        "notes": notes.cite(fact.sources),
        "files": [] if brief else files_view(indicator, indicator_data_address, "json", "csv"),
        "has_alternatives": bool(fact.alternatives),
        "alternatives": [
            {
                "value": value_view(other.value, meaning, site),
                "as_of": as_of_view(other.as_of, site),
                "reason": other.reason,
                "notes": notes.cite(other.sources),
            }
            for other in sorted(() if brief else fact.alternatives, key=lambda other: other.rank)
        ],
    }


def as_of_view(as_of: AsOf, site: Site, label: str = "as of") -> dict[str, Any]:
    """Return a date in words with its label, and for machines where HTML has a form for it."""
    language = site.settings.language
    if isinstance(as_of, BeforeDate):
        label = ""  # "as of before 2009" would be no English
    elif isinstance(as_of, DateSpan) and label == "as of":
        label = "for"
    return {"label": label, "text": format_as_of(as_of, language), "iso": machine_date(as_of)}


def fact_groups_view(site: Site, key: str, country: Country, notes: SourceNotes, as_of: date) -> list[dict[str, Any]]:
    """Return a country's facts by group, groups and facts in the order of the vocabularies."""
    groups = []
    for group, label in site.settings.fact_groups.items():
        facts = [
            fact_view(site, key, indicator, fact, notes, as_of) | {"spark": spark_view(site, key, indicator)}
            for indicator, meaning in site.indicators.items()
            if meaning.group.id == group and (fact := country.fact(indicator)) is not None
        ]
        series = [
            series_view(site, key, indicator, found, notes)
            for indicator, meaning in site.indicators.items()
            if meaning.group.id == group and (found := country.series_of(indicator)) is not None
        ]
        if facts or series:
            groups.append({"id": f"group-{group}", "label": label, "facts": facts, "series": series})
    return groups


def series_view(site: Site, country: str, indicator: str, series: Series, notes: SourceNotes) -> dict[str, Any]:
    """Return a series as rows of year and value, oldest first."""
    meaning, language = site.indicators[indicator], site.settings.language
    unit = site.units[meaning.unit.id] if meaning.unit else None
    rows = sorted(series.values.items())
    return {
        "id": f"{indicator}-by-year",
        "key": f"{country}.{indicator}",
        "label": meaning.label,
        "unit": meaning.currency or (unit and unit.many) or ("per cent" if meaning.kind == "percent" else None),
        "price_basis": meaning.price_basis,
        "note": series.note,
        "notes": notes.cite(series.sources),
        "files": files_view(indicator, indicator_data_address, "json", "csv"),
        "first": rows[0][0],
        "last": rows[-1][0],
        "rows": [{"year": year, "text": format_number(value, language), "machine": str(value)} for year, value in rows],
    }
