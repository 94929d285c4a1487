"""Turn the body of a document into a tree of elements in which every link knows its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct, field

from explainer.problems import Place, Report
from explainer.prose.limits import densest_place, within_limits
from explainer.prose.markdown_source import MarkdownSource
from explainer.prose.marks import BLOCK, MARK, Mark
from explainer.prose.time_limit import TooSlow, time_limit

MAX_SECONDS = 2


class Heading(Struct, frozen=True):
    """A heading of the body: its level from 2 to 6, its id, its words, and where they stand."""

    level: int
    id: str
    title: str
    place: Place


class FigureBlock(Struct, frozen=True):
    """A fenced block that names a figure. `text` is the YAML in it, which begins on line `first_line` of the file.

    `element` is the empty `div` that stands for it in the tree, always a child of the root.
    """

    number: int
    name: str
    text: str
    first_line: int
    place: Place
    element: Element


class Footnote(Struct, frozen=True):
    """A note that the author wrote out, `[^label]: text`. `element` is a `div` outside the tree with its blocks."""

    label: str
    place: Place
    element: Element


class ParsedBody(Struct):
    """The tree of a body, with all its text as plain characters (nothing is escaped; code is `code` elements).

    The elements that lead somewhere have the number of their mark in the attribute `data-mark`:

    - a link is `<a data-mark="n">text</a>`. Where it leads outside the site or to a heading of the page itself
      (`http:`, `https:`, `mailto:`, `#id`), `href` and `rel` are set and nothing is left to do. All others have no
      `href` until the references are resolved.
    - an image is `<img data-mark="n" alt="…">` without `src`.
    - a citation `[@a; @b, p. 3]` is an empty `<span data-mark="n">`, and so is a reference to a footnote, `[^x]`: both
      are replaced by marks of notes that are numbered together.

    `footnotes` are in the order of their first references, and only those that are defined and referred to. `headings`
    are in the order of the page. `sound` is false when an error stopped the conversion: then the tree is empty.
    """

    source: MarkdownSource
    report: Report
    tree: Element
    marks: list[Mark] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    blocks: list[FigureBlock] = field(default_factory=list)
    words: int = 0
    sound: bool = True

    def roots(self) -> Iterator[Element]:
        """Yield the tree, then the content of each footnote: all that has text or marks in it."""
        yield self.tree
        for footnote in self.footnotes.values():
            yield footnote.element

    def mark_of(self, element: Element) -> Mark | None:
        """Return the mark of an element, or None where it has none."""
        number = element.get(MARK)
        return self.marks[int(number)] if number is not None else None

    def block_of(self, element: Element) -> FigureBlock | None:
        """Return the figure block that an element stands for, or None."""
        if not self.blocks:
            return None
        number = element.get(BLOCK)
        return next((block for block in self.blocks if str(block.number) == number), None)


def parse_body(source: MarkdownSource, report: Report, *, language: str = "en") -> ParsedBody:
    """Return the tree of a body. All that is wrong with it is reported, with its place; nothing is raised.

    `language` is that of the text: it chooses quotation marks, and the tables of words that are refused.
    """
    from explainer.prose.body_tree import convert

    parsed = ParsedBody(source, report, Element("div"))
    if not within_limits(source, report):
        parsed.sound = False
        return parsed
    try:
        with time_limit(MAX_SECONDS):
            convert(parsed, language)
    except TooSlow:
        fix = "split the article, or this paragraph: it has the most marks"
        report.add(densest_place(source), "M002", f"this page takes longer than {MAX_SECONDS} s to convert", fix)
    except RecursionError:
        report.add(
            densest_place(source), "M003", "something on this page is nested too deeply", "nest lists and emphasis less"
        )
    else:
        return parsed
    return ParsedBody(source, report, Element("div"), sound=False)
