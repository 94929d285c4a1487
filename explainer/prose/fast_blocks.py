"""The blocks of Python-Markdown with the same trees and less work: see `fast_markdown.py`.

A block whose lines all begin with a letter is a paragraph, one line behind number signs a heading, and lines that all
begin with the marker of an item and a letter are a list: these, most of all blocks, are made at once. The sign of
something inline will do for a letter. For the others, a processor is tried only where the block has the character that
it must contain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.tables import TableProcessor

from explainer.prose import tokens

# What a block contains that a processor takes.
_NEEDED = {"table": "|", "hashheader": "#", "deflist": ":", "quote": ">", "footnote": "[^"}
# No block but a paragraph has only lines that begin with a letter. The test of each processor of blocks wants a marker,
# a space or a `|` at the beginning of some line.
_PARAGRAPH = re.compile(r"(?:[^\W\d_\n][^\n]*\n)*[^\W\d_\n][^\n]*\Z")
# Heading and item as the library has them, where nothing can be meant by it but the one thing.
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+([^\n\\]*))?\Z")
_ITEM = re.compile(rf"(?:[*+-]|\d+\.)[ ]+((?:[^\W\d_\n]|[{tokens.SIGNS}])[^\n]*)\Z")
_LISTS = ("ol", "ul")


class FastTables(TableProcessor):
    """Cuts a row at each `|` where none can be escaped, or stand in code."""

    def _split_row(self, row: str) -> list[str]:
        if "\\" in row or "`" in row:
            cells: list[str] = super()._split_row(row)  # type: ignore[misc]
            return cells
        if self.border:
            row = row.removeprefix("|").removesuffix("|")
        return row.split("|")

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        cells = self._split_row(row)
        if len(cells) < len(align):
            cells += [""] * (len(align) - len(cells))
        line, tag = SubElement(parent, "tr"), "th" if parent.tag == "thead" else "td"
        for text, side in zip(cells, align, strict=False):
            cell = SubElement(line, tag)
            cell.text = text.strip(" ")
            if side:
                cell.set("align", side)


def block_parser(parser: Any) -> Callable[[Element, list[str]], None]:
    """Return what does the work of `parseBlocks` of a parser, all of whose processors are registered already."""
    registry = parser.blockprocessors
    registry._sort()
    processors = [
        (_NEEDED.get(item.name, ""), registry[item.name].test, registry[item.name].run) for item in registry._priority
    ]
    paragraph = registry["paragraph"].run
    is_paragraph, state, signs = _PARAGRAPH.match, parser.state, tokens.SIGNS

    def parse_blocks(parent: Element, blocks: list[str]) -> None:
        while blocks:
            block = blocks[0]
            first = block[:1]
            if ((first.isalpha() or (first and first in signs)) and "\n" not in block) or is_paragraph(block):
                if not state.isstate("list"):
                    SubElement(parent, "p").text = block
                elif len(parent) or parent.text:
                    paragraph(parent, blocks)
                    continue
                else:  # the text of an item, which begins with a letter
                    parent.text = block
                del blocks[0]
                continue
            if first == "#":
                if heading := _HEADING.match(block):
                    marks, words = heading.groups("")
                    SubElement(parent, f"h{len(marks)}").text = words.rstrip("#").strip()
                    del blocks[0]
                    continue
            elif first and parent.tag not in _LISTS and (items := _items(parent, block)):
                tag = "ul" if first in "*+-" else "ol"
                made = SubElement(parent, tag)
                for words in items:
                    SubElement(made, "li").text = words
                del blocks[0]
                continue
            for needed, test, run in processors:
                if needed in block and test(parent, block) and run(parent, blocks) is not False:
                    break

    return parse_blocks


def _items(parent: Element, block: str) -> list[str] | None:
    """Return the words of the items of a block that is a new list, none of which holds more than one line of words."""
    if "|" in block or (len(parent) and parent[-1].tag in _LISTS):
        return None
    items = []
    for line in block.split("\n"):
        item = _ITEM.match(line)
        if item is None:
            return None
        items.append(item[1])
    return items
