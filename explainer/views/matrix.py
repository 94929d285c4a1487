"""Lay organisations against countries: who stands where in each, since when, and how exact that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from explainer.addresses import country_address, organisation_address
from explainer.dates import DateSpan, PartialDate
from explainer.formats import format_date, machine_date
from explainer.membership import history_of, standing_on, took_place
from explainer.models.organisation import START, Organisation, PartyEntry
from explainer.record import NOWHERE
from explainer.refs import Ref
from explainer.site import Site
from explainer.views.events import VERIFICATION_LABELS
from explainer.views.standing import standing_words, when_words

# What a date leaves open, in words; a full day leaves nothing open, and a span says it itself.
PRECISION_LABELS = {"day": None, "month": "day not known", "year": "only the year is known"}

Cite = Callable[[Sequence[Ref]], list[dict[str, Any]]]
"""What turns sources into marks of notes on the page that shows the matrix."""


def matrix_view(site: Site, organisations: Sequence[str], countries: Sequence[str], cite: Cite) -> dict[str, Any]:
    """Return a row for each organisation with a cell for each country, or None where a file does not list it."""
    language = site.settings.language
    return {
        "countries": [
            {"id": key, "name": site.countries[key].name, "address": country_address(site, key)} for key in countries
        ],
        "rows": [
            {
                "id": key,
                "name": organisation.name,
                "short": organisation.short,
                "address": organisation_address(site, key),
                "known_to": {"text": format_date(organisation.known_to, language), "iso": str(organisation.known_to)},
                "notes": cite(organisation.sources),
                "cells": [
                    {"country": site.countries[country].name, "standing": _standing(site, key, country)}
                    for country in countries
                ],
            }
            for key, organisation in ((key, site.organisations[key]) for key in organisations)
        ],
    }


def _standing(site: Site, key: str, country: str) -> dict[str, Any] | None:
    """Return where a country stands on the last day that is known, or None when the organisation does not list it."""
    organisation = site.organisations[key]
    party = Ref("country", country, NOWHERE)
    if party not in organisation.parties:
        return None
    known_to = organisation.known_to.earliest
    history = history_of(organisation, country)
    standing = standing_on(history, known_to)
    changes = [entry for entry in organisation.parties[party] if entry.status is not None and took_place(entry)]
    last = changes[-1] if changes and standing != {START} else None
    return {
        "address": f"{organisation_address(site, key)}#{country}",
        "label": standing_words(organisation, standing, has_history=bool(history)),
        "drawn": organisation.statuses[last.status.id].drawn if last and last.status else "empty",
        "since": last and _since(site, last),
        "open": _left_open(last) if last else [],
        "is_disputed": last is not None and last.disputed is not None,
        "earlier": [_step(site, organisation, entry) for entry in changes[:-1]],
    }


def _since(site: Site, entry: PartyEntry) -> dict[str, Any]:
    return {"text": when_words(entry.date, site), "iso": machine_date(entry.date)}


def _left_open(entry: PartyEntry) -> list[str]:
    """Name what the date of a change leaves open, and how weakly it is attested."""
    precision = None if isinstance(entry.date, DateSpan) else PRECISION_LABELS[entry.date.precision]
    proof = VERIFICATION_LABELS[entry.verification] if entry.verification in ("one-source", "unverified") else None
    return [words for words in (precision, proof) if words]


def _step(site: Site, organisation: Organisation, entry: PartyEntry) -> dict[str, Any]:
    assert entry.status is not None
    date: PartialDate | DateSpan = entry.date
    return {
        "label": organisation.statuses[entry.status.id].label,
        "when": {"text": when_words(date, site), "iso": machine_date(date)},
    }
