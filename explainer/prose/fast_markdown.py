"""Python-Markdown with the same trees and less work: what provably cannot match is not tried.

Most of its time goes into thousands of tries that almost never match. Here an inline pattern is tried only on text that
has the characters it must contain, and a block whose lines all begin with a letter goes straight to the processor of
paragraphs. This leans on private parts of the library, so it is used with the versions it was tested with and with no
other: `tests/test_fast_markdown.py` compares the trees of thousands of texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

from explainer.prose import tokens

KNOWN_VERSIONS = {(3, 11)}
"""The versions of Python-Markdown whose private parts are as expected here."""
# What a match of an inline pattern contains: one of these texts. A pattern that is not here is always tried.
_NEEDED = {
    "link": (tokens.OPENING[0],),
    "linebreak": ("  \n",),
    "em_strong": ("*", "_"),
}
# A letter, or a sign for something inline: no block but a paragraph has only lines that begin so. The test of each
# processor of blocks wants a marker, a space or a `|` at the beginning of some line.
_PARAGRAPH = re.compile(r"(?:[^\W\d_\n][^\n]*\n)*[^\W\d_\n][^\n]*\Z")


def is_known() -> bool:
    """Whether the installed version of Python-Markdown is one that can be made faster."""
    return markdown.__version_info__[:2] in KNOWN_VERSIONS


def make_faster(md: Markdown) -> None:
    """Let an object do less work. All its processors must be registered already."""
    patterns = md.inlinePatterns
    if "inline" in md.treeprocessors and not any(pattern.ANCESTOR_EXCLUDES for pattern in patterns):
        md.treeprocessors.register(_FastInline(md), "inline", 20)
    parser: Any = md.parser
    parser.parseBlocks = _block_parser(parser)


class _FastInline(InlineProcessor):
    """Looks for inline patterns where they can be."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        registry: Any = md.inlinePatterns
        registry._sort()
        names = [item.name for item in registry._priority]
        self._steps: list[tuple[tuple[str, ...], Any]] = [(_NEEDED.get(name, ("",)), registry[name]) for name in names]
        needed = {text for texts, _ in self._steps for text in texts} | {INLINE_PLACEHOLDER_PREFIX}
        self._has_any: Callable[[str], object] = re.compile("|".join(map(re.escape, sorted(needed)))).search

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to all text of a tree, as the method of the library does, layer by layer."""
        this: Any = self
        self.stashed_nodes = {}
        self.parent_map = {}
        self.ancestors = []
        has_any = self._has_any
        stack = [tree]
        for current in stack:
            queue = []
            for child in list(current):
                text = child.text
                if text and has_any(text) and not isinstance(text, AtomicString):
                    child.text = None
                    placed = this._InlineProcessor__processPlaceholders(
                        this._InlineProcessor__handleInline(text), child
                    )
                    stack += [node for node, _ in placed]
                    queue.append((child, placed))
                tail = child.tail
                if tail and has_any(tail):
                    holder = Element("d")
                    child.tail = None
                    behind = this._InlineProcessor__processPlaceholders(
                        this._InlineProcessor__handleInline(tail), holder, False
                    )
                    if holder.tail:
                        child.tail = holder.tail
                    position = list(current).index(child) + 1
                    current[position:position] = [node for node, _ in behind]
                if len(child):
                    stack.append(child)
            for element, placed in queue:
                element[0:0] = [node for node, _ in placed]
        return tree

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        this: Any = self
        apply = this._InlineProcessor__applyPattern
        for index in range(patternIndex, len(self._steps)):
            needed, pattern = self._steps[index]
            for text in needed:
                if text in data:
                    break
            else:
                continue
            matched, start = True, 0
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


def _block_parser(parser: Any) -> Callable[[Element, list[str]], None]:
    processors = [(processor.test, processor.run) for processor in parser.blockprocessors]
    paragraph = parser.blockprocessors["paragraph"].run
    is_paragraph = _PARAGRAPH.match

    def parse_blocks(parent: Element, blocks: list[str]) -> None:
        while blocks:
            block = blocks[0]
            if is_paragraph(block):
                paragraph(parent, blocks)
                continue
            for test, run in processors:
                if test(parent, block) and run(parent, blocks) is not False:
                    break

    return parse_blocks
