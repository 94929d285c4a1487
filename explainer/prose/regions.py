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
_SIGNS = frozenset("#-=*_+:[ \t")
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


def divide(lines: Iterable[Line]) -> list[Region]:
    """Return the regions of the lines outside fences. Empty lines may be left out: a block ends where a number is."""
    regions: list[Region] = []
    block, expected = 0, -1
    block_lines: list[Line] = []
    for line in lines:
        if line.number != expected:
            if block_lines:
                _divide_block(block_lines, block, regions)
                block_lines = []
            block += 1
        if line.text[:1].isalpha() or line.text.strip(" \t\r>"):
            block_lines.append(line)
            expected = line.number + 1
        else:
            expected = -1
    if block_lines:
        _divide_block(block_lines, block, regions)
    return regions


def _divide_block(lines: list[Line], block: int, regions: list[Region]) -> None:
    is_table = len(lines) > 1 and "|" in lines[0].text and DASHES.match(lines[1].text) is not None
    for index, line in enumerate(lines):
        written, at = line.text, line.start
        end = at + len(written)
        quote = QUOTE.match(written) if ">" in written else None
        offset = quote.end() if quote else 0
        text = written[offset:] if offset else written
        is_quoted = quote is not None
        if is_table:
            kind: RegionKind = "underline" if index == 1 else "row"
            regions.append(Region(kind, at, at + offset, end, block, line, is_quoted, "", 0, [line]))
        elif (start := _start(text, first=index == 0)) is not None:
            kind, length, label, indent = start
            content = at + offset + length
            regions.append(Region(kind, at, content, end, block, line, is_quoted, label, indent, [line]))
        elif index and regions[-1].kind not in ("heading", "reference", "rule", "underline"):
            regions[-1].end = end
            regions[-1].lines.append(line)
        else:
            regions.append(Region("text", at, at + offset, end, block, line, is_quoted, "", _width(text), [line]))


def _start(text: str, *, first: bool) -> tuple[RegionKind, int, str, int] | None:
    """Return kind, length of the marker, label and indentation of a line that begins a region of its own."""
    sign = text[:1]
    if sign.isalpha() or not (sign in _SIGNS or sign.isdecimal()):  # No marker begins so, and most lines do.
        return None
    if sign == "#":
        match = HEADING.match(text)
        return None if match is None else ("heading", match.end(), "", 0)
    if sign in "-=" and not first and _UNDERLINE.match(text):
        return "underline", len(text), "", 0
    if sign in " -*_" and _RULE.match(text):
        return "rule", len(text), "", 0
    if sign in " [":
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
