"""Decide which pages the site has, and what each may show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from explainer.addresses import NOT_FOUND, ROBOTS, SITEMAP
from explainer.config import Options
from explainer.page import Page
from explainer.plan.citation import citation_files
from explainer.plan.compare import compare_page
from explainer.plan.country import country_pages
from explainer.plan.data_files import data_files
from explainer.plan.data_page import data_page
from explainer.plan.disputed import disputed_page
from explainer.plan.documents import Bodies, alias_pages, document_pages, shown_articles
from explainer.plan.feed import country_feeds, feed_page
from explainer.plan.frame import Frame
from explainer.plan.glossary import glossary_page
from explainer.plan.home import home_page
from explainer.plan.organisation import organisation_pages
from explainer.plan.search import search_page
from explainer.plan.source_article import source_article_pages
from explainer.plan.sources import sources_page
from explainer.plan.timeline import timeline_page
from explainer.problems import Place, Report, did_you_mean

MAX_ADDRESS_BYTES = 80


def plan_pages(frame: Frame, options: Options, bodies: Bodies) -> list[Page]:
    """Return every page of the site once, in reading order; the sitemap comes last, since it lists them.

    `bodies` are the converted bodies of all documents that this run shows, by path.
    """
    pages = list(_readable_pages(frame, options, bodies))
    listed = [frame.absolute(page.address) for page in pages]
    pages.extend(alias_pages(frame, options))
    pages.append(_not_found_page(frame))
    pages.append(Page(SITEMAP, "sitemap.xml", {"addresses": listed}, "content/site.yml"))
    if shown_articles(frame.site, options):
        pages.append(feed_page(frame, options))
    pages.extend(country_feeds(frame, options))
    pages.extend([file for page in pages for file in citation_files(page)])
    pages.extend(data_files(frame))
    pages.append(Page(ROBOTS, "robots.txt", {"sitemap": frame.absolute(SITEMAP)}, "content/site.yml"))
    return pages


def _readable_pages(frame: Frame, options: Options, bodies: Bodies) -> Iterator[Page]:
    yield home_page(frame, options)
    yield from country_pages(frame, options)
    if (comparison := compare_page(frame, options.as_of)) is not None:
        yield comparison
    yield from organisation_pages(frame, options.as_of)
    if frame.site.events or frame.site.organisations:
        yield timeline_page(frame, options.as_of)
    if (disputed := disputed_page(frame, options.as_of)) is not None:
        yield disputed
    yield from document_pages(frame, options, bodies)
    yield from source_article_pages(frame)
    if frame.site.glossary:
        yield glossary_page(frame)
    yield sources_page(frame)
    yield search_page(frame, options)
    yield data_page(frame)


def _not_found_page(frame: Frame) -> Page:
    return frame.page(
        NOT_FOUND,
        "pages/not_found.html",
        "content/site.yml",
        title="Not found",
        description="This page does not exist.",
    )


def check_addresses(pages: Sequence[Page], report: Report) -> None:
    """Report addresses that some server or file system would not keep apart, or that are too long."""
    seen: dict[str, Page] = {}
    told: set[tuple[str, str]] = set()
    for page in pages:
        folded = unicodedata.normalize("NFC", page.address).casefold()
        first = seen.get(folded)
        # Two pages at one address share the addresses of their feeds and citations too: that goes without saying.
        if first is not None and (first.source, page.source) not in told:
            told.add((first.source, page.source))
            report.add(
                Place(page.source),
                "L020",
                f"its address {page.address} is that of {first.source} too",
                "give one of the two another `slug`",
            )
        seen[folded] = page
        # A file that belongs to a page adds its own name, which the editor of a slug cannot shorten.
        if page.title is not None and len(page.address.encode()) > MAX_ADDRESS_BYTES:
            report.add(
                Place(page.source),
                "L021",
                f"its address {page.address} has more than {MAX_ADDRESS_BYTES} bytes",
                "give it a shorter `slug`",
            )


def check_navigation(frame: Frame, pages: Sequence[Page], report: Report) -> None:
    """Report links of the main navigation and of the footer that lead to no page."""
    addresses = [page.address for page in pages]
    settings = frame.site.settings
    for item in (*settings.navigation, *settings.footer):
        if item.page not in addresses:
            fix = did_you_mean(item.page, addresses, otherwise="write the address of a page, such as /countries/")
            report.add(item.place_of("page"), "L010", f'there is no page "{item.page}"', fix)
