"""Turn the histories of an organisation's parties into bars on a common scale of time."""

from __future__ import annotations

from datetime import date
from typing import Any

from explainer.addresses import country_address
from explainer.membership import Interval, history_of, intervals, standing_on
from explainer.models.organisation import Organisation
from explainer.site import Site
from explainer.views.standing import standing_words

YEARS_BETWEEN_LABELS = 5
SMALLEST_SHOWN = 1.2
"""The least width, in percent, of a standing that still holds on the last known day."""


class TimeScale:
    """Places days between two ends, in percent of the width."""

    def __init__(self, first: date, last: date) -> None:
        self._first = first.toordinal()
        self._days = max(1, last.toordinal() - self._first)

    def at(self, day: date) -> float:
        """Return where a day lies, from 0 to 100; days beyond the ends lie on them."""
        return round(100 * min(1.0, max(0.0, (day.toordinal() - self._first) / self._days)), 3)


def interval_chart(site: Site, key: str, *, countries: list[str] | None = None) -> dict[str, Any]:
    """Return the view of an organisation's chart, one row for each party or for each of some countries.

    Time runs from the first of January of the founding year to the last day that is known. Positions and widths are
    in percent, as SVG understands them. A part whose dates are vague is `faded`.
    """
    organisation = site.organisations[key]
    first, last = date(organisation.founded.year, 1, 1), organisation.known_to.earliest
    scale = TimeScale(first, last)
    shown = [party.id for party in organisation.parties if countries is None or party.id in countries]
    used: dict[str, None] = {}
    rows = []
    for party in shown:
        history = history_of(organisation, party)
        found = intervals(history, until=last)
        used.update(dict.fromkeys(interval.status for interval in found))
        rows.append(
            {
                "id": party,
                "name": site.countries[party].name,
                "address": country_address(site, party),
                "now": standing_words(organisation, standing_on(history, last), has_history=bool(history)),
                "segments": [segment for interval in found for segment in _segments(organisation, interval, scale)],
            }
        )
    return {
        "id": key,
        "ticks": _ticks(first, last, scale),
        "rows": rows,
        "legend": [
            {"drawn": status.drawn, "label": status.label}
            for name, status in organisation.statuses.items()
            if name in used and status.drawn != "empty"
        ],
    }


def _segments(organisation: Organisation, interval: Interval, scale: TimeScale) -> list[dict[str, Any]]:
    """Return the vague start, the sure middle and the vague end of an interval, as far as it has them."""
    status = organisation.statuses[interval.status]
    parts = [
        (interval.earliest_start, min(interval.latest_start, interval.earliest_end), True),
        (interval.latest_start, interval.earliest_end, False),
        (max(interval.earliest_end, interval.latest_start), interval.latest_end, True),
    ]
    segments = []
    for start, end, faded in parts:
        if start < end:
            x, width = scale.at(start), scale.at(end) - scale.at(start)
            if interval.ongoing and not faded and width < SMALLEST_SHOWN:
                # What began shortly before the last known day would be too thin to see, and is what readers look for.
                x, width = max(0.0, 100 - SMALLEST_SHOWN), SMALLEST_SHOWN
            segments.append(
                {
                    "x": _percent(x),
                    "width": _percent(width),
                    "drawn": status.drawn,
                    "label": status.label,
                    "is_faded": faded,
                }
            )
    return segments


def _ticks(first: date, last: date, scale: TimeScale) -> list[dict[str, Any]]:
    """Return a mark for each year of the scale that is a multiple of five; every second one is a major mark."""
    years = range(first.year, last.year + 1)
    return [
        {"x": _percent(scale.at(date(year, 1, 1))), "year": year, "is_major": year % (2 * YEARS_BETWEEN_LABELS) == 0}
        for year in years
        if year % YEARS_BETWEEN_LABELS == 0 and date(year, 1, 1) >= first
    ]


def _percent(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") + "%"
