"""The words of a text, as a quick answer to whether a slow search can find anything in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
# Letters that a search without regard to case takes for others than their own small letter.
_ODD = re.compile("[\u0130\u0131\u017f\u1c80-\u1c88\u212a]")


class Vocabulary:
    """The words of a text in small letters: stretches of letters, digits and underscores."""

    def __init__(self, text: str) -> None:
        self.words = frozenset(_WORD.findall(text.lower()))
        self._is_odd = not text.isascii() and _ODD.search(text) is not None

    def may_have(self, words: frozenset[str]) -> bool:
        """Whether one of some words, in small letters, can stand in the text. Words are whole."""
        return self._is_odd or not self.words.isdisjoint(words)

    def may_have_all(self, words: frozenset[str]) -> bool:
        """Whether all of some words, in small letters, can stand in the text."""
        return self._is_odd or words <= self.words


def words_of(phrase: str) -> frozenset[str]:
    """Return the words of a phrase in small letters."""
    return frozenset(_WORD.findall(phrase.lower()))


def longest_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return a word of each phrase, its longest, in small letters: a text without any of them has no phrase.

    Phrases without a word, such as a sign, are left out.
    """
    found = (max(_WORD.findall(phrase.lower()), key=len, default="") for phrase in phrases)
    return frozenset(word for word in found if word)
