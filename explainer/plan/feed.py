"""The Atom feeds: of the newest articles, and for each country of what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from explainer.addresses import FEED, country_address, country_feed_address, document_address
from explainer.content import Document
from explainer.formats import format_as_of
from explainer.page import Page
from explainer.plan.frame import Frame
from explainer.views.data_events import Happening, happenings, last_read

NEWEST = 20


def feed_page(frame: Frame) -> Page:
    """Return the feed of the site, newest article first. Its dates are days, told as midnight in UTC."""
    settings = frame.site.settings
    entries = [_article(frame, article) for article in _newest(frame)]
    return _feed(frame, FEED, "/", settings.title, settings.description, entries, "content/articles")


def country_feeds(frame: Frame) -> Iterator[Page]:
    """Yield the feed of each country: the articles that name it, and its latest events.

    An event is as new as its sources: that is the day on which this site learnt of it, or looked at it again.
    """
    site, events = frame.site, happenings(frame.site)
    for key, country in site.countries.items():
        told = [event for event in reversed(events) if key in event.countries][:NEWEST]
        entries = [*(_article(frame, article) for article in _newest(frame, "country", key))]
        entries += [_event(frame, event) for event in told]
        entries.sort(key=lambda entry: str(entry["updated"]), reverse=True)
        yield _feed(
            frame,
            country_feed_address(site, key),
            country_address(site, key),
            f"{country.name} · {site.settings.title}",
            f"Articles about {country.name}, and dated events that concern it.",
            entries,
            country.place.path,
        )


def _newest(frame: Frame, *subject: str) -> list[Document]:
    """Return the articles that were changed last, with a subject of those about it."""
    return [frame.site.articles[key] for key in frame.asker.ask("newest articles", str(NEWEST), *subject)]


def _article(frame: Frame, article: Document) -> dict[str, Any]:
    front = article.front
    return {
        "title": front.title,
        "summary": front.description,
        "url": frame.absolute(document_address(article)),
        "published": f"{front.date}T00:00:00Z",
        "updated": f"{front.updated or front.date}T00:00:00Z",
        "authors": list(front.authors) or [frame.site.settings.title],
    }


def _event(frame: Frame, event: Happening) -> dict[str, Any]:
    site, entry = frame.site, event.entry
    when = format_as_of(entry.date, site.settings.language)
    is_open = entry.planned and entry.outcome is None
    return {
        "title": f"{'Planned for ' if is_open else ''}{when}: {entry.title}",
        "summary": entry.text or f"{site.settings.event_kinds[entry.kind.id]}, {when}.",
        "url": frame.absolute(event.address),
        "published": None,
        "updated": f"{last_read(site, [ref.id for ref in entry.sources])}T00:00:00Z",
        "authors": [site.settings.title],
    }


def _feed(
    frame: Frame, address: str, home: str, title: str, subtitle: str, entries: list[dict[str, Any]], source: str
) -> Page:
    settings = frame.site.settings
    view = {
        "title": title,
        "subtitle": subtitle,
        "language": settings.language,
        "home": frame.absolute(home),
        "address": frame.absolute(address),
        "updated": max((str(entry["updated"]) for entry in entries), default="1970-01-01T00:00:00Z"),
        "rights": settings.licence.name,
        "entries": entries,
    }
    return Page(address, "feed.xml", view, source)
