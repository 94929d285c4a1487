"""Draw the figure block `map`: countries on the sheet of outlines, with their standing or a value, and as a list."""

from __future__ import annotations

from typing import Any

from explainer.addresses import organisation_address
from explainer.formats import format_date
from explainer.map_asset import has_outlines
from explainer.membership import history_of, standing_on
from explainer.models.fields import CountryRef, Date, Id, IndicatorRef, Line, OrganisationRef
from explainer.prose.blocks.cells import can_be_compared, column_label, fact_rows
from explainer.prose.resolution import Resolution
from explainer.record import Record
from explainer.views.map import Mark, map_view
from explainer.views.standing import standing_words
from explainer.views.values import value_text, value_view


class MapBlock(Record, frozen=True, kw_only=True):
    """What the block says: its finding as a title, which countries stand out, and what is said of them."""

    title: Line
    countries: tuple[CountryRef, ...] = ()
    """Those of the region, where none are named."""
    frame: tuple[CountryRef, ...] = ()
    """The countries that the part of the world shown must hold: those that stand out, where none are named."""
    organisation: OrganisationRef | None = None
    """Shows who stood where in it, on `date` or on the last day that is known."""
    date: Date | None = None
    indicator: IndicatorRef | None = None
    """Shows each country's value."""
    mixed: Line | None = None
    note: Line | None = None
    id: Id | None = None


def map_block_view(resolution: Resolution, block: MapBlock, number: int) -> dict[str, Any] | None:
    """Return the view of a map, or None where it may not or cannot be drawn, which is told."""
    site = resolution.context.site
    countries = [ref.id for ref in block.countries] or site.region
    if not _can_be_drawn(resolution, block, countries):
        return None
    assert site.map is not None and resolution.context.map_address is not None
    if block.organisation is not None:
        marks, about = _standings(resolution, block, countries)
    elif block.indicator is not None:
        facts = {country: site.countries[country].fact(block.indicator.id) for country in countries}
        if not can_be_compared(resolution, block.indicator, facts, mixed=block.mixed):
            return None
        marks, about = _values(resolution, block.indicator.id, countries)
    else:
        marks, about = {country: Mark() for country in countries}, {}
    frame = [ref.id for ref in block.frame]
    return {
        "id": block.id or f"block-{number + 1}",
        "title": block.title,
        "mixed": block.mixed,
        "remark": block.note,
        "about": about or None,
        "map": map_view(site, marks, resolution.context.map_address, frame=frame),
        "sources": resolution.notes.cite(site.map.sources),
    }


def _can_be_drawn(resolution: Resolution, block: MapBlock, countries: list[str]) -> bool:
    site = resolution.context.site
    if site.map is None:
        resolution.tell(block.place, "M088", "this site has no map", "add content/map.yml, or take the block out")
        return False
    wanted = {ref.id: ref.place for ref in (*block.countries, *block.frame)}
    for country in (*countries, *(ref.id for ref in block.frame)):
        if not has_outlines(site, [country]):
            message = f'"{country}" is not on the map'
            fix = "take it out, or add its outline to content/map.yml"
            resolution.tell(wanted.get(country, block.place), "M088", message, fix)
            return False
    if block.organisation is not None and block.indicator is not None:
        message = "a map shows an organisation or an indicator, not both"
        resolution.tell(block.indicator.place, "M086", message, "take one of the two out, or draw two maps")
        return False
    if block.date is not None and block.organisation is None:
        message = "only a map of an organisation has a date"
        resolution.tell(block.place_of("date"), "M086", message, "delete the line `date`, or name an `organisation`")
        return False
    if block.date is not None and block.organisation is not None:
        organisation = site.organisations[block.organisation.id]
        if block.date.latest > organisation.known_to.latest:
            message = f"what is known of {organisation.short} ends on {organisation.known_to}"
            fix = f"take a day up to {organisation.known_to}, or bring the organisation's file up to date"
            resolution.tell(block.place_of("date"), "M085", message, fix)
            return False
    return True


def _standings(resolution: Resolution, block: MapBlock, countries: list[str]) -> tuple[dict[str, Mark], dict[str, Any]]:
    assert block.organisation is not None
    site = resolution.context.site
    organisation = site.organisations[block.organisation.id]
    day = block.date or organisation.known_to
    marks: dict[str, Mark] = {}
    legend: dict[str, dict[str, None]] = {}
    for country in countries:
        is_party = any(party.id == country for party in organisation.parties)
        history = history_of(organisation, country) if is_party else ()
        standing = standing_on(history, day)
        words = standing_words(organisation, standing, has_history=bool(history))
        (status,) = standing if len(standing) == 1 else (None,)
        drawn = organisation.statuses[status].drawn if status in organisation.statuses else "empty"
        marks[country] = Mark(drawn, words)
        # What is drawn alike has one entry: the list below the map tells it apart.
        legend.setdefault(drawn, {})[words] = None
    text = format_date(day, site.settings.language)
    return marks, {
        "kind": "organisation",
        "name": organisation.short,
        "address": organisation_address(site, block.organisation.id),
        "when": {"text": text, "iso": str(day)},
        "legend": [{"drawn": drawn, "label": "; ".join(words)} for drawn, words in legend.items()],
        "sources": resolution.notes.cite(organisation.sources),
    }


def _values(resolution: Resolution, key: str, countries: list[str]) -> tuple[dict[str, Mark], dict[str, Any]]:
    site = resolution.context.site
    indicator = site.indicators[key]
    marks = {}
    for country in countries:
        fact = site.countries[country].fact(key)
        shown = value_view(None if fact is None else fact.value, indicator, site)
        words = value_text(shown | {"unit": None})
        marks[country] = Mark("solid" if fact is not None and fact.value is not None else "empty", value=words)
    return marks, {
        "kind": "indicator",
        "name": indicator.label,
        "labels": [column_label(resolution, key)],
        "rows": fact_rows(resolution, countries, [key]),
    }
