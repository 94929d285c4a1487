"""The page of all sources, each with ways to every place that leans on it."""

from __future__ import annotations

from typing import Any

from explainer.addresses import SOURCES, use_address
from explainer.page import Page
from explainer.plan.frame import Frame
from explainer.site import Site, Use
from explainer.views.notes import source_view

KIND_HEADINGS = {
    "primary": "Primary documents",
    "reference": "Reference works and datasets",
    "news": "Press",
    "aggregator": "Republications",
    "derived": "Own calculations",
}


def sources_page(frame: Frame) -> Page:
    """Return the page of all sources, by kind and publisher."""
    site = frame.site
    groups = []
    for kind, heading in KIND_HEADINGS.items():
        keys = [key for key, source in site.sources.items() if source.kind == kind]
        keys.sort(key=lambda key: (site.sources[key].publisher.casefold(), site.sources[key].title.casefold()))
        if keys:
            entries = [source_view(site, key) | {"uses": _uses(site, key)} for key in keys]
            groups.append({"id": f"kind-{kind}", "heading": heading, "entries": entries})
    return frame.page(
        SOURCES,
        "pages/sources.html",
        "content/sources",
        title="Sources",
        description=f"All {len(site.sources)} sources of this site, and every place that leans on each of them.",
        trail=[("/", site.settings.title)],
        total=len(site.sources),
        groups=groups,
    )


def _uses(site: Site, source: str) -> list[dict[str, Any]]:
    """Return where a source is used: a line for each record, with links to its parts."""
    by_record: dict[tuple[str, str], list[Use]] = {}
    for use in site.uses.get(source, ()):
        by_record.setdefault((use.kind, use.id), []).append(use)
    lines = []
    for uses in by_record.values():
        links = [
            {"label": _part_label(site, use), "address": address}
            for use in uses
            if (address := use_address(site, use)) is not None
        ]
        if links:
            lines.append({"label": _record_label(site, uses[0]), "links": links})
    return lines


def _record_label(site: Site, use: Use) -> str:
    if use.kind == "country":
        return site.countries[use.id].name
    if use.kind == "organisation":
        return site.organisations[use.id].short
    if use.kind == "source article":
        return site.source_articles[use.id].title
    if use.kind == "map":
        return "Map"
    return "Glossary" if use.kind == "glossary term" else "Timeline"


def _part_label(site: Site, use: Use) -> str:
    if use.kind == "event":
        return site.events[use.id].title
    if use.kind == "glossary term":
        return site.glossary[use.id].term
    if use.kind == "source article":
        return use.part.upper() if use.part else "the copy that was read"
    if use.kind == "map":
        return "outlines"
    if use.part is None:
        return "name and codes" if use.kind == "country" else "overview"
    if use.kind == "country":
        return site.indicators[use.part].label
    return _entry_label(site, use.id, use.part)


def _entry_label(site: Site, organisation: str, part: str) -> str:
    """Name the event, reading or question of an organisation that an anchor stands for."""
    record = site.organisations[organisation]
    for party, entries in record.parties.items():
        for entry in entries:
            if record.anchor_of(entry, party) == part:
                return f"{site.countries[party.id].name}, {entry.date}"
    for milestone in record.milestones:
        if record.anchor_of(milestone) == part:
            return f"{milestone.title}, {milestone.date}"
    for reading in record.readings:
        if reading.id == part:
            return f"{site.countries[reading.country.id].name}: {reading.holder}"
    return "open questions"
