"""Turn dated events into data: objects of JSON, rows of CSV, and entries of calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from msgspec import Struct

from explainer.addresses import event_address, organisation_address
from explainer.dates import DateSpan
from explainer.formats import format_as_of
from explainer.models.event import DatedEntry
from explainer.models.organisation import PartyEntry, start_of
from explainer.site import Site
from explainer.views.data_values import Locate, date_bounds

EVENT_COLUMNS: Final = {
    "id": "Id of the event.",
    "date": "The date, as exact as the sources: YYYY, YYYY-MM, YYYY-MM-DD, or from/to.",
    "first": "First day that the date may mean, or on which the event began.",
    "last": "Last day that the date may mean, or on which the event ended.",
    "title": "What happened, or was planned.",
    "kind": "Kind of the event.",
    "organisation": "Id of the organisation whose timeline has it, or empty.",
    "countries": "Ids of the countries concerned, with blanks between.",
    "status": "Status that the country has in the organisation from then on, or empty.",
    "planned": "yes where the event was only planned when the sources told of it, else no.",
    "outcome": "What became of the plan, where it is known: took-place, cancelled, postponed, unknown.",
    "verification": "primary: the document itself was seen; two-sources, one-source, unverified.",
    "disputed": "Why the date or the event is in dispute, or empty.",
    "text": "More about it.",
    "sources": "Ids of the sources, with blanks between: see sources.csv.",
    "page": "Where the site shows the event.",
}
"""The columns of a table of events, in their order, each with what it means."""


class Happening(Struct, frozen=True):
    """An event, with whom it concerns and where the site shows it. `id` is unique in the site."""

    entry: DatedEntry
    id: str
    address: str
    countries: tuple[str, ...] = ()
    organisation: str | None = None

    @property
    def status(self) -> str | None:
        """The status that a country has from then on, where the event changes it."""
        return self.entry.status.id if isinstance(self.entry, PartyEntry) and self.entry.status else None


def happenings(site: Site) -> list[Happening]:
    """Return every dated event of the site, oldest first."""
    found = [
        Happening(event, key, event_address(key), tuple(ref.id for ref in event.countries))
        for key, event in site.events.items()
    ]
    for key, organisation in site.organisations.items():
        page = organisation_address(site, key)
        for milestone in organisation.milestones:
            anchor = organisation.anchor_of(milestone)
            found.append(Happening(milestone, f"{key}-{anchor}", f"{page}#{anchor}", (), key))
        for party, entries in organisation.parties.items():
            for entry in entries:
                anchor = organisation.anchor_of(entry, party)
                found.append(Happening(entry, f"{key}-{anchor}", f"{page}#{anchor}", (party.id,), key))
    return sorted(found, key=lambda happening: start_of(happening.entry).sort_key)


def event_data(site: Site, happening: Happening, locate: Locate) -> dict[str, Any]:
    """Return an event as JSON has it."""
    entry, outcome = happening.entry, happening.entry.outcome
    first, last = date_bounds(entry.date)
    return {
        "id": happening.id,
        "date": str(entry.date),
        "first": first,
        "last": last,
        "title": entry.title,
        "kind": site.settings.event_kinds[entry.kind.id],
        "organisation": happening.organisation,
        "countries": list(happening.countries),
        "status": happening.status,
        "planned": entry.planned,
        "outcome": outcome.result if outcome else None,
        "verification": entry.verification,
        "disputed": entry.disputed,
        "text": entry.text,
        "note": entry.note,
        "other_dates": [
            {"date": str(other.date), "reason": other.reason, "sources": [ref.id for ref in other.sources]}
            for other in entry.other_dates
        ],
        "sources": [ref.id for ref in entry.sources],
        "page": locate(happening.address),
    }


def event_row(site: Site, happening: Happening, locate: Locate) -> list[str]:
    """Return an event as the row of a table."""
    data = event_data(site, happening, locate)
    data |= {"planned": "yes" if data["planned"] else "no"}
    data |= {name: " ".join(data[name]) for name in ("countries", "sources")}
    return [data[name] or "" for name in EVENT_COLUMNS]


def calendar_event(site: Site, happening: Happening, locate: Locate, host: str) -> dict[str, Any]:
    """Return an event as an entry of a calendar.

    A vague date takes all the days that it may mean, and says so. The entry was revised when its sources were last
    read, so that a calendar changes with its content only, never with the day of a build.
    """
    entry, language = happening.entry, site.settings.language
    when = format_as_of(entry.date, language)
    is_vague = isinstance(entry.date, DateSpan) or entry.date.precision != "day"
    names = [site.countries[key].name for key in happening.countries]
    who = site.organisations[happening.organisation].short if happening.organisation else None
    title = ": ".join(filter(None, [", ".join(names) if who else None, entry.title]))
    is_off = entry.outcome is not None and entry.outcome.result == "cancelled"
    status = "CANCELLED" if is_off else "TENTATIVE" if entry.planned and entry.outcome is None else "CONFIRMED"
    said = [entry.text, f"Date: {when}, as exact as the sources." if is_vague else None, entry.disputed]
    page = locate(happening.address)
    return {
        "uid": f"{happening.id}@{host}",
        "title": f"{who}: {title}" if who else title,
        "text": "\n".join(filter(None, said)) or None,
        "url": page if "://" in page else None,
        "kind": site.settings.event_kinds[entry.kind.id],
        "status": status,
        "first": entry.date.earliest.isoformat(),
        "after": (entry.date.latest + timedelta(days=1)).isoformat(),
        "revised": last_read(site, [ref.id for ref in entry.sources]),
    }


def last_read(site: Site, sources: Iterable[str]) -> str:
    """Return the day (`YYYY-MM-DD`) on which the last of some sources was read: how fresh what leans on them is."""
    return max((site.sources[key].accessed.earliest.isoformat() for key in sources), default="1970-01-01")
