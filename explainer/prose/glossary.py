"""Mark the first use of each glossary term in a body.

The mark is a link to the definition at the end of the same page, so that key and touch reach it without a script, a
reader goes back by one more link, and a printed page explains itself. The whole glossary is one link further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from explainer.addresses import glossary_address
from explainer.models.glossary import GlossaryTerm
from explainer.prose.resolution import Resolution
from explainer.prose.vocabulary import has_odd_letters, words_of
from explainer.site import Site

_PASSED_OVER = frozenset(
    ["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "sup", "figure", "figcaption", "caption", "th", "dt"]
)


class Way(NamedTuple):
    """One way to write a term: the key of its record, its own form and that without regard to case, and its words.

    Where a text has not all the words, in small letters, the term does not stand there.
    """

    key: str
    written: str
    folded: str
    words: frozenset[str]


def mark_terms(resolution: Resolution, root: Element) -> list[dict[str, Any]]:
    """Link the first use of each term or alias to its definition, and return the definitions in order of use."""
    context, linked = resolution.context, resolution.linked_terms
    ways: list[Way] = context.asker.shared("ways to write terms", lambda asker: ways_of(asker.site().glossary))
    owners: dict[str, Way] = {}
    for way in ways:
        if way.key not in linked:
            owners.setdefault(way.folded, way)
    finder = Finder(context.site, owners, "\n".join(root.itertext()) if owners else "")
    # A stack of what is to be read: an element with all in it, or the text behind a child of an element.
    waiting: list[tuple[Element, Element | None]] = [(root, None)]
    while waiting and finder.possible:
        element, child = waiting.pop()
        if child is not None:
            _mark_tail(element, child, finder)
        elif element.tag not in _PASSED_OVER:
            for one in reversed(element):
                waiting += [(element, one), (one, None)]
            _mark_text(element, finder)
    return [finder.view(key) for key in finder.used]


def ways_of(glossary: Mapping[str, GlossaryTerm]) -> list[Way]:
    """Return all ways to write terms, in the order of the glossary."""
    # Of other letters than those of ASCII, a search without regard to case takes some for others.
    return [
        Way(key, way, way.casefold(), frozenset(filter(str.isascii, words_of(way))))
        for key, record in glossary.items()
        for way in (record.term, *record.aliases)
    ]


def matches_of(text: str, ways: Iterable[Way]) -> Iterator[re.Match[str]]:
    """Yield what one pattern of all ways, tried in their order, finds in a text.

    To compile that for each text takes many times as long as to look for the few ways that can stand in it.
    """
    found = [match for way in ways if (match := _pattern_of(way.written).search(text)) is not None]
    while found:
        first = min(found, key=re.Match.start)
        yield first
        end = first.end()
        later = (match if match.start() >= end else match.re.search(text, end) for match in found)
        found = [match for match in later if match is not None]


@cache
def _pattern_of(way: str) -> re.Pattern[str]:
    inner = r"\s+".join(map(re.escape, way.split()))
    return re.compile(rf"(?<![\w-])(?:{inner})(?![\w-])", re.IGNORECASE)


def _mark_text(parent: Element, finder: Finder) -> None:
    parent.text, links = finder.split(parent.text)
    for position, link in enumerate(links):
        parent.insert(position, link)


def _mark_tail(parent: Element, child: Element, finder: Finder) -> None:
    child.tail, links = finder.split(child.tail)
    at = list(parent).index(child) + 1 if links else 0
    for position, link in enumerate(links):
        parent.insert(at + position, link)


class Finder:
    """Finds terms that were not used yet. `possible` are the ways of which the whole text has all words."""

    def __init__(self, site: Site, owners: Mapping[str, Way], text: str) -> None:
        self.site = site
        self.used: list[str] = []
        self._owners = owners
        self._is_odd = has_odd_letters(text)
        self.possible = self._among(sorted(owners.values(), key=lambda way: len(way.written), reverse=True), text)

    def _among(self, ways: list[Way], text: str) -> list[Way]:
        """Return the ways that can stand in a text; none where all that can are of terms that were used already."""
        if ways and not self._is_odd:
            words = set(words_of(text))
            ways = [way for way in ways if way.words <= words]
        return ways if any(way.key not in self.used for way in ways) else []

    def split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Return the text before the first new term, and a link for each, with the text behind it as its tail."""
        links: list[Element] = []
        start, before = 0, text
        if not text:
            return text, links
        for match in matches_of(text, self._among(self.possible, text)):
            way = self._owners.get(" ".join(match[0].split()).casefold())
            if way is None or (key := way.key) in self.used or not _is_written_so(match[0], way.written):
                continue
            self.used.append(key)
            link = Element("a", {"class": "term", "id": f"term-{key}-use", "href": f"#term-{key}"})
            link.text = match[0]
            gap = text[start : match.start()]
            if links:
                links[-1].tail = gap
            else:
                before = gap
            links.append(link)
            start = match.end()
        if links:
            links[-1].tail = text[start:]
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
