"""Resolve links by source path, and images, to addresses of the site."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from explainer.problems import did_you_mean
from explainer.prose.event_dates import check_date_of_event
from explainer.prose.marks import Mark
from explainer.prose.resolution import Resolution
from explainer.prose.targets import LinkError, find_target


def resolve_page_link(resolution: Resolution, element: Element, mark: Mark) -> None:
    """Turn a link by path into a link to the page; a path, an anchor or a page that is not there is told."""
    if mark.target.startswith("@"):
        message = "a citation is no target of a link"
        resolution.tell(resolution.target_place(mark), "M063", message, f'write "[{mark.target}]" behind the words')
        resolution.drop(element)
        return
    try:
        address, kind, key, path = find_target(resolution.context, resolution.document, mark.target)
    except LinkError as error:
        if error.code:
            place = resolution.target_place(mark, error.offset, error.length)
            resolution.tell(place, error.code, error.message, error.fix)
        resolution.drop(element)
        return
    if kind in ("article", "page") and key is not None:
        _check_is_shown(resolution, mark, kind, key, path)
    elif kind == "glossary term" and key is not None:
        _check_words_of_term(resolution, element, mark, key)
    else:
        check_date_of_event(resolution, element, mark, kind, key)
    element.attrib.clear()
    element.set("href", resolution.link_to(address))


def resolve_image(resolution: Resolution, element: Element, mark: Mark) -> None:
    """Give an image its address, width and height; one that does not exist in the static folder is told."""
    images = resolution.context.images
    if images is None:
        return
    folder = posixpath.dirname(resolution.document.path)
    path = posixpath.normpath(posixpath.join(folder, unquote(mark.target)))
    image = images.get(path)
    alternative = element.get("alt", "")
    element.attrib.clear()
    element.set("alt", alternative)
    if image is None:
        known = [posixpath.relpath(one, folder) for one in images]
        fix = did_you_mean(mark.target, known, otherwise="put the file into static/images/, or correct the path")
        resolution.tell(resolution.target_place(mark), "M075", f'there is no image "{path}"', fix)
        return
    if image.size is None:
        message, fix = (
            f'the size of "{path}" cannot be read',
            "save it as PNG, JPEG, WebP or GIF, or give the SVG a viewBox",
        )
        resolution.tell(resolution.target_place(mark), "M076", message, fix)
        return
    element.set("src", resolution.link_to(image.address))
    element.set("width", str(image.size[0]))
    element.set("height", str(image.size[1]))


def _check_is_shown(resolution: Resolution, mark: Mark, kind: str, key: str, path: str) -> None:
    context = resolution.context
    if context.is_shown(resolution.document.path) and not context.is_shown(path):
        message = f'the {kind} "{key}" is not published: {context.why_not_shown(path)}'
        resolution.tell(resolution.target_place(mark), "M073", message, f"take the link out, or publish {path}")


def _check_words_of_term(resolution: Resolution, element: Element, mark: Mark, key: str) -> None:
    """The words of a link to the glossary are the term or one of its aliases: so an alias cannot be mistyped."""
    record = resolution.context.site.glossary.get(key)
    if record is None:
        return
    resolution.linked_terms.add(key)
    text = " ".join("".join(element.itertext()).split())
    ways = [record.term, *record.aliases]
    if text.casefold() not in (way.casefold() for way in ways):
        message = f'"{text}" is neither the term "{record.term}" nor one of its aliases'
        fix = did_you_mean(text, ways, otherwise=f'write "{record.term}", or add the words to its aliases')
        resolution.tell(resolution.text_place(mark), "M078", message, fix)
