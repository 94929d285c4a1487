"""Turn facts and series into data: the objects of the JSON files and the rows of the CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from explainer.addresses import country_address
from explainer.models.fact import AnyFact, Series
from explainer.refs import Ref
from explainer.site import Site
from explainer.views.data_values import Locate, cells, date_bounds, digits, json_value, number
from explainer.views.values import value_text, value_view

FACT_COLUMNS: Final = {
    "country": "Id of the country: its file is countries/ID.json.",
    "country_name": "Name of the country.",
    "alpha3": "ISO 3166-1 code of the country, three letters.",
    "indicator": "Id of the indicator: its file is indicators/ID.json.",
    "label": "Name of the indicator.",
    "role": "main: the value that the site shows; alternative: what another source says; series: the value of a year.",
    "rank": "Rank of an alternative: the smaller, the more it is trusted. Empty for others.",
    "item": "Place in a list, from 1: a list has a row for each item. Empty for others.",
    "value": "The number, in the unit of the row, with the decimals of the source. Of a list: the item's amount.",
    "low": "Lower end, where the source gives a range.",
    "high": "Upper end, where the source gives a range.",
    "share": "Share of an item of a list, in per cent.",
    "text": "The value where it is no number: a name, a phrase, a date. Of a list: the item.",
    "item_country": "Id of the country that an item of a list is, where it is one of this site.",
    "item_status": "Standing of an item of a list, such as that of a language.",
    "item_note": "What must be known of an item of a list.",
    "office": "Office of a person.",
    "since": "Day, month or year from which a person holds the office.",
    "latitude": "Degrees north of a place; negative: south.",
    "longitude": "Degrees east of a place; negative: west.",
    "unit": "Id of the unit, percent, or empty.",
    "currency": "Currency of an amount of money.",
    "price_basis": "How money is counted.",
    "as_of": "The date for which the value holds, as exact as the source: YYYY, YYYY-MM, YYYY-MM-DD, X/Y, before X.",
    "as_of_first": "First day that this date may mean. Empty where none is known.",
    "as_of_last": "Last day that this date may mean.",
    "as_of_kind": "observed: the value is of that date; edition, published: the source is.",
    "status": "confirmed, estimate, disputed or unverified.",
    "note": "What must be known to read the value.",
    "reason": "Why there is no value, or why an alternative stands behind.",
    "sources": "Ids of the sources, with blanks between: see sources.csv.",
    "page": "Where the site shows the value.",
}
"""The columns of a table of facts, in their order, each with what it means."""


def indicator_data(site: Site, key: str) -> dict[str, Any]:
    """Return what an indicator means, as JSON has it."""
    record = site.indicators[key]
    unit = site.units[record.unit.id] if record.unit else None
    return {
        "label": record.label,
        "definition": record.definition,
        "kind": record.kind,
        "unit": record.unit.id if record.unit else "percent" if record.kind == "percent" else None,
        "unit_symbol": unit.symbol if unit else None,
        "currency": record.currency,
        "price_basis": record.price_basis,
        "comparable": record.comparable,
        "max_age_days": record.max_age,
    }


def fact_data(site: Site, country: str, indicator: str, fact: AnyFact, locate: Locate) -> dict[str, Any]:
    """Return a fact as JSON has it: the value, the words of pages for it, its date, sources, and what differs."""
    meaning = site.indicators[indicator]
    return {
        "value": json_value(fact.value),
        "text": value_text(value_view(fact.value, meaning, site)),
        "as_of": str(fact.as_of),
        "as_of_kind": fact.as_of_kind,
        "status": fact.status,
        **{name: text for name in ("note", "reason") if (text := getattr(fact, name)) is not None},
        "sources": [ref.id for ref in fact.sources],
        "alternatives": [
            {
                "rank": other.rank,
                "value": json_value(other.value),
                "text": value_text(value_view(other.value, meaning, site)),
                "as_of": str(other.as_of),
                "reason": other.reason,
                "sources": [ref.id for ref in other.sources],
            }
            for other in sorted(fact.alternatives, key=lambda other: other.rank)
        ],
        "page": locate(f"{country_address(site, country)}#{indicator}"),
    }


def series_data(site: Site, country: str, indicator: str, series: Series, locate: Locate) -> dict[str, Any]:
    """Return the values of an indicator by year, as JSON has them, oldest first."""
    return {
        "values": {str(year): number(value) for year, value in sorted(series.values.items())},
        **({} if series.note is None else {"note": series.note}),
        "sources": [ref.id for ref in series.sources],
        "page": locate(f"{country_address(site, country)}#{indicator}-by-year"),
    }


def fact_rows(site: Site, country: str, indicator: str, locate: Locate) -> Iterator[list[str]]:
    """Yield the rows of all that is known of a country by an indicator: the fact, what differs, and the series."""
    record, meaning = site.countries[country], indicator_data(site, indicator)
    common = {
        "country": country,
        "country_name": record.name,
        "alpha3": record.codes.alpha3,
        "indicator": indicator,
        **{name: meaning[name] or "" for name in ("label", "unit", "currency", "price_basis")},
    }
    page = country_address(site, country)
    if (fact := record.fact(indicator)) is not None:
        common["page"] = locate(f"{page}#{indicator}")
        own = {"role": "main", "as_of_kind": fact.as_of_kind, "status": fact.status}
        own |= {"note": fact.note or "", "reason": fact.reason or ""}
        yield from _rows(common | own, fact.value, fact.as_of, fact.sources)
        for other in sorted(fact.alternatives, key=lambda other: other.rank):
            own = {"role": "alternative", "rank": str(other.rank), "reason": other.reason}
            yield from _rows(common | own, other.value, other.as_of, other.sources)
    if (series := record.series_of(indicator)) is not None:
        common["page"] = locate(f"{page}#{indicator}-by-year")
        for year, value in sorted(series.values.items()):
            own = {"role": "series", "value": digits(value), "as_of": str(year), "note": series.note or ""}
            own |= {"as_of_first": f"{year}-01-01", "as_of_last": f"{year}-12-31", "sources": _ids(series.sources)}
            yield _row(common | own)


def indicators_of(site: Site, country: str) -> list[str]:
    """Return the indicators of which something is known of a country, in the order of the vocabulary."""
    record = site.countries[country]
    return [key for key in site.indicators if record.fact(key) is not None or record.series_of(key) is not None]


def countries_with(site: Site, indicator: str) -> list[str]:
    """Return the countries of which something is known by an indicator, those of the region first."""
    ordered = [*site.region, *(key for key in site.countries if key not in site.region)]
    return [key for key in ordered if key in site.countries and indicator in indicators_of(site, key)]


def sources_of_facts(site: Site, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return the ids of the sources of facts and series, given as pairs of country and indicator, each once."""
    found: dict[str, None] = {}
    for country, indicator in pairs:
        record = site.countries[country]
        if (fact := record.fact(indicator)) is not None:
            found.update((ref.id, None) for ref in fact.sources)
            found.update((ref.id, None) for other in fact.alternatives for ref in other.sources)
        if (series := record.series_of(indicator)) is not None:
            found.update((ref.id, None) for ref in series.sources)
    return list(found)


def _rows(own: dict[str, str], value: object, as_of: Any, sources: Iterable[Ref]) -> Iterator[list[str]]:
    first, last = date_bounds(as_of)
    own |= {"as_of": str(as_of), "as_of_first": first, "as_of_last": last, "sources": _ids(sources)}
    for parts in cells(value):
        yield _row(own | parts)


def _row(parts: dict[str, str]) -> list[str]:
    return [parts.get(name, "") for name in FACT_COLUMNS]


def _ids(sources: Iterable[Ref]) -> str:
    return " ".join(ref.id for ref in sources)
