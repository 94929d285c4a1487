"""Turn the standing of countries in organisations into data: periods, and how many countries there were each year."""

from __future__ import annotations

from datetime import date
from typing import Any

from explainer.addresses import organisation_address
from explainer.membership import ASSOCIATES, MEMBERS, count_on, history_of, intervals, standing_on
from explainer.models.organisation import START, Organisation
from explainer.site import Site
from explainer.views.data_values import Locate


def organisation_data(site: Site, key: str, locate: Locate) -> dict[str, Any]:
    """Return an organisation as JSON has it, without its events: statuses, standings, counts by year, readings."""
    record = site.organisations[key]
    return {
        "organisation": {
            "id": key,
            "name": record.name,
            "short": record.short,
            "summary": record.summary,
            "scope": record.scope,
            "founded": str(record.founded),
            "known_to": str(record.known_to),
            "website": record.website,
            "page": locate(organisation_address(site, key)),
        },
        "statuses": {
            status: {"label": meaning.label, "description": meaning.description, "counts_as": meaning.counts_as}
            for status, meaning in record.statuses.items()
        },
        "countries": {party.id: standing_data(site, key, party.id, locate) for party in record.parties},
        "counts_on_1_january": _counts(record),
        "readings": [
            {
                "id": reading.id,
                "country": reading.country.id,
                "holder": reading.holder,
                "summary": reading.summary,
                "as_of": str(reading.as_of),
                "sources": [ref.id for ref in reading.sources],
            }
            for reading in record.readings
        ],
    }


def standing_data(site: Site, key: str, country: str, locate: Locate) -> dict[str, Any]:
    """Return the standing of a country in an organisation on the last day that is known, and how it came there."""
    record = site.organisations[key]
    history = history_of(record, country)
    now = standing_on(history, record.known_to.earliest)
    return {
        "name": site.countries[country].name,
        "known_to": str(record.known_to),
        "now": [status for status in (START, *record.statuses) if status in now],
        "periods": [
            {
                "status": change.status,
                "from": str(change.date),
                "until": None if interval.ongoing or following is None else str(following.date),
            }
            for change, interval, following in zip(
                history, intervals(history, until=record.known_to.earliest), [*history[1:], None], strict=False
            )
        ],
        "page": locate(f"{organisation_address(site, key)}#{country}"),
    }


def _counts(organisation: Organisation) -> list[dict[str, Any]]:
    """Return how many countries were in each group, as the least and the greatest number that the dates allow."""
    groups = [MEMBERS]
    if any(status.counts_as == "associate" for status in organisation.statuses.values()):
        groups.append(ASSOCIATES)
    counts = []
    for year in range(organisation.founded.latest.year + 1, organisation.known_to.year + 1):
        numbers = {group: count_on(organisation, group, date(year, 1, 1)) for group in groups}
        counts.append({"year": year} | {group: [found.low, found.high] for group, found in numbers.items()})
    return counts
