"""Draw the figure block `timeline`: who stood where in an organisation, as bars and as a table."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import field

from explainer.addresses import organisation_address
from explainer.formats import format_date
from explainer.models.fields import CountryRef, Date, Line, OrganisationRef
from explainer.models.organisation import Organisation
from explainer.prose.resolution import Resolution
from explainer.record import Record
from explainer.views.interval_chart import interval_chart
from explainer.views.notes import SourceNotes
from explainer.views.standing import party_view


class TimelineBlock(Record, frozen=True, kw_only=True):
    """What the block says: its finding as a title, the organisation, and which countries and years to show."""

    title: Line
    organisation: OrganisationRef
    countries: tuple[CountryRef, ...] = ()
    start: Date | None = field(default=None, name="from")
    end: Date | None = field(default=None, name="to")
    note: Line | None = None


def timeline_view(resolution: Resolution, block: TimelineBlock, number: int) -> dict[str, Any] | None:
    """Return the view of a timeline, or None where it has nothing to show, which is told."""
    site, key = resolution.context.site, block.organisation.id
    organisation = site.organisations[key]
    parties = [party.id for party in organisation.parties]
    wanted = [ref.id for ref in block.countries] or parties
    for ref in block.countries:
        if ref.id not in parties:
            fix = f"take it out, or add it to {organisation.place.path}"
            resolution.tell(ref.place, "M084", f'"{ref.id}" is no party of {organisation.short}', fix)
            return None
    chart = interval_chart(site, key, countries=wanted)
    if not _zoom(resolution, block, chart, organisation):
        return None
    language = site.settings.language
    # Each period leads to its event on the organisation's page, where its own sources stand. Here one source line
    # does: a note for every change would drown the notes of the text.
    elsewhere = SourceNotes(site)
    return {
        "id": f"block-{number + 1}",
        "title": block.title,
        "note": block.note,
        "chart": chart,
        "parties": [party_view(site, key, party, elsewhere) for party in parties if party in wanted],
        "organisation": organisation.short,
        "sources": resolution.notes.cite(organisation.sources),
        "address": organisation_address(site, key),
        "known_to": {
            "text": format_date(organisation.known_to, language),
            "iso": str(organisation.known_to),
        },
    }


def _zoom(resolution: Resolution, block: TimelineBlock, chart: dict[str, Any], organisation: Organisation) -> bool:
    """Cut a chart to the years that a block asks for. Returns False where none are left, which is told."""
    first, last = date(organisation.founded.year, 1, 1), organisation.known_to.earliest
    start = max(first, block.start.earliest) if block.start else first
    end = min(last, block.end.latest) if block.end else last
    if start >= end:
        place = block.place_of("to" if block.end is not None else "from")
        message = f"nothing lies between {start} and {end}"
        fix = f"{organisation.short} is known from {first.year} to {organisation.known_to}"
        resolution.tell(place, "M085", message, fix)
        return False
    if (start, end) == (first, last):
        return True
    days = (last - first).days
    low, width = 100 * (start - first).days / days, 100 * (end - start).days / days

    def at(x: float) -> float:
        return min(100.0, max(0.0, (x - low) * 100 / width))

    drawn = set()
    for row in chart["rows"]:
        kept = []
        for segment in row["segments"]:
            left, right = _number(segment["x"]), _number(segment["x"]) + _number(segment["width"])
            if at(left) < at(right):
                kept.append(segment | {"x": _percent(at(left)), "width": _percent(at(right) - at(left))})
                drawn.add(segment["label"])
        row["segments"] = kept
    chart["ticks"] = [
        tick | {"x": _percent(at(_number(tick["x"])))}
        for tick in chart["ticks"]
        if start.year <= tick["year"] <= end.year and low <= _number(tick["x"]) <= low + width
    ]
    chart["legend"] = [entry for entry in chart["legend"] if entry["label"] in drawn]
    return True


def _number(percent: str) -> float:
    return float(percent.removesuffix("%"))


def _percent(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".") + "%"
