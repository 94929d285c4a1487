"""A body as it was written: what of it is code, and where each character stands in its file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from explainer.odd_characters import odd_characters
from explainer.problems import Place
from explainer.prose.code_spans import find_code_spans
from explainer.prose.fences import find_fences
from explainer.prose.marks import Span
from explainer.prose.regions import divide

# What no text may hold, because Markdown or we give it a meaning of our own. The reader of files refuses most of it
# already; here it becomes the sign for what cannot be shown.
_RESERVED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef]|\r(?!\n)")
_IN_LINE = re.compile(r"[^\n]")


class MarkdownSource:
    """The text of a body, in characters, with the line of the file on which it begins.

    `masked` has the same length as `text`, with spaces for all code (fenced blocks with their fences, code spans with
    their backticks), so that an offset in the one is an offset in the other. Line ends stay.
    """

    def __init__(self, text: str, path: str, first_line: int = 1) -> None:
        self.text = _RESERVED.sub("\ufffd", text) if _RESERVED.search(odd_characters(text)) else text
        self.path = path
        self.first_line = first_line
        self.fences, others, self.quoted_fences, self._starts = find_fences(self.text)
        self.regions = divide(others)
        self.code_spans = self._find_code_spans()
        code = [Span(fence.opening.start, fence.end - fence.opening.start) for fence in self.fences]
        self.masked = blank(self.text, sorted(code + self.code_spans))

    def _find_code_spans(self) -> list[Span]:
        found: list[Span] = []
        tick = self.text.find("`")  # the first that no region before had in it
        for region in self.regions if tick >= 0 else ():
            if tick >= region.end:
                continue
            if tick < region.start and (tick := self.text.find("`", region.start)) < 0:
                break
            if tick < region.end and region.kind not in ("rule", "underline"):
                found += find_code_spans(self.text, region.start, region.end)
        return found

    def place(self, offset: int, length: int = 1) -> Place:
        """Return the place in the file of a stretch of the body; it ends with its first line at the latest."""
        starts = self._starts
        line = bisect_right(starts, offset) - 1
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.text)
        column = offset - starts[line] + 1
        return Place(self.path, self.first_line + line, column, max(1, min(length, end - offset)))

    def place_of(self, span: Span) -> Place:
        """Return the place in the file of a span of the body."""
        return self.place(*span)

    def occurrences(self, pattern: str | re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern outside code, in order. Their offsets are offsets of the body."""
        return re.finditer(pattern, self.masked)


def blank(text: str, spans: list[Span]) -> str:
    """Return a text of the same length with spaces for some spans of it, which are in order; line ends stay."""
    parts: list[str] = []
    position = 0
    for offset, length in spans:
        if offset < position:
            continue
        hidden = text[offset : offset + length]
        parts += (text[position:offset], _IN_LINE.sub(" ", hidden) if "\n" in hidden else " " * len(hidden))
        position = offset + length
    parts.append(text[position:])
    return "".join(parts)
