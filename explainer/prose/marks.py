"""The links, images, citations and references to footnotes of a body, each with its place in the text."""

from __future__ import annotations

from typing import Literal, NamedTuple

from msgspec import Struct

MarkKind = Literal["link", "image", "citation", "footnote"]

MARK = "data-mark"
"""The attribute of an element that holds the number of its mark. It never goes out."""
BLOCK = "data-block"
"""The attribute of the empty `div` that stands where a figure block stood: the number of the block."""


class Span(NamedTuple):
    """A stretch of the body: an offset from 0, and a length, in characters."""

    offset: int
    length: int

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.offset + self.length


class Mark(Struct, frozen=True):
    """One construct of the text that leads somewhere.

    `span` is the whole of it. `target` is what it leads to, as a reader of Markdown understands it (escapes and
    entities resolved): the address of a link or an image, what stands between the brackets of a citation
    (`@id, p. 3; @b`), the label of a footnote. `target_span` is where that was written; for a link by reference that is
    in the definition. `text_span` is the text between the brackets of a link, the alternative text of an image, and for
    the others the same as `target_span`. `is_plain` tells that target and source agree letter by letter, so that an
    offset within the one is one within the other.
    """

    number: int
    kind: MarkKind
    span: Span
    text_span: Span
    target_span: Span
    target: str
    title: str = ""
    is_reference: bool = False
    is_plain: bool = True
