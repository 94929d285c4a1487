"""Show a timeline in small: a bar for each year that has events, the newest of them, and what is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from explainer.addresses import TIMELINE, event_address, year_address
from explainer.views.scales import percent

NEWEST: Final = 4
"""How many events are named, and how many plans."""


def year_strip(events: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the timeline in small of some events in order of time; None where there are none.

    A bar is as long as its year has events; its full part are those that changed a standing.
    """
    years: dict[str, list[Mapping[str, Any]]] = {}
    for event in events:
        years.setdefault(event["date"]["iso"][:4], []).append(event)
    if not years:
        return None
    most = max(map(len, years.values()))
    happened = [event for event in events if event["plan"] is None]
    planned = [event for event in events if event["plan"] is not None and event["plan"]["is_ahead"]]
    return {
        "total": len(events),
        "first": next(iter(years)),
        "last": next(reversed(years)),
        "address": TIMELINE,
        "years": [
            {
                "year": year,
                "address": year_address(year),
                "count": len(found),
                "changes": (changes := sum(event["status"] is not None for event in found)),
                "length": percent(100 * len(found) / most),
                "top": percent(100 - 100 * len(found) / most),
                "changed_length": percent(100 * changes / most),
                "changed_top": percent(100 - 100 * changes / most),
            }
            for year, found in years.items()
        ],
        "newest": [_entry(event) for event in happened[-NEWEST:]],
        "planned": [_entry(event) for event in planned[:NEWEST]],
    }


def _entry(event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "date": event["date"],
        "title": event["title"],
        "country": event["countries"][0]["name"] if event["organisation"] and event["countries"] else None,
        "address": event_address(event["id"]),
    }
