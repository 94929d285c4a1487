"""Decide which pages the site has, and what each may show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from explainer.addresses import NOT_FOUND, ROBOTS, SITEMAP
from explainer.config import Options
from explainer.page import Page
from explainer.plan.figure_files import figure_files
from explainer.plan.frame import Frame
from explainer.plan.sharing import card_files

Chapter = Callable[[Frame, Options], Iterable[Page]]
"""Pages that are planned together. They may ask anything by way of their frame: what they ask is what they rest on."""


# Most builds plan few chapters anew, so each imports what it needs for itself: that is half of the start of a build.


def _home(frame: Frame, options: Options) -> Iterable[Page]:
    from explainer.plan.home import home_page

    return [home_page(frame, options)]


def _countries(frame: Frame, options: Options) -> Iterable[Page]:
    from explainer.plan.country import country_pages

    return country_pages(frame, options)


def _comparison(frame: Frame, options: Options) -> Iterable[Page]:
    from explainer.plan.compare import compare_page

    page = compare_page(frame, options.as_of)
    return [] if page is None else [page]


def _organisations(frame: Frame, options: Options) -> Iterable[Page]:
    from explainer.plan.organisation import organisation_pages

    return organisation_pages(frame, options.as_of)


def _timeline(frame: Frame, options: Options) -> Iterable[Page]:
    from explainer.plan.timeline import timeline_page

    return [timeline_page(frame, options.as_of)] if frame.site.events or frame.site.organisations else []


def _disputed(frame: Frame, options: Options) -> Iterable[Page]:
    from explainer.plan.disputed import disputed_page

    page = disputed_page(frame, options.as_of)
    return [] if page is None else [page]


def _lists_of_articles(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.documents import article_lists

    return article_lists(frame)


def _source_articles(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.source_article import source_article_pages

    return source_article_pages(frame)


def _glossary(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.glossary import glossary_page

    return [glossary_page(frame)] if frame.site.glossary else []


def _sources(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.sources import sources_page

    return [sources_page(frame)]


def _search(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.search import search_page

    return [search_page(frame)]


def _data(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.data_page import data_page

    return [data_page(frame)]


def _former_addresses(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.documents import alias_pages

    return alias_pages(frame)


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


def _feed(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.feed import feed_page

    return [feed_page(frame)] if frame.has_feed else []


def _feeds_of_countries(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.feed import country_feeds

    return country_feeds(frame)


def _data_files(frame: Frame, _options: Options) -> Iterable[Page]:
    from explainer.plan.data_files import data_files

    return data_files(frame)


def _robots(frame: Frame, _options: Options) -> Iterable[Page]:
    yield Page(ROBOTS, "robots.txt", {"sitemap": frame.absolute(SITEMAP)}, "content/site.yml")


BEFORE_DOCUMENTS: dict[str, Chapter] = {
    "home": _home,
    "countries": _countries,
    "comparison": _comparison,
    "organisations": _organisations,
    "timeline": _timeline,
    "disputed": _disputed,
    "lists of articles": _lists_of_articles,
}
"""The chapters that readers meet before the pages of documents, in reading order."""

AFTER_DOCUMENTS: dict[str, Chapter] = {
    "source articles": _source_articles,
    "glossary": _glossary,
    "sources": _sources,
    "search": _search,
    "data": _data,
}
"""Those that they meet after them."""

UNLISTED: dict[str, Chapter] = {
    "former addresses": _former_addresses,
    "not found": _not_found,
    "feed": _feed,
    "feeds of countries": _feeds_of_countries,
    "data files": _data_files,
    "robots": _robots,
}
"""Pages that the sitemap does not list."""

LAST: dict[str, Chapter] = {"sitemap": _sitemap}
"""What asks for the addresses of all others, and has to wait for them. The sitemap does not list it either."""


def with_companions(pages: Iterable[Page]) -> Iterator[Page]:
    """Yield each page, then the files that belong to it: its picture, and the data of the figures in its text."""
    for page in pages:
        yield page
        yield from card_files(page)
        yield from figure_files(page)
