"""Say at which address each record is found. The only module that invents addresses."""

from __future__ import annotations

from explainer.content import Document
from explainer.map_asset import has_outlines
from explainer.site import Site, Use

HOME = "/"
COUNTRIES = "/countries/"
ORGANISATIONS = "/organisations/"
MATRIX = "/organisations/#matrix"
SOURCES = "/sources/"
TIMELINE = "/timeline/"
ARTICLES = "/articles/"
SOURCE_ARTICLES = "/source-articles/"
GLOSSARY = "/glossary/"
COMPARE = "/compare/"
DISPUTED = "/disputed/"
TOPICS = "/topics/"
SEARCH = "/search/"
DATA = "/data/"
FEED = "/feed.xml"
NOT_FOUND = "/404.html"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"


def country_address(site: Site, country: str) -> str:
    """Return the address of a country's page."""
    return f"{COUNTRIES}{site.countries[country].slug or country}/"


def organisation_address(site: Site, organisation: str) -> str:
    """Return the address of an organisation's page."""
    return f"{ORGANISATIONS}{site.organisations[organisation].slug or organisation}/"


def country_feed_address(site: Site, country: str) -> str:
    """Return the address of the feed of what is new about a country."""
    return f"{country_address(site, country)}feed.xml"


def topic_address(topic: str) -> str:
    """Return the address of the list of articles on a topic."""
    return f"{TOPICS}{topic}/"


def source_address(source: str) -> str:
    """Return the address of a source in the list of all sources."""
    return f"{SOURCES}#{source}"


def event_address(event: str) -> str:
    """Return the address of an event on the timeline of all events."""
    return f"{TIMELINE}#{event}"


def year_address(year: str) -> str:
    """Return the address of a year on the timeline of all events."""
    return f"{TIMELINE}#year-{year}"


def document_address(document: Document) -> str:
    """Return the address of an article, or of a page of its own, such as the one that says who writes here."""
    return address_of_document(document.kind, document.front.slug or document.id)


def address_of_document(kind: str, name: str) -> str:
    """Return the address of an article or a page by its slug, or else its id."""
    return f"{ARTICLES}{name}/" if kind == "article" else f"/{name}/"


def glossary_address(term: str) -> str:
    """Return the address of a term in the glossary."""
    return f"{GLOSSARY}#{term}"


def indicator_address(indicator: str) -> str:
    """Return the address of the comparison of all countries by an indicator."""
    return f"{COMPARE}#{indicator}"


def source_article_address(article: str) -> str:
    """Return the address of the page that takes a source article apart."""
    return f"{SOURCE_ARTICLES}{article}/"


def claim_address(article: str, claim: str) -> str:
    """Return the address of a claim, or of a defect, of a source article."""
    return f"{source_article_address(article)}#{claim}"


def use_address(site: Site, use: Use) -> str | None:
    """Return the address of the place where a source is used, or None when no page shows it."""
    if use.kind == "event":
        return event_address(use.id)
    if use.kind == "map":
        return f"{HOME}#map" if site.region and has_outlines(site, site.region) else None
    if use.kind == "glossary term":
        return glossary_address(use.id)
    if use.kind == "source article":
        address = source_article_address(use.id)
    elif use.kind == "country":
        address = country_address(site, use.id)
    elif use.kind == "organisation":
        address = organisation_address(site, use.id)
    else:
        return None
    return address + (f"#{use.part}" if use.part else "")


def data_address(name: str, ending: str) -> str:
    """Return the address of a data file about the whole site, such as all facts."""
    return f"{DATA}{name}.{ending}"


def country_data_address(country: str, ending: str) -> str:
    """Return the address of a country's data. It has the id, never the slug, so it stays when a page moves."""
    return f"{DATA}countries/{country}.{ending}"


def indicator_data_address(indicator: str, ending: str) -> str:
    """Return the address of what is known of all countries by an indicator."""
    return f"{DATA}indicators/{indicator}.{ending}"


def organisation_data_address(organisation: str, ending: str) -> str:
    """Return the address of an organisation's data."""
    return f"{DATA}organisations/{organisation}.{ending}"
