"""Write a tree as HTML, and let nothing out that could run."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element

from markupsafe import Markup

from explainer.problems import Place
from explainer.prose.allowed import (
    BLOCKS,
    ELEMENTS,
    VOID,
    is_read_as_written,
    refused_among,
    refused_in_html,
)
from explainer.prose.converter import FigureBlock, ParsedBody
from explainer.prose.marks import BLOCK, MARK

_UNSAFE = re.compile(r"[&<>]")
_UNSAFE_IN_ATTRIBUTE = re.compile(r"[&<>\"'\n\r\t]")
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "\n": "&#10;",
    "\r": "&#13;",
    "\t": "&#9;",
}


def serialise_parts(parsed: ParsedBody) -> list[Markup | FigureBlock]:
    """Return the body as HTML, cut where figure blocks stand. Working attributes are left out.

    The tree and the finished HTML, as a browser reads it, are checked against the list of what may go out. What is not
    on it is an error (M049), and then nothing goes out.
    """
    parts: list[Markup | FigureBlock] = []
    run: list[str] = []
    if parsed.tree.text:
        run.append(_escaped(parsed.tree.text))
    for child in parsed.tree:
        if (block := parsed.block_of(child)) is not None:
            parts += _checked(run, parsed)
            parts.append(block)
            run = []
        else:
            try:
                _write(child, run.append)
            except _Refused as refused:
                _refuse(parsed, str(refused))
                return []
        if child.tail:
            run.append(_escaped(child.tail))
    return [*parts, *_checked(run, parsed)]


def serialise(parsed: ParsedBody) -> Markup:
    """Return the body as one piece of checked HTML, without its figure blocks."""
    return Markup("").join(part for part in serialise_parts(parsed) if isinstance(part, Markup))


def serialise_inside(element: Element, parsed: ParsedBody) -> Markup:
    """Return what is within an element, such as that of a footnote, as checked HTML."""
    run: list[str] = []
    try:
        _write(element, run.append)
    except _Refused as refused:
        _refuse(parsed, str(refused))
        return Markup("")
    # Without the tags of the element itself.
    return Markup("").join(_checked(run[1:-1], parsed))


def _checked(run: list[str], parsed: ParsedBody) -> list[Markup]:
    html = "".join(run).strip("\n")
    if not html.strip():
        return []
    # Each element was checked while it was written: what is to be found out here is whether a browser sees others.
    if not is_read_as_written(html) and (cause := refused_in_html(html)):
        _refuse(parsed, cause)
        return []
    return [Markup(html + "\n" if html.endswith(">") and "\n" in html else html)]  # noqa: S704 -- checked just above


def _refuse(parsed: ParsedBody, cause: str) -> None:
    message = f"{cause} may not go out, so nothing of this text does"
    parsed.report.add(
        Place(parsed.source.path), "M049", message, "this is our fault rather than yours: please report it"
    )


class _Refused(Exception):
    """What may not go out."""


# How each element begins and ends where it has no attributes.
_TAGS = {tag: (f"<{tag}>", ("" if tag in VOID else f"</{tag}>") + ("\n" if tag in BLOCKS else "")) for tag in ELEMENTS}


def _write(element: Element, put: Callable[[str], None]) -> None:
    """Write an element in pieces, the first of them its own tag, the last its end. Raises _Refused."""
    tag = element.tag
    ends = _TAGS.get(tag)
    if ends is None:  # comments have a function for a tag
        raise _Refused(f"<{tag}>")
    opening, ending = ends
    put(_opening(tag, *element.attrib.items()) if element.attrib else opening)
    if tag not in VOID:
        text = element.text
        if text:
            # A line feed right after <pre> would be dropped by a browser.
            if tag == "pre" and text.startswith("\n"):
                put("\n")
            put(_UNSAFE.sub(_entity, text) if "&" in text or "<" in text or ">" in text else text)
        for child in element:
            _write(child, put)
            text = child.tail
            if text:
                put(_UNSAFE.sub(_entity, text) if "&" in text or "<" in text or ">" in text else text)
    put(ending)


# Cells, marks of notes and their like have the same few attributes on all pages.
@lru_cache(maxsize=512)
def _opening(tag: str, *attributes: tuple[str, str]) -> str:
    """Return the tag that opens an element with some attributes. Raises _Refused."""
    if cause := refused_among(tag, dict(attributes)):
        raise _Refused(cause)
    written = [
        f' {name}="{_UNSAFE_IN_ATTRIBUTE.sub(_entity, value)}"'
        for name, value in sorted(attributes)
        if name not in (MARK, BLOCK)
    ]
    return f"<{tag}{''.join(written)}>"


def _escaped(text: str) -> str:
    return _UNSAFE.sub(_entity, text) if "&" in text or "<" in text or ">" in text else text


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES[match[0]]
