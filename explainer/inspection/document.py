"""Whether a page is whole: its head, its headings, its images, its ids, its names for links and buttons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from explainer.inspection.elements import Element, Elements
from explainer.inspection.findings import Finding

MAX_BYTES = 500_000


def check_size(html: bytes) -> Iterator[Finding]:
    """A page is small enough for a slow line."""
    if len(html) > MAX_BYTES:
        message = f"has {len(html):,} bytes; a page should stay under {MAX_BYTES:,}"
        yield Finding("H020", "size", message, "divide it into several pages", "warning")


def check_head(page: Elements) -> Iterator[Finding]:
    """A page says its language, its title and, unless it only sends the reader on, what it is about."""
    if not page.language:
        yield Finding("H010", "lang", "does not say its language", 'write <html lang="…">')
    titles = [title.node for title in page.of("title") if (above := title.node.parent) and above.tag == "head"]
    if len(titles) != 1 or not titles[0].text().strip():
        message = "has no title" if not titles else "has an empty title" if len(titles) == 1 else "has several titles"
        yield Finding("H011", "title", message, "give it one <title> with words in it")
    named = [meta for meta in page.of("meta") if "name" in meta.attributes]
    descriptions = [meta for meta in named if meta.get("name").lower() == "description"]
    if not any(meta.get("content").strip() for meta in descriptions) and not page.is_redirect:
        fix = 'give it <meta name="description" content="…">'
        yield Finding("H012", "description", "has no description", fix)


def check_headings(page: Elements) -> Iterator[Finding]:
    """A page has one h1, and each heading is at most one level below the heading before it."""
    tops = sum(heading.tag == "h1" for heading in page.headings)
    if tops != 1 and not page.is_redirect:
        message = "has no h1" if not tops else f"has {tops} h1"
        yield Finding("H008", "h1", message, "a page has one h1: its title")
    before = 0
    for heading in page.headings:
        level = int(heading.tag[1])
        if level > before + 1:
            words = _shorten(heading.node.text())
            came = f"after h{before}" if before else "as the first heading"
            yield Finding(
                "H009",
                f"{heading.tag} {came} {words}",
                f'has "{words}" as {heading.tag} {came}',
                f"make it h{before + 1}",
            )
        before = level


def check_images(page: Elements) -> Iterator[Finding]:
    """An image has words for those who cannot see it, and a size that keeps the page still while it loads."""
    for image in page.of("img"):
        name = _shorten(image.get("src"))
        if "alt" not in image.attributes:
            fix = 'say what it shows: alt="…", or alt="" when it only decorates'
            yield Finding("H006", name, f'has the image "{name}" without alt', fix)
        if not all(image.get(side).isdecimal() for side in ("width", "height")):
            fix = "give both, in pixels, so that nothing moves when it arrives"
            yield Finding("H007", name, f'has the image "{name}" without width and height', fix)


def check_ids(page: Elements) -> Iterator[Finding]:
    """An id stands once, and whatever names an id names one of the page."""
    known = set(page.ids)
    if len(known) != len(page.ids):
        for name, count in Counter(page.ids).items():
            if count > 1:
                yield Finding("H005", name, f'has the id "{name}" {count} times', "give each element an id of its own")
    for name in dict.fromkeys(page.ids):
        if name.split() != [name]:
            yield Finding("H005", name, f'has the id "{name}"', "an id is at least one character, and no blank")
    for element, attribute, value in page.named_ids:
        for name in value.split():
            if name not in known:
                message = f'has {attribute}="{name}" on <{element.tag}>, and no element with this id'
                yield Finding("H017", f"{attribute} {name}", message, "name an id of the same page")


def check_names(page: Elements) -> Iterator[Finding]:
    """What can be clicked has words, or something that stands for them."""
    for element in page.wordless:
        if (element.tag == "a" and "href" not in element.attributes) or _is_named(element):
            continue
        what = f'a link to "{_shorten(element.get("href"))}"' if element.tag == "a" else f"a {element.tag}"
        fix = "give it words, an image with alt text, or an aria-label"
        yield Finding("H018", what, f"has {what} without words", fix)


def _is_named(element: Element) -> bool:
    if any(element.get(name).strip() for name in ("aria-label", "aria-labelledby", "title")):
        return True
    within = [part.attributes for part in element.node.css("img, svg")]
    return any((part.get("alt") or part.get("aria-label") or "").strip() for part in within)


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59]}…"
