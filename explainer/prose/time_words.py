"""Refuse words that mean another time whenever they are read, such as "currently"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from importlib import import_module
from importlib.util import find_spec

from msgspec import Struct

from explainer.prose.marks import Span
from explainer.prose.scan import Scan
from explainer.prose.vocabulary import Vocabulary, longest_words, words_of


class TimeWords(Struct, frozen=True, eq=False, dict=True):
    """The words of one language.

    `relative` are words whose meaning moves with the reader's day, in lower case; `sequences` are more of them: one of
    some words, then one of others. `unless_before` are more, each with a word before which it is harmless. `labels` are
    words after which a number is a name ("Article 25"). A language is one file, explainer/prose/words_LANGUAGE.py.
    """

    language: str
    relative: tuple[str, ...]
    sequences: tuple[tuple[tuple[str, ...], ...], ...] = ()
    unless_before: tuple[tuple[str, str], ...] = ()
    labels: tuple[str, ...] = ()

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """Matches any of the words as a whole, spread over lines or not."""
        sequences = [r"\s+".join(f"(?:{_either(words)})" for words in sequence) for sequence in self.sequences]
        others = [rf"{_either((words,))}(?!\s+{re.escape(after)}\b)" for words, after in self.unless_before]
        either = "|".join([_either(self.relative), *sequences, *others])
        return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The phrases of one word."""
        return frozenset(words[0] for words in self._phrases if len(words) == 1)

    @cached_property
    def _together(self) -> list[tuple[str, ...]]:
        """The words of each phrase of several."""
        return [tuple(words) for words in self._phrases if len(words) > 1]

    @cached_property
    def _telling(self) -> frozenset[str]:
        """A word of each phrase of several: where none of these is, no such phrase is."""
        return longest_words(" ".join(words) for words in self._phrases if len(words) > 1)

    @cached_property
    def _pairs(self) -> list[tuple[frozenset[str], frozenset[str]]]:
        """Of each sequence, what its first part can end with, and what its second can begin with."""
        return [
            (frozenset(words_of(one)[-1] for one in first), frozenset(words_of(other)[0] for other in second))
            for first, second, *_ in self.sequences
        ]

    @cached_property
    def known(self) -> frozenset[str]:
        """All words that a vocabulary is asked for."""
        pairs = (words for pair in self._pairs for words in pair)
        return frozenset().union(self._alone, self._telling, *self._together, *pairs)

    @property
    def _phrases(self) -> list[list[str]]:
        return [words_of(phrase) for phrase in (*self.relative, *(words for words, _ in self.unless_before))]

    def may_be_in(self, vocabulary: Vocabulary) -> bool:
        """Whether a text with this vocabulary can have any of the words. Much faster than to look for them."""
        return (
            vocabulary.may_have(self._alone)
            or (vocabulary.may_have(self._telling) and any(map(vocabulary.may_have_phrase, self._together)))
            or any(vocabulary.may_have_pair(first, second) for first, second in self._pairs)
        )


def _either(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in ordered)


@cache
def load_time_words(language: str) -> TimeWords | None:
    """Return the table of a language by its tag, or None where there is none."""
    code = re.split("[-_]", language.lower())[0]
    name = f"explainer.prose.words_{code}"
    if not re.fullmatch("[a-z]{2,3}", code) or find_spec(name) is None:
        return None
    words: TimeWords = import_module(name).WORDS
    return words


# What somebody said is theirs, and true of the day on which they said it.
_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“]*“|(?<!\w)\"[^\"]*\"(?!\w)|‘[^‘’]*’(?!\w)")


def check_time_words(scan: Scan, prose: str, language: str, vocabulary: Vocabulary) -> None:
    """Report the words in `prose`, which is the body with spaces for all that is no prose.

    Quotations are left alone, and names: a word with a capital that begins no sentence.
    """
    words = load_time_words(language)
    if words is None or not words.may_be_in(vocabulary) or not words.expression.search(prose):
        return
    for match in _found(scan, prose, words):
        shown = " ".join(match[0].split())
        span = Span(match.start(), len(match[0]))
        scan.error(
            span,
            "M040",
            f'"{shown}" will mean another time to later readers',
            'say as of when: "in 2024", "as of March 2026"',
        )


def _found(scan: Scan, prose: str, words: TimeWords) -> Iterator[re.Match[str]]:
    for region in scan.source.regions:
        if region.is_quoted or region.kind in ("reference", "rule", "underline"):
            continue
        quoted: list[tuple[int, int]] | None = None
        for match in words.expression.finditer(prose, region.content, region.end):
            if quoted is None:
                quoted = [found.span() for found in _QUOTED.finditer(prose, region.content, region.end)]
            if any(start <= match.start() < end for start, end in quoted):
                continue
            if match[0][0].isupper() and not _begins_sentence(prose, region.content, match.start()):
                continue
            yield match


def _begins_sentence(prose: str, start: int, offset: int) -> bool:
    before = prose[max(start, offset - 40) : offset].rstrip().rstrip("*_\"'“‘«([")
    return not before.strip() or before.rstrip()[-1] in ".!?:…|"
