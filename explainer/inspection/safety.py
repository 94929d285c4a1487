"""Whether a page can run nothing, fetch nothing from elsewhere, and give nothing away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from explainer.inspection.elements import Element, Elements, Link
from explainer.inspection.findings import Finding
from explainer.templating.markup import TYPES_THAT_RUN

_SCHEMES_TO_FOLLOW = {"http", "https", "mailto", "tel"}
# Kinds of <link> that a browser does not fetch by itself.
_LINKS_TO_FOLLOW = {"alternate", "author", "canonical", "help", "license", "me", "next", "prev", "search"}


def is_followed(link: Link) -> bool:
    """Whether a link waits for the reader to follow it, rather than being fetched with the page."""
    tag = link.element.tag
    if tag in ("a", "area"):
        return link.name in ("href", "xlink:href")
    return tag == "link" and set(link.element.get("rel").lower().split()) <= _LINKS_TO_FOLLOW


def check_links(page: Elements) -> Iterator[Finding]:
    """Links lead to pages, mail or telephone, and tell other sites nothing; what a page fetches lies on the site."""
    for link in page.external:
        kind = link.scheme
        shown = link.address if len(link.address) <= 80 else f"{link.address[:79]}…"
        where = f'<{link.element.tag} {link.name}="{shown}">'
        if not is_followed(link):
            if kind != "data" or link.element.tag not in ("img", "source"):
                fix = "put the file into the site: pages fetch nothing from elsewhere"
                yield Finding("H024", where, f"has {where}, which is not on the site", fix)
        elif kind not in _SCHEMES_TO_FOLLOW:
            fix = f"links begin with {', '.join(sorted(_SCHEMES_TO_FOLLOW))}, or lead to a page of the site"
            yield Finding("H014", where, f"has {where}, a link that may not be followed", fix)
        elif kind in ("http", "https") and link.element.tag != "link":
            rel = set(link.element.get("rel").lower().split())
            if not rel >= {"noopener", "noreferrer"}:
                fix = 'write rel="noopener noreferrer"'
                yield Finding("H016", where, f"has {where} without rel", fix)


def check_code(page: Elements) -> Iterator[Finding]:
    """No script, style or page stands within a page: the policy would refuse it, and it may be somebody else's."""
    for element, name, _ in page.inline:
        fix = "put it into a file of the site" if name != "style" else "give it a class, and style that"
        yield Finding("H013", f"{element.tag} {name}", f"has the attribute {name} on <{element.tag}>", fix)
    for _ in page.of("style"):
        yield Finding("H013", "style", "has a style element", "put it into a style sheet")
    for element in page.of("script"):
        yield from _check_script(element)
    for _ in page.of("base"):
        yield Finding("H013", "base", "has a base element, which turns all links", "delete it")


def _check_script(script: Element) -> Iterator[Finding]:
    code = script.node.text().strip()
    if not code:
        return
    if script.get("type").strip().lower() in TYPES_THAT_RUN:
        yield Finding("H013", "script", "has script within the page", "put it into a script file")
        return
    try:
        json.loads(code)
    except ValueError as error:
        fix = "write it with {{ … | tojson }}"
        yield Finding("H025", "data", f"has a block of data that is not JSON: {error}", fix)


def check_policy(page: Elements) -> Iterator[Finding]:
    """The policy stands before anything it must rule over: right after the charset."""
    head = page.tree.head
    first = [] if head is None else [node.attributes for node in islice(head.iter(), 2)]
    is_charset = bool(first) and (first[0].get("charset") or "").lower() == "utf-8"
    is_policy = len(first) > 1 and (first[1].get("http-equiv") or "").lower() == "content-security-policy"
    if not is_charset or not is_policy or not (first[1].get("content") or "").strip():
        fix = 'begin the head with <meta charset="utf-8">, then <meta http-equiv="Content-Security-Policy" content="…">'
        yield Finding("H015", "policy", "does not begin its head with charset and content security policy", fix)
