"""Say at which address each record is found. The only module that invents addresses."""

from __future__ import annotations

from explainer.refs import Kind
from explainer.site import Site, Use

HOME = "/"
COUNTRIES = "/countries/"
ORGANISATIONS = "/organisations/"
SOURCES = "/sources/"
TIMELINE = "/timeline/"
NOT_FOUND = "/404.html"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"


def country_address(site: Site, country: str) -> str:
    """Return the address of a country's page."""
    return f"{COUNTRIES}{site.countries[country].slug or country}/"


def organisation_address(site: Site, organisation: str) -> str:
    """Return the address of an organisation's page."""
    return f"{ORGANISATIONS}{site.organisations[organisation].slug or organisation}/"


def source_address(source: str) -> str:
    """Return the address of a source in the list of all sources."""
    return f"{SOURCES}#{source}"


def event_address(event: str) -> str:
    """Return the address of an event on the timeline of all events."""
    return f"{TIMELINE}#{event}"


def use_address(site: Site, use: Use) -> str | None:
    """Return the address of the place where a source is used, or None when no page shows it."""
    addresses: dict[Kind, str] = {}
    if use.kind == "country":
        addresses["country"] = country_address(site, use.id)
    elif use.kind == "organisation":
        addresses["organisation"] = organisation_address(site, use.id)
    elif use.kind == "event":
        return event_address(use.id)
    address = addresses.get(use.kind)
    return None if address is None else address + (f"#{use.part}" if use.part else "")
