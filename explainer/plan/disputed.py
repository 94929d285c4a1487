"""The page of everything on which sources disagree: figures, dates and readings of a standing, with the reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from explainer.addresses import DISPUTED, country_address, organisation_address
from explainer.models.fact import AnyFact
from explainer.page import Page
from explainer.plan.frame import Frame
from explainer.site import Site
from explainer.views.events import all_events
from explainer.views.facts import as_of_view, fact_view
from explainer.views.notes import SourceNotes


def disputed_page(frame: Frame, as_of: date) -> Page | None:
    """Return the page, or None where no source contradicts another."""
    site, notes = frame.site, SourceNotes(frame.site)
    countries = [view for key in site.countries if (view := _country(site, key, notes, as_of)) is not None]
    events = all_events(site, notes, as_of, lambda entry: bool(entry.disputed or entry.other_dates))
    readings = _readings(site, notes)
    if not (countries or events or readings):
        return None
    figures = sum(len(country["facts"]) for country in countries)
    return frame.page(
        DISPUTED,
        "pages/disputed.html",
        "content/site.yml",
        title="Where sources disagree",
        description="Figures, dates and standings on which sources differ: what each says, and why one is shown first.",
        trail=[("/", site.settings.title)],
        countries=countries,
        figures=figures,
        events=events,
        readings=readings,
        sources=notes.view(),
    )


def is_contested(fact: AnyFact) -> bool:
    """Whether a fact is disputed, or another source says something else."""
    return fact.status == "disputed" or bool(fact.alternatives)


def _country(site: Site, key: str, notes: SourceNotes, as_of: date) -> dict[str, Any] | None:
    country = site.countries[key]
    facts = [
        fact_view(site, key, indicator, fact, notes, as_of)
        for indicator in site.indicators
        if (fact := country.fact(indicator)) is not None and is_contested(fact)
    ]
    address = country_address(site, key)
    return {"id": key, "name": country.name, "address": address, "facts": facts} if facts else None


def _readings(site: Site, notes: SourceNotes) -> list[dict[str, Any]]:
    return [
        {
            "organisation": organisation.short,
            "country": site.countries[reading.country.id].name,
            "address": f"{organisation_address(site, key)}#{reading.id}",
            "holder": reading.holder,
            "summary": reading.summary,
            "as_of": as_of_view(reading.as_of, site),
            "notes": notes.cite(reading.sources),
        }
        for key, organisation in site.organisations.items()
        for reading in organisation.readings
    ]
