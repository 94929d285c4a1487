"""Check the words of links to facts, and mark each with its note: `[20.6 million](fact:country.population)`."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from explainer.answers import Asker
from explainer.derived import Figures
from explainer.fact_refs import FactReference, FactRefError, ResolvedRef
from explainer.figures import Figure, FigureError
from explainer.literals.canonical import canonical_literal
from explainer.literals.check import check_literal
from explainer.literals.words import Words
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
    asker, words = resolution.context.asker, resolution.context.words
    try:
        _, figure = _known_figure(asker, words, mark.target)
    except (FactRefError, FigureError):
        find_figure(resolution, mark)
        element.attrib.clear()
        element.tag = "span"
        return
    text = " ".join("".join(element.itertext()).split())
    if not text:
        proposal = canonical_literal(figure.value, words)
        if not resolution.is_within(element, "table"):
            message = f'this link to "{figure.key}" has no words'
            resolution.tell(resolution.text_place(mark), "M055", message, f'{FILL} (it writes "{proposal}")')
        element.text = proposal
        resolution.has_filled = True
    elif (fault := check_literal(text, figure.value, words)) is not None:
        resolution.tell(resolution.text_place(mark), "M053", fault.message, fault.fix)
    try:
        view, address = _known_note(asker, words, mark.target)
        note = resolution.notes.fact(figure.key, lambda: view, figure.sources)
    except KeyError:
        # A record that the note would show refers to nothing, which was reported: no page will show the note.
        if resolution.context.is_whole():
            raise
        return
    element.attrib.clear()
    element.set("class", "figure")
    element.set("data-fact", figure.key)
    element.set("href", resolution.link_to(address) if address else f"#{note['target']}")
    resolution.figures[figure.key] = None
    resolution.put_behind(element, mark_element(note))


def _known_figure(asker: Asker, words: Words, target: str) -> tuple[ResolvedRef, Figure]:
    """Return what a target stands for, found once for all bodies that name it. Raises FactRefError and FigureError."""

    def find(asker: Asker) -> tuple[ResolvedRef, Figure]:
        figures = Figures(asker.site(), words)
        _, ref = read_reference(target, figures)
        return ref, figures.figure(ref)

    found: tuple[ResolvedRef, Figure] = asker.shared(("figure", target), find)
    return found


def _known_note(asker: Asker, words: Words, target: str) -> tuple[dict[str, Any], str | None]:
    """Return what the note of a figure shows, and where the figure can be found. Raises KeyError."""

    def make(asker: Asker) -> tuple[dict[str, Any], str | None]:
        figures = Figures(asker.site(), words)
        ref, figure = _known_figure(asker, words, target)
        return fact_note(ref, figure, figures, asker.day()), fact_address(ref, figures)

    made: tuple[dict[str, Any], str | None] = asker.shared(("note of figure", target), make)
    return made


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
