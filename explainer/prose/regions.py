"""Divide a body into the stretches within which inline marks can pair: paragraphs, items, rows, headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from explainer.prose.fences import Line

RegionKind = Literal["text", "heading", "item", "row", "term", "footnote", "reference", "rule", "underline"]

QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)+")
ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[*+-]|\d{1,9}\.)[ \t]+(?=\S)")
FOOTNOTE = re.compile(r"[ ]{0,3}\[\^(?P<label>[^\]\n]*)\]:[ ]*")
REFERENCE = re.compile(
    r"[ ]{0,3}\[(?P<label>(?![\^@])[^\[\]\n]+)\]:[ \t]*(?P<target><[^<>\n]*>|[^\s<]\S*)"
    r"(?:[ \t]+(?P<title>\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t\r]*$"
)
HEADING = re.compile(r"(?P<marks>#{1,6})(?:[ \t]+|(?=\r?$))")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ \t]*\1){2,}[ \t\r]*$")
_UNDERLINE = re.compile(r"(=+|-+)[ \t\r]*$")
_TERM = re.compile(r"[ ]{0,3}:[ ]{1,3}(?=\S)")
DASHES = re.compile(r"[ ]*(?=[^\n]*\|)(?=[^\n]*-)[|:\- \t\r]+$")


class Region(Struct):
    """A stretch of lines. `content` is the offset after a marker such as `- `; `block` numbers what blank lines part.

    `label` is that of a footnote or reference, `indent` the width of the space before an item's marker.
    """

    kind: RegionKind
    start: int
    content: int
    end: int
    block: int
    line: Line
    is_quoted: bool = False
    label: str = ""
    indent: int = 0
    lines: list[Line] = field(default_factory=list)

    @property
    def paragraph(self) -> tuple[str, int]:
        """What a reader takes for one paragraph: the rows of a table are one, all others stand alone."""
        return ("table", self.block) if self.kind == "row" else ("region", self.start)


def divide(lines: Iterable[Line], breaks: frozenset[int]) -> list[Region]:
    """Return the regions of the lines outside fences. `breaks` are the numbers of lines before which a fence stood."""
    regions: list[Region] = []
    block = 0
    block_lines: list[Line] = []
    for line in lines:
        if not line.text.strip(" \t\r>") or line.number in breaks:
            if block_lines:
                _divide_block(block_lines, block, regions)
                block_lines = []
            block += 1
        if line.text.strip(" \t\r>"):
            block_lines.append(line)
    if block_lines:
        _divide_block(block_lines, block, regions)
    return regions


def _divide_block(lines: list[Line], block: int, regions: list[Region]) -> None:
    is_table = len(lines) > 1 and "|" in lines[0].text and DASHES.match(lines[1].text) is not None
    for index, line in enumerate(lines):
        quote = QUOTE.match(line.text) if ">" in line.text else None
        offset = quote.end() if quote else 0
        text = line.text[offset:]
        region: Region | None = None
        if is_table:
            kind: RegionKind = "underline" if index == 1 else "row"
            region = Region(kind, line.start, line.start + offset, line.end, block, line, quote is not None)
        elif (start := _start(text, first=index == 0)) is not None:
            kind, length, label, indent = start
            content = line.start + offset + length
            region = Region(kind, line.start, content, line.end, block, line, quote is not None, label, indent)
        elif index and regions[-1].kind not in ("heading", "reference", "rule", "underline"):
            regions[-1].end = line.end
            regions[-1].lines.append(line)
            continue
        if region is None:
            region = Region("text", line.start, line.start + offset, line.end, block, line, quote is not None)
            region.indent = _width(text)
        region.lines.append(line)
        regions.append(region)


def _start(text: str, *, first: bool) -> tuple[RegionKind, int, str, int] | None:
    """Return kind, length of the marker, label and indentation of a line that begins a region of its own."""
    if text[:1].isalpha():  # No marker begins with a letter, and most lines do.
        return None
    if match := HEADING.match(text):
        return "heading", match.end(), "", 0
    if not first and _UNDERLINE.match(text):
        return "underline", len(text), "", 0
    if _RULE.match(text):
        return "rule", len(text), "", 0
    if match := FOOTNOTE.match(text):
        return "footnote", match.end(), match["label"], 0
    if match := REFERENCE.match(text):
        return "reference", len(text), match["label"], 0
    if match := ITEM.match(text):
        return "item", match.end(), "", _width(text)
    if match := _TERM.match(text):
        return "term", match.end(), "", 0
    return None


def _width(text: str) -> int:
    if not text.startswith((" ", "\t")):
        return 0
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))
