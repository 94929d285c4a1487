"""Numbers as they are written: what the digits are worth, and how an amount is put into digits.

Digits are 0 to 9. A group mark of the language (in English a comma or a no-break space) stands every three digits, the
same one throughout, and may be left out of a number of four digits; the decimal mark has digits on both sides.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct

from explainer.literals.quantities import MAX_DECIMALS
from explainer.literals.words import Words

MINUS = "\u2212"
MINUS_SIGNS = f"-{MINUS}"
_LONGEST_UNGROUPED = 4

Span = tuple[int, int]


class GrammarError(Exception):
    """Words are not a figure as the grammar knows it. The message is one sentence."""


def quoted(text: str) -> str:
    """Return a text in quotes on one line, for a message."""
    return f'"{" ".join(text.split())}"'


class Numeral(Struct, frozen=True):
    """One number in a text.

    `digit` is what a one in the place of its last written digit is worth, scale included: in "20.6 million" 100,000,
    in "20,600,000" 1, since the digits of a number without scale and decimals all count. `rounding` is the same for the
    last digit that counts after a qualifier: zeros at the end of a whole number do not count there ("about 20 million"
    has 10 million), zeros written as decimals do ("about 20.0 million" has 100,000), and in a zero all digits count.
    `start` and `end` are the digits' or the word's, `sign` is the span of its minus (empty where it would stand).
    """

    value: Fraction
    digit: Fraction
    rounding: Fraction
    scale: Fraction
    decimals: int
    group: str
    form: Literal["digits", "word", "ratio word"]
    start: int
    end: int
    sign: Span
    unit: Span | None

    @property
    def closeness(self) -> Fraction:
        """How far a fact may be from a number that claims to be close to it.

        That is `rounding`, but at most a quarter of the number: else "about 30 million" would pass for 21 million. It
        is never less than the half digit that a number alone may be off by.
        """
        return min(self.rounding, max(self.digit / 2, abs(self.value) / 4))


class Digits(Struct, frozen=True):
    """What a string of digits says: `whole` is the number without its decimal mark, `group` the mark of thousands."""

    whole: int
    decimals: int
    group: str


def read_digits(text: str, words: Words) -> Digits:
    """Read digits with their marks. Raises GrammarError where a mark stands where none can."""
    integer, _, decimals = text.partition(words.decimal_mark)
    group = next((mark for mark in words.group_marks if mark in integer), "")
    groups = integer.split(group) if group else [integer]
    if any(not part.isdigit() for part in groups):
        raise GrammarError(f"{quoted(text)} has two kinds of marks between its thousands")
    if group and (len(groups[0]) > 3 or any(len(part) != 3 for part in groups[1:])):
        rule = f'{_mark_name(group)} stands every three digits, and decimals follow "{words.decimal_mark}"'
        raise GrammarError(f"{quoted(text)} is not a number: {rule}")
    if not group and len(integer) > _LONGEST_UNGROUPED:
        raise GrammarError(f'"{text}" needs {_mark_name(words.group_marks[0])} every three digits')
    if len(integer) > 1 and integer[0] == "0":
        raise GrammarError(f"{quoted(text)} begins with a zero")
    if not group and len(integer) < _LONGEST_UNGROUPED:
        group = words.group_marks[0]
    return Digits(int("".join(groups) + decimals), len(decimals), group)


def rounding_place(whole: int) -> int:
    """Return the worth of the last digit of a whole number that is not zero: 100,000 for 20,600,000, and 1 for 0."""
    place = 1
    while whole and whole % (place * 10) == 0:
        place *= 10
    return place


def round_half_up(value: Fraction, unit: Fraction) -> Fraction:
    """Return the multiple of a unit that is nearest to a value; a tie goes away from zero."""
    multiple = int(abs(value) / unit + Fraction(1, 2)) * unit
    return multiple if value >= 0 else -multiple


def write_digits(value: Fraction, decimals: int, words: Words, group: str | None = None) -> str:
    """Write a value with a number of decimals, rounded half up, and a true minus sign.

    `group` is the mark between thousands, by default the language's first; an empty one leaves four digits ungrouped.
    """
    rounded = round_half_up(value, Fraction(1, 10**decimals))
    digits = str(int(abs(rounded) * 10**decimals)).rjust(decimals + 1, "0")
    integer, fraction = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    if group == "" and len(integer) > _LONGEST_UNGROUPED:
        group = None
    integer = f"{int(integer):,}".replace(",", words.group_marks[0] if group is None else group)
    return (MINUS if rounded < 0 else "") + integer + (words.decimal_mark + fraction if decimals else "")


def decimals_needed(value: Fraction) -> int | None:
    """Return how many decimals write a value exactly, or None where more than 12 would be needed."""
    for decimals in range(MAX_DECIMALS + 1):
        if 10**decimals % value.denominator == 0:
            return decimals
    return None


def in_digits(value: Fraction, words: Words, *, approximately: str = "about ") -> str:
    """Write a value exactly, or where that has no end in four digits with a word that says so; for messages."""
    decimals = decimals_needed(value)
    if decimals is not None:
        return write_digits(value, decimals, words)
    return approximately + write_digits(value, significant_decimals(value, 4), words)


def significant_decimals(value: Fraction, digits: int) -> int:
    """Return with how many decimals a value shows a number of significant digits; whole digits are all shown."""
    decimals, size = digits - 1, abs(value)
    if not size:
        return 0
    while size >= 10 and decimals > 0:
        size, decimals = size / 10, decimals - 1
    while size < 1:
        size, decimals = size * 10, decimals + 1
    return decimals


def _mark_name(mark: str) -> str:
    return "a no-break space" if mark.isspace() else f'"{mark}"'
