"""Check the words of links to facts, and mark each with its note: `[20.6 million](fact:country.population)`."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from explainer.fact_refs import FactReference, FactRefError, ResolvedRef
from explainer.figures import Figure, FigureError
from explainer.literals.canonical import canonical_literal
from explainer.literals.check import check_literal
from explainer.prose.fact_values import fact_address, fact_note, fault_span, read_reference
from explainer.prose.marks import Mark
from explainer.prose.notes import mark_element
from explainer.prose.resolution import Resolution

_CODES = {"missing": "M051", "wordless": "M052", "incomparable": "M054"}
FILL = "run: python build.py fill"


def resolve_fact_link(resolution: Resolution, element: Element, mark: Mark) -> None:
    """Check a link to a fact and make it a figure of the page; what is wrong is told where it was written.

    A link without words is filled in within a table and reported elsewhere. An error leaves plain words behind.
    """
    found = find_figure(resolution, mark)
    if found is None:
        element.attrib.clear()
        element.tag = "span"
        return
    ref, figure = found
    figures = resolution.context.figures
    text = " ".join("".join(element.itertext()).split())
    if not text:
        words = canonical_literal(figure.value, figures.words)
        if not resolution.is_within(element, "table"):
            message = f'this link to "{figure.key}" has no words'
            resolution.tell(resolution.text_place(mark), "M055", message, f'{FILL} (it writes "{words}")')
        element.text = words
        resolution.has_filled = True
    elif (fault := check_literal(text, figure.value, figures.words)) is not None:
        resolution.tell(resolution.text_place(mark), "M053", fault.message, fault.fix)
    try:
        note = resolution.notes.fact(
            figure.key, lambda: fact_note(ref, figure, figures, resolution.context.as_of), figure.sources
        )
    except KeyError:
        # A record that the note would show refers to nothing, which was reported: no page will show the note.
        if resolution.context.is_whole():
            raise
        return
    address = fact_address(ref, figures)
    element.attrib.clear()
    element.set("class", "figure")
    element.set("data-fact", figure.key)
    element.set("href", resolution.link_to(address) if address else f"#{note['target']}")
    resolution.figures[figure.key] = None
    resolution.put_behind(element, mark_element(note))


def find_figure(resolution: Resolution, mark: Mark) -> tuple[ResolvedRef, Figure] | None:
    """Return what the target of a link stands for, or None when it leads nowhere, which is told."""
    written: FactReference | None = None
    try:
        written, ref = read_reference(mark.target, resolution.context.figures)
        return ref, resolution.context.figures.figure(ref)
    except FactRefError as error:
        place = resolution.target_place(mark, error.offset, error.length)
        resolution.tell(place, "M050", error.message, error.fix)
    except FigureError as error:
        if not error.is_told:
            assert written is not None
            place = resolution.target_place(mark, *fault_span(written, error))
            resolution.tell(place, _CODES[error.kind], error.message, error.fix)
    return None
