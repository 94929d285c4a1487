"""The search page: an index of names from A to Z, which needs no script, and the form that searches names and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from explainer.addresses import (
    GLOSSARY,
    HOME,
    SEARCH,
    country_address,
    document_address,
    glossary_address,
    organisation_address,
    source_article_address,
)
from explainer.page import Page
from explainer.plan.frame import Frame
from explainer.spelling import fold

INDEX = "/assets/search/"
"""Where the index of texts lies."""

KINDS = ("Countries", "Organisations", "Articles", "Checked news", "Glossary", "Pages")
"""What results are grouped by, in this order."""


def search_page(frame: Frame) -> Page:
    """Return the search page. Each entry of its list has all spellings by which it is found, in folded form."""
    site = frame.site
    entries = [(fold(entry["name"]), entry) for entry in _entries(frame)]
    letters: dict[str, list[dict[str, Any]]] = {}
    for name, entry in sorted(entries, key=lambda one: (one[0], one[1]["kind"])):
        first = name[:1].upper()
        letters.setdefault(first if first.isalpha() else "0–9", []).append(entry)
    return frame.page(
        SEARCH,
        "pages/search.html",
        "content/site.yml",
        title="Search",
        description="Countries, organisations, articles and terms by name, and the full text of this site.",
        trail=[(HOME, site.settings.title)],
        index=INDEX if site.settings.search else None,
        kinds=list(KINDS),
        letters=[{"letter": letter, "entries": found} for letter, found in letters.items()],
    )


def _entries(frame: Frame) -> Iterator[dict[str, Any]]:
    site = frame.site
    for key, country in site.countries.items():
        yield _entry(country.name, "Countries", country_address(site, key), frame.asker.ask("names of country", key))
    for key, organisation in site.organisations.items():
        names = (organisation.short, *organisation.aliases)
        yield _entry(organisation.name, "Organisations", organisation_address(site, key), names)
    for title, address in frame.asker.ask("names of articles"):
        yield _entry(title, "Articles", address, ())
    for key, checked in site.source_articles.items():
        yield _entry(checked.title, "Checked news", source_article_address(key), ())
    for key, term in site.glossary.items():
        yield _entry(term.term, "Glossary", glossary_address(key), term.aliases)
    for document in frame.shown_pages:
        yield _entry(document.front.title, "Pages", document_address(document), ())
    if site.glossary:
        yield _entry("Glossary", "Pages", GLOSSARY, ())


def _entry(name: str, kind: str, address: str, others: Iterable[str]) -> dict[str, Any]:
    spellings = dict.fromkeys(filter(None, (fold(text) for text in (name, *others))))
    return {"name": name, "kind": kind, "address": address, "spellings": "|".join(spellings)}
