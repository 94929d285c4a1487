"""The page of all dated events: those of the region, and those of every organisation."""

from __future__ import annotations

from datetime import date

from explainer.addresses import TIMELINE, data_address
from explainer.page import Page
from explainer.plan.citation import citation
from explainer.plan.frame import Frame
from explainer.views.data_files import files_view
from explainer.views.events import all_events, filters_view
from explainer.views.notes import SourceNotes


def timeline_page(frame: Frame, as_of: date) -> Page:
    """Return the timeline of all events, oldest first, with a section for each year."""
    site, notes = frame.site, SourceNotes(frame.site, titled=False)
    years: dict[str, list[object]] = {}
    events = all_events(site, notes, as_of)
    for event in events:
        years.setdefault(event["date"]["iso"][:4], []).append(event)
    first = next(iter(years), "")
    return frame.page(
        TIMELINE,
        "pages/timeline.html",
        "content/events.yml",
        title="Timeline",
        description=f"All {len(events)} dated events of this site, from {first} on, each with its sources.",
        trail=[("/", site.settings.title)],
        years=[{"year": year, "id": f"year-{year}", "events": events} for year, events in years.items()],
        filters=filters_view(site, events),
        sources=notes.view(),
        files=files_view("events", data_address, "json", "csv", "ics"),
        cite=citation(frame, TIMELINE, title="Timeline", date=notes.last_read(), words="Sources read to"),
    )
