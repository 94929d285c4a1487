"""Turn the Markdown of a document into what its page shows, and say all that is wrong with it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markupsafe import Markup

from explainer.content import Document
from explainer.fact_refs import SCHEME
from explainer.html_parser import parse_fragment
from explainer.locales import words_of_locale
from explainer.prose.blocks import resolve_block
from explainer.prose.citations import resolve_citation
from explainer.prose.context import ProseContext, make_context
from explainer.prose.fact_links import resolve_fact_link
from explainer.prose.followups import without_followups
from explainer.prose.glossary import mark_terms
from explainer.prose.marks import Mark
from explainer.prose.notes import NoteBook, mark_element
from explainer.prose.page_links import resolve_image, resolve_page_link
from explainer.prose.resolution import Resolution
from explainer.prose.result import Part, Prose
from explainer.prose.safety import serialise_inside, serialise_parts
from explainer.prose.scripts import mark_scripts, mark_text, may_have_foreign

__all__ = ["Prose", "ProseContext", "convert_document", "load", "make_context"]


def load(language: str) -> None:
    """Import and read what the first body would wait for: to be called while there is nothing else to do."""
    import explainer.prose.body_tree  # noqa: F401 - Markdown, and what finds its way in a text

    parse_fragment("")
    words_of_locale(language)


def convert_document(document: Document, context: ProseContext) -> Prose:
    """Return the converted body of a document. Nothing is read from the disk; problems are in the result."""
    parsed = context.take_parsed(document)
    report = parsed.report
    if not parsed.sound:
        return Prose(problems=without_followups(report.problems))
    resolution = Resolution(document, context, parsed, NoteBook(context.site, context.asker))
    _tell_of_language(resolution)
    blocks: dict[int, Part | None] = {}
    roots = list(parsed.roots())
    # In order of reading, so that notes are numbered in the order in which a reader meets their marks.
    for element in [element for root in roots for element in resolution.enter(root)]:
        if (block := parsed.block_of(element)) is not None:
            blocks[block.number] = resolve_block(resolution, block)
        elif (mark := parsed.mark_of(element)) is not None:
            _resolve(resolution, element, mark)
    terms = mark_terms(resolution, parsed.tree)
    # All text in the trees is that of the source, or what entities in it mean, or the words of a figure.
    if may_have_foreign(parsed.source.text) or "&" in parsed.source.text or resolution.has_filled:
        for root in roots:
            mark_scripts(root, context.native_tags)
    parts: list[Part | None] = [
        part if isinstance(part, Markup) else blocks.get(part.number) for part in serialise_parts(parsed)
    ]
    for label, footnote in parsed.footnotes.items():
        resolution.notes.give_text(label, serialise_inside(footnote.element, parsed))
    return Prose(
        parts=[part for part in parts if part is not None],
        contents=[
            {"level": one.level, "id": one.id, "title": mark_text(one.title, context.native_tags)}
            for one in parsed.headings
        ],
        notes=resolution.notes.entries(),
        sources=resolution.notes.view(),
        figures=list(resolution.figures),
        terms=terms,
        words=parsed.words,
        problems=without_followups(report.problems),
    )


def _resolve(resolution: Resolution, element: Element, mark: Mark) -> None:
    if mark.kind in ("citation", "footnote") and resolution.is_within(element, "a"):
        place = resolution.parsed.source.place_of(mark.span)
        resolution.tell(place, "M063", f"a {mark.kind} stands within a link", "put it behind the link")
        resolution.drop(element)
    elif mark.kind == "citation":
        resolve_citation(resolution, element, mark)
    elif mark.kind == "footnote":
        if mark.target in resolution.parsed.footnotes:
            resolution.replace(element, mark_element(resolution.notes.footnote(mark.target)))
        else:
            resolution.drop(element)
    elif mark.kind == "image":
        resolve_image(resolution, element, mark)
    elif element.get("href") is None:
        if mark.target.startswith(SCHEME):
            resolve_fact_link(resolution, element, mark)
        else:
            resolve_page_link(resolution, element, mark)


def _tell_of_language(resolution: Resolution) -> None:
    error = resolution.context.language_error
    if error is not None:
        place = resolution.context.site.settings.place_of("language")
        resolution.tell(place, "M057", str(error), error.fix)
