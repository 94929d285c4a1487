"""Read one finished page: what it links to, what can be linked to in it, and what is wrong with it by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from explainer.inspection import document, language, safety
from explainer.inspection.elements import Elements, parse_page
from explainer.inspection.findings import Finding

_REDIRECT = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*['\"]?(.*?)['\"]?\s*", re.IGNORECASE)
_OWN_ADDRESSES = {"og:url", "og:image", "twitter:image"}


class PageReading(NamedTuple):
    """What a page says, as plain data: it follows from the page's bytes and the site's language alone, and may be kept.

    `links` are relative or begin with one slash, `absolute` begin with http: or https:, `published` are the whole
    addresses that the page gives for itself, its other languages and its picture. All as written, each once.
    """

    ids: frozenset[str]
    links: tuple[str, ...]
    absolute: tuple[str, ...]
    published: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_page(html: bytes, site_language: str) -> PageReading:
    """Parse a page and apply all rules that need nothing but the page itself."""
    page = parse_page(html)
    published = dict.fromkeys(_published(page))
    links = page.internal | dict.fromkeys(_redirects(page))
    absolute = dict.fromkeys(link.address for link in page.external if link.scheme in ("http", "https"))
    for address in published:
        absolute.pop(address, None)
    findings = tuple(dict.fromkeys(_findings(page, html, site_language)))
    return PageReading(frozenset(page.ids), tuple(links), tuple(absolute), tuple(published), findings)


def _findings(page: Elements, html: bytes, site_language: str) -> Iterator[Finding]:
    yield from document.check_size(html)
    yield from document.check_head(page)
    yield from document.check_headings(page)
    yield from document.check_images(page)
    yield from document.check_ids(page)
    yield from document.check_names(page)
    yield from safety.check_links(page)
    yield from safety.check_code(page)
    yield from safety.check_policy(page)
    yield from language.check_languages(page, html, site_language)


def _redirects(page: Elements) -> Iterator[str]:
    for meta in page.refreshes:
        if match := _REDIRECT.fullmatch(meta.get("content")):
            yield match[1]


def _published(page: Elements) -> Iterator[str]:
    for link in page.external:
        if link.element.tag == "link" and {"canonical", "alternate"} & set(link.element.get("rel").lower().split()):
            yield link.address
    for meta in page.of("meta"):
        name = meta.attributes.get("property") or meta.attributes.get("name")
        if name and name.lower() in _OWN_ADDRESSES:
            yield meta.get("content")
