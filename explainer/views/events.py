"""Turn dated entries into views: events of organisations, of countries, and of the region."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from explainer.addresses import country_address, event_address, organisation_address
from explainer.dates import DateSpan, PartialDate
from explainer.formats import format_as_of, format_date, machine_date
from explainer.models.event import DatedEntry
from explainer.models.organisation import PartyEntry, start_of
from explainer.refs import Ref
from explainer.site import Site
from explainer.views.facts import as_of_view
from explainer.views.notes import SourceNotes

# How sure we are of an event, in words; None where nothing needs saying.
VERIFICATION_LABELS = {
    "primary": "seen in the document itself",
    "two-sources": "two independent sources",
    "one-source": "one source only",
    "unverified": "not verified",
}
OUTCOME_LABELS = {
    "took-place": "took place",
    "cancelled": "was cancelled",
    "postponed": "was postponed",
    "unknown": "what became of it is not known to us",
}


def entry_view(site: Site, entry: DatedEntry, anchor: str, notes: SourceNotes, as_of: date) -> dict[str, Any]:
    """Return the view of one event. `anchor` is its id on the page that shows it."""
    language = site.settings.language
    status = entry.status.id if isinstance(entry, PartyEntry) and entry.status is not None else None
    return {
        "id": anchor,
        "date": {"text": _date_words(entry, language), "iso": _machine_start(entry.date)},
        "title": entry.title,
        "kind": site.settings.event_kinds[entry.kind.id],
        "kind_id": entry.kind.id,
        "status": status,
        "text": entry.text,
        "note": entry.note,
        "disputed": entry.disputed,
        "verification": VERIFICATION_LABELS[entry.verification],
        "is_unverified": entry.verification == "unverified",
        "plan": _plan_view(site, entry, notes, as_of),
        "notes": notes.cite(entry.sources),
        "other_dates": [
            {
                "date": {"text": format_as_of(other.date, language), "iso": _machine_start(other.date)},
                "reason": other.reason,
                "notes": notes.cite(other.sources),
            }
            for other in entry.other_dates
        ],
    }


def _plan_view(site: Site, entry: DatedEntry, notes: SourceNotes, as_of: date) -> dict[str, Any] | None:
    """Word a plan as a plan; once its day is past, it reads "was planned for"."""
    if not entry.planned:
        return None
    outcome, is_past = entry.outcome, entry.date.latest < as_of
    return {
        "words": "was planned for" if is_past else "is planned for",
        "is_ahead": not is_past and outcome is None,
        "outcome": outcome
        and {
            "text": OUTCOME_LABELS[outcome.result],
            "checked": as_of_view(outcome.checked, site),
            "note": outcome.note,
            "notes": notes.cite(outcome.sources),
        },
    }


def _date_words(entry: DatedEntry, language: str) -> str:
    """Write when an event was. The span of a change of status says that the day is not known, not how long it took."""
    if isinstance(entry.date, DateSpan) and isinstance(entry, PartyEntry) and entry.status is not None:
        return f"between {format_date(entry.date.start, language)} and {format_date(entry.date.end, language)}"
    return format_as_of(entry.date, language)


def _machine_start(when: PartialDate | DateSpan) -> str | None:
    return machine_date(when) or (str(when.start) if isinstance(when, DateSpan) else None)


def events_of_country(site: Site, country: str, notes: SourceNotes, as_of: date) -> list[dict[str, Any]]:
    """Return the events that concern a country, those of its standing in organisations included, oldest first."""
    found: list[tuple[DatedEntry, dict[str, Any], str]] = []
    for key, event in site.events.items():
        if any(ref.id == country for ref in event.countries):
            found.append((event, whereabouts(site, []) | {"address": event_address(key)}, f"event-{key}"))
    for key, organisation in site.organisations.items():
        for party, entries in organisation.parties.items():
            for entry in entries if party.id == country else ():
                anchor = organisation.anchor_of(entry, party)
                found.append((entry, whereabouts(site, [], key, entry, party), f"{key}-{anchor}"))
    found.sort(key=lambda item: start_of(item[0]).sort_key)
    return [entry_view(site, entry, anchor, notes, as_of) | where for entry, where, anchor in found]


def all_events(
    site: Site, notes: SourceNotes, as_of: date, wanted: Callable[[DatedEntry], bool] = lambda _: True
) -> list[dict[str, Any]]:
    """Return every dated event of the site that is `wanted`, oldest first: of events.yml and of organisations."""
    found: list[tuple[DatedEntry, str, dict[str, Any]]] = []
    for key, event in site.events.items():
        found.append((event, key, whereabouts(site, [ref.id for ref in event.countries])))
    for key, organisation in site.organisations.items():
        for milestone in organisation.milestones:
            anchor = organisation.anchor_of(milestone)
            found.append((milestone, f"{key}-{anchor}", whereabouts(site, [], key, milestone)))
        for party, entries in organisation.parties.items():
            for entry in entries:
                anchor = organisation.anchor_of(entry, party)
                found.append((entry, f"{key}-{anchor}", whereabouts(site, [party.id], key, entry, party)))
    found.sort(key=lambda item: start_of(item[0]).sort_key)
    return [entry_view(site, entry, anchor, notes, as_of) | where for entry, anchor, where in found if wanted(entry)]


def whereabouts(
    site: Site,
    countries: list[str],
    organisation: str | None = None,
    entry: DatedEntry | None = None,
    party: Ref | None = None,
) -> dict[str, Any]:
    """Return whom an event concerns, and for an entry of an organisation where it stands and what it changed."""
    view: dict[str, Any] = {
        "countries": [
            {"id": key, "name": site.countries[key].name, "address": country_address(site, key)} for key in countries
        ],
        "organisation": None,
        "address": None,
        "status_label": None,
        "status_address": None,
    }
    if organisation is not None and entry is not None:
        record, address = site.organisations[organisation], organisation_address(site, organisation)
        view |= {"organisation": record.short, "address": f"{address}#{record.anchor_of(entry, party)}"}
        if isinstance(entry, PartyEntry) and entry.status is not None:
            label = record.statuses[entry.status.id].label
            view |= {"status_label": label, "status_address": f"{address}#{entry.status.id}"}
    return view


def filters_view(site: Site, events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what a list of events can be narrowed to: the countries and kinds that occur in it.

    Countries stand in alphabetical order, kinds in the order of the vocabulary.
    """
    shown = list(events)
    countries = {country["id"]: country["name"] for event in shown for country in event["countries"]}
    kinds = {event["kind_id"] for event in shown}
    return {
        "total": len(shown),
        "countries": [
            {"id": key, "name": name} for key, name in sorted(countries.items(), key=lambda item: item[1].casefold())
        ],
        "kinds": [{"id": key, "name": label} for key, label in site.settings.event_kinds.items() if key in kinds],
    }
