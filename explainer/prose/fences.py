"""Find the fenced blocks of a body."""

from __future__ import annotations

import re

from msgspec import Struct

# Backticks in the rest of the line would make it a code span; Markdown says so for fences of backticks only.
_OPENING = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<info>[^\r\n]*?)[ \t\r]*$")
_QUOTED = re.compile(r"[ ]{0,3}>[ >]*(?:`{3,}[^`]*|~{3,}.*)$")


class Line(Struct, frozen=True):
    """One line: where it starts in the body, and its text without the line end."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


class Fence(Struct, frozen=True):
    """A fenced block. `info` is what stands behind the opening fence; `indent` the characters before it."""

    opening: Line
    lines: tuple[Line, ...]
    closing: Line | None
    indent: str
    info: str

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return (self.closing or (self.lines[-1] if self.lines else self.opening)).end

    @property
    def content(self) -> str:
        """The lines within, less the indentation of the fence."""
        return "".join(f"{_dedent(line.text.rstrip(chr(13)), len(self.indent))}\n" for line in self.lines)


def split_lines(text: str, *, with_empty: bool = True) -> tuple[list[Line], list[int]]:
    """Return the lines of a text, and where each of them starts; only a line feed ends a line."""
    lines, starts, start = [], [], 0
    for number, line in enumerate(text.split("\n")):
        starts.append(start)
        if line or with_empty:
            lines.append(Line(number, start, line))
        start += len(line) + 1
    return lines, starts


def find_fences(text: str) -> tuple[list[Fence], list[Line], list[Line], list[int]]:
    """Return the fenced blocks, all other lines, those that open one in a quotation, and the offsets of lines.

    A fence that is never closed holds all that follows. Where there is no fence, empty lines are left out.
    """
    fences: list[Fence] = []
    others: list[Line] = []
    quoted: list[Line] = []
    index = 0
    if "```" not in text and "~~~" not in text:
        others, starts = split_lines(text, with_empty=False)
        return fences, others, quoted, starts
    lines, starts = split_lines(text)
    while index < len(lines):
        line = lines[index]
        index += 1
        match = _OPENING.match(line.text) if "```" in line.text or "~~~" in line.text else None
        if match is None:
            others.append(line)
            if ("```" in line.text or "~~~" in line.text) and _QUOTED.match(line.text):
                quoted.append(line)
            continue
        fence = match["fence"]
        ending = re.compile(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t\r]*$")
        first = index
        while index < len(lines) and not ending.match(lines[index].text):
            index += 1
        closing = lines[index] if index < len(lines) else None
        fences.append(Fence(line, tuple(lines[first:index]), closing, match["indent"], match["info"]))
        index += 1
    return fences, others, quoted, starts


def _dedent(line: str, width: int) -> str:
    return line[min(width, len(line) - len(line.lstrip(" \t"))) :]
