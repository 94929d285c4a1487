"""Take out of finished pages what a search should find: the text, its headings with their anchors, and what it is."""

from __future__ import annotations

import html

from explainer.addresses import ARTICLES, COUNTRIES, NOT_FOUND, ORGANISATIONS, SEARCH, SOURCE_ARTICLES, SOURCES
from explainer.page import Page

# What repeats on pages, leads elsewhere, or is a drawing of what stands in words too.
_LEFT_OUT = "nav, svg, script, form, .cite, .sources, .note-list, .note-mark, .trail, .back-links, [aria-hidden=true]"

_KINDS = {COUNTRIES: "Countries", ORGANISATIONS: "Organisations", ARTICLES: "Articles", SOURCE_ARTICLES: "Checked news"}


def search_text(page: Page, data: bytes, language: str) -> str | None:
    """Return a small HTML document for a finished page that readers may look for, None for any other."""
    if page.title is None or not page.path.endswith(".html") or page.address in (NOT_FOUND, SEARCH, SOURCES):
        return None
    from selectolax.lexbor import LexborHTMLParser

    main = LexborHTMLParser(data.decode()).css_first("main")
    if main is None:  # a page that leads on to another has no text of its own
        return None
    for node in main.css(_LEFT_OUT):
        node.decompose()
    return (
        f'<html lang="{html.escape(language)}"><body><main data-pagefind-body>'
        f'<span data-pagefind-meta="kind">{_kind(page.address)}</span>{main.inner_html}</main></body></html>'
    )


def _kind(address: str) -> str:
    return next((kind for above, kind in _KINDS.items() if address.startswith(above) and address != above), "Pages")
