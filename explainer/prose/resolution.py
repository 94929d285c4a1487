"""The state of resolving one body's references: what has been found so far, and how to point into the text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from msgspec import Struct, field

from explainer.addresses import document_address
from explainer.content import Document
from explainer.page import relative_link
from explainer.problems import Place
from explainer.prose.context import ProseContext
from explainer.prose.converter import ParsedBody
from explainer.prose.marks import Mark
from explainer.prose.notes import NoteBook


class Resolution(Struct):
    """One body on its way from tree to page. `figures` keeps the keys of facts in order of first use.

    `address` is that of the page that shows the body. `has_filled` tells that words were put into the tree which do not
    stand in the source.
    """

    document: Document
    context: ProseContext
    parsed: ParsedBody
    notes: NoteBook
    figures: dict[str, None] = field(default_factory=dict)
    linked_terms: set[str] = field(default_factory=set)
    block_ids: set[str] = field(default_factory=set)
    has_filled: bool = False
    address: str = ""
    _parents: dict[Element, Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.address = document_address(self.document)

    def enter(self, root: Element) -> list[Element]:
        """Learn the tree below an element, before anything in it is replaced; return what has attributes, in order."""
        elements = list(root.iter())
        self._parents |= {child: parent for parent in elements for child in parent}
        return [element for element in elements if element.attrib]

    def tell(self, place: Place, code: str, message: str, fix: str) -> None:
        """Report an error of the body."""
        self.parsed.report.add(place, code, message, fix)

    def target_place(self, mark: Mark, offset: int = 0, length: int | None = None) -> Place:
        """Return the place of a part of a target; of all of it where the source writes it in another way."""
        span = mark.target_span
        if length is None or not mark.is_plain:
            return self.parsed.source.place_of(span)
        return self.parsed.source.place(span.offset + offset, length)

    def text_place(self, mark: Mark) -> Place:
        """Return the place of the words of a link; of the whole link where it has none."""
        return self.parsed.source.place_of(mark.text_span if mark.text_span.length else mark.span)

    def link_to(self, address: str) -> str:
        """Return the link from this page to an address of the site."""
        return relative_link(self.address, address)

    def is_within(self, element: Element, tag: str) -> bool:
        """Whether an element stands in one of a tag, such as a table."""
        at = self._parents.get(element)
        while at is not None and at.tag != tag:
            at = self._parents.get(at)
        return at is not None

    def put_behind(self, element: Element, added: Element) -> None:
        """Put an element directly behind another, before the text that follows it."""
        parent = self._parents[element]
        added.tail, element.tail = element.tail, None
        parent.insert(list(parent).index(element) + 1, added)
        self._parents[added] = parent

    def close_up(self, element: Element) -> None:
        """Take out the white space before an element: a mark stands close to the word it belongs to."""
        parent = self._parents[element]
        position = list(parent).index(element)
        if position == 0:
            parent.text = parent.text and parent.text.rstrip()
        else:
            before = parent[position - 1]
            before.tail = before.tail and before.tail.rstrip()

    def replace(self, element: Element, new: Element) -> None:
        """Put an element in the place of another."""
        parent = self._parents[element]
        new.tail = element.tail
        parent[list(parent).index(element)] = new
        self._parents[new] = parent

    def drop(self, element: Element) -> None:
        """Take the link out of an element that leads nowhere; its words stay."""
        element.tag = "span"
        element.attrib.clear()
