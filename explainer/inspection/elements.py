"""Parse a page once, and lay its elements out for the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, field

from explainer.html_parser import parse_html

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CLICKED: Final = frozenset({"a", "button", "summary"})
_NOTED: Final = frozenset({"base", "html", "img", "meta", "script", "style", "template", "title"})
# How each element is laid out that rules ask for.
_PARTS: Final = {
    **dict.fromkeys(_HEADINGS, "heading"),
    **dict.fromkeys(_CLICKED, "clicked"),
    **dict.fromkeys(_NOTED, "noted"),
}
# What an attribute is for, where a rule asks for it. All that begin with "on" are inline too.
_KINDS: Final = {
    "id": "id",
    "lang": "lang",
    **dict.fromkeys(["action", "background", "formaction", "href", "ping", "poster", "src", "xlink:href"], "link"),
    **dict.fromkeys(["data", "imagesrcset", "srcset"], "links"),
    **dict.fromkeys(["srcdoc", "style"], "inline"),
    **dict.fromkeys(["aria-activedescendant", "aria-controls", "aria-describedby", "aria-details"], "names ids"),
    **dict.fromkeys(["aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns"], "names ids"),
    **dict.fromkeys(["commandfor", "for", "form", "headers", "list", "popovertarget"], "names ids"),
}
# An address that begins with one of these, or has a colon, needs a closer look.
_UNPLAIN: Final = frozenset({"", "/", "\\", " ", "\t", "\n", "\r", "\f"})
# Browsers drop these characters before they read an address: "java\nscript:" runs.
_DROPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]+|[\x00-\x20]+$")
_BETWEEN_CANDIDATES = re.compile(r",\s+|\s+[\d.]+[wxh]\s*,?\s*")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)")


class Element(NamedTuple):
    """An element with its attributes; the value of an attribute that has none is None."""

    node: LexborNode
    tag: str
    attributes: Mapping[str, str | None]

    def get(self, name: str) -> str:
        """Return the value of an attribute, or nothing where there is none."""
        return self.attributes.get(name) or ""


class Attribute(NamedTuple):
    """One attribute of an element."""

    element: Element
    name: str
    value: str


class Link(NamedTuple):
    """An address in an attribute that leads out of the site, as a browser reads it.

    `scheme` is in lower case, and empty for an address that begins with `//`.
    """

    element: Element
    name: str
    address: str
    scheme: str


class Elements(Struct):
    """A parsed page. All lists are in the order of the document.

    `internal` holds the addresses without a scheme, each once; `wordless` the links and buttons without text.
    """

    tree: LexborHTMLParser
    noted: dict[str, list[Element]] = field(default_factory=dict)
    headings: list[Element] = field(default_factory=list)
    wordless: list[Element] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    internal: dict[str, None] = field(default_factory=dict)
    external: list[Link] = field(default_factory=list)
    named_ids: list[Attribute] = field(default_factory=list)
    languages: list[Attribute] = field(default_factory=list)
    inline: list[Attribute] = field(default_factory=list)

    def of(self, tag: str) -> list[Element]:
        """Return the elements with a tag, where it is one that rules ask for."""
        return self.noted.get(tag, [])

    @property
    def language(self) -> str:
        """The language of the page, as its html element says, or nothing."""
        return self.of("html")[0].get("lang").strip() if self.of("html") else ""

    @property
    def is_redirect(self) -> bool:
        """Whether the page only sends the reader on to another."""
        return bool(self.refreshes)

    @property
    def refreshes(self) -> list[Element]:
        """The elements that send the reader on."""
        equivalents = [meta for meta in self.of("meta") if "http-equiv" in meta.attributes]
        return [meta for meta in equivalents if meta.get("http-equiv").lower() == "refresh"]


def parse_page(html: bytes) -> Elements:
    """Parse a page as browsers do, and lay out what rules ask for; of template elements, all but their ids."""
    tree = parse_html(html)
    elements = Elements(tree)
    _lay_out(tree.css("*"), elements)
    if elements.of("template"):
        ids = len(elements.ids)
        for fragment in tree.template_fragments():
            _lay_out(fragment.css("*"), elements)
        del elements.ids[ids:]
    return elements


def _lay_out(nodes: Iterable[LexborNode], elements: Elements) -> None:
    # After parsing, most of the time of an inspection goes into these lines: so they make few objects.
    ids, internal, part_of, kinds = elements.ids, elements.internal, _PARTS.get, _kinds
    for node in nodes:
        tag = node.tag or ""
        attributes = node.attributes
        part = part_of(tag)
        if part is not None:
            if part == "clicked":
                if not node.text().strip():
                    elements.wordless.append(Element(node, tag, attributes))
            elif part == "heading":
                elements.headings.append(Element(node, tag, attributes))
            else:
                elements.noted.setdefault(tag, []).append(Element(node, tag, attributes))
        for name in attributes:
            kind = kinds[name]
            if kind is None:
                continue
            value = attributes[name] or ""
            if kind == "id":
                ids.append(value)
            elif kind == "link" and ":" not in value and value[:1] not in _UNPLAIN:
                internal[value] = None
            else:
                _sort_in(kind, Element(node, tag, attributes), name, value, elements)


class _Kinds(dict[str, str | None]):
    """What each attribute is for, found out once."""

    def __missing__(self, name: str) -> str | None:
        found = self[name] = "inline" if name.startswith("on") else None
        return found


_kinds: Final = _Kinds(_KINDS)


def _sort_in(kind: str, element: Element, name: str, value: str, elements: Elements) -> None:
    if kind in ("link", "links"):
        for address in _addresses(element.tag, name, value):
            found = scheme(address)
            if found is None:
                elements.internal[address] = None
            else:
                elements.external.append(Link(element, name, address, found))
    else:
        kept = {"names ids": elements.named_ids, "lang": elements.languages, "inline": elements.inline}[kind]
        kept.append(Attribute(element, name, value))


def _addresses(tag: str, name: str, value: str) -> list[str]:
    """Return the addresses in an attribute: several in a `srcset`, one elsewhere."""
    if name in ("srcset", "imagesrcset"):
        return [part for part in _BETWEEN_CANDIDATES.split(value.strip()) if part]
    if name == "data" and tag != "object":
        return []
    return [_DROPPED.sub("", value) if " " in value or not value.isprintable() else value]


def scheme(address: str) -> str | None:
    """Return the scheme of an address as `Link` has it, or None for an address within the site."""
    if address[:1] in "/\\" and address[1:2] in ("/", "\\"):  # Browsers read a backslash as a slash.
        return ""
    if ":" not in address:
        return None
    match = _SCHEME.match(address)
    return match[0].lower() if match else None
