"""Say in which language or script a stretch of foreign letters is written, so that it is read aloud and set as such.

An article writes a native name as it is: Markdown has no way to name its language, and raw HTML is refused. A stretch
that is a native name of the site's records gets that name's language; any other gets `und` with its script, which is
BCP 47 for "undetermined language".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from xml.etree.ElementTree import Element

from markupsafe import Markup, escape

from explainer.site import Site

# Scripts by the range of their letters in Unicode. Latin needs no mark: it is the script of the page itself.
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("Cyrl", "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f"),
    ("Arab", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("Grek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Hebr", "\u0590-\u05ff"),
    ("Armn", "\u0530-\u058f"),
    ("Geor", "\u10a0-\u10ff\u1c90-\u1cbf"),
    ("Mong", "\u1800-\u18af"),
    ("Hans", "\u3400-\u4dbf\u4e00-\u9fff"),
)


_ASCII = bytes(range(128))


@cache
def _stretch() -> re.Pattern[str]:
    """Return the pattern of words of one script with single blanks, hyphens or apostrophes between them."""
    # Made when it is needed: such sets of letters take long to compile, and most pages have none of them.
    scripts = (f"(?P<{name}>[{letters}]+(?:[ ’'\u2010-]?[{letters}]+)*)" for name, letters in _SCRIPTS)
    return re.compile("|".join(scripts))


@cache
def _foreign() -> re.Pattern[str]:
    """Return the pattern of a letter of any of the scripts."""
    return re.compile(f"[{''.join(letters for _, letters in _SCRIPTS)}]")


def native_languages(site: Site) -> dict[str, str]:
    """Return the language tag of each native name that the records know."""
    tags: dict[str, str] = {}
    for country in site.countries.values():
        for name in country.native:
            tags.setdefault(name.name, name.tag)
            if name.official:
                tags.setdefault(name.official, name.tag)
    for organisation in site.organisations.values():
        for name in organisation.native:
            tags.setdefault(name.name, name.tag)
    return tags


def mark_scripts(root: Element, tags: Mapping[str, str]) -> None:
    """Wrap each stretch of foreign letters below an element into a span that says its language."""
    if not _has_foreign("".join(root.itertext())):
        return
    for parent in list(root.iter()):
        if parent.get("lang") is None and parent.text and (pieces := _split(parent.text, tags)):
            parent.text, spans = pieces
            parent[0:0] = spans
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tail and (pieces := _split(child.tail, tags)):
                child.tail, spans = pieces
                position = list(parent).index(child) + 1
                parent[position:position] = spans


def mark_text(text: str, tags: Mapping[str, str]) -> Markup:
    """Return a plain text as safe HTML in which foreign letters say their language, for a table of contents."""
    if not _has_foreign(text):
        return escape(text)
    found = Markup("")
    position = 0
    for match in _stretch().finditer(text):
        tag = tags.get(match[0], f"und-{match.lastgroup}")
        found += escape(text[position : match.start()]) + Markup('<span lang="{}">{}</span>').format(tag, match[0])
        position = match.end()
    return found + escape(text[position:])


def _has_foreign(text: str) -> bool:
    return may_have_foreign(text) and _foreign().search(text) is not None


def may_have_foreign(text: str) -> bool:
    """Whether a text has characters beyond the Latin letters and what Unicode calls punctuation and symbols.

    Of most texts, all that is not ASCII are quotation marks and dashes: no pattern of letters need be asked then.
    """
    if text.isascii():
        return False
    letters = set(text.encode().translate(None, _ASCII).decode())
    return any("\u0370" <= letter < "\u2000" or letter >= "\u2c00" for letter in letters)


def _split(text: str, tags: Mapping[str, str]) -> tuple[str, list[Element]] | None:
    """Return the text before the first foreign stretch and a span for each; None when there is no such stretch."""
    spans = list(_spans(text, tags)) if _has_foreign(text) else []
    return (text[: spans[0][0]], [span for _, span in spans]) if spans else None


def _spans(text: str, tags: Mapping[str, str]) -> Iterator[tuple[int, Element]]:
    found = list(_stretch().finditer(text))
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        span = Element("span", {"lang": tags.get(match[0], f"und-{match.lastgroup}")})
        span.text, span.tail = match[0], text[match.end() : end]
        yield match.start(), span
