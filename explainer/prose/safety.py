"""Write a tree as HTML, and let nothing out that could run."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markupsafe import Markup

from explainer.prose.converter import FigureBlock, ParsedBody


def serialise_parts(parsed: ParsedBody) -> list[Markup | FigureBlock]:
    """Return the body as HTML, cut where figure blocks stand. The working attributes (data-mark, data-block) are left out.

    The HTML is parsed again and checked against the list of allowed elements, attributes and schemes. What is not on
    it is an error (M049), and then nothing goes out.
    """
    ...


def serialise(parsed: ParsedBody) -> Markup:
    """Return the body as one piece of checked HTML, without its figure blocks."""
    ...


def serialise_inside(element: Element, parsed: ParsedBody) -> Markup:
    """Return what is within an element, such as that of a footnote, as checked HTML."""
    ...
