"""Say how long it takes to read a page."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

WORDS_A_MINUTE = 220
"""How fast people read prose in English, rounded down (Brysbaert 2019: 238 words a minute for non-fiction)."""
_READ = frozenset({"label", "text", "title", "note", "reason", "words", "office", "question", "disputed", "kind"})


def minutes_of(words: int) -> int:
    """Return the minutes that some words take, at least one."""
    return max(1, ceil(words / WORDS_A_MINUTE))


def words_shown(view: Any) -> int:
    """Count the words that a reader meets in a view: in its labels, texts, titles, notes and the like."""
    return sum(len(text.split()) for text in _texts(view))


def _texts(view: Any) -> Iterator[str]:
    if isinstance(view, dict):
        for key, value in view.items():
            if isinstance(value, str):
                if key in _READ:
                    yield value
            else:
                yield from _texts(value)
    elif isinstance(view, (list, tuple)):
        for item in view:
            yield from _texts(item)
