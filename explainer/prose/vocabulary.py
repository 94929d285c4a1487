"""The words of a text: how many there are, and whether a slow search can find anything among them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

_WORD = re.compile(r"\w+")
_ASCII_LETTERS = "".join(chr(code).lower() if _WORD.match(chr(code)) else " " for code in range(128))
# Words as people count them: marks within one do not part it.
_COUNTED = re.compile(r"\w[\w'’ʻʼ-]*")
_COUNTED_BYTES = bytes(ord("x") if _WORD.match(chr(code)) else ord(" ") for code in range(256))
_MARKS_BETWEEN = "“”‘–—…\u00a0"
# Letters that a search without regard to case takes for others than their own small letter.
_ODD = re.compile("[\u0130\u0131\u017f\u1c80-\u1c88\u212a]")


class Vocabulary:
    """Which of some known words a text has. Words are stretches of letters, digits and underscores, in small letters.

    `is_odd` says that it has letters which a search without regard to case takes for others: then all may be in it.
    """

    def __init__(self, text: str, known: frozenset[str]) -> None:
        self._ordered = words_of(text)
        self._followers: dict[str, list[str]] = {}
        self.words = known.intersection(self._ordered)
        self.is_odd = has_odd_letters(text)

    def may_have(self, words: frozenset[str]) -> bool:
        """Whether one of some known words can stand in the text. Words are whole."""
        return self.is_odd or not self.words.isdisjoint(words)

    def may_have_phrase(self, words: tuple[str, ...]) -> bool:
        """Whether some known words can stand in the text one behind the other. Words are whole."""
        if self.is_odd:
            return True
        if self.words.issuperset(words):
            ordered, wanted, at = self._ordered, list(words), -1
            with suppress(ValueError):
                while True:
                    at = ordered.index(wanted[0], at + 1)
                    if ordered[at : at + len(wanted)] == wanted:
                        return True
        return False

    def may_have_pair(self, first: frozenset[str], second: frozenset[str]) -> bool:
        """Whether one of some known words can stand in the text with one of others behind it."""
        if self.is_odd:
            return True
        befores, afters = self.words & first, self.words & second
        if not befores or not afters:
            return False
        return any(not afters.isdisjoint(self._behind(before)) for before in befores)

    def _behind(self, word: str) -> list[str]:
        """Return the words that stand behind a word."""
        found = self._followers.get(word)
        if found is None:
            ordered = self._ordered
            found = self._followers[word] = []
            at = -1
            with suppress(ValueError):
                while True:
                    at = ordered.index(word, at + 1)
                    found += ordered[at + 1 : at + 2]
        return found


def has_odd_letters(text: str) -> bool:
    """Whether a text has letters that a search without regard to case takes for letters of ASCII."""
    return not text.isascii() and _ODD.search(text) is not None


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, in small letters."""
    # Four times as fast as to look for words; for other letters than those of ASCII it would take longer.
    return text.translate(_ASCII_LETTERS).split() if text.isascii() else _WORD.findall(text.lower())


def count_words(text: str) -> int:
    """Return how many words a text has; "water's" and "well-known" are one each."""
    plain = text
    if not text.isascii():
        for mark in _MARKS_BETWEEN:
            plain = plain.replace(mark, " ")
        plain = plain.replace("’", "")
        if not plain.isascii():
            return len(_COUNTED.findall(text))
    # To count where words begin is twice as fast as to cut the text into words.
    return (b" " + plain.encode().translate(_COUNTED_BYTES, b"'-")).count(b" x")


def longest_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return a word of each phrase, its longest, in small letters: a text without any of them has no phrase.

    Phrases without a word, such as a sign, are left out.
    """
    return frozenset(max(words, key=len) for phrase in phrases if (words := words_of(phrase)))
