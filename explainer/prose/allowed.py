"""What may stand in the HTML of a text: elements, their attributes, and the schemes of their links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from explainer.html_parser import parse_fragment

_COMMON = frozenset({"class", "id", "lang", "role", "dir"})
_ARIA = re.compile(r"aria-(?:label|labelledby|describedby|hidden|current|details)")

_PLAIN = """
p em strong code pre blockquote ul li dl dt dd table thead tbody tr hr br h2 h3 h4 h5 h6
sup sub span div section aside figure figcaption caption abbr dfn cite small bdi
"""
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_PLAIN.split(), frozenset()),
    "ol": frozenset({"start"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "time": frozenset({"datetime"}),
    "data": frozenset({"value"}),
    "a": frozenset({"href", "rel", "title", "data-fact", "data-source", "data-term"}),
    "img": frozenset({"src", "alt", "title", "width", "height", "loading", "decoding"}),
}
VOID = frozenset({"br", "hr", "img"})
_BLOCKS = """
p pre blockquote ul ol li dl dt dd table thead tbody tr th td hr h2 h3 h4 h5 h6 div section aside figure figcaption
"""
BLOCKS = frozenset(_BLOCKS.split())
_WORKING = frozenset({"data-mark", "data-block"})
# A comment, or a tag by which a browser would change the page around the text.
_OUTSIDE = re.compile(r"<(?:!--|/?(?:html|head|body|frameset))", re.IGNORECASE)
_SCHEME = re.compile(r"[^/?#]*?:")
# What most links have: a path, or a part of the page. Nothing that is refused has this form.
_HARMLESS = re.compile(r"(?!//)[A-Za-z0-9_./#-]+")
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\x9f\ufffd]")


def refused_attribute(tag: str, name: str, value: str | None) -> str | None:
    """Return what of an attribute may not go out, or None when it may."""
    if name not in _COMMON and name not in ELEMENTS[tag] and not _ARIA.fullmatch(name):
        return f"{name} of <{tag}>"
    if name == "href" and value and _HARMLESS.fullmatch(value):
        return None
    if name == "href" and not _is_safe(value or "", ("http:", "https:", "mailto:")):
        return f"href of <{tag}>"
    if name == "src" and (not _is_safe(value or "", ()) or (value or "").startswith("/")):
        return f"src of <{tag}>"
    return None


def refused_among(tag: str, attributes: Mapping[str, str]) -> str | None:
    """Return what of the attributes of an element may not go out, or None. Those for our own work do not."""
    for name, value in attributes.items():
        if name not in _COMMON and name not in _WORKING and (cause := refused_attribute(tag, name, value)):
            return cause
    return _lacks_rel(attributes.get("href", ""), attributes.get("rel", "")) if tag == "a" else None


def is_read_as_written(html: str) -> bool:
    """Whether a browser reads HTML as just the elements that are written in it, with the attributes they have there.

    It does when what it read, written down again, is the same text. Then whoever wrote each "<" and each attribute
    with care need not look at what was read, which takes longer than to read it.
    """
    whole = f"<div>{html}</div>"
    read = parse_fragment(whole).html
    return read == (whole.replace("\u00a0", "&nbsp;") if "\u00a0" in whole else whole)


def refused_in_html(html: str) -> str | None:
    """Return what of finished HTML, as a browser reads it, may not go out, or None."""
    tree = parse_fragment(f"<div>{html}</div>")
    for node in tree.css("*"):
        tag = node.tag or ""
        if tag not in ELEMENTS:
            return f"<{tag}>"
        attributes = node.attributes
        for name, value in attributes.items():
            if name not in _COMMON and (cause := refused_attribute(tag, name, value)):
                return cause
        if tag == "a" and (rel_missing := _lacks_rel(attributes.get("href") or "", attributes.get("rel") or "")):
            return rel_missing
    root = tree.root
    if _OUTSIDE.search(html) or root is None or len(list(root.iter(include_text=True))) != 1:
        return "something outside of what was written"
    return None


def _lacks_rel(href: str, rel: str) -> str | None:
    if href.lower().startswith(("http:", "https:")) and not {"noopener", "noreferrer"} <= set(rel.split()):
        return "a link to another site without rel"
    return None


def _is_safe(address: str, schemes: tuple[str, ...]) -> bool:
    if _INVISIBLE.search(address) or "\\" in address or address.startswith("//"):
        return False
    match = _SCHEME.match(address)
    return match is None or match[0].lower() in schemes
