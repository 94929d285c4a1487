"""Read the inline constructs of a body where they stand, and put signs in their places."""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from html.entities import html5

from explainer.problems import closest
from explainer.prose import raw_html, tokens
from explainer.prose.attribute_lists import LIST, is_meant, read_attributes
from explainer.prose.brackets import BracketReader
from explainer.prose.marks import Span
from explainer.prose.regions import Region
from explainer.prose.scan import Edit, Scan
from explainer.prose.signs import SIGN, Signs

# Where one of these stands, something special may begin.
_BEGINNING = Signs("\\![]<&{")
_SPECIAL = re.compile(r"\\(?:[!-/:-@\[-`{-~]|\r?\n)|!?\[|\]|<|&(?:\#[xX]?)?\w{1,40};|\{")
_INVISIBLE = frozenset("\u00ad\u200c\u200d\u2060\n\t")


class InlineScanner:
    """Walks the regions of a body once, from left to right."""

    def __init__(self, scan: Scan, brackets: BracketReader) -> None:
        self.scan = scan
        self.source = scan.source
        self.brackets = brackets
        self.reported_tags: set[str] = set()
        self._find = _BEGINNING.mark(scan.source.masked).find
        self._beyond = len(scan.source.masked) + 1
        self._next = -1  # where the next sign stands: most regions have none

    def read(self, region: Region) -> None:
        """Read one region: paragraphs, items, rows, headings and the like."""
        if region.kind == "heading":
            sign = tokens.thing(self.scan.token("heading", Span(region.start, 0)))
            self.scan.edits.append(Edit(region.content, region.content, sign))
        end = region.end
        if self._next < region.content:
            self._next = self._find(SIGN, region.content) % self._beyond
        position = self._next
        if position >= end:
            return
        text, find = self.source.masked, self._find
        self.brackets.begin(region)
        while position >= 0:
            match = _SPECIAL.match(text, position, end)
            position = find(SIGN, self._take(match, region) if match else position + 1, end)
        self.brackets.finish()

    def _take(self, match: re.Match[str], region: Region) -> int:
        """Read what begins at a special character, and return the offset at which to go on."""
        sign, span = match[0], Span(match.start(), len(match[0]))
        if sign[0] == "\\":
            if sign.endswith("\n"):
                self.scan.edits.append(Edit(match.start(), match.end(), "  \n"))
            else:
                self.scan.put("literal", span, text=sign[1])
            return match.end()
        if sign == "<":
            return self._take_angle(match.start(), region)
        if sign == "&" or sign[0] == "&":
            return self._take_entity(span, sign)
        if sign == "{":
            return self._take_brace(match.start(), region)
        if sign == "]":
            return self.brackets.close(match.start())
        self.brackets.open(match.start(), is_image=sign[0] == "!")
        return match.end()

    def _take_angle(self, offset: int, region: Region) -> int:
        text = self.source.masked
        for pattern, prefix in ((raw_html.AUTOLINK, ""), (raw_html.MAIL, "mailto:")):
            if match := pattern.match(text, offset, region.end):
                shown = Span(match.start("address"), len(match["address"]))
                self.brackets.add_autolink(Span(offset, len(match[0])), shown, prefix + match["address"])
                return match.end()
        if tag := raw_html.TAG.match(text, offset, region.end):
            name = (tag["name"] or "").lower()
            if not tag["closing"] or name not in self.reported_tags:
                end = text.find(">", tag.end(), region.end)
                length = (end + 1 if 0 <= end < tag.end() + 200 else tag.end()) - offset
                self.scan.error(Span(offset, length), "M010", *raw_html.message_and_fix(tag))
            self.reported_tags.add(name)
        self.scan.put("literal", Span(offset, 1), text="<")
        return offset + 1

    def _take_entity(self, span: Span, written: str) -> int:
        meant = html.unescape(written)
        self.scan.hidden.append(span)
        if written[1] != "#" and written[1:] not in html5:
            meant_name = closest(written[1:-1], (name[:-1] for name in html5 if name.endswith(";")))
            fix = f'did you mean "&{meant_name};"?' if meant_name else 'write "&amp;" for the sign itself'
            self.scan.error(span, "M011", f'"{written}" is no character', fix)
        elif any(
            unicodedata.category(c) in ("Cc", "Cf", "Cn", "Co", "Cs") and c not in _INVISIBLE for c in meant or "\0"
        ):
            self.scan.error(span, "M011", f'"{written}" is a character that cannot be seen', "delete it")
        else:
            self.scan.put("literal", span, text=meant)
            return span.end
        self.scan.put("literal", span, text=written)
        return span.end

    def _take_brace(self, offset: int, region: Region) -> int:
        match = LIST.match(self.source.text, offset, region.end)
        if match is None or not is_meant(match) or self.source.masked[offset] != "{":
            self.scan.put("literal", Span(offset, 1), text="{")
            return offset + 1
        found, faults = read_attributes(match)
        for fault in faults:
            self.scan.error(fault.span, fault.code, fault.message, fault.fix)
        self.scan.hidden.append(found.span)
        if found.is_exempt:
            self.scan.exempt.add(region.paragraph)
        start, words = offset, ""
        if found.id or found.classes:
            self.scan.lists.append(found)
            number = self.scan.token("attributes", found.span, number=len(self.scan.lists) - 1)
            words = " ".join([*([f"#{found.id}"] if found.id else []), *(f".{name}" for name in found.classes)])
            words = f"{{: {words} .{tokens.thing(number)} }}"
        else:
            line_start = self.source.text.rfind("\n", 0, offset) + 1
            line_end = self.source.text.find("\n", offset) % (len(self.source.text) + 1)
            alone = not (self.source.text[line_start:offset] + self.source.text[match.end() : line_end]).strip(" \t\r>")
            if alone:
                # An empty line in the middle would part the block.
                start = max(region.start, line_start - 1)
        self.scan.edits.append(Edit(start, match.end(), words))
        return match.end()


def add_code_spans(scan: Scan) -> None:
    """Put signs in the places of code spans, save within what was swallowed whole."""
    swallowed = sorted(scan.swallowed)
    starts = [span.offset for span in swallowed]
    rows = [region for region in scan.source.regions if region.kind == "row"]
    row_starts = [region.start for region in rows]
    for span in scan.source.code_spans:
        index = bisect_right(starts, span.offset) - 1
        if index >= 0 and span.offset < swallowed[index].end:
            continue
        written = scan.source.text[span.offset : span.end].strip("`")
        text = re.sub(r"[ \t\r]*\n[ ]{0,3}(?:>[ ]?)*[ \t]*", " ", written).strip()
        row = bisect_right(row_starts, span.offset) - 1
        if row >= 0 and span.offset < rows[row].end:
            text = text.replace("\\|", "|")
        scan.put("code", span, text=text)
