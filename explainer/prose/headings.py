"""Give headings their ids, and see to their order."""

from __future__ import annotations

import re

MAX_ID_LENGTH = 60
# Ids that pages use for parts of their own, and beginnings of those they number.
TAKEN = frozenset(
    {"contents", "main", "notes", "region", "sources", "years", "events", "organisations", "neighbours", "related"}
)
_NUMBERED = re.compile(r"(?:cite|mark|note|ref|source|term)-.*")
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile("[’'ʻʼ‘`´ʹʺ]")


def slug(title: str) -> str:
    """Return the words of a title in ASCII letters and digits with hyphens between: at least one character.

    Letters of any script are written as they sound: `Қала` is `qala`.
    """
    text = _APOSTROPHES.sub("", title)
    if not text.isascii():
        from anyascii import anyascii  # most headings need it not

        text = _APOSTROPHES.sub("", str(anyascii(text)))
    text = text.lower()
    words: list[str] = _WORD.findall(text)
    if not words:
        return "section"
    result = words[0][:MAX_ID_LENGTH]
    for word in words[1:]:
        if len(result) + 1 + len(word) > MAX_ID_LENGTH:
            break
        result = f"{result}-{word}"
    return result


def is_taken(identifier: str) -> bool:
    """Whether a page may use an id for a part of its own."""
    return identifier in TAKEN or ("-" in identifier and _NUMBERED.fullmatch(identifier) is not None)


class Ids:
    """The ids of a page, each used once."""

    def __init__(self, explicit: set[str]) -> None:
        self.used = set(explicit)
        self._next: dict[str, int] = {}

    def make(self, title: str) -> str:
        """Return an id for a title: its words, with a number where they are an id already."""
        base = slug(title)
        if is_taken(base):
            base = f"section-{base}"
        identifier, number = base, self._next.get(base, 2)
        while identifier in self.used:
            identifier, number = f"{base}-{number}", number + 1
        self._next[base] = number
        self.used.add(identifier)
        return identifier
