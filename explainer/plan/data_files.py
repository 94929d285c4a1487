"""The files of data: each country, indicator and organisation by itself, and all facts, events and sources together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from explainer.addresses import (
    DATA,
    country_address,
    country_data_address,
    data_address,
    indicator_address,
    indicator_data_address,
    organisation_address,
    organisation_data_address,
    source_address,
)
from explainer.page import Page
from explainer.plan.frame import Frame
from explainer.site import Site
from explainer.views.data_events import EVENT_COLUMNS, Happening, calendar_event, event_data, event_row, happenings
from explainer.views.data_facts import (
    FACT_COLUMNS,
    countries_with,
    fact_data,
    fact_rows,
    indicator_data,
    indicators_of,
    series_data,
    sources_of_facts,
)
from explainer.views.data_organisations import organisation_data, standing_data
from explainer.views.data_values import Locate

FORMAT = 1
"""The format of the JSON files. A change that a reader of them would notice has a new number."""
SOURCE_COLUMNS = {
    "id": "Id of the source.",
    "publisher": "Who published it.",
    "title": "Its title.",
    "url": "Where it was read.",
    "archive_url": "An archived copy.",
    "published": "When it was published, as exact as it says.",
    "accessed": "When it was read.",
    "kind": "primary, reference, news, aggregator or derived.",
    "language": "Its language (BCP 47).",
    "licence": "Under which terms it may be used, where it says so.",
    "page": "Where the site lists it.",
}
"""The columns of the table of sources, in their order, each with what it means."""

Pairs = Sequence[tuple[str, str]]


def data_files(frame: Frame) -> Iterator[Page]:
    """Yield every file of data. What they say depends on content alone, never on the day of the build."""
    site, events = frame.site, happenings(frame.site)
    for key in site.countries:
        yield from _country(frame, key, [event for event in events if key in event.countries])
    for key in shown_indicators(site):
        yield from _indicator(frame, key)
    for key in site.organisations:
        yield from _organisation(frame, key, [event for event in events if event.organisation == key])
    yield from _everything(frame, events)


def shown_indicators(site: Site) -> list[str]:
    """Return the indicators of which something is known, in the order of the vocabulary."""
    known = {key for country in site.countries for key in indicators_of(site, country)}
    return [key for key in site.indicators if key in known]


def _country(frame: Frame, key: str, events: Sequence[Happening]) -> Iterator[Page]:
    site, record = frame.site, frame.site.countries[key]
    keys = indicators_of(site, key)
    pairs = [(key, indicator) for indicator in keys]
    address, source = country_data_address(key, "json"), record.place.path
    locate = frame.locator(address)
    content = _head(frame, address, record.name, country_address(site, key)) | {
        "country": _country_data(site, key),
        "indicators": {indicator: indicator_data(site, indicator) for indicator in keys},
        **_known(site, pairs, locate, by=1),
        "organisations": {
            organisation: standing_data(site, organisation, key, locate)
            for organisation, other in site.organisations.items()
            if any(party.id == key for party in other.parties)
        },
        "events": [event_data(site, event, locate) for event in events],
        "sources": _sources(
            site, [*(ref.id for ref in record.sources), *sources_of_facts(site, pairs), *_cited(events)]
        ),
    }
    yield Page(address, "writer:json", {"content": content}, source)
    yield _facts_table(frame, country_data_address(key, "csv"), pairs, source)
    yield _calendar(frame, country_data_address(key, "ics"), record.name, events, source)


def _indicator(frame: Frame, key: str) -> Iterator[Page]:
    site, record = frame.site, frame.site.indicators[key]
    pairs = [(country, key) for country in countries_with(site, key)]
    address = indicator_data_address(key, "json")
    page = indicator_address(key) if is_compared(site, key) else DATA
    content = _head(frame, address, record.label, page) | {
        "indicator": {"id": key} | indicator_data(site, key),
        "countries": {country: _country_data(site, country) for country, _ in pairs},
        **_known(site, pairs, frame.locator(address), by=0),
        "sources": _sources(site, sources_of_facts(site, pairs)),
    }
    yield Page(address, "writer:json", {"content": content}, record.place.path)
    yield _facts_table(frame, indicator_data_address(key, "csv"), pairs, record.place.path)


def is_compared(site: Site, indicator: str) -> bool:
    """Whether the page of comparisons has a table for an indicator: two countries of the region have a fact."""
    return sum(site.countries[key].fact(indicator) is not None for key in site.region if key in site.countries) > 1


def _organisation(frame: Frame, key: str, events: Sequence[Happening]) -> Iterator[Page]:
    site, record = frame.site, frame.site.organisations[key]
    address, source = organisation_data_address(key, "json"), record.place.path
    locate = frame.locator(address)
    cited = [*(ref.id for ref in record.sources), *_cited(events)]
    cited += [ref.id for reading in record.readings for ref in reading.sources]
    content = (
        _head(frame, address, record.name, organisation_address(site, key))
        | organisation_data(site, key, locate)
        | {"events": [event_data(site, event, locate) for event in events], "sources": _sources(site, cited)}
    )
    yield Page(address, "writer:json", {"content": content}, source)
    yield _events_table(frame, organisation_data_address(key, "csv"), events, source)
    yield _calendar(frame, organisation_data_address(key, "ics"), record.name, events, source)


def _everything(frame: Frame, events: Sequence[Happening]) -> Iterator[Page]:
    site = frame.site
    pairs = [(country, indicator) for country in site.countries for indicator in indicators_of(site, country)]
    address = data_address("facts", "json")
    locate = frame.locator(address)
    countries = {
        key: _country_data(site, key) | _known(site, [pair for pair in pairs if pair[0] == key], locate, by=1)
        for key in site.countries
    }
    content = _head(frame, address, "All facts", DATA) | {
        "indicators": {key: indicator_data(site, key) for key in shown_indicators(site)},
        "countries": countries,
        "sources": _sources(site, sources_of_facts(site, pairs)),
    }
    yield Page(address, "writer:json", {"content": content}, "content/countries")
    yield _facts_table(frame, data_address("facts", "csv"), pairs, "content/countries")
    address = data_address("events", "json")
    locate = frame.locator(address)
    content = _head(frame, address, "All events", DATA) | {
        "events": [event_data(site, event, locate) for event in events],
        "sources": _sources(site, _cited(events)),
    }
    yield Page(address, "writer:json", {"content": content}, "content/events.yml")
    yield _events_table(frame, data_address("events", "csv"), events, "content/events.yml")
    yield _calendar(frame, data_address("events", "ics"), site.settings.title, events, "content/events.yml")
    address = data_address("sources", "csv")
    locate = frame.locator(address)
    rows = [
        [{"id": key, "page": locate(source_address(key)), **data}.get(name) or "" for name in SOURCE_COLUMNS]
        for key, data in _sources(site, site.sources).items()
    ]
    yield Page(address, "writer:csv", {"columns": list(SOURCE_COLUMNS), "rows": rows}, "content/sources")


def _head(frame: Frame, address: str, title: str, page: str) -> dict[str, Any]:
    """Return what every JSON file begins with: what it is, under which terms, and where its words are explained."""
    settings, locate = frame.site.settings, frame.locator(address)
    return {
        "format": FORMAT,
        "title": title,
        "site": settings.title,
        "page": locate(page),
        "dictionary": locate(DATA),
        "licence": {"name": settings.licence.name, "url": settings.licence.url},
    }


def _country_data(site: Site, key: str) -> dict[str, Any]:
    record = site.countries[key]
    return {
        "name": record.name,
        "official": record.official,
        "alpha2": record.codes.alpha2,
        "alpha3": record.codes.alpha3,
        "numeric": record.codes.numeric,
    }


def _known(site: Site, pairs: Pairs, locate: Locate, *, by: int) -> dict[str, Any]:
    """Return facts and series of pairs of country and indicator, by the first (0) or the second (1) of each pair."""
    facts, series = {}, {}
    for pair in pairs:
        country, indicator = pair
        record = site.countries[country]
        if (fact := record.fact(indicator)) is not None:
            facts[pair[by]] = fact_data(site, country, indicator, fact, locate)
        if (values := record.series_of(indicator)) is not None:
            series[pair[by]] = series_data(site, country, indicator, values, locate)
    return {"facts": facts, "series": series}


def _sources(site: Site, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return sources as JSON has them, each once, in the order of the site."""
    wanted = set(keys)
    return {
        key: {
            "publisher": record.publisher,
            "title": record.title,
            "url": record.url,
            "archive_url": record.archive_url,
            "published": record.published and str(record.published),
            "accessed": str(record.accessed),
            "kind": record.kind,
            "language": record.language,
            "licence": record.licence,
        }
        for key, record in site.sources.items()
        if key in wanted
    }


def _cited(events: Sequence[Happening]) -> list[str]:
    found = [ref.id for event in events for ref in event.entry.sources]
    return found + [ref.id for event in events for other in event.entry.other_dates for ref in other.sources]


def _facts_table(frame: Frame, address: str, pairs: Pairs, source: str) -> Page:
    locate = frame.locator(address)
    rows = [row for country, indicator in pairs for row in fact_rows(frame.site, country, indicator, locate)]
    return _table(address, FACT_COLUMNS, rows, source)


def _events_table(frame: Frame, address: str, events: Sequence[Happening], source: str) -> Page:
    locate = frame.locator(address)
    return _table(address, EVENT_COLUMNS, [event_row(frame.site, event, locate) for event in events], source)


def _table(address: str, columns: Mapping[str, str], rows: list[list[str]], source: str) -> Page:
    return Page(address, "writer:csv", {"columns": list(columns), "rows": rows}, source)


def _calendar(frame: Frame, address: str, name: str, events: Sequence[Happening], source: str) -> Page:
    host = urlsplit(frame.base_url).hostname or "site.invalid"
    view = {
        "name": name,
        "language": frame.site.settings.language,
        "events": [calendar_event(frame.site, event, frame.locator(address), host) for event in events],
    }
    return Page(address, "writer:ics", view, source)
