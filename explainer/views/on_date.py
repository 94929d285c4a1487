"""What a reader's browser needs to say who stood where on any day, as exactly as `membership` says it."""

from __future__ import annotations

from datetime import date
from typing import Any

from explainer.membership import history_of, windows
from explainer.site import Site


def on_date_view(site: Site, key: str) -> dict[str, Any]:
    """Return every party's changes with the first and the last day on which each may have taken effect.

    A status may have held on a day exactly if the day is not before its first day, and before the last day of the next
    change. Days are ISO texts, which sort as days do. `scale` holds the two ends of the chart.
    """
    organisation = site.organisations[key]
    parties = []
    for party in organisation.parties:
        history = history_of(organisation, party.id)
        changes = [
            [change.status, first.isoformat(), last.isoformat()]
            for change, (first, last) in zip(history, windows(history), strict=True)
        ]
        before = organisation.start.before if changes else organisation.start.never
        parties.append({"id": party.id, "name": site.countries[party.id].name, "before": before, "changes": changes})
    return {
        "scale": [date(organisation.founded.year, 1, 1).isoformat(), organisation.known_to.earliest.isoformat()],
        "first": organisation.founded.earliest.isoformat(),
        "statuses": {status: record.label for status, record in organisation.statuses.items()},
        "parties": parties,
    }
