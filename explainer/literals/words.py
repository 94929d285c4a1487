"""The tables of words with which a language writes figures, and how to find those of a language.

A language is one file, `words_LANGUAGE.py`, that holds `WORDS: Words`. Nothing else names a language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from explainer.literals.quantities import Currency, Unit


class Qualifier(Enum):
    """What a word before a number makes of it: the facts it allows.

    `n` is the number, `u` the worth of its last digit that counts, `c` the same but no more than is close to n.
    """

    ABOUT = "[n - c, n + c]"
    MORE_THAN = "(n, n + u]"
    AT_LEAST = "[n, n + u]"
    NEARLY = "[n - c, n)"
    LESS_THAN = "[n - u, n)"
    UP_TO = "[n - u, n]"


class Scale(Struct, frozen=True):
    """A word that multiplies the number before it.

    Words need a space before them and are read case aside; abbreviations need none and are read as written. The first
    word is the one that is written.
    """

    factor: int
    words: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()


class RatioWord(Struct, frozen=True):
    """What a word such as "half" is worth, and how exact it is: `unit` is its unit in the sense of a last digit."""

    value: Fraction
    unit: Fraction


class RangeWords(Struct, frozen=True):
    """The words around and between the two numbers of a range: `opening` may be empty, a dash needs no spaces."""

    opening: str
    middle: str

    @property
    def is_dash(self) -> bool:
        """Whether the middle is a mark that may stand close to the numbers."""
        return not any(letter.isalnum() for letter in self.middle)


class Words(Struct, frozen=True, eq=False, dict=True):
    """How one language writes figures. All words are lower case, each list with the form to write first.

    `group_marks` stand every three digits. `numbers[n]` are the words for n, from zero on. `words_up_to` is the
    largest count that is written as a word. `month_names[0]` are the ways to write January after a day, and
    `lone_month_names`, where the language has other forms, without one. `day_form` and `month_form` say in which order
    a date is written, with `{day}`, `{month}`, `{year}`.
    """

    language: str
    decimal_mark: str
    group_marks: tuple[str, ...]
    numbers: tuple[tuple[str, ...], ...]
    words_up_to: int
    scales: tuple[Scale, ...]
    qualifiers: Mapping[str, Qualifier]
    ranges: tuple[RangeWords, ...]
    ratios: Mapping[str, RatioWord]
    times: Unit
    percent: Unit
    currencies: tuple[Currency, ...]
    month_names: tuple[tuple[str, ...], ...]
    day_form: str
    month_form: str
    lone_month_names: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def number_of_word(self) -> Mapping[str, int]:
        """The number that each word means."""
        return {word: number for number, words in enumerate(self.numbers) for word in words}

    @cached_property
    def factor_of_word(self) -> Mapping[str, int]:
        """What each word and abbreviation of scale multiplies with."""
        return {way.lower(): scale.factor for scale in self.scales for way in (*scale.words, *scale.abbreviations)}

    def currency(self, code: str) -> Currency:
        """Return a currency by its code; one that the language has no words for is written with its code alone."""
        return next((known for known in self.currencies if known.code == code), Currency(code))


class LanguageError(LookupError):
    """There are no tables of words for a language. `fix` names those there are."""

    def __init__(self, language: str) -> None:
        known = ", ".join(f'"{name}"' for name in languages())
        super().__init__(f'there are no words for figures in the language "{language}"')
        self.fix = f"there are tables for {known}; another language is one file, explainer/literals/words_LANGUAGE.py"


def languages() -> list[str]:
    """Return the codes of the languages that have tables of words, in alphabetical order."""
    return sorted(path.stem.removeprefix("words_") for path in Path(__file__).parent.glob("words_*.py"))


def load_words(language: str) -> Words:
    """Return the tables of a language by its tag; "en-GB" is answered with "en". Raises LanguageError."""
    code = re.split("[-_]", language.lower())[0]
    if code not in languages():
        raise LanguageError(language)
    words: Words = import_module(f"explainer.literals.words_{code}").WORDS
    return words
