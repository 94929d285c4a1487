"""Say what a page is about in the words of schema.org, for programs: JSON-LD."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from explainer.site import Site

Thing = dict[str, Any]
Locate = Callable[[str], str]

MEDIA_TYPES = {"json": "application/json", "csv": "text/csv", "ics": "text/calendar"}


def graph(things: Iterable[Thing]) -> Thing | None:
    """Return things as one JSON-LD document, without what is None, or None when there are none."""
    found = [_without_nothing(thing) for thing in things]
    return {"@context": "https://schema.org", "@graph": found} if found else None


def breadcrumbs(trail: Sequence[tuple[str, str]], address: str, title: str, locate: Locate) -> Thing:
    """Return the way from the home page to a page."""
    steps = [*trail, (address, title)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": locate(where)}
            for place, (where, name) in enumerate(steps, 1)
        ],
    }


def article(site: Site, address: str, front: Any, locate: Locate, sources: Iterable[Mapping[str, Any]]) -> Thing:
    """Return an article with its dates, its authors, the countries it is about, and the sources it cites."""
    author = [{"@type": "Person", "name": name} for name in front.authors]
    settings, here, by, written = site.settings, locate(address), publisher(site, locate), str(front.date)
    return {
        "@type": "Article",
        "@id": here,
        "mainEntityOfPage": here,
        "headline": front.title,
        "description": front.description,
        "datePublished": written,
        "dateModified": str(front.updated) if front.updated else written,
        "author": author or by,
        "publisher": by,
        "license": settings.licence.url,
        "inLanguage": settings.language,
        "about": [{"@type": "Country", "name": site.countries[ref.id].name} for ref in front.countries] or None,
        "citation": [source["url"] or source["title"] for source in sources] or None,
    }


def country(site: Site, key: str, address: str, locate: Locate) -> Thing:
    """Return a country with its names and codes."""
    record = site.countries[key]
    names = [record.official, *(name.name for name in record.native), *record.aliases]
    return {
        "@type": "Country",
        "@id": f"{locate(address)}#country",
        "name": record.name,
        "alternateName": list(dict.fromkeys(filter(None, names))) or None,
        "description": record.summary,
        "url": locate(address),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": f"ISO 3166-1 {name}", "value": code}
            for name, code in (
                ("alpha-2", record.codes.alpha2),
                ("alpha-3", record.codes.alpha3),
                ("numeric", record.codes.numeric),
            )
        ],
    }


def dataset(
    site: Site,
    address: str,
    files: Mapping[str, str],
    locate: Locate,
    *,
    name: str,
    description: str,
    measured: Sequence[str] = (),
    **others: Any,
) -> Thing:
    """Return a set of data with its files: `files` goes from ending to address."""
    return {
        "@type": "Dataset",
        "@id": f"{locate(address)}#data",
        "name": name,
        "description": description,
        "url": locate(address),
        "license": site.settings.licence.url,
        "creator": publisher(site, locate),
        "isAccessibleForFree": True,
        "inLanguage": site.settings.language,
        "variableMeasured": list(measured) or None,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[ending], "contentUrl": locate(where)}
            for ending, where in files.items()
        ],
        **others,
    }


def publisher(site: Site, locate: Locate) -> Thing:
    """Return who publishes: the site itself."""
    return {"@type": "Organization", "name": site.settings.title, "url": locate("/")}


def _without_nothing(thing: Thing) -> Thing:
    return {name: value for name, value in thing.items() if value is not None}
