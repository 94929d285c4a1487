"""Write a tree as HTML, and let nothing out that could run."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element

from markupsafe import Markup

from explainer.problems import Place
from explainer.prose.allowed import (
    ELEMENTS,
    is_read_as_written,
    refused_among,
    refused_in_html,
)
from explainer.prose.converter import FigureBlock, ParsedBody
from explainer.prose.marks import BLOCK, MARK
from explainer.prose.nesting import ANY, FLOW, WHITE_SPACE, Setting

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


class _Run:
    """A stretch of HTML in pieces. It `is_certain` while it is known that a browser reads it as it is written."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_certain = True

    def add(self, element: Element) -> None:
        """Write an element, the first piece its own tag, the last its end. Raises _Refused."""
        done = len(self.pieces)
        try:
            _write(element, self.pieces.append, FLOW)
        except _Uncertain:
            del self.pieces[done:]
            self.is_certain = False
            _write(element, self.pieces.append, ANY)


def serialise_parts(parsed: ParsedBody) -> list[Markup | FigureBlock]:
    """Return the body as HTML, cut where figure blocks stand. Working attributes are left out.

    The tree, and the finished HTML as a browser reads it, are checked against the list of what may go out. What is not
    on it is an error (M049), and then nothing goes out.
    """
    parts: list[Markup | FigureBlock] = []
    run = _Run()
    if parsed.tree.text:
        run.pieces.append(_escaped(parsed.tree.text))
    for child in parsed.tree:
        if (block := parsed.block_of(child)) is not None:
            parts += _checked(run.pieces, parsed, is_certain=run.is_certain)
            parts.append(block)
            run = _Run()
        else:
            try:
                run.add(child)
            except _Refused as refused:
                _refuse(parsed, str(refused))
                return []
        if child.tail:
            run.pieces.append(_escaped(child.tail))
    return [*parts, *_checked(run.pieces, parsed, is_certain=run.is_certain)]


def serialise(parsed: ParsedBody) -> Markup:
    """Return the body as one piece of checked HTML, without its figure blocks."""
    return Markup("").join(part for part in serialise_parts(parsed) if isinstance(part, Markup))


def serialise_inside(element: Element, parsed: ParsedBody) -> Markup:
    """Return what is within an element, such as that of a footnote, as checked HTML."""
    run = _Run()
    try:
        run.add(element)
    except _Refused as refused:
        _refuse(parsed, str(refused))
        return Markup("")
    # Without the tags of the element itself.
    return Markup("").join(_checked(run.pieces[1:-1], parsed, is_certain=run.is_certain))


def _checked(pieces: list[str], parsed: ParsedBody, *, is_certain: bool) -> list[Markup]:
    html = "".join(pieces).strip("\n")
    if not html or html.isspace():
        return []
    # Each element was checked while it was written. Where it stands in another than it may, or a character in it is one
    # that a browser reads as another, it has to be found out whether a browser sees other elements.
    if not is_certain or "\r" in html or "\0" in html:
        cause = None if is_read_as_written(html) else refused_in_html(html)
        if cause is not None:
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


class _Uncertain(Exception):
    """What a browser might read in another way than it is written."""


def _write(element: Element, put: Callable[[str], None], setting: Setting) -> None:
    """Write an element that stands in some setting, and all within it. Raises _Refused and _Uncertain."""
    tag = element.tag
    inner = setting.get(tag)
    if inner is None:  # comments have a function for a tag
        raise _Uncertain if tag in ELEMENTS else _Refused(f"<{tag}>")
    opening, ending, within, is_strict = inner
    put(_opening(tag, *element.attrib.items()) if element.attrib else opening)
    if within is not None:
        text = element.text
        if text:
            # A line feed right after <pre> would be dropped by a browser.
            if tag == "pre" and text.startswith("\n"):
                if within is not ANY:
                    raise _Uncertain
                put("\n")
            if is_strict and text.strip(WHITE_SPACE):
                raise _Uncertain
            put(_UNSAFE.sub(_entity, text) if "&" in text or "<" in text or ">" in text else text)
        for child in element:
            _write(child, put, within)
            text = child.tail
            if text:
                if is_strict and text.strip(WHITE_SPACE):
                    raise _Uncertain
                put(_UNSAFE.sub(_entity, text) if "&" in text or "<" in text or ">" in text else text)
    put(ending)


# Cells, marks of notes and their like have the same few attributes on all pages.
@lru_cache(maxsize=512)
def _opening(tag: str, *attributes: tuple[str, str]) -> str:
    """Return the tag that opens an element with some attributes. Raises _Refused."""
    if cause := refused_among(tag, dict(attributes)):
        raise _Refused(cause)
    written = f"<{tag}"
    for name, value in sorted(attributes) if len(attributes) > 1 else attributes:
        if name != MARK and name != BLOCK:
            written += f' {name}="{_UNSAFE_IN_ATTRIBUTE.sub(_entity, value)}"'
    return f"{written}>"


def _escaped(text: str) -> str:
    return _UNSAFE.sub(_entity, text) if "&" in text or "<" in text or ">" in text else text


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES[match[0]]
