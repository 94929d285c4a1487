"""Find the code spans of a region."""

from __future__ import annotations

import re
from bisect import bisect_right

from explainer.prose.marks import Span

# As r"\\?`+" in a form whose beginnings are looked for many times as fast.
_RUN = re.compile(r"\\``*|``*")


def find_code_spans(text: str, start: int, end: int) -> list[Span]:
    """Return the spans between equal runs of backticks, backticks included. A backslash takes a backtick out of a run.

    The time grows with the length, whatever the runs.
    """
    if text.find("`", start, end) < 0:
        return []
    runs = []
    by_length: dict[int, list[int]] = {}
    for match in _RUN.finditer(text, start, end):
        # Within code a backslash means nothing, so a closing run counts whole; an escaped backtick opens nothing.
        ticks = match.end() - match.start() - (match[0][0] == "\\")
        is_escaped = match[0][0] == "\\" and not _is_escaped(text, match.start(), start)
        opening = (match.end() - ticks + 1, ticks - 1) if is_escaped else (match.end() - ticks, ticks)
        runs.append(opening)
        by_length.setdefault(ticks, []).append(match.end() - ticks)
    spans: list[Span] = []
    position = start
    for offset, ticks in runs:
        if offset < position or not ticks:
            continue
        closings = by_length.get(ticks, [])
        index = bisect_right(closings, offset)
        if index < len(closings):
            position = closings[index] + ticks
            spans.append(Span(offset, position - offset))
    return spans


def _is_escaped(text: str, offset: int, start: int) -> bool:
    """Whether the character at an offset has an odd number of backslashes before it."""
    before = offset
    while before > start and text[before - 1] == "\\":
        before -= 1
    return (offset - before) % 2 == 1
