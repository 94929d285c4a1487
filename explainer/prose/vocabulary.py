"""The words of a text, as a quick answer to whether a slow search can find anything in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

_WORD = re.compile(r"\w+")
# Letters that a search without regard to case takes for others than their own small letter.
_ODD = re.compile("[\u0130\u0131\u017f\u1c80-\u1c88\u212a]")


class Vocabulary:
    """The words of a text in small letters: stretches of letters, digits and underscores.

    `is_odd` says that it has letters which a search without regard to case takes for others: then all may be in it.
    """

    def __init__(self, text: str) -> None:
        self._ordered = words_of(text)
        self.words = frozenset(self._ordered)
        self.is_odd = not text.isascii() and _ODD.search(text) is not None

    def may_have(self, words: frozenset[str]) -> bool:
        """Whether one of some words, in small letters, can stand in the text. Words are whole."""
        return self.is_odd or not self.words.isdisjoint(words)

    def may_have_pair(self, pairs: Mapping[str, frozenset[str]]) -> bool:
        """Whether one of some words can stand in the text with one of the words that `pairs` has for it behind it."""
        if self.is_odd:
            return True
        if self.words.isdisjoint(pairs):
            return False
        words = self._ordered
        return any(second in pairs[first] for first, second in pairwise(words) if first in pairs)


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, in small letters."""
    return _WORD.findall(text.lower())


def longest_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return a word of each phrase, its longest, in small letters: a text without any of them has no phrase.

    Phrases without a word, such as a sign, are left out.
    """
    return frozenset(max(words, key=len) for phrase in phrases if (words := words_of(phrase)))
