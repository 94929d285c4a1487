"""Python-Markdown with the same trees and less work: what provably cannot match is not tried.

Most of its time goes into thousands of tries that almost never match. Here an inline pattern, or a processor of blocks,
is tried only on text that has the characters it must contain; blocks that can be but one thing are made at once
(`fast_blocks.py`); and a text with links and no other mark is cut at its links. This leans on private parts of the
library, so it is used with the versions it was tested with and no other: `tests/test_fast_markdown.py` compares the
trees of thousands of texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import markdown
from markdown import Markdown
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

from explainer.prose import tokens
from explainer.prose.fast_blocks import FastTables, block_parser

KNOWN_VERSIONS = {(3, 11)}
"""The versions of Python-Markdown whose private parts are as expected here."""
# What a match of an inline pattern contains: one of these texts. A pattern that is not here is always tried.
_NEEDED = {
    "link": (tokens.OPENING[0],),
    "linebreak": ("  \n",),
    "em_strong": ("*", "_"),
}
_OPENING = re.compile(tokens.OPENING)
# Emphasis around words without a mark, as most is. Python-Markdown pairs these two with each other, whatever is around:
# the first can open, the next can close, and they are equally long.
# It begins with the sign itself, so that it is looked for many times as fast as after a look behind.
_EMPHASIS = re.compile(r"\*(?<!\*\*)(\*?)(?![\s*])([^*]*[^\s*])\*\1(?!\*)")
_IN_THE_WAY = ("\x02", "\x03", "\r", "\t", "\n ")


def is_known() -> bool:
    """Whether the installed version of Python-Markdown is one that can be made faster."""
    return markdown.__version_info__[:2] in KNOWN_VERSIONS


def parsed_blocks(md: Any, text: str) -> Element | None:
    """Return the tree of the blocks of a text; None where the library has to make it, or to clean the text."""
    inline = md.treeprocessors["inline"]
    if not isinstance(inline, _FastInline) or any(sign in text for sign in _IN_THE_WAY):
        return None
    inline.look_for(text)
    md.parser.root = root = Element(md.doc_tag)
    md.parser.parseChunk(root, f"{text}\n\n")
    return root


def make_faster(md: Markdown, link: Callable[[re.Match[str], str], tuple[Element | None, int]]) -> None:
    """Let an object do less work. All its processors must be registered already.

    `link` makes a link of a match of its opening sign in a text, and says where it ends; None where it has no end.
    """
    patterns = md.inlinePatterns
    if "inline" in md.treeprocessors and not any(pattern.ANCESTOR_EXCLUDES for pattern in patterns):
        md.treeprocessors.register(_FastInline(md, link), "inline", 20)
    md.preprocessors.register(_FastWhitespace(md), "normalize_whitespace", 30)
    parser: Any = md.parser
    parser.blockprocessors.register(FastTables(parser, parser.blockprocessors["table"].config), "table", 75)
    parser.parseBlocks = block_parser(parser)


class _FastWhitespace(NormalizeWhitespace):
    """Looks for lines of spaces where there are any."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines without what stands in the way of the processors of blocks."""
        text = "\n".join(lines)
        return super().run(lines) if any(sign in text for sign in _IN_THE_WAY) else [*lines, "", ""]


class _FastInline(InlineProcessor):
    """Looks for inline patterns where they can be."""

    def __init__(self, md: Markdown, link: Callable[[re.Match[str], str], tuple[Element | None, int]]) -> None:
        super().__init__(md)
        self._link = link
        registry: Any = md.inlinePatterns
        registry._sort()
        names = [item.name for item in registry._priority]
        self._steps: list[tuple[tuple[str, ...], Any]] = [(_NEEDED.get(name, ("",)), registry[name]) for name in names]
        needed = {text for texts, _ in self._steps for text in texts} | {INLINE_PLACEHOLDER_PREFIX}
        self._needed = self._all_needed = tuple(sorted(needed))
        # What makes a text more than words, links and simple emphasis.
        self._others = tuple(sorted(needed - {*_NEEDED["link"], "*"}))

    def look_for(self, text: str) -> None:
        """Look in the next tree, which is made of a text, for no mark of one character that is not in the text."""
        self._needed = tuple(sign for sign in self._all_needed if len(sign) > 1 or sign in text)

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to all text of a tree, as the method of the library does, layer by layer."""
        self.stashed_nodes = {}
        self.parent_map = {}
        self.ancestors = []
        needed, self._needed = self._needed, self._all_needed
        stack = [tree]
        for current in stack:
            queue = []
            for child in list(current):
                text = child.text
                if text:
                    for sign in needed:
                        if sign in text:
                            if not isinstance(text, AtomicString):
                                child.text, nodes = self._nodes(text)
                                stack += nodes
                                queue.append((child, nodes))
                            break
                tail = child.tail
                if tail:
                    for sign in needed:
                        if sign in tail:
                            child.tail, nodes = self._nodes(tail)
                            position = list(current).index(child) + 1
                            current[position:position] = nodes
                            break
                if len(child):
                    stack.append(child)
            for element, nodes in queue:
                element[0:0] = nodes
        return tree

    def _nodes(self, text: str) -> tuple[str | None, list[Element]]:
        """Return the words before the first element in a text, and the elements, each with the words behind it."""
        if type(text) is str and not self._has_others(text):
            found = self._links(text)
            if "*" not in text:
                return found
            if (emphasised := _with_emphasis(*found)) is not None:
                return emphasised
        holder = Element("d")
        this: Any = self
        placed = this._InlineProcessor__processPlaceholders(this._InlineProcessor__handleInline(text), holder)
        return holder.text, [node for node, _ in placed]

    def _has_others(self, text: str) -> bool:
        for sign in self._others:  # noqa: SIM110 - twice as fast as `any` for so few
            if sign in text:
                return True
        return False

    def _links(self, text: str) -> tuple[str | None, list[Element]]:
        """The same of a text with no other marks than those of links."""
        before: str | None = None
        nodes: list[Element] = []
        done = 0
        for match in _OPENING.finditer(text):
            if match.start() < done:
                continue
            node, end = self._link(match, text)
            if node is None:
                continue
            words = text[done : match.start()] or None
            if nodes:
                nodes[-1].tail = words
            else:
                before = words
            nodes.append(node)
            done = end
        rest = text[done:] or None
        if not nodes:
            return rest, nodes
        nodes[-1].tail = rest
        return before, nodes

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


def _with_emphasis(before: str | None, links: list[Element]) -> tuple[str | None, list[Element]] | None:
    """Return the words before the first element, and the links with the emphasis between them; None where not simple.

    `before` are the words before the first link; each link has those behind it as its tail.
    """
    if any("*" in (link.text or "") for link in links):
        return None
    first: str | None = None
    nodes: list[Element] = []
    for link in (None, *links):
        if link is not None:
            nodes.append(link)
        words = before if link is None else link.tail
        if words is None or "*" not in words:
            first = words if link is None else first
            continue
        pieces = _EMPHASIS.split(words)
        if any("*" in piece for piece in pieces[::3]):
            return None
        if link is None:
            first = pieces[0] or None
        else:
            link.tail = pieces[0] or None
        for number in range(1, len(pieces), 3):
            node = Element("strong" if pieces[number] else "em")
            node.text, node.tail = pieces[number + 1], pieces[number + 2] or None
            nodes.append(node)
    return first, nodes
