"""Decide which pages the site has, and what each may show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from explainer.addresses import NOT_FOUND, ROBOTS, SITEMAP
from explainer.config import Options
from explainer.page import Page
from explainer.plan.citation import citation_files
from explainer.plan.compare import compare_page
from explainer.plan.country import country_pages
from explainer.plan.data_files import data_files
from explainer.plan.data_page import data_page
from explainer.plan.disputed import disputed_page
from explainer.plan.documents import alias_pages, article_lists
from explainer.plan.feed import country_feeds, feed_page
from explainer.plan.figure_files import figure_files
from explainer.plan.frame import Frame
from explainer.plan.glossary import glossary_page
from explainer.plan.home import home_page
from explainer.plan.organisation import organisation_pages
from explainer.plan.search import search_page
from explainer.plan.sharing import card_files
from explainer.plan.source_article import source_article_pages
from explainer.plan.sources import sources_page
from explainer.plan.timeline import timeline_page

Chapter = Callable[[Frame, Options], Iterable[Page]]
"""Pages that are planned together. They may ask anything by way of their frame: what they ask is what they rest on."""


def _comparison(frame: Frame, options: Options) -> Iterable[Page]:
    page = compare_page(frame, options.as_of)
    return [] if page is None else [page]


def _timeline(frame: Frame, options: Options) -> Iterable[Page]:
    return [timeline_page(frame, options.as_of)] if frame.site.events or frame.site.organisations else []


def _disputed(frame: Frame, options: Options) -> Iterable[Page]:
    page = disputed_page(frame, options.as_of)
    return [] if page is None else [page]


def _not_found(frame: Frame, _options: Options) -> Iterable[Page]:
    yield frame.page(
        NOT_FOUND,
        "pages/not_found.html",
        "content/site.yml",
        title="Not found",
        description="This page does not exist.",
    )


def _sitemap(frame: Frame, _options: Options) -> Iterable[Page]:
    listed = [frame.absolute(address) for address in frame.asker.ask("addresses to list")]
    yield Page(SITEMAP, "sitemap.xml", {"addresses": listed}, "content/site.yml")


def _robots(frame: Frame, _options: Options) -> Iterable[Page]:
    yield Page(ROBOTS, "robots.txt", {"sitemap": frame.absolute(SITEMAP)}, "content/site.yml")


BEFORE_DOCUMENTS: Mapping[str, Chapter] = {
    "home": lambda frame, options: [home_page(frame, options)],
    "countries": country_pages,
    "comparison": _comparison,
    "organisations": lambda frame, options: organisation_pages(frame, options.as_of),
    "timeline": _timeline,
    "disputed": _disputed,
    "lists of articles": lambda frame, _options: article_lists(frame),
}
"""The chapters that readers meet before the pages of documents, in reading order."""

AFTER_DOCUMENTS: Mapping[str, Chapter] = {
    "source articles": lambda frame, _options: source_article_pages(frame),
    "glossary": lambda frame, _options: [glossary_page(frame)] if frame.site.glossary else [],
    "sources": lambda frame, _options: [sources_page(frame)],
    "search": lambda frame, _options: [search_page(frame)],
    "data": lambda frame, _options: [data_page(frame)],
}
"""Those that they meet after them."""

UNLISTED: Mapping[str, Chapter] = {
    "former addresses": lambda frame, _options: alias_pages(frame),
    "not found": _not_found,
    "sitemap": _sitemap,
    "feed": lambda frame, _options: [feed_page(frame)] if frame.has_feed else [],
    "feeds of countries": lambda frame, _options: country_feeds(frame),
    "data files": lambda frame, _options: data_files(frame),
    "robots": _robots,
}
"""Pages that the sitemap does not list. They come last: the sitemap asks for the addresses of all others."""


def with_companions(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield each page, then the files that belong to it: how to cite it, its picture, the data of its figures."""
    for page in pages:
        yield page
        yield from citation_files(page)
        yield from card_files(page)
        yield from figure_files(page)
