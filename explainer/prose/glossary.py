"""Mark the first use of each glossary term in a body.

The mark is a link to the definition at the end of the same page, so that key and touch reach it without a script, a
reader goes back by one more link, and a printed page explains itself. The whole glossary is one link further.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from explainer.addresses import glossary_address
from explainer.prose.resolution import Resolution
from explainer.site import Site

_PASSED_OVER = frozenset(
    ["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "sup", "figure", "figcaption", "caption", "th", "dt"]
)


def mark_terms(resolution: Resolution, root: Element) -> list[dict[str, Any]]:
    """Link the first use of each term or alias to its definition, and return the definitions in order of use."""
    finder = _Finder(resolution.context.site, resolution.linked_terms)
    # A stack of what is to be read: an element with all in it, or the text behind a child of an element.
    waiting: list[tuple[Element, Element | None]] = [(root, None)]
    while waiting and finder.pattern is not None:
        element, child = waiting.pop()
        if child is not None:
            _mark_tail(element, child, finder)
        elif element.tag not in _PASSED_OVER:
            for one in reversed(element):
                waiting += [(element, one), (one, None)]
            _mark_text(element, finder)
    return [finder.view(key) for key in finder.used]


def _mark_text(parent: Element, finder: _Finder) -> None:
    parent.text, links = finder.split(parent.text)
    for position, link in enumerate(links):
        parent.insert(position, link)


def _mark_tail(parent: Element, child: Element, finder: _Finder) -> None:
    child.tail, links = finder.split(child.tail)
    at = list(parent).index(child) + 1 if links else 0
    for position, link in enumerate(links):
        parent.insert(at + position, link)


class _Finder:
    """Finds terms that were not used yet."""

    def __init__(self, site: Site, linked: set[str]) -> None:
        self.site = site
        self.used: list[str] = []
        self._owners: dict[str, tuple[str, str]] = {}
        for key, record in site.glossary.items():
            if key not in linked:
                for way in (record.term, *record.aliases):
                    self._owners.setdefault(way.casefold(), (key, way))
        ways = sorted((way for _, way in self._owners.values()), key=len, reverse=True)
        inner = "|".join(r"\s+".join(map(re.escape, way.split())) for way in ways)
        self.pattern = re.compile(rf"(?<![\w-])(?:{inner})(?![\w-])", re.IGNORECASE) if ways else None

    def split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Return the text before the first new term, and a link for each, with the text behind it as its tail."""
        links: list[Element] = []
        start, before = 0, text
        for match in self.pattern.finditer(text) if text and self.pattern else ():
            key, way = self._owners.get(" ".join(match[0].split()).casefold(), ("", ""))
            if not key or key in self.used or not _is_written_so(match[0], way):
                continue
            self.used.append(key)
            link = Element("a", {"class": "term", "id": f"term-{key}-use", "href": f"#term-{key}"})
            link.text = match[0]
            gap = (text or "")[start : match.start()]
            if links:
                links[-1].tail = gap
            else:
                before = gap
            links.append(link)
            start = match.end()
        if links:
            links[-1].tail = (text or "")[start:]
        return before, links

    def view(self, key: str) -> dict[str, Any]:
        """Return the definition as the end of the page shows it."""
        record = self.site.glossary[key]
        return {
            "id": f"term-{key}",
            "term": record.term,
            "definition": record.definition,
            "mark": f"term-{key}-use",
            "address": glossary_address(key),
        }


def _is_written_so(text: str, way: str) -> bool:
    """Whether a text is the word: a capital inside a name counts ("WHO" is not "who"), a first one does not."""
    text, way = " ".join(text.split()), " ".join(way.split())
    return text[1:] == way[1:] if way[1:] != way[1:].lower() else text[1:].lower() == way[1:].lower()
